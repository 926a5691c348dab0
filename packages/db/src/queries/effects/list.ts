import type { Handle, Sql } from '../../open/handle.ts'
import type { EffectKind, EffectStatus } from '../../schema/effect.ts'
import { appendItems } from '../turns/doors.ts'

/** An effect as the page shows it: never its headers, nor what an address answered in full. */
export interface EffectLine {
  id: number
  kind: EffectKind
  status: EffectStatus
  contactId: number
  /** null: the person was removed. */
  contactKey: string | null
  flowId: string
  flowName: string | null
  node: string
  /** Web addresses: which; notes: what was told. */
  about: string | null
  /** The status that an address answered, where it did. */
  answered: number | null
  at: number
  attempts: number
  nextAttemptAt: number | null
  endedAt: number | null
  error: string | null
}

/** The newest first. */
export function listEffects(
  sql: Sql,
  {
    kinds,
    statuses,
    after,
    limit,
  }: { kinds: readonly EffectKind[]; statuses: readonly EffectStatus[]; after: { at: number; id: number } | null; limit: number },
): Promise<EffectLine[]> {
  return sql.query<EffectLine>(
    `select e.id, e.kind, e.status, e.contact_id as "contactId", c.key as "contactKey", e.flow_id as "flowId", f.name as "flowName", e.node,
            coalesce(e.payload ->> 'url', e.payload ->> 'text') as about, (e.answer ->> 'status')::int as answered, e.at, e.attempts,
            e.next_attempt_at as "nextAttemptAt", e.ended_at as "endedAt", e.last_error as error
     from effect e left join contact c on c.bucket = e.bucket and c.id = e.contact_id and c.deleted_at is null left join flow f on f.id = e.flow_id
     where e.kind = any($1::text[]) and (cardinality($2::text[]) = 0 or e.status = any($2::text[]))
       and ($3::bigint is null or (e.at, e.id) < ($3, $4)) order by e.at desc, e.id desc limit $5`,
    [kinds, statuses, after?.at ?? null, after?.id ?? null, limit],
  )
}

/** How many are open or failed, by kind and status; of each at most ten thousand are counted. */
export async function openEffects(sql: Sql): Promise<{ kind: EffectKind; status: EffectStatus; count: number }[]> {
  return sql.query(
    `select kind, status, count(*) as count from (
       (select kind, status from effect where status = 'queued' limit 10000) union all
       (select kind, status from effect where status = 'sending' limit 10000) union all
       (select kind, status from effect where status = 'failed' limit 10000)) e
     group by 1, 2 order by 1, 2`,
  )
}

/** The lines of throttles: where somebody waits, how many, since when. */
export function openLines(sql: Sql): Promise<{ flowId: string; flowName: string | null; node: string; waiting: number; since: number }[]> {
  return sql.query(
    `select e.flow_id as "flowId", f.name as "flowName", e.node, count(*) as waiting, min(e.at) as since
     from effect e left join flow f on f.id = e.flow_id where e.kind = 'throttle' and e.status = 'queued' group by 1, 2, 3 order by 4 desc, 1, 3 limit 100`,
  )
}

/** Carries a failed one out again, or one that waits at once. @returns false where it is neither any more */
export async function retryEffect(tx: Sql, { id, now }: { id: number; now: number }): Promise<boolean> {
  const rows = await tx.query(
    `update effect set status = 'queued', next_attempt_at = $3, ended_at = null, last_error = null
     where bucket = $1::smallint and id = $2 and kind <> 'throttle' and (status = 'failed' or (status = 'queued' and claimed_until is null)) returning 1`,
    [id % 1024, id, now],
  )
  return rows.length > 0
}

/**
 * Takes back one that has not left. Whoever waits for it goes on as if it had failed.
 * @returns false where it left already
 */
export function cancelEffect(handle: Handle, { id, now, why }: { id: number; now: number; why: string }): Promise<boolean> {
  return handle.transaction(async (tx) => {
    const [row] = await tx.query<{ key: string; contactId: number; kind: EffectKind }>(
      `update effect set status = 'cancelled', next_attempt_at = null, claimed_until = null, ended_at = $3, last_error = $4
       where bucket = $1::smallint and id = $2 and kind <> 'throttle' and status = 'queued' returning key, contact_id as "contactId", kind`,
      [id % 1024, id, now, why],
    )
    if (!row) return false
    if (row.kind === 'webhook') {
      const news = { outcome: 'failed' as const, status: null, why }
      await appendItems(tx, [{ contactId: row.contactId, item: { kind: 'effect', at: now, effect: row.key, news } }])
    }
    return true
  })
}
