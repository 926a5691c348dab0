import type { ContactState } from '../../state/contact.ts'
import type { Enrolment } from '../../state/enrolment.ts'
import type { InboxItem } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'
import type { HandoffEffect, OutgoingEffect, SendEffect, TurnResult } from '../../state/result.ts'
import type { CallAnswer } from './call-answers.ts'
import { createCalls } from './calls.ts'
import { type Coming, type Delivery, leadAnswered, leadDrafted, type SalesWord } from './coming.ts'
import { mailSent } from './items.ts'
import { createLines } from './lines.ts'
import { Queue } from './queue.ts'
import { createSales, type SalesFloor } from './sales.ts'
import type { SalesRep, SalesTeam } from './team.ts'

/**
 * Decides what people and systems outside do: somebody chose it, it is drawn by rates, it stands in a file or in a record. What is not
 * there does nothing: mail is never opened, a call fails, sales never answers.
 */
export interface Answers {
  /** What follows from a mail that was accepted at `at`, apart from its having been sent. */
  mail?(contact: string, mail: SendEffect, at: Instant): readonly Coming[]
  /** `by-hand`: whoever plays gives the answer to the contact when there is one. */
  call?(contact: string, call: OutgoingEffect, at: Instant): CallAnswer | 'by-hand' | undefined
  /** What the rep says who got the lead, or has it again, at `at`; and when. */
  lead?(contact: string, lead: HandoffEffect, given: GivenLead, at: Instant): readonly Coming[]
  /** What somebody does of their own accord who came to a step at `at` and stays. */
  rests?(contact: string, passage: Enrolment, at: Instant): readonly Coming[]
}

/** Who has a lead now, and the how-manieth time somebody does. */
export interface GivenLead {
  rep: SalesRep
  /** The how-manieth try to reach the person, from 1: each voicemail's sleep ends one. */
  attempt: number
  /** How often it was given to somebody, or awake again, before. */
  before: number
}

/** A lead that comes from elsewhere: it takes room and turns, and nothing of it reaches the contacts at hand. */
export interface OtherLead {
  lead: HandoffEffect
}

/** A lead that somebody has already when it begins. */
export interface CarriedLead extends OtherLead {
  rep: SalesRep
}

export interface WorldOptions {
  answers?: Answers | undefined
  teams: readonly SalesTeam[]
  /** The workspace's zone: days of throttles are its days. */
  zone: string
  /** Leads from elsewhere, in the order of time. */
  otherLeads?: readonly OtherLead[] | undefined
  /** When it begins: rotations go on from where they stand then, and reps have these leads. Absent: desks are empty. */
  begins?: { at: Instant; with: readonly CarriedLead[] } | undefined
  /** How many people each one stands for, in a sample; 1 where absent. */
  standsFor?: number | undefined
  /** Hears of every lead that somebody got, or nobody could take; `first`: for the first time. */
  onRouted?: ((routed: { lead: HandoffEffect; rep: SalesRep | null; at: Instant; waitedMs: number; first: boolean }) => void) | undefined
}

/** The outside world of a simulation: it takes what turns ask for, and answers through the inbox as the real one would. S-1 to S-9. */
export interface World {
  /** A contact has taken a turn at `at`. */
  told(contact: string, result: TurnResult, at: Instant): void
  /** When it has something to do by itself; null: nothing. Not later than now while something of this instant is left to do. */
  next(): Instant | null
  /** What sales does by `now`, and nothing else. */
  route(now: Instant): readonly Delivery[]
  /** What it does by `now`. Call again until `next` is later than now: leads are given out before mail is taken, as in a real run. */
  act(now: Instant): readonly Delivery[]
  /** What a word of sales comes to for this contact now; undefined where no lead of theirs waits for it. S-5, S-46. */
  heard(state: ContactState, word: SalesWord, at: Instant): InboxItem[] | undefined
  sales: Pick<SalesFloor, 'waiting' | 'held' | 'fullSpans'>
}

/** Why a call fails that nobody answers: nothing leaves the house in a simulation. */
export const NOT_CALLED = 'Nothing is called in a run.'

/** Whose the leads from elsewhere are: no contact has this key. */
const NOBODY = '\n'

interface Asked<T> {
  contact: string
  of: T
}

export function createWorld({ answers = {}, teams, zone, otherLeads = [], begins, standsFor = 1, onRouted }: WorldOptions): World {
  /** Those of whom sales has a lead, as they are now: the router asks whose they are. */
  const people = new Map<string, ContactState>()
  const sales = createSales(teams, { person: (contact) => people.get(contact), standsFor, from: begins?.at })
  const lines = createLines(zone, standsFor)
  let mails: Asked<SendEffect>[] = []
  const calls = createCalls((contact, call, now) => {
    const told = answers.call?.(contact, call, now) ?? { at: now, news: { outcome: 'failed', status: null, why: NOT_CALLED } as const }
    return told === 'by-hand' ? undefined : told
  })
  let deeds: Delivery[] = []
  let pendingAt: Instant | null = null
  let others = 0
  /** When leads from elsewhere are answered: in the order of time. */
  const elsewhere = new Queue()
  const elsewhereKeys: string[] = []
  for (const { lead, rep } of begins?.with ?? []) {
    sales.carry(NOBODY, lead, rep)
    answerElsewhere(lead, { rep, attempt: 1, before: 0 }, lead.at)
  }

  function route(now: Instant): Delivery[] {
    for (let next = otherLeads[others]; next && next.lead.at <= now; next = otherLeads[others]) {
      sales.take(NOBODY, next.lead)
      others++
    }
    while (elsewhere.next <= now) sales.closed(elsewhereKeys[elsewhere.pop() ?? 0] ?? '', now)
    return sales.route(now).flatMap(({ contact, lead, rep, item, first, before }) => {
      const given = rep && { rep, attempt: 1, before }
      if (contact === NOBODY) {
        if (given) answerElsewhere(lead, given, now)
        return []
      }
      if (first || rep) onRouted?.({ lead, rep, at: now, waitedMs: first ? now - lead.at : 0, first })
      const said = given ? (answers.lead?.(contact, lead, given, now) ?? []) : []
      return [item, ...said].map((coming) => ({ contact, coming }))
    })
  }

  function answerElsewhere(lead: HandoffEffect, given: GivenLead, now: Instant): void {
    const [said] = answers.lead?.(NOBODY, lead, given, now) ?? []
    if (!said) return
    elsewhere.push(said.at, elsewhereKeys.length)
    elsewhereKeys.push(lead.key)
  }

  function post(now: Instant, into: Delivery[]): void {
    const taken = mails
    mails = []
    for (const { contact, of } of taken) {
      into.push({ contact, coming: mailSent(of, now), left: of.key })
      for (const coming of answers.mail?.(contact, of, now) ?? []) into.push({ contact, coming })
    }
  }

  return {
    told(contact, result, at) {
      const { sends, withdrawn, handoffs, effects, cancelled, enrolments, state } = result
      if (state.handoffs.length > 0) people.set(contact, state)
      else if (people.size > 0) people.delete(contact)
      for (const send of sends) mails.push({ contact, of: send })
      if (withdrawn.length > 0 && mails.length > 0) {
        const gone = new Set(withdrawn.map((it) => it.key))
        mails = mails.filter((it) => !gone.has(it.of.key))
      }
      for (const prefix of cancelled) {
        lines.leave(prefix)
        calls.leave(contact, prefix)
      }
      for (const lead of handoffs) sales.take(contact, lead)
      for (const effect of effects) {
        // Asked for and taken back within one turn: it never goes out.
        if (cancelled.some((prefix) => effect.key.startsWith(prefix))) continue
        // A note to a user is told, and nothing comes back.
        if (effect.kind === 'webhook') calls.ask(contact, effect, at)
        else if (effect.kind === 'throttle') lines.join(contact, effect)
      }
      for (const { lead, rep, attempt, before } of sales.told(result, at)) {
        // Awake again: the rep tries once more.
        const said = answers.lead?.(contact, lead, { rep, attempt, before }, at) ?? []
        deeds.push(...said.map((coming) => ({ contact, coming })))
      }
      if (answers.rests) {
        for (const { value, ended } of enrolments) {
          const came = !ended && result.deltas.some((it) => it.port === null && it.flowId === value.flowId && it.node === value.node)
          if (came) deeds.push(...answers.rests(contact, value, at).map((coming) => ({ contact, coming })))
        }
      }
      if (isPending()) pendingAt = at
    },
    next() {
      const ahead = earliest(otherLeads[others]?.lead.at ?? null, Number.isFinite(elsewhere.next) ? elsewhere.next : null)
      const asked = earliest(calls.next(), isPending() ? pendingAt : null)
      return earliest(earliest(sales.next(), lines.next()), earliest(ahead, asked))
    },
    route,
    act(now) {
      const leads = route(now)
      if (leads.length > 0) return leads
      const done = deeds
      deeds = []
      post(now, done)
      for (const released of lines.release(now)) done.push(released)
      done.push(...calls.answer(now))
      return done
    },
    heard(state, word, at) {
      if (word.answer === 'draft') {
        const key = leadDrafted(state)
        return key !== undefined && sales.drafted(key, at) ? [] : undefined
      }
      const items = leadAnswered(state, word, at, sales.held)
      return items.length > 0 ? items : undefined
    },
    sales,
  }

  function isPending(): boolean {
    return mails.length > 0 || deeds.length > 0
  }
}

const earliest = (a: Instant | null, b: Instant | null): Instant | null => (a === null ? b : b === null || a < b ? a : b)
