import { recomputeTruth } from '../../src/condition/trace.ts'
import type { HandoffReason } from '../../src/state/reasons/handoff.ts'

/** What sales said is the port, among those that the step's settings had. */
export function recomputeHandoff(reason: HandoffReason): string | null {
  switch (reason.code) {
    case 'handoff.accepted':
      return 'accepted'
    case 'handoff.rejected':
      if (reason.way === undefined) return 'rejected'
      return reason.way.reasons.includes(reason.why) ? `way:${reason.way.id}` : null
    case 'handoff.overflow':
      return 'overflow'
    case 'handoff.no-response':
      return reason.offered ? 'no-response' : 'overflow'
    case 'handoff.voicemail':
      return reason.attempt < reason.of ? 'voicemail' : null
    case 'handoff.converted':
      return reason.leaveAt === 'first-answer' ? 'accepted' : 'converted'
    case 'handoff.lost':
      return reason.leaveAt === 'first-answer' ? 'rejected' : 'lost'
    case 'handoff.not-qualified':
      return recomputeTruth(reason.rules) === true ? null : 'not-qualified'
  }
}
