import type { InboxItem, RelatedKind } from '@baton/engine'
import { failpoint } from '../../failpoint.ts'
import type { Handle, Sql } from '../../open/handle.ts'
import { appendItems } from '../turns/doors.ts'
import { type CompanyChange, type RecordValue, removeCompany, saveCompanies } from './companies.ts'
import { holdersOf, knownAs, membersOf } from './pages.ts'

/** An opportunity or a purchase as a program tells it. */
export interface IncomingRecord {
  /** Place in the batch, from 0. */
  index: number
  kind: Exclude<RelatedKind, 'company'>
  id: string
  userId: string | null
  email: string | null
  /** Without somebody by name: all who are in this company now. */
  companyId: string | null
  /** When it was bought, opened. */
  at: number
  data: Record<string, RecordValue>
}

export interface RefusedRecord {
  index: number
  id: string
  say: string
}

/** A company with more people than this gets its records person by person. */
const MOST_PEOPLE = 1_000

/** Writes companies in one transaction. @returns how many were new or changed */
export function takeCompanies(handle: Handle, changes: readonly CompanyChange[], at: number): Promise<number> {
  return handle.transaction(async (tx) => {
    const saved = await saveCompanies(tx, changes, at)
    return [...saved.values()].filter((it) => it.changed).length
  })
}

/**
 * Tells people's inboxes of their opportunities and purchases, in one transaction. A record that names nobody who is known is refused,
 * the others are kept.
 */
export async function takeRecords(
  handle: Handle,
  records: readonly IncomingRecord[],
  receivedAt: number,
): Promise<{ stored: number; refused: RefusedRecord[] }> {
  const done = await handle.transaction(async (tx) => {
    const refused: RefusedRecord[] = []
    const entries: { contactId: number; item: InboxItem }[] = []
    for (const record of records) {
      const people = await peopleFor(tx, record)
      if ('say' in people) refused.push({ index: record.index, id: record.id, say: people.say })
      else {
        const { kind: of, id, data, at: occurredAt } = record
        const item: InboxItem = { kind: 'related', at: receivedAt, of, id, data, occurredAt }
        entries.push(...people.ids.map((contactId) => ({ contactId, item })))
      }
    }
    await appendItems(tx, entries)
    failpoint('door.before-commit')
    return { stored: records.length - refused.length, refused }
  })
  failpoint('door.after-commit')
  return done
}

async function peopleFor(tx: Sql, { userId, email, companyId }: IncomingRecord): Promise<{ ids: number[] } | { say: string }> {
  if (userId !== null || email !== null) {
    const id = await knownAs(tx, { userId, email })
    return id === undefined ? { say: `Nobody is known as ${userId ?? email}. Send an identify message first.` } : { ids: [id] }
  }
  const ids = await membersOf(tx, companyId ?? '', MOST_PEOPLE + 1)
  if (ids.length === 0) return { say: `Nobody is in the company ${companyId}. Send group messages first, or name a person.` }
  if (ids.length > MOST_PEOPLE) return { say: `The company ${companyId} has more than ${MOST_PEOPLE} people. Name the person.` }
  return { ids }
}

/** Takes a record away from whoever has it. @returns false where nobody has it */
export function dropRecord(handle: Handle, { kind, id, at }: { kind: RelatedKind; id: string; at: number }): Promise<boolean> {
  return handle.transaction(async (tx) => {
    if (kind === 'company') return (await removeCompany(tx, id, at)) !== undefined
    const holders = await holdersOf(tx, kind, id)
    const item: InboxItem = { kind: 'related', at, of: kind, id, data: null, occurredAt: at }
    await appendItems(
      tx,
      holders.map((contactId) => ({ contactId, item })),
    )
    return holders.length > 0
  })
}
