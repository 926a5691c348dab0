import type { Port } from '../../kind.ts'
import { type HandToSalesConfig, hasNoResponse } from './schema.ts'

export const ACCEPTED = 'accepted'
export const REJECTED = 'rejected'
export const OVERFLOW = 'overflow'
export const NO_RESPONSE = 'no-response'
export const VOICEMAIL = 'voicemail'
export const WON = 'converted'
export const LOST = 'lost'
export const NOT_QUALIFIED = 'not-qualified'

/** The way of a rejection for certain reasons. */
export const wayPort = (id: string): string => `way:${id}`

const won: Port = { id: WON, label: 'Won', tone: 'good' }
const lost: Port = { id: LOST, label: 'Lost', tone: 'loss' }
const accepted: Port = { id: ACCEPTED, label: 'Accepted', tone: 'good' }
const noResponse: Port = { id: NO_RESPONSE, label: 'No response', tone: 'retry' }
const notQualified: Port = { id: NOT_QUALIFIED, label: 'Not qualified', tone: 'neutral' }

/** The voicemail that is the last leaves by no response. E-402. */
const voicemailPort = (attempts: number | null): Port => ({
  ...{ id: VOICEMAIL, label: 'Voicemail', tone: 'retry', back: true },
  ...(attempts === null ? {} : { most: attempts - 1 }),
})

/** Only the ways that the settings lead to. SEMANTICS 8. */
export function portsOf(config: HandToSalesConfig): Port[] {
  const { leaveAt, rejectWays, voicemail, agreementId, queueMinutes } = config
  return [
    ...(leaveAt === 'final-outcome' ? [won, lost] : [accepted]),
    { id: REJECTED, label: 'Rejected', tone: 'loss' },
    ...rejectWays.map(({ id, label }, i): Port => ({ id: wayPort(id), label: label.trim() || `Rejected, way ${i + 1}`, tone: 'loss' })),
    ...(hasNoResponse(config) ? [noResponse] : []),
    // Where a lead may wait for ever, only a team that has nobody at all lets it go: no loss to be warned of.
    { id: OVERFLOW, label: 'Overflow', tone: queueMinutes === null ? 'neutral' : 'retry' },
    ...(voicemail === null ? [] : [voicemailPort(voicemail.attempts)]),
    ...(agreementId === null ? [] : [notQualified]),
  ]
}
