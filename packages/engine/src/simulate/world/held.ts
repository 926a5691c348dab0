import { type AfterBreach, afterBreach, startLevel, type WorkingCalendar } from '@baton/leads'
import { returnOf } from '../../state/contract.ts'
import type { HandoffNews } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'
import type { HandoffEffect } from '../../state/result.ts'
import type { AskedFirst } from './team.ts'

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
  /** The deal that was opened: whoever has the lead next goes on with it. */
  opportunity: string | null
  /** Whose it would be before anybody's turn: found when it came into the queue. */
  first: AskedFirst
}

/** A lead that somebody has. */
export interface HeldLead extends WaitingLead {
  repId: string
  repName: string
  at: Instant
  state: 'assigned' | 'accepted' | 'sleeping'
  /** When the level is over; null: none runs. */
  deadline: Instant | null
  /** When it was noticed that the level is over; null: not yet. */
  breachedAt: Instant | null
  /** When the rep's unsent mail was last written on; null: never, or it was sent. */
  draftAt: Instant | null
  /** How often it slept and is awake again. */
  woken: number
}

/** The end of the level that begins now; null where nothing is promised, or it was kept already. */
export function deadlineOf({ lead, state }: Pick<HeldLead, 'lead' | 'state'>, at: Instant, hours: WorkingCalendar): Instant | null {
  const { level } = lead.contract
  return level && state === 'assigned' ? (startLevel(at, level, hours)?.deadline ?? null) : null
}

/** What is said of a lead that was not worked in time; `next`: where it goes when it is taken back. */
export const breachNews = (
  { repId, repName, deadline }: HeldLead,
  next: AfterBreach,
  now: Instant,
): Extract<HandoffNews, { outcome: 'breached' }> => ({
  ...{ outcome: 'breached', repId, repName, deadline: deadline ?? now, next },
})

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
