import type { Person } from '../../state/person.ts'
import type { GateTrace } from '../../state/reason.ts'

/** The topic under which marketing mail goes out. */
export const MARKETING_TOPIC = 'marketing'

/**
 * May this person get this mail now? Pure; the trace holds all that was looked at. SEMANTICS 7, E-71 to E-75.
 * A transactional mail needs no consent and is not held while sales owns the contact; suppression stops every mail.
 */
export function gate(person: Person, purpose: 'marketing' | 'transactional', onSalesBehalf: boolean): GateTrace {
  const email = Object.hasOwn(person.fields, 'email') ? person.fields.email : undefined
  const seen = {
    purpose,
    address: typeof email === 'string' && email.includes('@'),
    consent: Object.hasOwn(person.consent, MARKETING_TOPIC) && person.consent[MARKETING_TOPIC] === true,
    suppressed: person.suppressed,
    ownerSide: person.ownerSide,
    onSalesBehalf,
  }
  return { verdict: gateVerdict(seen), ...seen }
}

/** The verdict from what was looked at, in order of what weighs most. */
export function gateVerdict(seen: Omit<GateTrace, 'verdict'>): GateTrace['verdict'] {
  if (!seen.address) return 'no-address'
  if (seen.suppressed !== null) return 'suppressed'
  if (seen.purpose === 'transactional') return 'pass'
  if (!seen.consent) return 'no-consent'
  if (seen.ownerSide === 'sales' && !seen.onSalesBehalf) return 'marketing-hold'
  return 'pass'
}
