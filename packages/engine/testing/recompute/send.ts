import { gateVerdict } from '../../src/nodes/send-email/gate.ts'
import type { SendReason } from '../../src/state/reasons/send.ts'

/** Whether the gate let the mail through, from what it saw. */
export function recomputeSend(reason: SendReason): string | null {
  switch (reason.code) {
    case 'send.queued':
      return gateVerdict(reason.gate) === 'pass' ? 'sent' : null
    case 'send.not-sent':
      if (gateVerdict(reason.gate) === 'pass' || gateVerdict(reason.gate) !== reason.gate.verdict) return null
      return reason.ifNotSent === 'port' ? 'not-sent' : 'sent'
  }
}
