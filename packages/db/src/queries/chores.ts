import type { Handle, Sql } from '../open/handle.ts'
import { putOnWheel, type Waking } from './turns/wheel.ts'

/** Ids onto the wheel from outside of a batch, by a scan or a sweep. */
export const wake = (tx: Sql, wakings: readonly Waking[]): Promise<void> => putOnWheel(tx, { kind: 'span', from: 0, to: 1023 }, wakings)

/** The embedded database has no background cleaner: dead rows go, and the planner learns the sizes. */
export async function tidyEmbedded(handle: Handle): Promise<void> {
  if (handle.kind !== 'pglite') return
  for (const table of ['inbox', 'wheel', 'enrolment', 'contact', 'member', 'node_delta', 'send', 'journal', 'ledger', 'handoff', 'lease']) {
    await handle.query(`vacuum (analyze) ${table}`)
  }
}

/** The next instant behind `now` at which somebody is due, or a condition must be looked at again; null when nobody waits for time. */
export async function nextDue(sql: Sql, now: number): Promise<number | null> {
  const [row] = await sql.query<{ at: number | null }>(
    `select least((select slot from wheel where slot > $1 order by slot limit 1),
                  (select recheck_at from member where recheck_at > $1 order by recheck_at limit 1),
                  (select min(next_at) from schedule where next_at > $1),
                  (select min(next_look) from handoff where next_look > $1),
                  (select min(queue_until) from handoff where state = 'queued' and queue_until > $1),
                  (select min(t.at) from absence a, lateral (values (a.from_at), (a.to_at)) t(at)
                   where t.at > $1 and exists (select 1 from team_queue))) as at`,
    [now],
  )
  return row?.at ?? null
}
