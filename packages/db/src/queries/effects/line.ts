import type { Handle, Sql } from '../../open/handle.ts'
import { appendItems } from '../turns/doors.ts'
import { holdDuty } from '../turns/lease.ts'

/** A step that lets only so many people through in a time: its line is that of all its versions and contacts. */
export interface LinePlace {
  flowId: string
  node: string
}

/** A line of a paused flow stands; it is looked at again after so many milliseconds. */
const ASK_AGAIN = 1_000

const WAITING = `e.kind = 'throttle' and e.status = 'queued'`

/** Steps where somebody waits in line; those of paused flows not. @param since only where somebody came since then: to look often is cheap */
export function waitingLines(sql: Sql, since: number | null): Promise<LinePlace[]> {
  return sql.query(
    `select e.flow_id as "flowId", e.node from effect e where ${WAITING} and ($1::bigint is null or e.at >= $1)
       and not exists (select 1 from flow f where f.id = e.flow_id and f.status = 'paused')
     group by 1, 2 order by 1, 2`,
    [since],
  )
}

/** How many wait in the line of each step. */
export function lineLengths(sql: Sql, flowId: string): Promise<{ node: string; waiting: number; since: number }[]> {
  return sql.query(
    `select e.node, count(*) as waiting, min(e.at) as since from effect e where ${WAITING} and e.flow_id = $1 group by 1 order by 1`,
    [flowId],
  )
}

/** What the keeper of a line decides by. */
export interface Line<State> {
  /** As it was left; null at the first time. */
  state: State | null
  /** The payload of the latest arrival: its rate holds. */
  payload: Record<string, unknown>
}

/** What the keeper decides: how many may pass now, what it has to remember when so many did, and when the next may if all of them did. */
export interface LineTurn<State> {
  pass: number
  after(passed: number): State | null
  next: number
}

/**
 * Lets the first of a line through, in order of arrival, with everything in one transaction: only the holder of the line's duty may.
 * `decide` is pure.
 * @returns how many passed, and when to ask again; null where nobody waits
 */
export function serveLine<State extends object>(
  handle: Handle,
  line: LinePlace & { duty: string; owner: string; now: number },
  decide: (line: Line<State>) => LineTurn<State>,
): Promise<{ passed: number; next: number | null }> {
  const { flowId, node, duty, owner, now } = line
  const place = `${flowId}/${node}`
  return handle.transaction(async (tx) => {
    await holdDuty(tx, duty, owner)
    const paused = await tx.query(`select 1 from flow where id = $1 and status = 'paused'`, [flowId])
    if (paused.length > 0) return { passed: 0, next: now + ASK_AGAIN }
    const [latest] = await tx.query<{ payload: Record<string, unknown> }>(
      `select e.payload from effect e where ${WAITING} and e.flow_id = $1 and e.node = $2 order by e.at desc, e.key desc limit 1`,
      [flowId, node],
    )
    if (!latest) return { passed: 0, next: null }
    const [kept] = await tx.query<{ state: State }>('select state from throttle where place = $1', [place])
    const { pass, after, next } = decide({ state: kept?.state ?? null, payload: latest.payload })
    const heads = await tx.query<{ bucket: number; id: number; contactId: number; key: string }>(
      `select e.bucket, e.id, e.contact_id as "contactId", e.key from effect e
       where ${WAITING} and e.flow_id = $1 and e.node = $2 and e.at <= $3 order by e.at, e.key collate "C" limit $4`,
      [flowId, node, now, pass + 1],
    )
    const first = heads.slice(0, pass)
    const again = heads.length > pass ? next : null
    const rows = await tx.query<{ id: number }>(
      `update effect e set status = 'done', ended_at = $2 from json_to_recordset($1::json) as v(bucket smallint, id bigint)
       where e.bucket = v.bucket and e.id = v.id and e.status = 'queued' returning e.id`,
      [JSON.stringify(first.map(({ bucket, id }) => ({ bucket, id }))), now],
    )
    const through = new Set(rows.map((row) => row.id))
    const passed = first.filter((it) => through.has(it.id))
    await appendItems(
      tx,
      passed.map(({ contactId, key }) => ({ contactId, item: { kind: 'effect', at: now, effect: key, news: { outcome: 'released' } } })),
    )
    if (passed.length === 0) return { passed: 0, next: again }
    await tx.query(
      `insert into throttle (place, state, updated_at) values ($1, $2::jsonb, $3)
       on conflict (place) do update set state = excluded.state, updated_at = excluded.updated_at`,
      [place, JSON.stringify(after(passed.length)), now],
    )
    return { passed: passed.length, next: again }
  })
}

/** Gives the lines that this process keeps to others; for a clean stop. */
export async function releaseLines(sql: Sql, owner: string): Promise<void> {
  await sql.query(`update duty set expires_at = 0 where owner = $1 and name like 'throttle:%'`, [owner])
}
