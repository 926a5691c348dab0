import type { Sql } from '../open/handle.ts'

const MAIL_EVENTS = ['mail.opened', 'mail.clicked', 'mail.replied', 'mail.bounced', 'mail.unsubscribed', 'mail.complained'] as const

/** How many contacts there are. */
export async function populationSize(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    'select count(*)::int as n from contact where deleted_at is null and merged_into is null',
    [],
  )
  return row?.n ?? 0
}

/**
 * Ids of contacts, bucket by bucket in the order given: buckets are made by hash, so whole ones are a fair sample.
 * @param skip how many of them were given before
 * @param until only those who were there by then
 */
export async function contactsInBuckets(
  sql: Sql,
  buckets: readonly number[],
  { skip, limit, until }: { skip: number; limit: number; until?: number | undefined },
): Promise<number[]> {
  const rows = await sql.query<{ id: number }>(
    `select c.id from unnest($1::smallint[]) with ordinality b(bucket, place)
     join contact c on c.bucket = b.bucket and c.deleted_at is null and c.merged_into is null and ($4::bigint is null or c.created_at <= $4)
     order by b.place, c.id offset $2 limit $3`,
    [buckets, skip, limit, until ?? null],
  )
  return rows.map((row) => row.id)
}

/** Where a pass over buckets stands: in which of them, and how many of it were given. It names nobody. */
export interface BucketPlace {
  place: number
  within: number
}

/** So many buckets are looked into at first; twice as many while they do not give enough. */
const FEW_BUCKETS = 4
const MANY_BUCKETS = 256

/**
 * The next ids of a pass over contacts, bucket by bucket in the order given. Looks into the buckets from its place on only as far as it needs, so
 * a portion of a million contacts costs what one of a thousand does.
 * @param at where the last portion ended; absent: from the start
 * @returns null as `next` when all were given
 */
export async function contactsOnward(
  sql: Sql,
  buckets: readonly number[],
  { at = { place: 0, within: 0 }, limit, until }: { at?: BucketPlace | undefined; limit: number; until?: number | undefined },
): Promise<{ ids: number[]; next: BucketPlace | null }> {
  const ids: number[] = []
  let { place, within } = at
  for (let width = FEW_BUCKETS; place < buckets.length; width = Math.min(MANY_BUCKETS, width * 2)) {
    const some = buckets.slice(place, place + width)
    const wanted = limit - ids.length
    const rows = await sql.query<{ id: number; place: number }>(
      `select c.id, b.place::int as place from unnest($1::smallint[]) with ordinality b(bucket, place)
       join contact c on c.bucket = b.bucket and c.deleted_at is null and c.merged_into is null and ($4::bigint is null or c.created_at <= $4)
       order by b.place, c.id offset $2 limit $3`,
      [some, within, wanted, until ?? null],
    )
    ids.push(...rows.map((it) => it.id))
    const last = rows.at(-1)?.place
    if (rows.length === wanted && last !== undefined) {
      const given = rows.filter((it) => it.place === last).length
      return { ids, next: { place: place + last - 1, within: last === 1 ? within + given : given } }
    }
    place += some.length
    within = 0
  }
  return { ids, next: null }
}

/** How often events of each type happened since then, what machines did left out; the most frequent first. */
export function eventCounts(sql: Sql, since: number, until: number): Promise<{ type: string; n: number }[]> {
  return sql.query(
    `select type, count(*)::int as n from event where at >= $1 and at < $2 and origin not in ('m', 'mh') group by type order by 2 desc, 1 limit 200`,
    [since, until],
  )
}

/** By how many people something was done within a stretch of time, what machines did left out. */
export async function peopleWhoDid(sql: Sql, of: { type: string; since: number; until: number }): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select count(distinct contact_id)::int as n from event where type = $1 and at >= $2 and at < $3 and origin not in ('m', 'mh')`,
    [of.type, of.since, of.until],
  )
  return row?.n ?? 0
}

/**
 * How many joined a segment within a stretch of time and are in it still, and since when that is known: a segment may be younger than the
 * stretch. Whom a pass over all contacts found did not join then: they had been what it asks for before it was asked.
 */
export async function peopleWhoJoined(
  sql: Sql,
  of: { segmentId: string; since: number; until: number },
): Promise<{ people: number; since: number }> {
  const [made] = await sql.query<{ at: number }>('select created_at as at from segment where id = $1', [of.segmentId])
  const passes = await sql.query<{ from: number; to: number }>(
    `select started_at as "from", coalesce(ended_at, $2) as "to" from scan where kind = 'segment' and segment_id = $1`,
    [of.segmentId, of.until],
  )
  const [row] = await sql.query<{ n: number }>(
    `select count(*)::int as n from member m where m.segment_id = $1 and m.since >= $2 and m.since < $3
     and not exists (select 1 from unnest($4::bigint[], $5::bigint[]) p(began, ended) where m.since between p.began and p.ended)`,
    [of.segmentId, of.since, of.until, passes.map((it) => it.from), passes.map((it) => it.to)],
  )
  return { people: row?.n ?? 0, since: Math.max(of.since, made?.at ?? of.since) }
}

/** What became of mails, by the step that sent them. */
export interface MailTally {
  flowId: string
  node: string
  /** Which left. */
  sent: number
  /** By what was done with them: how many mails, not how often. What machines did is left out. */
  deeds: Readonly<Record<string, number>>
  /** The middle of the times between sending and the first opening or click, in minutes; null where there was none. */
  minutes: number | null
}

/** Marketing mails that left since then, and what people did with them, by step. */
export async function mailTallies(sql: Sql, since: number): Promise<MailTally[]> {
  const sent = await sql.query<{ flowId: string; node: string; n: number }>(
    `select flow_id as "flowId", node, count(*)::int as n from send
     where status = 'sent' and purpose = 'marketing' and sent_at >= $1 group by 1, 2 order by 1, 2`,
    [since],
  )
  if (sent.length === 0) return []
  const deeds = await sql.query<{ flowId: string; node: string; type: string; n: number }>(
    `select s.flow_id as "flowId", s.node, e.type, count(distinct s.id)::int as n
     from event e join send s on s.bucket = e.bucket and s.contact_id = e.contact_id and s.key = e.props ->> 'sendKey'
     where e.type = any($2::text[]) and e.at >= $1 and e.origin not in ('m', 'mh')
       and s.status = 'sent' and s.purpose = 'marketing' and s.sent_at >= $1 group by 1, 2, 3`,
    [since, [...MAIL_EVENTS]],
  )
  const times = await sql.query<{ flowId: string; node: string; ms: number }>(
    `select "flowId", node, percentile_disc(0.5) within group (order by ms) as ms from (
       select s.flow_id as "flowId", s.node, min(e.at) - s.sent_at as ms
       from event e join send s on s.bucket = e.bucket and s.contact_id = e.contact_id and s.key = e.props ->> 'sendKey'
       where e.type in ('mail.opened', 'mail.clicked') and e.at >= $1 and e.origin not in ('m', 'mh')
         and s.status = 'sent' and s.purpose = 'marketing' and s.sent_at >= $1 group by s.bucket, s.id, 1, 2, s.sent_at) first group by 1, 2`,
    [since],
  )
  return sent.map(({ flowId, node, n }) => ({
    flowId,
    node,
    sent: n,
    deeds: Object.fromEntries(deeds.filter((it) => it.flowId === flowId && it.node === node).map((it) => [it.type.slice(5), it.n])),
    minutes: minutesOf(times.find((it) => it.flowId === flowId && it.node === node)?.ms),
  }))
}

const minutesOf = (ms: number | undefined): number | null => (ms === undefined ? null : Math.max(0, Math.round(ms / 60_000)))

/** What became of leads, by the step that handed them over. */
export interface LeadTally {
  flowId: string
  node: string
  teamId: string
  /** How often somebody got one: long enough ago to have been answered, answered already, or taken away again because nobody answered. */
  given: number
  answered: number
  accepted: number
  /** Calls that ended at a voicemail, of those leads; and leads whose last try was one. */
  voicemails: number
  unreached: number
  /** For what they were rejected, and how often. */
  reasons: Readonly<Record<string, number>>
  /** The middle of the times until the answer, in minutes; null where there was none. */
  minutes: number | null
  /** All that were made. */
  made: number
}

/** Leads made since then, by step and team. @param settled who got theirs before this instant should have answered by now */
export async function leadTallies(sql: Sql, since: number, settled: number): Promise<LeadTally[]> {
  const rows = await sql.query<Omit<LeadTally, 'minutes' | 'reasons' | 'voicemails' | 'unreached'> & { ms: number | null }>(
    `select flow_id as "flowId", node, team_id as "teamId", count(*)::int as made,
       (count(*) filter (where assigned_at is not null and (assigned_at < $2 or answered_at is not null)) + sum(bounces))::int as given,
       count(*) filter (where answered_at is not null)::int as answered,
       count(*) filter (where answered_at is not null and reject_reason is null)::int as accepted,
       percentile_disc(0.5) within group (order by answered_at - assigned_at) as ms
     from handoff where created_at >= $1 group by 1, 2, 3 order by 1, 2, 3`,
    [since, settled],
  )
  const tries = await sql.query<Step & { voicemails: number; unreached: number }>(
    `select h.flow_id as "flowId", h.node, h.team_id as "teamId", sum(v.n)::int as voicemails, count(*) filter (where h.answered_at is null)::int as unreached
     from handoff h join (select bucket, handoff_id, count(*) as n from handoff_log where kind = 'voicemail' and at >= $1 group by 1, 2) v
       on v.bucket = h.bucket and v.handoff_id = h.id where h.created_at >= $1 group by 1, 2, 3`,
    [since],
  )
  const reasons = await sql.query<Step & { why: string; n: number }>(
    `select flow_id as "flowId", node, team_id as "teamId", reject_reason as why, count(*)::int as n from handoff
     where created_at >= $1 and reject_reason is not null group by 1, 2, 3, 4 order by 5 desc, 4 limit 2000`,
    [since],
  )
  return rows.map(({ ms, ...row }) => {
    const tried = tries.find(sameStep(row))
    return {
      ...{ ...row, minutes: minutesOf(ms ?? undefined), voicemails: tried?.voicemails ?? 0, unreached: tried?.unreached ?? 0 },
      reasons: Object.fromEntries(reasons.filter(sameStep(row)).map((it) => [it.why, it.n])),
    }
  })
}

type Step = Pick<LeadTally, 'flowId' | 'node' | 'teamId'>
const sameStep = (a: Step) => (b: Step) => a.flowId === b.flowId && a.node === b.node && a.teamId === b.teamId

/** What became of leads that sales had accepted, by the step that handed them over. */
export interface DealTally {
  flowId: string
  node: string
  won: number
  lost: number
  /** Of both: those that were an opportunity. Whatever was won was one. */
  opportunities: number
  /** Won deals of which the amount is known, and what they add up to. */
  valued: number
  worth: number
}

/** Leads that were won or lost since then, by step. */
export async function dealTallies(sql: Sql, since: number): Promise<DealTally[]> {
  const decided = await sql.query<Pick<DealTally, 'flowId' | 'node' | 'won' | 'lost' | 'opportunities'>>(
    `select flow_id as "flowId", node, count(*) filter (where outcome = 'converted')::int as won, count(*) filter (where outcome = 'lost')::int as lost,
       count(*) filter (where outcome = 'converted' or opportunity_id is not null)::int as opportunities
     from handoff where closed_at >= $1 and outcome in ('converted', 'lost') group by 1, 2 order by 1, 2`,
    [since],
  )
  const amounts = await sql.query<Pick<DealTally, 'flowId' | 'node' | 'valued' | 'worth'>>(
    `select h.flow_id as "flowId", h.node, count(*)::int as valued, sum((l.data ->> 'amount')::float8) as worth
     from handoff_log l join handoff h on h.bucket = l.bucket and h.id = l.handoff_id
     where l.kind = 'won' and l.at >= $1 and jsonb_typeof(l.data -> 'amount') = 'number' group by 1, 2`,
    [since],
  )
  return decided.map((it) => {
    const known = amounts.find((one) => one.flowId === it.flowId && one.node === it.node)
    return { ...it, valued: known?.valued ?? 0, worth: known?.worth ?? 0 }
  })
}

/** What web addresses answered, by the step that called them. */
export interface CallTally {
  flowId: string
  node: string
  answered: number
  failed: number
}

/** Calls of web addresses that came to an end since then, by step. */
export function callTallies(sql: Sql, since: number): Promise<CallTally[]> {
  return sql.query<CallTally>(
    `select flow_id as "flowId", node, count(*) filter (where status = 'done')::int as answered, count(*) filter (where status = 'failed')::int as failed
     from effect where kind = 'webhook' and at >= $1 and status in ('done', 'failed') and not starts_with(key, 'lead/') group by 1, 2 order by 1, 2`,
    [since],
  )
}
