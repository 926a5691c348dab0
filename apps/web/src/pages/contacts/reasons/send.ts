import type { GateTrace, SentencePart } from '@baton/engine'
import type { Reason } from '../people.ts'
import { gates, heldBecause } from './held.ts'
import { type Fact, nameIn, plain, type ReasonScope, shown, strong, utc } from './parts.ts'

type SendReason = Extract<Reason, { code: 'send.queued' | 'send.not-sent' }>

export const isSend = (reason: Reason): reason is SendReason => reason.code === 'send.queued' || reason.code === 'send.not-sent'

const dayCount = (days: number) => `${days} ${days === 1 ? 'day' : 'days'}`
/** A window in the words of its author: 7 days, 36 hours. */
const hourCount = (hours: number) => (hours % 24 === 0 && hours > 24 ? dayCount(hours / 24) : `${hours} ${hours === 1 ? 'hour' : 'hours'}`)

/** The verdict with what it was made of. */
function verdictWords({ verdict, topic, caps, now = 0 }: GateTrace, { catalog }: ReasonScope): string {
  if (verdict === 'no-consent' && topic !== undefined)
    return `they did not agree to “${nameIn(catalog.topics, topic, 'a topic that is gone')}”`
  const full = caps?.find(({ count, hours, at }) => at.filter((it) => it > now - hours * 3_600_000).length >= count)
  if (verdict === 'capped' && full) return `they had ${full.at.length} of ${full.count} mails in ${hourCount(full.hours)}`
  return gates[verdict]
}

/** Whether a mail was let through, as one sentence. */
export function sendWords(reason: SendReason, scope: ReasonScope): readonly SentencePart[] {
  const { held } = reason
  if (reason.code === 'send.not-sent') {
    return [plain('Not sent: '), strong(verdictWords(reason.gate, scope)), plain(held ? `, held since ${utc(held.since)}` : '')]
  }
  const mail = strong(nameIn(scope.catalog.templates, reason.templateId, 'a message that is gone'))
  return held ? [plain('Sent '), mail, plain(`, held back before: ${heldBecause(held.because)}`)] : [plain('Sent '), mail]
}

/** All that the gate looked at. */
export function sendFacts(reason: SendReason, scope: ReasonScope): Fact[] {
  const { gate, held } = reason
  const { topic, had, caps, quiet, now } = gate
  return [
    { name: 'Verdict', value: verdictWords(gate, scope) },
    { name: 'Kind of mail', value: gate.purpose },
    { name: 'Address known', value: shown(gate.address) },
    {
      name: topic === undefined ? 'Agreed to marketing mail' : `Agreed to ${nameIn(scope.catalog.topics, topic, topic)}`,
      value: shown(gate.consent),
    },
    { name: 'Mail stopped', value: gate.suppressed ?? 'no' },
    { name: 'Whose', value: gate.ownerSide },
    { name: 'On behalf of sales', value: shown(gate.onSalesBehalf) },
    ...(gate.asleep ? [{ name: 'Sales waits', value: 'until this flow hands them over again' }] : []),
    ...(now === undefined ? [] : [{ name: 'Looked at', value: utc(now) }]),
    ...(had
      ? [
          { name: 'Same mail again', value: had.again.when === 'never' ? 'never' : `after ${dayCount(had.again.days)}` },
          { name: 'Had it last', value: had.last === null ? 'never' : utc(had.last) },
        ]
      : []),
    ...(caps ?? []).map(({ count, hours, at }) => ({ name: `At most ${count} in ${hourCount(hours)}`, value: `had ${at.length}` })),
    ...(quiet ? [{ name: 'Quiet hours', value: `${quiet.from} to ${quiet.to}, ${quiet.zone}` }] : []),
    ...(held
      ? [
          { head: 'Held', name: 'Since', value: utc(held.since) },
          { head: 'Held', name: 'Until at the latest', value: utc(held.until) },
          { head: 'Held', name: 'Because', value: heldBecause(held.because) },
        ]
      : []),
    ...(reason.code === 'send.not-sent'
      ? [{ name: 'If not sent', value: reason.ifNotSent === 'skip' ? 'goes on' : 'goes another way' }]
      : []),
  ]
}
