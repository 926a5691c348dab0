import type { HandoffReason } from '../../src/state/reasons/handoff.ts'

/** What sales answered is the port. */
export function recomputeHandoff(reason: HandoffReason): string | null {
  switch (reason.code) {
    case 'handoff.accepted':
      return 'accepted'
    case 'handoff.rejected':
      return 'rejected'
    case 'handoff.overflow':
      return 'overflow'
  }
}
