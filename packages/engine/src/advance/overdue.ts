import type { Pause } from '../plan.ts'
import type { Instant } from '../state/person.ts'
import { closePassage } from './leave.ts'
import { nodeDue } from './standing.ts'
import { current, flowOf, liveEnrolments, type Turn } from './turn.ts'

/** The pause in which this time came, of those after which whoever is overdue leaves. */
const droppedIn = (pauses: readonly Pause[], due: Instant) =>
  pauses.find((it) => it.choice === 'drop' && it.to !== null && it.from <= due && due < it.to)

/**
 * After a pause with the choice `drop`, whoever's time came while the flow stood still leaves, once what arrived meanwhile has been
 * handled. Those who came in during the pause have not taken a step yet and take it now; parked ones stand still. E-145.
 */
export function dropOverdue(turn: Turn): void {
  for (const enrolment of liveEnrolments(turn)) {
    const flow = flowOf(turn, enrolment)
    const due = nodeDue(enrolment)
    if (!flow || flow.state === 'paused' || due === null || enrolment.seq === 0 || enrolment.vars.parked || !current(turn, enrolment))
      continue
    const pause = droppedIn(flow.pauses, due)
    if (!pause || pause.to === null || pause.to > turn.now) continue
    closePassage(turn, enrolment, 'dropped', { code: 'wait.dropped', due, pausedFrom: pause.from, pausedTo: pause.to, now: turn.now })
  }
}
