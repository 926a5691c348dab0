import { clockWords, dateWords, dayWords } from '../../ui/date-words.ts'
import { happeningWords, plainWords } from './happening-words.ts'
import type { LeadRow } from './queries.ts'
import { sectionOf } from './sections.ts'
import { dayOf } from './when.ts'

const NUMBERS = ['first', 'second', 'third', 'fourth', 'fifth']

/** "second": how often it will have been tried with the next. */
const nextAttempt = (made: number) => NUMBERS[made] ?? `${made + 1}th`

const MONEY = new Map<string, Intl.NumberFormat>()

/** An amount with its currency: "€12,000"; the number alone where none was said. */
export function moneyWords(amount: number | null, currency: string | null): string | null {
  if (amount === null) return null
  const key = currency ?? ''
  const kept = MONEY.get(key)
  if (kept) return kept.format(amount)
  const style: Intl.NumberFormatOptions = currency === null ? {} : { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }
  const made = new Intl.NumberFormat('en', { ...style, maximumFractionDigits: 0 })
  MONEY.set(key, made)
  return made.format(amount)
}

/** The day on which a deal should close: the same for every reader; only what is today goes by their own clock. */
export const closeWords = (day: string, now: number): string =>
  dayWords(Date.parse(day), { now: Date.parse(dayOf(now)), zone: 'UTC' }, true)

/** Why this lead, in one line: what is to be done, what they did, or what became of it. `who`: "You", or the rep for a manager. */
export function whyWords(lead: LeadRow, who: string, now: number): string {
  const { voicemails, deal, latest } = lead
  switch (lead.state) {
    case 'rejected':
      return `${who} rejected: ${lead.rejectReason ?? 'no reason'}`
    case 'lost':
      return deal === null ? `${who} lost it` : `${deal.name}, lost`
    case 'no-response':
      return 'Could not be reached'
    case 'won':
      return [deal?.name, deal === null ? null : moneyWords(deal.amount, deal.currency)].filter(Boolean).join(', ') || lead.why
    case 'sleeping':
      return voicemails === null ? 'Rests until the next attempt' : `Voicemail ${onDay(voicemails.lastAt, now)}, marketing writes meanwhile`
    case 'assigned':
      if (lead.firstActivityAt !== null) return 'Reached. Accept or reject'
      if (voicemails !== null) return `Voicemail ${onDay(voicemails.lastAt, now)}, ${nextAttempt(voicemails.count)} attempt due`
      return lead.fresh && latest ? plainWords(happeningWords(latest, now)) : lead.why
    case 'accepted':
      if (sectionOf(lead, now) === 'today') return 'You agreed to meet'
      if (lead.fresh && latest) return plainWords(happeningWords(latest, now))
      if (deal !== null) return [deal.stage, moneyWords(deal.amount, deal.currency)].filter(Boolean).join(', ')
      return lead.why
    case 'routing':
    case 'queued':
      return lead.managerQueue ? 'Waits for a manager’s decision' : lead.why
    case 'overflow':
    case 'closed':
      return lead.why
  }
}

const onDay = (at: number, now: number): string => {
  const day = dayWords(at, { now })
  return ['today', 'yesterday'].includes(day) ? day : `on ${day}`
}

/** The time alone where it is today, else with its day. */
const whenWords = (at: number, now: number): string => (dayWords(at, { now }) === 'today' ? clockWords(at) : dateWords(at, { now }))

/** The end of a row's first line where no clock runs; `tone` is how it looks. */
export function endWords(lead: LeadRow, now: number): { words: string; tone: 'muted' | 'faint' | 'accent' } {
  const section = sectionOf(lead, now)
  if (section === 'today') {
    if (lead.meetingAt !== null && lead.state !== 'assigned') return { words: clockWords(lead.meetingAt), tone: 'muted' }
    if (lead.clock) return { words: `until ${whenWords(lead.clock.deadline, now)}`, tone: 'muted' }
  }
  if (lead.fresh && lead.state !== 'sleeping') return { words: 'new activity', tone: 'accent' }
  if (lead.state === 'accepted' && lead.meetingAt !== null) return { words: dateWords(lead.meetingAt, { now }), tone: 'muted' }
  if (lead.state === 'accepted' && lead.deal !== null) return { words: 'opportunity', tone: 'muted' }
  if (lead.state === 'assigned' && lead.firstActivityAt !== null) return { words: 'in touch', tone: 'muted' }
  if (lead.state === 'sleeping') return { words: 'rests', tone: 'faint' }
  if (lead.state === 'no-response') return { words: 'not reached', tone: 'faint' }
  const since = dayWords(lead.since, { now }, true)
  return { words: since === 'today' ? clockWords(lead.since) : since, tone: section === 'now' ? 'muted' : 'faint' }
}
