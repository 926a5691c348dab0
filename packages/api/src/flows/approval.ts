import type { ReviewerRow, ReviewSettings } from '@baton/db'

/** What is missing where a simulation is wanted. */
export const UNSIMULATED = 'A simulation of this very draft is missing.'

/** What stands between a draft and its launch, as far as people decide it. Pure. */
export interface Approval {
  /** How many approvals it needs, and which it has: of this very draft, by nobody who changed it. */
  needed: number
  given: readonly { id: string; name: string; at: number }[]
  /** Somebody of sales must be among them. */
  salesNeeded: boolean
  salesGiven: boolean
  /** Somebody asked for changes, of this very draft. */
  changesBy: readonly string[]
  /** A simulation of this very draft is wanted; and whether one is kept. */
  simulationNeeded: boolean
  simulated: boolean
  /** Why it may not go live; empty: it may. */
  lacks: readonly string[]
}

/**
 * @param people how many could approve: with one alone nothing is asked for by default
 * @param hash what the draft does now: an answer to another draft counts for nothing
 */
export function approvalOf(of: {
  policy: ReviewSettings
  people: number
  handsOver: boolean
  editors: readonly string[]
  reviewers: readonly ReviewerRow[]
  hash: string
  /** Whether a simulation of this very draft is kept. */
  simulated: boolean
}): Approval {
  const { policy, people, handsOver, reviewers, hash } = of
  const editors = new Set(of.editors)
  const needed = policy.approvals ?? (people > 1 ? 1 : 0)
  const current = reviewers.filter((it) => it.hash === hash && it.active)
  const counting = current.filter((it) => it.answer === 'approved' && !editors.has(it.userId))
  const changesBy = current.filter((it) => it.answer === 'changes').map((it) => it.name)
  const salesNeeded = needed > 0 && handsOver && policy.salesApproves
  const salesGiven = counting.some((it) => it.role === 'sales_manager' || it.role === 'admin')
  const open = needed - counting.length
  return {
    needed,
    given: counting.map(({ userId, name, at }) => ({ id: userId, name, at: at ?? 0 })),
    salesNeeded,
    salesGiven,
    changesBy,
    simulationNeeded: policy.simulation === true,
    simulated: of.simulated,
    lacks: [
      ...(open > 0 ? [open === 1 ? 'One approval is missing.' : `${open} approvals are missing.`] : []),
      ...(salesNeeded && !salesGiven ? ['It hands people to sales: a sales manager or an admin has to approve it.'] : []),
      ...(policy.simulation === true && !of.simulated ? [UNSIMULATED] : []),
      ...(needed > 0 && changesBy.length > 0 ? [`${changesBy.join(' and ')} asked for changes.`] : []),
    ],
  }
}
