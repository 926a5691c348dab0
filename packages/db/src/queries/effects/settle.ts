import type { EffectNews } from '@baton/engine'
import type { Handle } from '../../open/handle.ts'
import { appendItems } from '../turns/doors.ts'

/** What became of an attempt. */
export interface EffectSettlement {
  bucket: number
  id: number
  contactId: number
  key: string
  /** queued: tried again at `nextAttemptAt`. */
  status: 'queued' | 'done' | 'failed'
  nextAttemptAt: number | null
  /** Why not, in words that say what to do. */
  error: string | null
  answer: Record<string, unknown> | null
  /** What the passage that waits for it is told; null: nobody waits. */
  news: EffectNews | null
}

/**
 * Stores what became of an effect and tells the contact's inbox, in one transaction. Only what this owner still holds is changed, so
 * an answer is told once.
 * @param last at the very end of the transaction (for crash tests)
 * @returns whether it was stored
 */
export function settleEffect(
  handle: Handle,
  { owner, now }: { owner: string; now: number },
  it: EffectSettlement,
  last?: () => void,
): Promise<boolean> {
  return handle.transaction(async (tx) => {
    const rows = await tx.query(
      `update effect set status = $4, next_attempt_at = $5, last_error = $6, answer = $7::jsonb, ended_at = $8, claimed_until = null
       where bucket = $1::smallint and id = $2 and claimed_by = $3 and status = 'sending' returning 1`,
      [
        ...[it.bucket, it.id, owner, it.status, it.nextAttemptAt, it.error],
        it.answer === null ? null : JSON.stringify(it.answer),
        it.status === 'queued' ? null : now,
      ],
    )
    if (rows.length === 0) return false
    if (it.news) await appendItems(tx, [{ contactId: it.contactId, item: { kind: 'effect', at: now, effect: it.key, news: it.news } }])
    last?.()
    return true
  })
}
