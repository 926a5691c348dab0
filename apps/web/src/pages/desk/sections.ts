import type { LeadRow } from './queries.ts'

/** The parts of the list, in their order. */
export type SectionId = 'now' | 'queue' | 'working' | 'back'

export interface Section {
  id: SectionId
  head: string
  leads: readonly LeadRow[]
}

const parts: readonly { id: SectionId; head: string; states: readonly LeadRow['state'][] }[] = [
  { id: 'now', head: 'Call now', states: ['assigned'] },
  { id: 'queue', head: 'Waiting for somebody to be free', states: ['routing', 'queued'] },
  { id: 'working', head: 'Working', states: ['accepted'] },
  { id: 'back', head: 'With marketing again', states: ['rejected'] },
]

/** The leads by section, in the order they came in; empty sections fall away. */
export const sectionsOf = (leads: readonly LeadRow[]): Section[] =>
  parts
    .map(({ id, head, states }) => ({ id, head, leads: leads.filter((lead) => states.includes(lead.state)) }))
    .filter((section) => section.leads.length > 0)

/** All leads in the order of the screen. */
export const inOrder = (leads: readonly LeadRow[]): LeadRow[] => sectionsOf(leads).flatMap((section) => section.leads)

/** The neighbour of a lead on the screen; the first when it is not there, itself at the ends. */
export function neighbour(leads: readonly LeadRow[], id: number | undefined, step: 1 | -1): LeadRow | undefined {
  const order = inOrder(leads)
  const at = order.findIndex((lead) => lead.id === id)
  return at < 0 ? order[0] : (order[at + step] ?? order[at])
}

/** Who is next after a lead was answered: the one that waits longest among the others. */
export const nextWaiting = (leads: readonly LeadRow[], answered: number): LeadRow | undefined =>
  leads.find((lead) => lead.state === 'assigned' && lead.id !== answered)

/** Points for the reader: hundredths as a number without needless digits, with its sign when asked. */
export function pointsWords(hundredths: number, sign = false): string {
  const points = Math.round(hundredths) / 100
  const words = Number.isInteger(points) ? String(Math.abs(points)) : Math.abs(points).toFixed(2).replace(/0$/, '')
  if (points < 0) return `−${words}`
  return sign ? `+${words}` : words
}

/** The sum over all scores as they stood at the hand-over. */
export const scoreSum = (scores: Readonly<Record<string, number>>): number => Object.values(scores).reduce((sum, one) => sum + one, 0)
