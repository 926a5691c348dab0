import type { Handle, Sql } from '../open/handle.ts'
import type { RetentionSettings } from '../schema/workspace.ts'

const DAY = 86_400_000
const BUCKETS = 1024
/** So many buckets at once: the screens of the embedded database wait for one stride at most. */
const STRIDE = 64
/** Buckets that a preview counts; each holds as many people as any other. */
const SAMPLE = 32

/** Events of this type that occurred before `before` go. */
export interface EventCut {
  type: string
  before: number
}

/** What goes: events by type, and the steps of passages that ended before an instant (null: none). */
export interface RetentionCut {
  events: readonly EventCut[]
  journals: number | null
}

/**
 * The instants before which things go.
 * @param types every type that ever came in
 * @param needed days of history that flows and segments look at, by type; they are kept whatever the settings say
 */
export function cutOf(
  { eventDays, typeDays, journalDays }: RetentionSettings,
  types: readonly string[],
  needed: ReadonlyMap<string, number>,
  now: number,
): RetentionCut {
  const events = types.flatMap((type) => {
    const days = Object.hasOwn(typeDays, type) ? (typeDays[type] ?? null) : eventDays
    if (days === null) return []
    // A day more than what is looked at: a look goes back from an instant within the day.
    const kept = Math.max(days, (needed.get(type) ?? -1) + 1)
    return Number.isFinite(kept) ? [{ type, before: now - kept * DAY }] : []
  })
  return { events, journals: journalDays === null ? null : now - journalDays * DAY }
}

/** Cuts as arrays for `unnest`. */
const asArrays = (cuts: readonly EventCut[]) => [cuts.map((it) => it.type), cuts.map((it) => it.before)]

export interface RetentionPreview {
  /** Events that would go, by type. */
  events: { type: string; n: number }[]
  /** Passages whose steps would go. */
  journals: number
  /** Whether the numbers are counted, or reckoned from a sample. */
  exact: boolean
}

/** How much would go. Small workspaces are counted whole, others by a sample of the buckets. */
export async function previewRetention(sql: Sql, { events, journals }: RetentionCut): Promise<RetentionPreview> {
  const [size] = await sql.query<{ n: number }>(
    `select coalesce(sum(greatest(reltuples, 0)), 0)::float8 as n from pg_class where relname like 'event\\_%' and relkind = 'r'`,
  )
  const exact = (size?.n ?? 0) < 200_000
  const buckets = Array.from({ length: exact ? BUCKETS : SAMPLE }, (_, i) => (exact ? i : (i * 37) % BUCKETS))
  const scale = BUCKETS / buckets.length
  const found = await sql.query<{ type: string; n: number }>(
    `select e.type, count(*)::float8 as n from event e join unnest($1::text[], $2::bigint[]) v(type, before) on e.type = v.type and e.at < v.before
     where e.bucket = any($3::smallint[]) group by e.type order by e.type`,
    [...asArrays(events), buckets],
  )
  const [ended] = await sql.query<{ n: number }>(
    `select count(*)::float8 as n from enrolment e where e.bucket = any($1::smallint[]) and e.gen <> 0 and e.ended_at < $2
     and exists (select 1 from journal j where j.bucket = e.bucket and j.enrolment_id = e.id)`,
    [buckets, journals ?? 0],
  )
  return {
    events: found.map(({ type, n }) => ({ type, n: Math.round(n * scale) })),
    journals: Math.round((ended?.n ?? 0) * scale),
    exact,
  }
}

/** What went. */
export interface Dropped {
  events: number
  /** Whole months of events that were emptied at once; their events are not counted. */
  months: number
  /** Turns of passages that ended. */
  journals: number
}

const MONTH = /^event_(\d{4})_(\d{2})$/

/** Months, and what was before them, of which nothing is kept. The part itself stays: what comes in late finds it. */
async function emptyMonths(handle: Handle, cuts: readonly EventCut[]): Promise<number> {
  if (cuts.length === 0) return 0
  const first = Math.min(...cuts.map((it) => it.before))
  const parts = await handle.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'event'::regclass order by 1`,
  )
  let emptied = 0
  for (const { name } of parts) {
    const [, year, month] = MONTH.exec(name) ?? []
    if (year === undefined || month === undefined || Date.UTC(Number(year), Number(month)) > first) continue
    const [row] = await handle.query<{ any: boolean; kept: boolean }>(
      `select exists (select 1 from "${name}") as any, exists (select 1 from "${name}" where type <> all($1::text[])) as kept`,
      [cuts.map((it) => it.type)],
    )
    if (!row?.any || row.kept) continue
    await handle.transaction(async (tx) => {
      // Who reads it now is not waited for long: it is emptied another night, and its rows go one by one meanwhile.
      await tx.query(`set local lock_timeout = '2s'`)
      await tx.query(`truncate "${name}"`)
    })
    emptied++
  }
  return emptied
}

/**
 * Drops what is older than its time, stride by stride; may be broken off and begun again anywhere. Passages and the counts of steps stay.
 * @param goOn asked between strides
 */
export async function dropOld(handle: Handle, { events, journals }: RetentionCut, goOn: () => boolean = () => true): Promise<Dropped> {
  const months = await emptyMonths(handle, events)
  const dropped: Dropped = { events: 0, months, journals: 0 }
  for (let from = 0; from < BUCKETS && goOn(); from += STRIDE) {
    const span = [from, from + STRIDE]
    if (events.length > 0) dropped.events += await dropEvents(handle, span, events)
    if (journals === null) continue
    const turns = await handle.query(
      `with gone as (delete from journal j using enrolment e where e.bucket >= $1::smallint and e.bucket < $2::smallint and e.gen <> 0
         and e.ended_at < $3 and j.bucket = e.bucket and j.enrolment_id = e.id returning 1) select count(*)::float8 as n from gone`,
      [...span, journals],
    )
    dropped.journals += Number(turns[0]?.n ?? 0)
  }
  return dropped
}

async function dropEvents(handle: Handle, span: readonly number[], cuts: readonly EventCut[]): Promise<number> {
  const cut = [...span, ...asArrays(cuts)]
  // What was written into a form stands in its event, and goes with it.
  await handle.query(
    `delete from form_answer a using event e, unnest($3::text[], $4::bigint[]) v(type, before)
     where a.bucket >= $1::smallint and a.bucket < $2::smallint and e.bucket = a.bucket and e.at = a.at and e.id = a.event_id
       and e.type = v.type and e.at < v.before`,
    cut,
  )
  const rows = await handle.query<{ n: number }>(
    `with gone as (delete from event e using unnest($3::text[], $4::bigint[]) v(type, before)
       where e.bucket >= $1::smallint and e.bucket < $2::smallint and e.type = v.type and e.at < v.before returning 1)
     select count(*)::float8 as n from gone`,
    cut,
  )
  return rows[0]?.n ?? 0
}
