import type { HandoffNews } from '@baton/engine'
import type { Sql } from '../open/handle.ts'
import { changeHandoff, type HandoffChanged, type HandoffRefused } from './handoff-change.ts'

export type Answer = { kind: 'accept' } | { kind: 'reject'; reason: string; note: string | null }

export interface AnswerArgs {
  id: number
  /** The revision that the rep saw. */
  rev: number
  /** Who answers: the rep, or a manager for them. */
  rep: { id: string; name: string }
  /** A manager answers for others too. */
  asManager: boolean
  answer: Answer
  at: number
}

/**
 * A rep accepts or rejects a lead: compare-and-set on its revision, and the contact's inbox is told, in one transaction. Nudge the
 * runner afterwards.
 * @returns why it was not taken, where somebody was faster or it is not this person's lead
 */
export async function answerHandoff(
  tx: Sql,
  { id, rev, rep, asManager, answer, at }: AnswerArgs,
): Promise<HandoffChanged | HandoffRefused> {
  const who = { repId: rep.id, repName: rep.name }
  const answered = { answeredAt: at, answeredBy: rep.id }
  const shared = { id, rev, from: ['assigned'] as const, at, ...(asManager ? {} : { repId: rep.id }) }
  if (answer.kind === 'accept') {
    const news: HandoffNews = { outcome: 'accepted', ...who }
    const set = { ...answered, state: 'accepted' as const, acceptedAt: at, firstActivityAt: at }
    return changeHandoff(tx, { ...shared, set, log: [{ kind: 'accepted', by: rep, data: who }], news })
  }
  const { reason, note } = answer
  const news: HandoffNews = { outcome: 'rejected', ...who, why: reason, note: note ?? undefined }
  const closed = { state: 'rejected' as const, closedAt: at, outcome: 'rejected' as const, rejectReason: reason, rejectNote: note }
  return changeHandoff(tx, {
    ...shared,
    set: { ...answered, ...closed },
    log: [{ kind: 'rejected', by: rep, data: { ...who, why: reason } }],
    news,
  })
}
