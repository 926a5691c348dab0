import { bumpPlan, type Handle } from '@baton/db'
import { emailOf, PEOPLE } from './world.ts'

/** Something spoilt, and the way back. */
export interface Spoilt {
  /** Whose affairs may stand still because of it. */
  people: ReadonlySet<string>
  /** A change of fields that nobody can mend: it is to be given up, and everything else is to be tried again. */
  hopeless: boolean
  mend(): Promise<void>
}

/** `facts`: a person's facts are not what steps expect. `item`: what came in cannot be stored. `place`: somebody stands where no step is. `plan`: a version cannot be compiled any more. */
export const POISONS = ['facts', 'item', 'place', 'plan'] as const
export type Poison = (typeof POISONS)[number]

async function facts(handle: Handle, key: string): Promise<Spoilt> {
  const [was] = await handle.query<{ facts: object }>('select facts from contact where key = $1', [key])
  await handle.query(`update contact set facts = '{}' where key = $1`, [key])
  const mend = async () => {
    await handle.query('update contact set facts = $2::jsonb where key = $1', [key, JSON.stringify(was?.facts)])
  }
  return { people: new Set([key]), hopeless: false, mend }
}

async function item(handle: Handle, key: string, at: number): Promise<Spoilt> {
  // The doors refuse it, and PostgreSQL keeps it in no text: here one has come in all the same.
  const payload = { kind: 'fields', at, set: { group: 'a\u0000b' }, source: { kind: 'system', id: 'soak' } }
  await handle.query(
    `insert into inbox (bucket, seq, contact_id, kind, payload, at)
     select bucket, nextval('inbox_seq'), id, 'fields', $2::json, $3::bigint from contact where key = $1`,
    [key, JSON.stringify(payload), at],
  )
  return { people: new Set([key]), hopeless: true, mend: async () => {} }
}

async function place(handle: Handle): Promise<Spoilt> {
  const rows = await handle.query<{ id: number; bucket: number; node: string; key: string }>(
    `select e.id, e.bucket, e.node, c.key from enrolment e join contact c on c.bucket = e.bucket and c.id = e.contact_id
     where e.gen = 0 and e.due_at is not null order by e.id limit 2`,
  )
  const put = (nodes: readonly string[]) =>
    Promise.all(
      rows.map(({ bucket, id }, i) => handle.query('update enrolment set node = $3 where bucket = $1 and id = $2', [bucket, id, nodes[i]])),
    )
  await put(rows.map(() => 'nowhere'))
  return {
    people: new Set(rows.map(({ key }) => key)),
    hopeless: false,
    mend: async () => void (await put(rows.map(({ node }) => node))),
  }
}

async function plan(handle: Handle): Promise<Spoilt> {
  const [was] = await handle.query<{ graph: object }>(`select graph from version where flow_id = 'flw_path' and version = 1`)
  const put = (graph: object) =>
    handle.transaction(async (tx) => {
      await tx.query(`update version set graph = $1::jsonb where flow_id = 'flw_path' and version = 1`, [JSON.stringify(graph)])
      await bumpPlan(tx)
    })
  await put({ ...was?.graph, edges: [] })
  const everybody = new Set(Array.from({ length: PEOPLE }, (_, i) => emailOf(i)))
  return { people: everybody, hopeless: false, mend: () => put(was?.graph ?? {}) }
}

/** @param person for those that spoil one person only */
export function spoil(handle: Handle, poison: Poison, person: number, at: number): Promise<Spoilt> {
  switch (poison) {
    case 'facts':
      return facts(handle, emailOf(person))
    case 'item':
      return item(handle, emailOf(person), at)
    case 'place':
      return place(handle)
    case 'plan':
      return plan(handle)
  }
}
