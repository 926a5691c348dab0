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
  /** Of the tries to reach somebody: the share that ends at a voicemail, where the step has a way for that. 0 where absent. */
  readonly voicemail?: number | undefined
  /** For what leads are rejected: shares of the rejected. */
  readonly reasons?: readonly { readonly why: string; readonly share: number }[] | undefined
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

/** Answers drawn by likelihoods. `hours` says when a team works, for reps who have no hours of their own; null: always. S-8. */
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
    lead(_, lead, given, at) {
      const { accepted, rejected, voicemail = 0, reasons = [], delayMinutes, won = 0, dealDays = DEAL_DAYS } = likely.lead(lead)
      const { rep, before } = given
      // Each who has it, and each try, throws anew.
      const dice = (question: string) => thrown(lead.key, before === 0 ? question : `${question}/${before}`, seed)
      const minutes = delayOf(delayMinutes, dice('delay'))
      const when = answeredAt(at, minutes, rep.hours ?? hours(lead.teamId))
      if (when === undefined) return []
      const say = (answer: SalesWord['answer'], then: Instant, why = REJECTED_FOR) =>
        leadSaid(lead, { answer, why, note: null }, given, then)
      if (lead.contract.voicemail && voicemail > 0 && dice('voicemail') < voicemail) return say('voicemail', when)
      const thrownAnswer = dice('answer')
      const answer = thrownAnswer < accepted ? 'accepted' : thrownAnswer < accepted + rejected ? 'rejected' : null
      if (!answer) return []
      if (answer === 'rejected') return say(answer, when, reasonOf(reasons, reasons.length === 0 ? 0 : dice('why')))
      if (lead.contract.leaveAt === 'first-answer') return say(answer, when)
      const closes = when + Math.ceil(delayOf(dealDays, dice('deal')) * DAY)
      return [...say('accepted', when), ...say(dice('won') < won ? 'converted' : 'lost', closes)]
    },
    call(_, call, at) {
      if (thrown(call.key, 'answered', seed) >= likely.call(call).answered) return undefined
      return { at, news: { outcome: 'answered', status: 200, data: null } }
    },
  }
}

/** For which of the reasons, by their shares, whatever these add up to. */
function reasonOf(reasons: NonNullable<LeadShares['reasons']>, dice: number): string {
  let left = dice * reasons.reduce((sum, it) => sum + it.share, 0)
  for (const { why, share } of reasons) {
    if (left < share) return why
    left -= share
  }
  return reasons.at(-1)?.why ?? REJECTED_FOR
}

function answeredAt(at: Instant, minutes: number, calendar: WorkingCalendar | null): Instant | undefined {
  if (!calendar) return Math.ceil(at + minutes * MINUTE)
  const when = addWorkingMinutes(at, minutes, calendar)
  return when === undefined ? undefined : Math.ceil(when)
}
