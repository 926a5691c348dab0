import { addWorkingMinutes, DAY, hash01, type WorkingCalendar } from '@baton/leads'
import type { Instant } from '../../state/person.ts'
import type { HandoffEffect, OutgoingEffect, SendEffect } from '../../state/result.ts'
import { type Coming, leadSaid, type SalesWord } from './coming.ts'
import { type MailDeed, mailDone } from './items.ts'
import type { Answers } from './world.ts'

const MINUTE = 60_000

/** Shares of people, 0 to 1, of those who got the mail; `delayMinutes` is the median until it is done. */
export type MailShares = { readonly [deed in MailDeed]?: number } & { readonly delayMinutes: number }

/** Shares of leads that somebody got. Who is in neither never gets an answer. `delayMinutes` is the median, in working time. */
export interface LeadShares {
  readonly accepted: number
  readonly rejected: number
  readonly delayMinutes: number
  /** Of the accepted, where a step waits for the outcome: the share that is won, the others are lost; and how many days that takes. */
  readonly won?: number | undefined
  readonly dealDays?: number | undefined
}

/** The share of calls that are answered with a status of 200. */
export interface CallShares {
  readonly answered: number
}

/** How likely people and systems are to do what, at each step. */
export interface Likelihoods {
  mail(of: SendEffect): MailShares
  lead(of: HandoffEffect): LeadShares
  call(of: OutgoingEffect): CallShares
}

/** How long a deal takes where nobody says, in days: half of them. */
const DEAL_DAYS = 30

/** What a rejected lead is rejected for, in a simulation. */
const REJECTED_FOR = 'other'

/**
 * A throw for one question about one effect: by its key (contact, flow, object, entry, node, visit), the question and the seed alone. So two
 * runs that differ in a setting see the same people do the same wherever they come to the same step. S-8.
 */
export const thrown = (effect: string, question: string, seed: string): number => hash01([effect, question, seed])

/** Time until somebody does something: exponential, so that half have done it after the median. */
const delayOf = (medianMinutes: number, dice: number) => (-Math.log(1 - dice) / Math.LN2) * medianMinutes

/**
 * Who clicks has opened: one throw decides both, so that those who click are among those who open. S-8.
 */
const ENGAGING: readonly MailDeed[] = ['opened', 'clicked', 'replied']
const LEAVING: readonly MailDeed[] = ['unsubscribed', 'complained']
const NOTHING: readonly Coming[] = []

/** Answers drawn by likelihoods. `hours` says when a team works; null: always. S-8. */
export function drawnAnswers(likely: Likelihoods, seed: string, hours: (teamId: string) => WorkingCalendar | null): Answers {
  return {
    mail(_, mail, at) {
      const shares = likely.mail(mail)
      const happens = (deed: MailDeed) => (shares[deed] ?? 0) > 0 && thrown(mail.key, deed, seed) < (shares[deed] ?? 0)
      if (happens('bounced')) return mailDone(mail, 'bounced', at)
      // What nobody does need not be thrown for.
      const engaged = ENGAGING.some((it) => (shares[it] ?? 0) > 0) ? thrown(mail.key, 'engaged', seed) : 1
      const does = [...ENGAGING.filter((it) => engaged < (shares[it] ?? 0)), ...LEAVING.filter(happens)]
      if (does.length === 0) return NOTHING
      const first = Math.ceil(at + delayOf(shares.delayMinutes, thrown(mail.key, 'delay', seed)) * MINUTE)
      return does.flatMap((deed, i) => mailDone(mail, deed, first + i * MINUTE))
    },
    lead(_, lead, rep, at) {
      const { accepted, rejected, delayMinutes, won = 0, dealDays = DEAL_DAYS } = likely.lead(lead)
      const dice = thrown(lead.key, 'answer', seed)
      const answer = dice < accepted ? 'accepted' : dice < accepted + rejected ? 'rejected' : null
      if (!answer) return []
      const minutes = delayOf(delayMinutes, thrown(lead.key, 'delay', seed))
      const when = answeredAt(at, minutes, hours(lead.teamId))
      if (when === undefined) return []
      const say = (word: SalesWord['answer'], then: Instant) => leadSaid(lead, { answer: word, why: REJECTED_FOR, note: null }, rep, then)
      if (answer === 'rejected' || lead.contract.leaveAt === 'first-answer') return say(answer, when)
      const closes = when + Math.ceil(delayOf(dealDays, thrown(lead.key, 'deal', seed)) * DAY)
      return [...say('accepted', when), ...say(thrown(lead.key, 'won', seed) < won ? 'converted' : 'lost', closes)]
    },
    call(_, call, at) {
      if (thrown(call.key, 'answered', seed) >= likely.call(call).answered) return undefined
      return { at, news: { outcome: 'answered', status: 200, data: null } }
    },
  }
}

function answeredAt(at: Instant, minutes: number, calendar: WorkingCalendar | null): Instant | undefined {
  if (!calendar) return Math.ceil(at + minutes * MINUTE)
  const when = addWorkingMinutes(at, minutes, calendar)
  return when === undefined ? undefined : Math.ceil(when)
}
