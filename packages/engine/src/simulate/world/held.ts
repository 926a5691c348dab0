import { type AfterBreach, afterBreach, startLevel, type WorkingCalendar } from '@baton/leads'
import { returnOf } from '../../state/contract.ts'
import type { HandoffNews } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'
import type { HandoffEffect } from '../../state/result.ts'

/** A lead on its way to somebody. */
export interface WaitingLead {
  contact: string
  lead: HandoffEffect
  /** Until when it may wait in the queue. */
  until: Instant | undefined
  /** Who has had it and has it no more. */
  hadBy: readonly string[]
  /** How often it was taken back because nobody answered in time. */
  bounces: number
}

/** A lead that somebody has. */
export interface HeldLead extends WaitingLead {
  repId: string
  repName: string
  at: Instant
  state: 'assigned' | 'accepted' | 'sleeping'
  /** The deal that was opened. */
  opportunity: string | null
  /** When the level is over; null: none runs. */
  deadline: Instant | null
}

/** The end of the level that begins now; null where nothing is promised, or it was kept already. */
export function deadlineOf({ lead, state }: Pick<HeldLead, 'lead' | 'state'>, at: Instant, hours: WorkingCalendar): Instant | null {
  const { level } = lead.contract
  return level && state === 'assigned' ? (startLevel(at, level, hours)?.deadline ?? null) : null
}

/** What is said of a lead that was not worked in time, and where it goes. */
export function breachOf({ lead, repId, repName, deadline, bounces }: HeldLead, now: Instant): { next: AfterBreach; news: HandoffNews[] } {
  const next = afterBreach(lead.contract, bounces)
  const breached: HandoffNews = { outcome: 'breached', repId, repName, deadline: deadline ?? now, next }
  return { next, news: next === 'marketing' ? [breached, unanswered(lead, bounces + 1, { code: 'breached' })] : [breached] }
}

/** What is said of a lead for which nobody is left: an overflow, or that nobody answered where it was taken back before. Null: the manager has it. */
export function nobodyLeft({ lead, bounces }: WaitingLead, reason: Readonly<Record<string, unknown>>): HandoffNews | null {
  if (bounces === 0) return { outcome: 'overflow', reason }
  return afterBreach({ ...lead.contract, redistribute: 0 }, bounces) === 'manager' ? null : unanswered(lead, bounces, reason)
}

/** Nobody of sales answered, with what was agreed on for such a return. */
export const unanswered = ({ contract }: HandoffEffect, attempts: number, reason: Readonly<Record<string, unknown>>): HandoffNews => ({
  ...{ outcome: 'no-response', attempts, reason },
  ...returnOf(contract, 'noResponse'),
})
