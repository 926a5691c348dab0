import { holdId } from '../../scoring/compiled.ts'
import type { ContactState } from '../../state/contact.ts'
import type { PassageData } from '../../state/input.ts'
import type { ContactEvent, Instant, Person, SendFact, SendStatus, Stage } from '../../state/person.ts'
import type { Ahead } from '../play/agenda.ts'

/** What is stored of one contact, as of now. */
export interface Past {
  /** As they are now, with the events of every type that is asked for. */
  state: ContactState
  sends: readonly (Omit<SendFact, 'status'> & { status: SendStatus; flowId: string; node: string; sentAt: Instant | null })[]
  handoffs: readonly {
    key: string
    flowId: string
    teamId: string
    createdAt: Instant
    assignedAt: Instant | null
    answeredAt: Instant | null
    closedAt: Instant | null
    answer: 'accepted' | 'rejected' | null
    why: string | null
    note: string | null
  }[]
  /** Every answer that came in, in order. */
  consents: readonly { topic: string; given: boolean; at: Instant }[]
  /** How they came into the flow other than by what the flow listens to: by hand, a program, another flow. */
  entries: readonly { node: string; key: string; at: Instant; data: PassageData | undefined }[]
  /** How often they really came into the flow within the window. */
  entered: number
}

/** Which stretch of the past, and what may be seen of it. */
export interface Window {
  flowId: string
  from: Instant
  /** The last instant that still belongs to it. */
  until: Instant
  /** Of the properties of an event, those that may be seen. SECURITY: a simulation gets only what the plan reads. */
  see(props: ContactEvent['props']): ContactEvent['props']
  /** Which segments have a condition; the others are lists. */
  isRule(segmentId: string): boolean
}

/** What happens again in a back-test whatever the flow does. */
export type Again = Extract<
  Ahead,
  { kind: 'created' | 'consent' | 'suppress' | 'event' | 'enrol' | 'recheck' | 'list' | 'related' | 'other-mail' }
>

/** A contact as they were at an instant, as far as history tells. */
export interface AsOf {
  state: ContactState
  /** When they came into being, where that is later. */
  born: Instant | null
}

const BY = { kind: 'system', id: 'backtest' } as const

/**
 * Takes back what came later: events, mails, points, leads, purchases, consents, stages, lists. What has no history (fields, companies) is
 * as it is now. They are outside the flow, as if they had never been in it. B-1.
 * @returns with what will make it true again, at its time
 */
export function asOf(past: Past, { flowId, from, until, isRule }: Window): AsOf & { later: readonly Again[] } {
  const { state, handoffs } = past
  const { person } = state
  const before = (at: Instant) => at < from
  const born = before(person.createdAt) ? null : person.createdAt
  const later: Again[] = []
  if (born !== null) later.push({ kind: 'created', at: born, source: BY })
  const begun = new Map(handoffs.map((it) => [it.key, it]))
  for (const [segmentId, since] of Object.entries(state.members)) {
    if (before(since) || since > until) continue
    // A list is put on again; what a condition cannot tell by events alone comes true when it did.
    if (isRule(segmentId)) later.push({ kind: 'recheck', at: since, segmentId })
    else later.push({ kind: 'list', at: since, segmentId, on: true, source: BY })
  }
  // What a rule of the score model says of the person comes true when it did.
  for (const { held, cause, at } of state.ledger)
    if (held && 'ruleId' in cause && at >= from && at <= until) later.push({ kind: 'recheck', at, segmentId: holdId(cause.ruleId) })
  const ofTime = (kind: string) => kind !== 'company'
  for (const { kind, id, data, at } of state.related) {
    if (ofTime(kind) && at >= from && at <= until) later.push({ kind: 'related', at, of: kind, id, data, occurredAt: at })
  }
  return {
    born,
    later,
    state: {
      ...state,
      person: { ...personAsOf(past, from), createdAt: person.createdAt },
      enrolments: state.enrolments.filter((it) => it.flowId !== flowId && before(it.enteredAt)),
      past: state.past.filter((it) => it.flowId !== flowId && before(it.endedAt)),
      members: Object.fromEntries(Object.entries(state.members).filter(([, since]) => before(since))),
      // What time alone may have changed is looked at once in the beginning.
      rechecks: born === null ? Object.fromEntries(Object.keys(state.rechecks).flatMap((id) => (isRule(id) ? [[id, from]] : []))) : {},
      events: state.events.filter((it) => before(it.receivedAt)),
      ledger: state.ledger.filter((it) => before(it.at)),
      sends: state.sends.filter((it) => before(it.at)),
      handoffs: state.handoffs.filter((it) => {
        const known = begun.get(it.key)
        return it.enrolment.flowId !== flowId && (known === undefined || before(known.createdAt))
      }),
      related: state.related.filter((it) => !ofTime(it.kind) || before(it.at)),
    },
  }
}

function personAsOf({ state, handoffs, consents }: Past, from: Instant): Person {
  const { person, events } = state
  const moved = events.find((it) => it.type === 'lifecycle.changed' && it.receivedAt >= from)
  const stage = moved ? stageOf(moved.props.from, person.stage) : person.stage
  const since = handoffs.some((it) => it.createdAt >= from || (it.answeredAt ?? 0) >= from)
  const open = handoffs.some((it) => it.createdAt < from && (it.closedAt === null || it.closedAt >= from) && !isRejected(it, from))
  const ownerSide = since || moved ? (open ? 'sales' : 'marketing') : person.ownerSide
  const stopped = events.filter((it) => it.type === 'mail.bounced' || it.type === 'mail.complained')
  const suppressed = stopped.length > 0 && stopped.every((it) => it.receivedAt >= from) ? null : person.suppressed
  return { ...person, stage, ownerSide, suppressed, consent: consentAsOf(person.consent, consents, from) }
}

const isRejected = ({ answer, answeredAt }: Past['handoffs'][number], from: Instant) =>
  answer === 'rejected' && answeredAt !== null && answeredAt < from

const STAGES: readonly Stage[] = ['name', 'lead', 'accepted', 'opportunity', 'customer', 'disqualified', 'lost']
const stageOf = (value: unknown, otherwise: Stage): Stage => STAGES.find((it) => it === value) ?? otherwise

/** Of topics that were answered since, the answer before; of the others the one of now. */
function consentAsOf(now: Person['consent'], log: Past['consents'], from: Instant): Person['consent'] {
  const since = new Set(log.filter((it) => it.at >= from).map((it) => it.topic))
  const kept = Object.fromEntries(Object.entries(now).filter(([topic]) => !since.has(topic)))
  for (const { topic, given, at } of log) if (since.has(topic) && at < from) kept[topic] = given
  return kept
}
