import { gateVerdict } from '../../src/nodes/send-email/gate.ts'
import type { SendReason } from '../../src/state/reasons/send.ts'

/** Whether the gate let the mail through, from what it saw; who was held goes on unsent only when the hold is over. */
export function recomputeSend(reason: SendReason): string | null {
  const verdict = gateVerdict(reason.gate)
  if (verdict !== reason.gate.verdict) return null
  switch (reason.code) {
    case 'send.queued':
      return verdict === 'pass' ? 'sent' : null
    case 'send.not-sent':
      if (verdict === 'pass' || (reason.held && reason.held.now < reason.held.until)) return null
      return reason.ifNotSent === 'port' ? 'not-sent' : 'sent'
  }
}
