import type { LeadRow } from './queries.ts'

/** The parts of the list, in their order. */
export type SectionId = 'now' | 'today' | 'queue' | 'working' | 'back' | 'won'

export interface Section {
  id: SectionId
  head: string
  leads: readonly LeadRow[]
}

const HEADS: readonly (readonly [id: SectionId, head: string])[] = [
  ['now', 'Call now'],
  ['today', 'Today'],
  ['queue', 'Waiting for somebody to be free'],
  ['working', 'Working'],
  ['back', 'With marketing again'],
  ['won', 'Won'],
]

const sameDay = (a: number, b: number) => new Date(a).toDateString() === new Date(b).toDateString()

/** Where a lead stands in the list: by what is to be done with it next. */
export function sectionOf(lead: LeadRow, now: number): SectionId {
  switch (lead.state) {
    case 'routing':
    case 'queued':
      return 'queue'
    case 'assigned':
      // Reached, or tried before: to be answered today; whoever nobody was in touch with comes first.
      return lead.firstActivityAt !== null || lead.voicemails !== null ? 'today' : 'now'
    case 'accepted':
    case 'sleeping':
      return lead.meetingAt !== null && sameDay(lead.meetingAt, now) ? 'today' : 'working'
    case 'won':
      return 'won'
    case 'rejected':
    case 'lost':
    case 'no-response':
    case 'overflow':
    case 'closed':
      return 'back'
  }
}

const NEVER = Number.POSITIVE_INFINITY

/** When something has to be done: the meeting, or the deadline. */
const due = (lead: LeadRow) => Math.min(lead.meetingAt ?? NEVER, lead.clock?.deadline ?? NEVER)

/** By deadline, then by score, then by what happened last; those that wait longer before the others. */
function byUrgency(a: LeadRow, b: LeadRow): number {
  const [first, second] = [due(a), due(b)]
  if (first !== second) return first - second
  const score = scoreSum(b.scores) - scoreSum(a.scores)
  if (score !== 0) return score
  return (b.fresh ? (b.latest?.at ?? 0) : 0) - (a.fresh ? (a.latest?.at ?? 0) : 0) || a.since - b.since
}

/** What is worked on: those who did something come first, then whoever rests goes last. */
function byNews(a: LeadRow, b: LeadRow): number {
  if (a.fresh !== b.fresh) return a.fresh ? -1 : 1
  const rest = Number(a.state === 'sleeping') - Number(b.state === 'sleeping')
  return rest || Math.max(b.latest?.at ?? 0, b.since) - Math.max(a.latest?.at ?? 0, a.since)
}

const ORDERS: Readonly<Record<SectionId, (a: LeadRow, b: LeadRow) => number>> = {
  now: byUrgency,
  today: byUrgency,
  queue: (a, b) => a.since - b.since,
  working: byNews,
  back: (a, b) => b.since - a.since,
  won: (a, b) => b.since - a.since,
}

/** The leads by section; empty sections fall away. */
export const sectionsOf = (leads: readonly LeadRow[], now: number): Section[] =>
  HEADS.map(([id, head]) => ({ id, head, leads: leads.filter((lead) => sectionOf(lead, now) === id).sort(ORDERS[id]) })).filter(
    (section) => section.leads.length > 0,
  )

/** All leads in the order of the screen. */
export const inOrder = (leads: readonly LeadRow[], now: number): LeadRow[] => sectionsOf(leads, now).flatMap((section) => section.leads)

/** The neighbour of a lead on the screen; the first when it is not there, itself at the ends. */
export function neighbour(leads: readonly LeadRow[], id: number | undefined, step: 1 | -1, now: number): LeadRow | undefined {
  const order = inOrder(leads, now)
  const at = order.findIndex((lead) => lead.id === id)
  return at < 0 ? order[0] : (order[at + step] ?? order[at])
}

/** Who is next after a lead was dealt with: the most urgent of those that still wait for an answer. */
export const nextWaiting = (leads: readonly LeadRow[], answered: number, now: number): LeadRow | undefined =>
  inOrder(leads, now).find((lead) => lead.id !== answered && (lead.state === 'assigned' || sectionOf(lead, now) === 'today'))

/** Points for the reader: hundredths as a number without needless digits, with its sign when asked. */
export function pointsWords(hundredths: number, sign = false): string {
  const points = Math.round(hundredths) / 100
  const words = Number.isInteger(points) ? String(Math.abs(points)) : Math.abs(points).toFixed(2).replace(/0$/, '')
  if (points < 0) return `−${words}`
  return sign ? `+${words}` : words
}

/** A score as a key figure: whole points, and what is not reached yet is not shown as reached. */
export const wholePoints = (hundredths: number): string => pointsWords(Math.floor(hundredths / 100) * 100)

/** The sum over all scores as they stood at the hand-over. */
export const scoreSum = (scores: Readonly<Record<string, number>>): number => Object.values(scores).reduce((sum, one) => sum + one, 0)
