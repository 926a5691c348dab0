import type { InboxItem } from '@baton/engine'
import type { Handle, Sql } from '../../open/handle.ts'
import { bumpPlan } from '../plan.ts'
import { appendItems } from '../turns/doors.ts'

/** A value that a record may have. */
export type RecordValue = string | number | boolean

/** What is said of a company: what is not named stays, null takes away. */
export interface CompanyChange {
  id: string
  name?: string | undefined
  domain?: string | null | undefined
  data: Readonly<Record<string, RecordValue | null>>
}

export interface Company {
  id: string
  name: string
  domain: string | null
  data: Record<string, RecordValue>
}

/** What each of its people has of it: everything in one record. */
export const copyOf = ({ name, domain, data }: Omit<Company, 'id'>): Record<string, RecordValue> => ({
  ...data,
  name,
  ...(domain === null ? {} : { domain }),
})

const same = (a: Company, b: Company) => JSON.stringify(sorted(copyOf(a))) === JSON.stringify(sorted(copyOf(b)))
const sorted = (record: object) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))

function merged(was: Company | undefined, { id, name, domain, data }: CompanyChange): Company {
  const next = new Map(Object.entries(was?.data ?? {}))
  for (const [key, value] of Object.entries(data)) {
    if (value === null) next.delete(key)
    else next.set(key, value)
  }
  return {
    id,
    name: name || was?.name || id,
    domain: domain === undefined ? (was?.domain ?? null) : domain,
    data: Object.fromEntries(next),
  }
}

export interface SavedCompany {
  company: Company
  made: boolean
  changed: boolean
}

/**
 * Writes companies, each by its id. Their rows stay locked until the transaction ends, so that whoever joins one meanwhile has what
 * stands in it. Their people are told in the background.
 */
export async function saveCompanies(tx: Sql, changes: readonly CompanyChange[], at: number): Promise<Map<string, SavedCompany>> {
  const saved = new Map<string, SavedCompany>()
  if (changes.length === 0) return saved
  const ids = [...new Set(changes.map((it) => it.id))]
  const rows = await tx.query<Company & { deletedAt: number | null }>(
    'select id, name, domain, data, deleted_at as "deletedAt" from company where id = any($1::text[]) order by id for update',
    [ids],
  )
  const known = new Map(rows.map(({ deletedAt, ...row }) => [row.id, { row, gone: deletedAt !== null }]))
  for (const change of changes) {
    const before = saved.get(change.id)
    const was = known.get(change.id)
    const from = before?.company ?? (was?.gone ? undefined : was?.row)
    const company = merged(from, change)
    saved.set(change.id, {
      company,
      made: before ? before.made : from === undefined,
      changed: before?.changed === true || !from || !same(from, company),
    })
  }
  const changed = [...saved.values()].filter((it) => it.changed).map((it) => it.company)
  if (changed.length === 0) return saved
  const first = (await tx.query('select 1 from company limit 1')).length === 0
  await tx.query(
    `insert into company (id, name, domain, data, created_at, updated_at)
     select v.id, v.name, v.domain, v.data, $2, $2 from json_to_recordset($1::json) as v(id text, name text, domain text, data jsonb)
     on conflict (id) do update set name = excluded.name, domain = excluded.domain, data = excluded.data, updated_at = excluded.updated_at,
       deleted_at = null, rev = company.rev + 1`,
    [JSON.stringify(changed.sort((a, b) => (a.id < b.id ? -1 : 1))), at],
  )
  // From now on the zones of people may come from their company: turns must load it.
  if (first) await bumpPlan(tx)
  return saved
}

/** Takes a company away: its people are told in the background, then its row goes. @returns its name; undefined where there is none */
export async function removeCompany(tx: Sql, id: string, at: number): Promise<string | undefined> {
  const [row] = await tx.query<{ name: string }>(
    'update company set deleted_at = $2, updated_at = $2, rev = rev + 1 where id = $1 and deleted_at is null returning name',
    [id, at],
  )
  return row?.name
}

/**
 * Fills in what people get who join a company: items that name one (`related`, kind company, with data) carry what is said of it, and
 * leave with all that is known of it. Companies that nobody knew are made.
 */
export async function joinCompanies<T extends { item: InboxItem }>(tx: Sql, entries: readonly T[], at: number): Promise<T[]> {
  const joins = entries.flatMap(({ item }) => (item.kind === 'related' && item.of === 'company' && item.data !== null ? [item] : []))
  if (joins.length === 0) return [...entries]
  const saved = await saveCompanies(
    tx,
    joins.map(({ id, data }) => companyChange(id, data ?? {})),
    at,
  )
  return entries.map((entry) => {
    const { item } = entry
    const found = item.kind === 'related' && item.of === 'company' && item.data !== null ? saved.get(item.id) : undefined
    return found ? { ...entry, item: { ...item, data: copyOf(found.company) } } : entry
  })
}

/** What is said of a company in one record, e.g. the traits of a group: name and domain apart, and only values that a record may have. */
export function companyChange(id: string, record: Readonly<Record<string, unknown>>): CompanyChange {
  const { name, domain, website, ...rest } = record
  const web = typeof domain === 'string' ? domain : website
  const data = Object.entries(rest).filter((entry): entry is [string, RecordValue | null] => isValue(entry[1]) && mayBeKey(entry[0]))
  return {
    id,
    ...(typeof name === 'string' && name.trim() !== '' ? { name: name.trim().slice(0, 300) } : {}),
    ...(typeof web === 'string' ? { domain: domainOf(web) } : domain === null ? { domain: null } : {}),
    data: Object.fromEntries(data.slice(0, MOST_KEYS)),
  }
}

export const MOST_KEYS = 100
export const MAX_TEXT = 2_000

/** A name of a value: what may stand in a condition and in a message. */
export const mayBeKey = (key: string): boolean => /^[\p{L}\p{N}_][\p{L}\p{N}_ .$-]{0,63}$/u.test(key) && key !== '__proto__'

/** A value that a record may have; null takes it away. */
export const isValue = (value: unknown): value is RecordValue | null =>
  value === null ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && value.length <= MAX_TEXT && !value.includes('\0'))

/** `example.com` of an address, a web address or itself. */
export function domainOf(text: string): string | null {
  const [, host = ''] = /^(?:https?:\/\/)?(?:[^@/]*@)?(?:www\.)?([^/:?#]+)/i.exec(text.trim()) ?? []
  return host === '' ? null : host.toLowerCase().slice(0, 253)
}

/** People told in one go. */
const CHUNK = 500

/**
 * Tells people of a company that changed, chunk by chunk: what was told so far is in its row, so that it goes on after a crash. One that
 * changes again meanwhile begins anew. Also told are those who are about to join with what was true before.
 * @returns how many were told; null when there is nobody to tell of anything
 */
export function tellCompany(handle: Handle, now: number): Promise<number | null> {
  return handle.transaction(async (tx) => {
    const [row] = await tx.query<Company & { rev: number; telling: number; bucket: number; after: number; deletedAt: number | null }>(
      `select id, name, domain, data, rev, telling_rev as telling, bucket, after_id as after, deleted_at as "deletedAt" from company
       where told_rev < rev order by id limit 1 for update skip locked`,
    )
    if (!row) return null
    const begins = row.telling !== row.rev
    const people = await tx.query<{ bucket: number; contactId: number }>(
      `select bucket, contact_id as "contactId" from related where kind = 'company' and id = $1 and (bucket, contact_id) > ($2::smallint, $3::bigint)
       order by bucket, contact_id limit $4`,
      [row.id, begins ? -1 : row.bucket, begins ? 0 : row.after, CHUNK],
    )
    const joining = begins
      ? await tx.query<{ contactId: number }>(
          `select distinct contact_id as "contactId" from inbox where kind = 'related' and payload ->> 'of' = 'company' and payload ->> 'id' = $1`,
          [row.id],
        )
      : []
    const ids = new Set([...people, ...joining].map((it) => it.contactId))
    const gone = row.deletedAt !== null
    const item: InboxItem = {
      kind: 'related',
      ...{ at: now, of: 'company', id: row.id, occurredAt: now },
      data: gone ? null : copyOf(row),
      known: true,
    }
    await appendItems(
      tx,
      [...ids].map((contactId) => ({ contactId, item })),
    )
    const last = people.at(-1)
    const over = people.length < CHUNK
    if (over && gone) await tx.query('delete from company where id = $1', [row.id])
    else {
      await tx.query('update company set telling_rev = $2, told_rev = $3, bucket = $4, after_id = $5 where id = $1', [
        ...[row.id, row.rev, over ? row.rev : row.rev - 1],
        ...[last?.bucket ?? 0, last?.contactId ?? 0],
      ])
    }
    return ids.size
  })
}
