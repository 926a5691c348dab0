import type { Sql } from '../../open/handle.ts'

export type IdentityKind = 'email' | 'external' | 'anonymous'

/** A name by which somebody is known. */
export interface Identity {
  kind: IdentityKind
  value: string
}

/** Somebody a batch speaks of: found in the database, or to be made. */
export interface Someone {
  /** null until made. */
  id: number | null
  /** Known by e-mail or by an id of the client's system, and not only by a browser's visitor id. */
  known: boolean
  /** Identities that this group gives them, each with the number of the request that does. */
  gained: (Identity & { request: number })[]
  /** The external id they go by, if any: one contact has one. */
  external: string | null
}

const nameOf = (identity: Identity): string => `${identity.kind}\u0000${identity.value}`

/**
 * Looks up all identities of a batch with one statement, and with another the further names of those who were not found by their
 * external id; what it then learns is kept until the batch is written.
 */
export class Directory {
  private readonly byName = new Map<string, Someone>()

  static async load(tx: Sql, identities: readonly Identity[]): Promise<Directory> {
    const directory = new Directory()
    const values = [...new Set(identities.map((one) => one.value))]
    if (values.length === 0) return directory
    const found = await tx.query<{ kind: IdentityKind; value: string; contact_id: number }>(
      'select kind, value, contact_id from identity where value = any($1::text[])',
      [values],
    )
    const people = new Map<number, Someone>()
    for (const { kind, value, contact_id: id } of found) {
      const person = people.get(id) ?? { id, known: false, gained: [], external: null }
      people.set(id, person)
      if (kind !== 'anonymous') person.known = true
      if (kind === 'external') person.external = value
    }
    // Somebody has one external id: who was found by it is known whole. The names of the others may lie on any machine.
    const rest = [...people].flatMap(([id, { external }]) => (external === null ? [id] : []))
    if (rest.length > 0) {
      const names = await tx.query<{ kind: IdentityKind; value: string; contact_id: number }>(
        `select kind, value, contact_id from identity where contact_id = any($1::bigint[]) and kind <> 'anonymous'`,
        [rest],
      )
      for (const row of names) {
        const person = people.get(row.contact_id)
        if (!person) continue
        person.known = true
        if (row.kind === 'external') person.external = row.value
      }
    }
    for (const row of found) {
      const person = people.get(row.contact_id)
      if (person) directory.byName.set(nameOf(row), person)
    }
    return directory
  }

  find(identity: Identity): Someone | undefined {
    return this.byName.get(nameOf(identity))
  }

  make(): Someone {
    return { id: null, known: false, gained: [], external: null }
  }

  /** Gives a person one more identity. Refused where it belongs to somebody else, or where the person has another external id. */
  give(person: Someone, identity: Identity, request: number): boolean {
    const owner = this.byName.get(nameOf(identity))
    if (owner) return owner === person
    if (identity.kind === 'external') {
      if (person.external !== null && person.external !== identity.value) return false
      person.external = identity.value
    }
    if (identity.kind !== 'anonymous') person.known = true
    person.gained.push({ ...identity, request })
    this.byName.set(nameOf(identity), person)
    return true
  }
}
