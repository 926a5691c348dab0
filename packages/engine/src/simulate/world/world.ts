import type { Enrolment } from '../../state/enrolment.ts'
import type { Instant } from '../../state/person.ts'
import type { HandoffEffect, OutgoingEffect, SendEffect, TurnResult } from '../../state/result.ts'
import type { CallAnswer } from './call-answers.ts'
import type { Coming, Delivery } from './coming.ts'
import { mailSent } from './items.ts'
import { createLines } from './lines.ts'
import { Queue } from './queue.ts'
import { createSales, type SalesFloor, type SalesRep, type SalesTeam } from './sales.ts'

/**
 * Decides what people and systems outside do: somebody chose it, it is drawn by rates, it stands in a file or in a record. What is not
 * there does nothing: mail is never opened, a call fails, sales never answers.
 */
export interface Answers {
  /** What follows from a mail that was accepted at `at`, apart from its having been sent. */
  mail?(contact: string, mail: SendEffect, at: Instant): readonly Coming[]
  call?(contact: string, call: OutgoingEffect, at: Instant): CallAnswer | undefined
  /** What the rep says who got the lead at `at`, and when. */
  lead?(contact: string, lead: HandoffEffect, rep: SalesRep, at: Instant): readonly Coming[]
  /** What somebody does of their own accord who came to a step at `at` and stays. */
  rests?(contact: string, passage: Enrolment, at: Instant): readonly Coming[]
}

/** A lead that comes from elsewhere: it takes room and turns, and nothing of it reaches the contacts at hand. */
export interface OtherLead {
  lead: HandoffEffect
}

export interface WorldOptions {
  answers?: Answers | undefined
  teams: readonly SalesTeam[]
  /** The workspace's zone: days of throttles are its days. */
  zone: string
  /** Leads from elsewhere, in the order of time. */
  otherLeads?: readonly OtherLead[] | undefined
  /** How many people each one stands for, in a sample; 1 where absent. */
  standsFor?: number | undefined
  /** Hears of every lead that somebody got, or nobody could take. */
  onRouted?: ((routed: { lead: HandoffEffect; rep: SalesRep | null; at: Instant; waitedMs: number }) => void) | undefined
}

/** The outside world of a simulation: it takes what turns ask for, and answers through the inbox as the real one would. S-1 to S-9. */
export interface World {
  /** A contact has taken a turn at `at`. */
  told(contact: string, result: TurnResult, at: Instant): void
  /** When it has something to do by itself; null: nothing. Not later than now while something of this instant is left to do. */
  next(): Instant | null
  /** What it does by `now`. Call again until `next` is later than now: leads are given out before mail is taken, as in a real run. */
  act(now: Instant): readonly Delivery[]
  sales: Pick<SalesFloor, 'waiting' | 'held'>
}

/** Why a call fails that nobody answers: nothing leaves the house in a simulation. */
export const NOT_CALLED = 'Nothing is called in a run.'

/** Whose the leads from elsewhere are: no contact has this key. */
const NOBODY = '\n'

interface Asked<T> {
  contact: string
  of: T
}

export function createWorld({ answers = {}, teams, zone, otherLeads = [], standsFor = 1, onRouted }: WorldOptions): World {
  const sales = createSales(teams)
  const lines = createLines(zone, standsFor)
  let mails: Asked<SendEffect>[] = []
  let calls: Asked<OutgoingEffect>[] = []
  let deeds: Delivery[] = []
  let pendingAt: Instant | null = null
  let others = 0
  /** When leads from elsewhere are answered: in the order of time. */
  const elsewhere = new Queue()
  const elsewhereKeys: string[] = []

  function route(now: Instant): Delivery[] {
    for (let next = otherLeads[others]; next && next.lead.at <= now; next = otherLeads[others]) {
      sales.take(NOBODY, next.lead)
      others++
    }
    while (elsewhere.next <= now) sales.closed(elsewhereKeys[elsewhere.pop() ?? 0] ?? '')
    return sales.route(now).flatMap(({ contact, lead, rep, item, first }) => {
      if (contact === NOBODY) {
        answerElsewhere(lead, rep, now)
        return []
      }
      if (first) onRouted?.({ lead, rep, at: now, waitedMs: now - lead.at })
      const said = rep ? (answers.lead?.(contact, lead, rep, now) ?? []) : []
      return [item, ...said].map((coming) => ({ contact, coming }))
    })
  }

  function answerElsewhere(lead: HandoffEffect, rep: SalesRep | null, now: Instant): void {
    const [said] = rep ? (answers.lead?.(NOBODY, lead, rep, now) ?? []) : []
    if (!said) return
    elsewhere.push(said.at, elsewhereKeys.length)
    elsewhereKeys.push(lead.key)
  }

  function post(now: Instant, into: Delivery[]): void {
    const taken = mails
    mails = []
    for (const { contact, of } of taken) {
      into.push({ contact, coming: mailSent(of, now) })
      for (const coming of answers.mail?.(contact, of, now) ?? []) into.push({ contact, coming })
    }
  }

  function answerCalls(now: Instant, into: Delivery[]): void {
    const asked = calls
    calls = []
    for (const { contact, of } of asked) {
      const told = answers.call?.(contact, of, now) ?? { at: now, news: { outcome: 'failed', status: null, why: NOT_CALLED } as const }
      into.push({ contact, coming: { kind: 'effect', at: Math.max(told.at, now), effect: of.key, news: told.news } })
    }
  }

  return {
    told(contact, result, at) {
      const { sends, withdrawn, handoffs, effects, cancelled, enrolments } = result
      for (const send of sends) mails.push({ contact, of: send })
      if (withdrawn.length > 0 && mails.length > 0) {
        const gone = new Set(withdrawn.map((it) => it.key))
        mails = mails.filter((it) => !gone.has(it.of.key))
      }
      for (const prefix of cancelled) {
        lines.leave(prefix)
        calls = calls.filter((it) => !it.of.key.startsWith(prefix))
      }
      for (const lead of handoffs) sales.take(contact, lead)
      for (const effect of effects) {
        // A note to a user is told, and nothing comes back.
        if (effect.kind === 'webhook') calls.push({ contact, of: effect })
        else if (effect.kind === 'throttle') lines.join(contact, effect)
      }
      sales.told(result, at)
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
      return earliest(earliest(sales.next(), lines.next()), earliest(ahead, isPending() ? pendingAt : null))
    },
    act(now) {
      const leads = route(now)
      if (leads.length > 0) return leads
      const done = deeds
      deeds = []
      post(now, done)
      for (const released of lines.release(now)) done.push(released)
      answerCalls(now, done)
      return done
    },
    sales,
  }

  function isPending(): boolean {
    return mails.length > 0 || calls.length > 0 || deeds.length > 0
  }
}

const earliest = (a: Instant | null, b: Instant | null): Instant | null => (a === null ? b : b === null || a < b ? a : b)
