import type { HandoffContract, HandoffNews, InboxItem, Return } from '@baton/engine'
import type { HandoffChange, HandoffSet, HandoffState } from './handoff-change.ts'
import type { LogActor, LogKind } from './handoff-log.ts'
import type { RecordValue } from './related/companies.ts'
import type { RepMail } from './rep-mail.ts'

/** What a deed has to know of its lead. */
export interface DeedLead {
  id: number
  rev: number
  state: HandoffState
  repId: string | null
  repName: string | null
  attempt: number
  firstActivityAt: number | null
  opportunityId: string | null
  /** Leads from before there were contracts have an empty one. */
  contract: Partial<HandoffContract>
}

/** A deal as sales enters it. */
export interface DealTold {
  name: string
  stage: string
  amount: number | null
  currency: string | null
  /** YYYY-MM-DD. */
  closeOn: string | null
}

/** What somebody of sales does with a lead. */
export type LeadDeed =
  | { kind: 'accept' }
  | { kind: 'reject'; why: string; note: string | null; disqualify: boolean }
  | { kind: 'call'; how: 'connected' | 'voicemail' | 'no-answer' | 'wrong-number'; note: string | null }
  | { kind: 'meeting'; startsAt: number; note: string | null }
  | ({ kind: 'mail'; key: string } & RepMail)
  | { kind: 'convert'; id: string; deal: DealTold }
  | { kind: 'deal'; deal: DealTold }
  | { kind: 'won'; deal: DealTold | null }
  | { kind: 'lost'; deal: DealTold | null; why: string; note: string | null }
  | { kind: 'give-back'; note: string | null }

const OPEN = ['assigned', 'accepted', 'sleeping'] as const satisfies readonly HandoffState[]
const UNANSWERED = ['assigned', 'sleeping'] as const satisfies readonly HandoffState[]
const ACCEPTED = ['accepted'] as const satisfies readonly HandoffState[]

type Parts = Pick<HandoffChange, 'from' | 'set' | 'news'> & { log: readonly { kind: LogKind; data?: Readonly<Record<string, unknown>> }[] }

/** What a lead brings back to marketing, as the agreement it came by says. */
const backOf = ({ contract }: DeedLead, how: keyof NonNullable<HandoffContract['agreement']>['returns']): Return =>
  contract.agreement?.returns[how] ?? {}

const noteOf = (note: string | null) => (note === null ? {} : { note })

/**
 * A deed as a change of its lead: in which states it may be done, what becomes of the lead, what its log and its contact hear. `by` is
 * who does it, a manager perhaps; news names the rep whose lead it is.
 */
export function deedChange(lead: DeedLead, deed: LeadDeed, by: { id: string; name: string }, at: number): HandoffChange {
  const { log, ...parts } = partsOf(lead, deed, by, at)
  const actor: LogActor = { id: by.id, name: by.name }
  const rep = { repId: lead.repId, repName: lead.repName }
  return { ...parts, id: lead.id, rev: lead.rev, log: log.map(({ kind, data }) => ({ kind, by: actor, data: { ...rep, ...data } })), at }
}

function partsOf(lead: DeedLead, deed: LeadDeed, by: { id: string; name: string }, at: number): Parts {
  const who = { repId: lead.repId ?? by.id, repName: lead.repName ?? by.name }
  const touched = { firstActivityAt: lead.firstActivityAt ?? at, nextLook: null }
  const closed = { closedAt: at }
  switch (deed.kind) {
    case 'accept':
      return {
        from: UNANSWERED,
        set: { ...touched, state: 'accepted', answeredAt: at, answeredBy: by.id, acceptedAt: at, sleepingSince: null },
        log: [{ kind: 'accepted' }],
        news: { outcome: 'accepted', ...who },
      }
    case 'reject': {
      const { why, disqualify } = deed
      const note = noteOf(deed.note)
      const answered = { answeredAt: at, answeredBy: by.id, rejectReason: why, rejectNote: deed.note }
      return {
        from: UNANSWERED,
        set: { ...closed, ...answered, state: 'rejected', outcome: disqualify ? 'disqualified' : 'rejected' },
        log: [{ kind: 'rejected', data: { why, ...note } }, ...(disqualify ? [{ kind: 'disqualified' as const, data: { why } }] : [])],
        news: { outcome: 'rejected', ...who, ...backOf(lead, 'rejected'), why, ...note, ...(disqualify ? { disqualified: true } : {}) },
      }
    }
    case 'call':
      return callParts(lead, deed, who, at)
    case 'meeting':
      return {
        from: OPEN,
        set: touched,
        log: [{ kind: 'meeting', data: { startsAt: deed.startsAt, ...noteOf(deed.note) } }],
        news: { outcome: 'contacted', ...who, how: 'meeting' },
      }
    case 'mail': {
      const { key: mail, subject, body, from, replyTo } = deed
      return {
        from: OPEN,
        set: { ...touched, draftAt: null },
        log: [{ kind: 'mail', data: { mail, subject, body, from, replyTo } }],
        news: { outcome: 'contacted', ...who, how: 'mail' },
      }
    }
    case 'convert': {
      const { id, deal } = deed
      const { name, amount, closeOn, stage } = deal
      return {
        from: ACCEPTED,
        set: { opportunityId: id },
        log: [{ kind: 'opportunity', data: { id, ...deal } }],
        news: { outcome: 'opportunity', ...who, id, name, amount, closeOn, stage },
      }
    }
    case 'deal':
      return { from: ACCEPTED, set: {}, log: [{ kind: 'stage', data: { ...deed.deal } }] }
    case 'won': {
      const amount = deed.deal?.amount ?? null
      return {
        from: ACCEPTED,
        set: { ...closed, state: 'won', outcome: 'converted' },
        log: [{ kind: 'won', data: { amount, ...(deed.deal ? { name: deed.deal.name } : {}) } }],
        news: { outcome: 'converted', ...who, opportunity: lead.opportunityId, amount },
      }
    }
    case 'lost': {
      const { why } = deed
      const note = noteOf(deed.note)
      return {
        from: ACCEPTED,
        set: { ...closed, state: 'lost', outcome: 'lost' },
        log: [{ kind: 'lost', data: { why, ...note, ...(deed.deal ? { amount: deed.deal.amount } : {}) } }],
        news: { outcome: 'lost', ...who, ...backOf(lead, 'lost'), why, ...note, opportunity: lead.opportunityId },
      }
    }
    case 'give-back': {
      const note = noteOf(deed.note)
      return {
        from: OPEN,
        set: { ...UNGIVEN, state: 'routing', repId: null },
        log: [{ kind: 'given-back', data: note }],
        news: { outcome: 'given-back', ...who, ...note },
      }
    }
  }
}

/** A lead as it was before a rep had it. */
const UNGIVEN = {
  ...{ assignedAt: null, answeredAt: null, answeredBy: null, acceptedAt: null, firstActivityAt: null },
  ...{ deadline: null, nextLook: null, remindedAt: null, sleepingSince: null, draftAt: null },
} satisfies Partial<HandoffSet>

/**
 * A call. Whoever was reached stops the level. A voicemail is an attempt: where the hand-off has a loop it sleeps with its rep, and the
 * last attempt ends it.
 */
function callParts(lead: DeedLead, deed: LeadDeed & { kind: 'call' }, who: { repId: string; repName: string }, at: number): Parts {
  const note = noteOf(deed.note)
  if (deed.how === 'connected') {
    return {
      from: OPEN,
      set: { firstActivityAt: lead.firstActivityAt ?? at, nextLook: null },
      log: [{ kind: 'call', data: { how: 'connected', ...note } }],
      news: { outcome: 'contacted', ...who, how: 'call' },
    }
  }
  const { attempt } = lead
  const tried = { outcome: 'attempted', ...who, how: deed.how, attempt } satisfies HandoffNews
  const loop = lead.contract.voicemail ?? null
  if (deed.how !== 'voicemail') return { from: OPEN, set: {}, log: [{ kind: deed.how, data: note }], news: tried }
  const line = { kind: 'voicemail' as const, data: { attempt, ...note } }
  // Without a loop, or with somebody who was accepted, nothing sleeps: it was a call that nobody answered.
  if (loop === null || lead.state !== 'assigned') return { from: OPEN, set: {}, log: [line], news: { ...tried, how: 'no-answer' } }
  const slept = { ...tried, of: loop.attempts } satisfies HandoffNews
  if (attempt >= loop.attempts) {
    return {
      from: ['assigned'],
      set: { state: 'no-response', outcome: 'no-response', closedAt: at },
      log: [line, { kind: 'no-response', data: { attempts: attempt } }],
      news: [slept, { outcome: 'no-response', attempts: attempt, reason: { code: 'voicemail' }, ...backOf(lead, 'noResponse') }],
    }
  }
  return {
    from: ['assigned'],
    set: { state: 'sleeping', sleepingSince: at, deadline: null },
    log: [line, { kind: 'slept', data: { attempt } }],
    news: slept,
  }
}

/** The opportunity of a lead as its contact is told; `won` is absent while it is open. */
export function dealItem(
  lead: Pick<DeedLead, 'repId' | 'repName'>,
  { id, deal, was, won }: { id: string; deal: DealTold; was: Readonly<Record<string, RecordValue>>; won?: boolean | undefined },
  at: number,
): InboxItem {
  const { name, stage, amount, currency, closeOn } = deal
  const told: Record<string, RecordValue | null> = {
    ...was,
    ...{ name, stage, amount, currency, close_date: closeOn, owner_id: lead.repId, owner: lead.repName },
    ...(won === undefined ? {} : { won }),
  }
  const data = Object.fromEntries(Object.entries(told).filter((entry): entry is [string, RecordValue] => entry[1] !== null))
  return { kind: 'related', at, of: 'opportunity', id, data, occurredAt: at }
}
