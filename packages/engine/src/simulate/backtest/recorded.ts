import { compareText } from '@baton/leads'
import type { ContactEvent, Instant } from '../../state/person.ts'
import { type Again, type AsOf, asOf, type Past, type Window } from './as-of.ts'

/** What was done with a mail, so long after it went out. */
export interface RecordedDeed {
  type: string
  props: ContactEvent['props']
  afterMs: number
  machine: boolean
}

/** A mail of the flow that really went out within the window, and what came of it. */
export interface RecordedMail {
  node: string
  templateId: string
  deeds: readonly RecordedDeed[]
}

/** A lead of the flow that was really handed over within the window, and what sales said; null: nothing. */
export interface RecordedLead {
  teamId: string
  answer: { answer: 'accepted' | 'rejected'; why: string; note: string | null; afterMs: number } | null
  /** What sales did beside, so long after somebody got it. */
  deeds: readonly RecordedDeed[]
}

/** What was recorded of one contact within a window of time. Made of JSON alone. */
export interface RecordedPerson extends AsOf {
  /** What happened whatever this flow did, in the order of arrival. */
  happened: readonly Again[]
  mails: readonly RecordedMail[]
  leads: readonly RecordedLead[]
  /** Leads of other flows, and how long each was with somebody; null: it still is. */
  otherLeads: readonly { teamId: string; at: Instant; heldMs: number | null }[]
  /** What this flow really did with them: entries, mails, leads. */
  was: { entered: number; mails: number; leads: number }
}

const BY = { kind: 'system', id: 'backtest' } as const

/** What advance makes itself of what happens: it is made anew. */
const DERIVED: ReadonlySet<string> = new Set(['contact.created', 'lifecycle.changed', 'mail.withdrawn', 'contact.merged'])

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/**
 * Puts what was recorded of a contact in order: how they were when the window began, what they and others did of their own accord, and what
 * followed from a mail or a lead of this flow, which is played only where that is made again. B-1 to B-4.
 */
export function recordedPerson(past: Past, window: Window): RecordedPerson {
  const { flowId, from, until } = window
  const within = (at: Instant) => at >= from && at <= until
  const mails = past.sends
    .filter((it) => it.flowId === flowId && it.status === 'sent' && within(it.at))
    .map((it) => ({ key: it.key, at: it.sentAt ?? it.at, mail: { node: it.node, templateId: it.templateId, deeds: [] as RecordedDeed[] } }))
  const leads = past.handoffs
    .filter((it) => it.flowId === flowId && within(it.createdAt))
    .map((it) => ({ key: it.key, at: it.assignedAt ?? it.createdAt, lead: { ...leadOf(it), deeds: [] as RecordedDeed[] } }))
  const [mailBy, leadBy] = [new Map(mails.map((it) => [it.key, it])), new Map(leads.map((it) => [it.key, it]))]
  const own = new Set(past.handoffs.filter((it) => it.flowId === flowId).map((it) => it.key))
  const items: Again[] = []
  const taken = new Set<string>()
  for (const event of past.state.events) {
    const mail = mailBy.get(text(event.props.sendKey) ?? '')
    const lead = leadBy.get(text(event.props.handoff) ?? '')
    // What followed from a mail or a lead belongs to it, also where it came after the window: time is counted from there.
    if (mail) {
      if (event.type !== 'mail.sent' && !DERIVED.has(event.type)) mail.mail.deeds.push(deedOf(event, mail.at, window))
      if (event.type === 'mail.unsubscribed') taken.add(`${event.receivedAt}`)
    } else if (lead) {
      if (!ANSWERS.has(event.type)) lead.lead.deeds.push(deedOf(event, lead.at, window))
    } else if (within(event.receivedAt) && !isMadeAnew(event, flowId)) items.push(...asHappened(event, window))
  }
  for (const { topic, given, at } of past.consents) {
    if (within(at) && !(taken.has(`${at}`) && !given)) items.push({ kind: 'consent', at, topic, given, source: BY })
  }
  const begun = asOf(past, window)
  for (const { node, key, at, data } of past.entries) {
    if (within(at)) items.push({ kind: 'enrol', at, flowId, node, key, source: BY, ...(data ? { data } : {}) })
  }
  const others = past.sends.filter((it) => it.flowId !== flowId && within(it.at) && it.status !== 'withdrawn' && it.status !== 'failed')
  const happened: Again[] = [
    ...begun.later,
    ...items,
    ...others.map(({ node: _n, flowId: _f, sentAt: _s, ...send }): Again => ({ kind: 'other-mail', at: send.at, send })),
  ]
  return {
    state: begun.state,
    born: begun.born,
    happened: happened.sort((a, b) => a.at - b.at),
    mails: mails.map((it) => it.mail),
    leads: leads.map((it) => it.lead),
    otherLeads: past.handoffs
      .filter((it) => it.flowId !== flowId && !own.has(it.key) && within(it.createdAt))
      .map(({ teamId, createdAt: at, assignedAt, answeredAt }) => ({
        teamId,
        at,
        heldMs: answeredAt === null ? null : answeredAt - (assignedAt ?? at),
      })),
    was: { entered: past.entered, mails: mails.length, leads: leads.length },
  }
}

/** The answers of sales: they are given to the lead, and the event follows from them. */
const ANSWERS: ReadonlySet<string> = new Set(['sales.accepted', 'sales.rejected', 'sales.handed-over'])

const isMadeAnew = ({ type, props }: ContactEvent, flowId: string): boolean =>
  DERIVED.has(type) || ((type === 'mail.sent' || type === 'sales.handed-over') && props.flowId === flowId)

function leadOf({ teamId, assignedAt, createdAt, answeredAt, answer, why, note }: Past['handoffs'][number]): Omit<RecordedLead, 'deeds'> {
  if (answer === null || answeredAt === null) return { teamId, answer: null }
  return { teamId, answer: { answer, why: why ?? 'other', note, afterMs: Math.max(0, answeredAt - (assignedAt ?? createdAt)) } }
}

/** What an event says of the mail or lead that it follows from; the simulation's own takes its place. */
const NAMES = ['sendKey', 'templateId', 'flowId', 'node', 'handoff'] as const

function deedOf(event: ContactEvent, since: Instant, { see }: Pick<Window, 'see'>): RecordedDeed {
  const props = Object.fromEntries(Object.entries(see(event.props)).filter(([name]) => !NAMES.some((it) => it === name)))
  return { type: event.type, props, afterMs: Math.max(0, event.receivedAt - since), machine: event.machine === true }
}

/** An event as it came in; a bounce and a complaint stop mail as well. */
function asHappened(event: ContactEvent, { see }: Pick<Window, 'see'>): Again[] {
  const at = event.receivedAt
  const told: Again = { kind: 'event', at, event: { ...event, props: see(event.props) } }
  if (event.type === 'mail.bounced') return [{ kind: 'suppress', at, reason: 'bounced', source: BY }, told]
  if (event.type === 'mail.complained') return [{ kind: 'suppress', at, reason: 'complained', source: BY }, told]
  return [told]
}

/** The same under another name: nobody has to know whose history is played. */
export function namelessRecord(of: RecordedPerson, name: string): RecordedPerson {
  const renamed = (it: Again, place: number): Again => {
    if (it.kind === 'event') return { ...it, event: { ...it.event, id: `${name}/happened${place}` } }
    if (it.kind === 'other-mail') return { ...it, send: { ...it.send, key: `${name}/other${place}` } }
    if (it.kind === 'related') return { ...it, id: `${name}/later${place}` }
    return it
  }
  return { ...of, happened: of.happened.map(renamed) }
}

/** Leads of other flows of everybody, in the order of time. */
export const byTime = <T extends { at: Instant; key: string }>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => a.at - b.at || compareText(a.key, b.key))
