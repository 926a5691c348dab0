import type { Plan } from '../plan.ts'
import type { ContactState } from '../state/contact.ts'
import type { Instant } from '../state/person.ts'

/**
 * When time alone makes something happen to a contact: a timer of a flow that may move, a segment or a date to be looked at again.
 * Infinity where nothing will.
 */
export function nextInstant(plan: Plan, { enrolments, rechecks }: Pick<ContactState, 'enrolments' | 'rechecks'>): Instant {
  let next = Number.POSITIVE_INFINITY
  for (const { flowId, dueAt, vars } of enrolments) {
    const stands = dueAt === null || vars.parked !== undefined || plan.flows.get(flowId)?.state === 'paused'
    if (!stands && dueAt < next) next = dueAt
  }
  for (const id in rechecks) next = Math.min(next, rechecks[id] ?? next)
  return next
}
