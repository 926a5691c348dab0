import { type Actor, datedId, type InboxItem, rollOutPlace } from '@baton/engine'
import { newId } from '../ids.ts'
import type { Handle, Sql } from '../open/handle.ts'
import { wake } from './chores.ts'
import { countMigrants, migrantsOf } from './migrations.ts'
import { appendItems } from './turns/doors.ts'

export type ScanKind = 'publish' | 'segment' | 'score' | 'resume' | 'stop' | 'dates' | 'schedule' | 'migrate' | 'migrate-back'

/** A pass over many people in the background, as a page shows it. */
export interface ScanRow {
  id: string
  kind: ScanKind
  flowId: string | null
  segmentId: string | null
  node: string | null
  /** migrate, migrate-back: the version whose plan it carries out or takes back. score: that of the score model. */
  version: number | null
  status: 'running' | 'done' | 'cancelled' | 'failed'
  /** People looked at, people it concerned, people in all (as counted at the start). */
  done: number
  found: number
  total: number
  /** schedule: its time, and how many times before it were missed and are not made up. */
  occurrence: number | null
  missed: number
  error: string | null
  byId: string | null
  byName: string | null
  startedAt: number
  endedAt: number | null
}

interface RunningScan extends ScanRow {
  bucket: number
  afterId: number
  lastSeq: number
  since: number | null
  share: number | null
  field: string | null
  dimension: string | null
}

const columns = `id, kind, flow_id as "flowId", segment_id as "segmentId", node, status, done, found, total, error, by_id as "byId",
  by_name as "byName", started_at as "startedAt", ended_at as "endedAt", bucket, after_id as "afterId", last_seq as "lastSeq", since, share, field, dimension,
  occurrence, missed, version`

export interface NewScan {
  kind: ScanKind
  flowId?: string | undefined
  segmentId?: string | undefined
  /** publish, dates, schedule: the trigger at which people enter. */
  node?: string | undefined
  /** publish: only whom the roll-out has reached; 1 for everybody. */
  share?: number | undefined
  /** publish: only members since then who have not been in the flow since they joined: who waited for the roll-out. */
  since?: number | undefined
  /** dates: what the trigger reads. */
  field?: string | undefined
  dimension?: string | undefined
  /** schedule: its time, and how many before it are not made up. */
  occurrence?: number | undefined
  missed?: number | undefined
  /** migrate, migrate-back: the version whose plan it is. score: that of the score model. */
  version?: number | undefined
  by: { id: string; name: string } | null
  at: number
}

/** How many people a pass looks at, as counted at its start. */
async function sizeOf(tx: Sql, { kind, segmentId, flowId, field, dimension, version }: NewScan): Promise<number> {
  if (kind === 'migrate' || kind === 'migrate-back') return countMigrants(tx, { kind, flowId: flowId ?? '', version: version ?? 0 })
  const [count] =
    kind === 'segment' || kind === 'score'
      ? await tx.query<{ n: number }>('select count(*) as n from contact where deleted_at is null and merged_into is null')
      : kind === 'dates'
        ? await tx.query<{ n: number }>(`select count(*) as n from (${HAS_TIME.join(' union ')}) x`, [field ?? null, dimension ?? null])
        : kind === 'publish' || kind === 'schedule'
          ? await tx.query<{ n: number }>('select count(*) as n from member where segment_id = $1 and since is not null', [segmentId ?? ''])
          : await tx.query<{ n: number }>('select count(*) as n from enrolment where flow_id = $1 and gen = 0', [flowId ?? ''])
  return count?.n ?? 0
}

/** Contacts for whom a trigger may fire by time: they have its field, or points of its score. In two, since Citus takes no "or exists". */
const HAS_TIME = [
  `c.facts -> 'f' ? $1::text`,
  'exists (select 1 from ledger l where l.bucket = c.bucket and l.contact_id = c.id and l.dimension = $2::text)',
].map((has) => `select c.bucket, c.id from contact c where c.deleted_at is null and c.merged_into is null and ${has}`)

/** Kinds of which one at a time goes over a flow: what the older of two would still do is not wanted any more. */
const replacedBy = (kind: ScanKind): readonly ScanKind[] =>
  kind === 'migrate' || kind === 'migrate-back' ? ['migrate', 'migrate-back'] : [kind]

/**
 * Starts a background pass, in the transaction of what causes it (a publish, a new condition, a resume, a stop). An older pass of the
 * same kind over the same thing is cancelled; times of a schedule are carried out one and all. The runner carries it out; nudge it afterwards.
 */
export async function startScan(tx: Sql, scan: NewScan): Promise<string> {
  const id = newId('scan')
  if (scan.kind !== 'schedule') {
    await tx.query(
      `update scan set status = 'cancelled', ended_at = $1 where status = 'running' and kind = any($2::text[])
       and flow_id is not distinct from $3 and segment_id is not distinct from $4 and node is not distinct from $5`,
      [scan.at, replacedBy(scan.kind), scan.flowId ?? null, scan.segmentId ?? null, scan.node ?? null],
    )
  }
  const total = await sizeOf(tx, scan)
  await tx.query(
    `insert into scan (id, kind, flow_id, segment_id, node, status, total, since, share, field, dimension, occurrence, missed, by_id, by_name,
       started_at, version)
     values ($1, $2, $3, $4, $5, 'running', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      id,
      scan.kind,
      scan.flowId ?? null,
      scan.segmentId ?? null,
      scan.node ?? null,
      total,
      scan.since ?? null,
      scan.share ?? null,
      scan.field ?? null,
      scan.dimension ?? null,
      scan.occurrence ?? null,
      scan.missed ?? 0,
      scan.by?.id ?? null,
      scan.by?.name ?? null,
      scan.at,
      scan.version ?? null,
    ],
  )
  return id
}

/** What a pass that was stopped had been about, and how far it came. */
export interface StoppedScan {
  kind: ScanRow['kind']
  flowId: string | null
  segmentId: string | null
  done: number
}

/** Stops a pass where it is; what it did stays. @returns undefined when it was over already */
export async function cancelScan(tx: Sql, id: string, at: number): Promise<StoppedScan | undefined> {
  const [row] = await tx.query<StoppedScan>(
    `update scan set status = 'cancelled', ended_at = $2 where id = $1 and status = 'running'
     returning kind, flow_id as "flowId", segment_id as "segmentId", done`,
    [id, at],
  )
  return row
}

/**
 * Lets a pass that was stopped go on where it was: those it looked at stay done. Only the latest of its kind over the same thing, and
 * only while its flow lets people in. @returns its flow; undefined when there is nothing to go on with
 */
export async function resumeScan(tx: Sql, id: string): Promise<string | undefined> {
  // Asked by itself: Citus changes no table of the coordinator's by one that every machine has.
  const open = await tx.query(
    `select 1 from scan s join flow f on f.id = s.flow_id where s.id = $1 and f.status in ('live', 'paused') for update of s`,
    [id],
  )
  if (open.length === 0) return undefined
  const [row] = await tx.query<{ flowId: string }>(
    `update scan s set status = 'running', ended_at = null where s.id = $1 and s.kind in ('publish', 'migrate', 'migrate-back') and s.status = 'cancelled'
     and not exists (select 1 from scan o where (o.kind = s.kind or (o.kind like 'migrate%' and s.kind like 'migrate%'))
       and o.flow_id = s.flow_id and o.node is not distinct from s.node
       and o.segment_id is not distinct from s.segment_id and o.id <> s.id and o.started_at >= s.started_at)
     returning s.flow_id as "flowId"`,
    [id],
  )
  return row?.flowId
}

/** Lets a stopped pass over the scores go on where it was: only the latest, since each is about the model in force. @returns whether it does */
export async function resumeScoring(tx: Sql, id: string): Promise<boolean> {
  const rows = await tx.query(
    `update scan s set status = 'running', ended_at = null where s.id = $1 and s.kind = 'score' and s.status in ('cancelled', 'failed')
     and not exists (select 1 from scan o where o.kind = 'score' and (o.started_at, o.version) > (s.started_at, s.version)) returning s.id`,
    [id],
  )
  return rows.length > 0
}

/** The latest pass over the scores; undefined before the first. */
export async function latestScoring(sql: Sql): Promise<ScanRow | undefined> {
  const [row] = await sql.query<ScanRow>(
    `select ${columns} from scan where kind = 'score' order by started_at desc, version desc, id limit 1`,
  )
  return row
}

/** The passes of a flow or a segment, the newest first; all that run when neither is given. */
export function listScans(sql: Sql, of: { flowId?: string | undefined; segmentId?: string | undefined }): Promise<ScanRow[]> {
  return sql.query<ScanRow>(
    `select ${columns} from scan where ($1::text is null or flow_id = $1) and ($2::text is null or segment_id = $2)
     and ($1::text is not null or $2::text is not null or status = 'running') order by started_at desc, id limit 20`,
    [of.flowId ?? null, of.segmentId ?? null],
  )
}

/**
 * Segments first: a publish over a segment that is being built waits for it. Schedules of one instant let in by flow, then by trigger, as
 * in a simulation (E-161).
 */
export function runningScans(sql: Sql): Promise<{ id: string }[]> {
  return sql.query(
    `select s.id from scan s where s.status = 'running'
     and not (s.kind in ('publish', 'schedule') and exists (select 1 from scan o where o.status = 'running' and o.kind = 'segment' and o.segment_id = s.segment_id))
     order by s.kind = 'segment' desc, s.started_at, s.flow_id collate "C", s.node collate "C", s.id`,
  )
}

interface Found {
  bucket: number
  id: number
  /** migrate, migrate-back: whose passage `id` is, and what they are told. */
  contactId?: number | undefined
  item?: InboxItem | null | undefined
  /** Looked at, and it does not concern them. */
  skip?: boolean | undefined
  dueAt?: number | null | undefined
  held?: boolean | undefined
}

/** Those the pass looks at next, in (bucket, id) order. */
function nextOf(tx: Sql, scan: RunningScan, limit: number, now: number): Promise<Found[]> {
  const at = [scan.bucket, scan.afterId, limit]
  switch (scan.kind) {
    case 'migrate':
    case 'migrate-back':
      return migrantsOf(tx, { ...scan, kind: scan.kind }, limit, now)
    case 'segment':
    case 'score':
      return tx.query<Found>(
        `select bucket, id from contact where (bucket, id) > ($1::smallint, $2::bigint) and deleted_at is null and merged_into is null
         order by bucket, id limit $3`,
        at,
      )
    case 'dates':
      return tx.query<Found>(
        `select bucket, id from (${HAS_TIME.map((of) => `(${of} and (c.bucket, c.id) > ($3::smallint, $4::bigint) order by c.bucket, c.id limit $5)`).join(' union ')}) x
         order by bucket, id limit $5`,
        [scan.field, scan.dimension, ...at],
      )
    case 'publish':
      if (scan.share !== null || scan.since !== null) return reached(tx, scan, limit)
      return members(tx, scan, limit)
    case 'schedule':
      return members(tx, scan, limit)
    case 'resume':
    case 'stop':
      return tx.query(
        `select bucket, id, due_at as "dueAt", coalesce(jsonb_array_length(vars -> 'held'), 0) > 0 as held from enrolment
         where flow_id = $4 and gen = 0 and (bucket, id) > ($1::smallint, $2::bigint) order by bucket, id limit $3`,
        [...at, scan.flowId],
      )
  }
}

function members(tx: Sql, { bucket, afterId, segmentId }: RunningScan, limit: number): Promise<Found[]> {
  return tx.query<Found>(
    `select bucket, contact_id as id from member where segment_id = $4 and since is not null and (bucket, contact_id) > ($1::smallint, $2::bigint)
     order by bucket, contact_id limit $3`,
    [bucket, afterId, limit, segmentId],
  )
}

/** Members with the word whether the roll-out has reached them, and whether they wait: have not been in since they joined. */
async function reached(tx: Sql, { bucket, afterId, segmentId, flowId, since, share }: RunningScan, limit: number): Promise<Found[]> {
  const rows = await tx.query<{ bucket: number; id: number; key: string; since: number; been: boolean }>(
    `select m.bucket, m.contact_id as id, c.key, m.since,
            $5::bigint is not null and exists (select 1 from enrolment e where e.bucket = m.bucket and e.contact_id = m.contact_id
              and e.flow_id = $6 and e.entered_at >= m.since) as been
     from member m join contact c on c.bucket = m.bucket and c.id = m.contact_id
     where m.segment_id = $4 and m.since is not null and (m.bucket, m.contact_id) > ($1::smallint, $2::bigint)
     order by m.bucket, m.contact_id limit $3`,
    [bucket, afterId, limit, segmentId, since, flowId],
  )
  return rows.map((it) => ({
    bucket: it.bucket,
    id: it.id,
    skip: it.been || it.since < (since ?? 0) || rollOutPlace(it.key, flowId ?? '') >= (share ?? 1),
  }))
}

/** What a pass tells each of the people. */
function itemOf({ kind, flowId, segmentId, node, occurrence, byId, byName }: RunningScan, at: number): InboxItem {
  if (kind === 'score') return { kind: 'rescore', at }
  if (kind === 'segment') return { kind: 'recheck', at, segmentId: segmentId ?? '' }
  if (kind === 'dates') return { kind: 'recheck', at, segmentId: datedId({ flowId: flowId ?? '', node: node ?? '' }) }
  const source: Actor = { kind: 'system', id: byId ?? (kind === 'schedule' ? 'schedule' : 'scan'), name: byName ?? undefined }
  const enrol: InboxItem = { kind: 'enrol', at, flowId: flowId ?? '', node: node ?? '', key: '', source }
  return kind === 'schedule' ? { ...enrol, occurrence: occurrence ?? at } : enrol
}

/** Tells a chunk of people; gives how many it concerned and the last inbox number. */
async function tell(tx: Sql, scan: RunningScan, people: readonly Found[], now: number): Promise<{ found: number; lastSeq: number }> {
  if (scan.kind === 'migrate' || scan.kind === 'migrate-back') {
    const told = people.flatMap(({ contactId, item }) => (contactId !== undefined && item ? [{ contactId, item }] : []))
    const seqs = await appendItems(tx, told)
    return { found: told.length, lastSeq: seqs.at(-1) ?? scan.lastSeq }
  }
  if (scan.kind !== 'resume' && scan.kind !== 'stop') {
    const item = itemOf(scan, now)
    const concerned = people.filter((it) => it.skip !== true)
    const seqs = await appendItems(
      tx,
      concerned.map(({ id }) => ({ contactId: id, item })),
    )
    return { found: concerned.length, lastSeq: seqs.at(-1) ?? scan.lastSeq }
  }
  // Back on the wheel: at once whoever has to leave or to handle what came in during the pause, the others at their time.
  const wakings = people.flatMap(({ id, dueAt, held }) => {
    if (scan.kind === 'stop' || held) return [{ id, dueAt: now }]
    return dueAt === null || dueAt === undefined ? [] : [{ id, dueAt }]
  })
  await wake(tx, wakings)
  return { found: wakings.length, lastSeq: scan.lastSeq }
}

/**
 * Whether everything that came in up to the last row of the pass has had its turn, in the buckets it went through. A pass tells the next
 * people only then, so that its rows never pile up before what comes in meanwhile: that waits for one portion, however many people the
 * pass is about. In the order of the key, or a plan might read what was deleted and is not cleaned away yet.
 */
async function drained(tx: Sql, { lastSeq, bucket }: RunningScan): Promise<boolean> {
  if (lastSeq === 0) return true
  const rows = await tx.query('select bucket from inbox where bucket <= $2::smallint and seq <= $1 order by bucket, seq limit 1', [
    lastSeq,
    bucket,
  ])
  return rows.length === 0
}

async function finish(tx: Sql, scan: RunningScan, now: number): Promise<void> {
  await tx.query(`update scan set status = 'done', ended_at = $2 where id = $1`, [scan.id, now])
  if (scan.kind !== 'segment') return
  await tx.query(
    `update segment set status = 'ready', counted_at = $2,
       count = (select count(*) from member where segment_id = $1 and since is not null) where id = $1 and status = 'building'`,
    [scan.segmentId, now],
  )
}

/**
 * Carries a pass on by one chunk, in one transaction, so that it goes on where it was after a crash.
 * @returns `more`: go on; `waiting`: the people of the chunk before have to take their turns first, or another process is at it; `over`: done
 */
export function stepScan(handle: Handle, id: string, now: number, limit = 500): Promise<'more' | 'waiting' | 'over'> {
  return handle.transaction(async (tx) => {
    const [scan] = await tx.query<RunningScan>(`select ${columns} from scan where id = $1 and status = 'running' for update skip locked`, [
      id,
    ])
    if (!scan || !(await drained(tx, scan))) return 'waiting'
    const people = await nextOf(tx, scan, limit, now)
    const last = people.at(-1)
    if (!last) {
      await finish(tx, scan, now)
      return 'over'
    }
    const { found, lastSeq } = await tell(tx, scan, people, now)
    await tx.query('update scan set bucket = $2, after_id = $3, done = done + $4, found = found + $5, last_seq = $6 where id = $1', [
      id,
      last.bucket,
      last.id,
      people.length,
      found,
      lastSeq,
    ])
    return 'more'
  })
}
