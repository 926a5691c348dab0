/** Whether a mail was let through, with all that the gate looked at. */
export type SendReason =
  | { code: 'send.queued'; templateId: string; key: string; gate: GateTrace }
  | { code: 'send.not-sent'; templateId: string; ifNotSent: 'skip' | 'port'; gate: GateTrace }

/** What the sending gate looked at, and its verdict. SEMANTICS 7. */
export interface GateTrace {
  verdict: 'pass' | 'no-address' | 'no-consent' | 'suppressed' | 'marketing-hold'
  purpose: 'marketing' | 'transactional'
  address: boolean
  consent: boolean
  suppressed: string | null
  ownerSide: 'marketing' | 'sales'
  onSalesBehalf: boolean
}
