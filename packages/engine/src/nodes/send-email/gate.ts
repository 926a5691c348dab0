import { DAY, HOUR } from '@baton/leads'
import type { SendingRules } from '../../catalog.ts'
import type { Instant, Person, SendFact } from '../../state/person.ts'
import type { GateTrace } from '../../state/reason.ts'
import { quietEnd } from './quiet.ts'
import type { SendAgain } from './schema.ts'

/** The general topic: what marketing mail goes out under that has no topic of its own. */
export const MARKETING_TOPIC = 'marketing'

/** A mail that asks to be let through. */
export interface Letter {
  templateId: string
  purpose: 'marketing' | 'transactional'
  /** What people must have agreed to; null: nothing. */
  topic: string | null
  onSalesBehalf: boolean
  again: SendAgain
}

/** What the gate may look at. */
export interface GateScope {
  now: Instant
  state: { person: Person; sends: readonly SendFact[] }
  zone: { zone: string; source: string }
  sending: SendingRules
}

/**
 * May this person get this mail now? Pure; the trace holds all that was looked at, and nothing that was not: a rule that the workspace
 * does not have leaves no trace. SEMANTICS 7, E-70 to E-75, E-260 to E-268. A transactional mail needs no consent, knows neither caps nor
 * quiet hours and is not held while sales owns the contact; suppression stops every mail.
 * @param asleep all that sales has of them sleeps until this passage is back: marketing may write meanwhile
 */
export function gate(scope: GateScope, letter: Letter, asleep = false): GateTrace {
  const { person } = scope.state
  const { purpose, topic, onSalesBehalf, again } = letter
  const marketing = purpose === 'marketing'
  const { quiet, caps } = scope.sending
  const timed = again.when !== 'always' || (marketing && (quiet !== null || caps.length > 0))
  const trace: GateTrace = {
    verdict: 'pass',
    purpose,
    address: hasAddress(person),
    consent: agreed(person, topic ?? MARKETING_TOPIC),
    suppressed: person.suppressed,
    ownerSide: person.ownerSide,
    onSalesBehalf,
  }
  if (asleep && person.ownerSide === 'sales') trace.asleep = true
  if (topic !== null && topic !== MARKETING_TOPIC) trace.topic = topic
  if (timed) trace.now = scope.now
  if (again.when !== 'always') trace.had = { again: ready(again), last: lastSent(scope.state.sends, letter.templateId) }
  if (marketing && caps.length > 0) trace.caps = caps.map((cap) => ({ ...cap, at: within(scope, cap.hours) }))
  if (marketing && quiet) trace.quiet = { ...quiet, zone: scope.zone.zone, zoneSource: scope.zone.source }
  trace.verdict = gateVerdict(trace)
  return trace
}

/** The verdict from what was looked at, in order of what weighs most: what only people can change, then what time changes. */
export function gateVerdict(seen: Omit<GateTrace, 'verdict'>): GateTrace['verdict'] {
  const { now = 0 } = seen
  const shut = shutByFacts(seen)
  if (shut) return shut
  if (hadUntil(seen) > now) return 'already-had'
  if (capsUntil(seen, now) > now) return 'capped'
  return quietUntil(seen, now) > now ? 'quiet' : 'pass'
}

/**
 * The first instant at which the gate opens by time alone, if nothing else happens meanwhile; null where time does not open it. E-263.
 */
export function opensAt(seen: Omit<GateTrace, 'verdict'>): Instant | null {
  if (shutByFacts(seen)) return null
  let at = seen.now ?? 0
  for (;;) {
    const next = Math.max(hadUntil(seen), capsUntil(seen, at), quietUntil(seen, at))
    if (next === Number.POSITIVE_INFINITY) return null
    if (next <= at) return at
    at = next
  }
}

/** What can still stop a mail that was let through: asked again just before it goes. SEMANTICS 7. */
export function stillStopped(
  person: Person,
  { purpose, topic }: Pick<Letter, 'purpose' | 'topic'>,
): 'no-address' | 'suppressed' | 'no-consent' | undefined {
  if (!hasAddress(person)) return 'no-address'
  if (person.suppressed !== null) return 'suppressed'
  return purpose === 'marketing' && !agreed(person, topic ?? MARKETING_TOPIC) ? 'no-consent' : undefined
}

function shutByFacts(seen: Omit<GateTrace, 'verdict'>): 'no-address' | 'suppressed' | 'no-consent' | 'marketing-hold' | undefined {
  if (!seen.address) return 'no-address'
  if (seen.suppressed !== null) return 'suppressed'
  if (seen.purpose === 'transactional') return undefined
  if (!seen.consent) return 'no-consent'
  return seen.ownerSide === 'sales' && !seen.onSalesBehalf && !seen.asleep ? 'marketing-hold' : undefined
}

function hadUntil({ had }: Pick<GateTrace, 'had'>): Instant {
  if (!had || had.last === null) return Number.NEGATIVE_INFINITY
  return had.again.when === 'never' ? Number.POSITIVE_INFINITY : had.last + had.again.days * DAY
}

/** When every rolling window has room again, seen from `at`: the mail that fills it has left it. */
function capsUntil({ caps }: Pick<GateTrace, 'caps'>, at: Instant): Instant {
  const free = (caps ?? []).map(({ count, hours, at: sends }) => {
    const inside = sends.filter((it) => it > at - hours * HOUR)
    const last = inside[inside.length - count]
    return last === undefined ? at : last + hours * HOUR
  })
  return Math.max(at, ...free)
}

const quietUntil = ({ quiet }: Pick<GateTrace, 'quiet'>, at: Instant): Instant => (quiet ? quietEnd(at, quiet, quiet.zone) : at)

function hasAddress({ fields }: Person): boolean {
  const email = Object.hasOwn(fields, 'email') ? fields.email : undefined
  return typeof email === 'string' && email.includes('@')
}

const agreed = ({ consent }: Person, topic: string): boolean => Object.hasOwn(consent, topic) && consent[topic] === true

/** A mail that was taken back or refused never reached anybody; one of unknown fate counts as one that did. */
const counts = ({ status }: SendFact): boolean => status !== 'withdrawn' && status !== 'failed'

function lastSent(sends: readonly SendFact[], templateId: string): Instant | null {
  const all = sends.filter((it) => it.templateId === templateId && counts(it)).map((it) => it.at)
  return all.length === 0 ? null : Math.max(...all)
}

/** When the marketing mails of the last so many hours were asked for, the oldest first, over all flows. */
function within({ now, state }: GateScope, hours: number): Instant[] {
  return state.sends
    .filter((it) => it.purpose === 'marketing' && counts(it) && it.at > now - hours * HOUR)
    .map((it) => it.at)
    .sort((a, b) => a - b)
}

const ready = (again: Exclude<SendAgain, { when: 'always' }>) =>
  again.when === 'never' ? again : { when: again.when, days: again.days ?? 0 }
