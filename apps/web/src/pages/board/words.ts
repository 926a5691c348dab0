import type { Answers } from '../../shell/api.ts'
import { spanWords } from '../../ui/date-words.ts'
import { fullNumber } from '../../ui/numbers.ts'

export type Board = Answers['board']['look']
export type BoardRep = Board['reps'][number]
export type BoardLead = Answers['board']['leads'][number]
export type Week = Answers['board']['week']
export type Figures = Week['now']

/** Whose leads a row holds. */
export type Holder = { repId: string } | 'queue' | 'manager'

/** A span, or a dash where there was none. */
export const spanOrDash = (ms: number | null): string => (ms === null ? '–' : spanWords(ms))

/** "1 lead", "12 leads" */
export const leadsWords = (n: number): string => (n === 1 ? '1 lead' : `${fullNumber(n)} leads`)

const money = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** An amount without its currency: a workspace has one. */
export const moneyWords = (amount: number): string => money.format(amount)

/** What a state is called where a manager looks at it. */
export const STATES: Readonly<Record<string, string>> = {
  routing: 'Being given out',
  queued: 'Waits for a rep',
  assigned: 'New',
  accepted: 'Working',
  sleeping: 'Rests after a voicemail',
}

/** How a lead stands to its deadline. */
export function standing(
  lead: Pick<BoardLead, 'state' | 'deadline' | 'firstActivityAt' | 'breachedAt'>,
  now: number,
): 'none' | 'met' | 'late' | 'ahead' {
  if (lead.deadline === null) return 'none'
  if (lead.firstActivityAt !== null) return lead.firstActivityAt <= lead.deadline ? 'met' : 'late'
  if (lead.breachedAt !== null || lead.deadline < now) return 'late'
  return lead.state === 'assigned' ? 'ahead' : 'met'
}
