import type { Band } from '@baton/leads'
import type { Instant } from '../../state/person.ts'

/** What is counted of everybody: totals by which two forecasts are compared. */
export const TOTALS = [
  'entered',
  'finished',
  'leftEarly',
  'inside',
  'stuck',
  'mails',
  'mostMailsInAWeek',
  'leads',
  'accepted',
  'rejected',
  'overflow',
  'breaches',
  'voicemails',
  'noResponse',
  'longestQueue',
  'longestWaitHours',
  'opportunities',
  'won',
  'revenue',
] as const
export type TotalName = (typeof TOTALS)[number]

/** The same of every total. */
export const eachTotal = <T>(of: (name: TotalName) => T): Record<TotalName, T> => ({
  entered: of('entered'),
  finished: of('finished'),
  leftEarly: of('leftEarly'),
  inside: of('inside'),
  stuck: of('stuck'),
  mails: of('mails'),
  mostMailsInAWeek: of('mostMailsInAWeek'),
  leads: of('leads'),
  accepted: of('accepted'),
  rejected: of('rejected'),
  overflow: of('overflow'),
  breaches: of('breaches'),
  voicemails: of('voicemails'),
  noResponse: of('noResponse'),
  longestQueue: of('longestQueue'),
  longestWaitHours: of('longestWaitHours'),
  opportunities: of('opportunities'),
  won: of('won'),
  revenue: of('revenue'),
})

/** Where people are, by stretch of time. */
export interface NodeForecast {
  node: string
  /** Over the whole time. */
  entered: Band
  /** At the end. */
  people: Band
  /** Minutes between coming and leaving; null where nobody left. */
  medianMinutes: Band | null
  /** Of those who left: the share whose passage ended here. */
  dropOff: Band | null
  /** At the end of each stretch: how many are here, how many have come by then, and of those who left by then the share that ended here. */
  peopleOver: readonly Band[]
  enteredOver: readonly Band[]
  dropOffOver: readonly (Band | null)[]
}

export interface EdgeForecast {
  node: string
  port: string
  people: Band
  /** Of those who left this node. */
  share: Band | null
  /** By the end of each stretch: how many have gone this way, and their share of those who left this node by then. */
  peopleOver: readonly Band[]
  shareOver: readonly (Band | null)[]
}

/** A rep's day: with working time, away for all of it, or without any. */
export type DayAtWork = 'works' | 'away' | 'off'

export interface RepForecast {
  teamId: string
  repId: string
  name: string
  /** The most leads that are with them at a time; null: no limit. */
  cap: number | null
  /** The share of the time in which they had no room for another one. */
  full: Band
  leads: Band
  /** On the day with the most. */
  busiestDay: Band
  /** By day, in the mean of the draws, as on most days a middle is none: leads, and the share of the day in which they had no room for another one. */
  byDay: readonly number[]
  fullByDay: readonly number[]
  /** By day: whether they work at all. */
  atWork: readonly DayAtWork[]
}

/** What becomes of the leads of one team. */
export interface TeamForecast {
  teamId: string
  leads: Band
  /** Somebody got them, were they answered or not. */
  taken: Band
  overflow: Band
  /** In the queue at the end. */
  waiting: Band
}

/** What one has to know to read a forecast right. Worded on the screen. */
export type ForecastNote =
  /** Other live flows were not played: their mails and leads were added at the rate at which they made them. */
  | { code: 'pressure'; flows: readonly string[]; mailsPerWeek: number; leadsPerWeek: number }
  /** Each of the sample stands for so many people; room and pace of what they share were divided by it. */
  | { code: 'sampled'; sample: number; people: number }
  /** Steps that wait for what people do by themselves, drawn by rates. */
  | { code: 'deeds-drawn'; nodes: readonly string[] }
  /** What people share, which is why all were played at once. */
  | { code: 'shared'; leads: readonly string[]; places: readonly string[] }
  /** What a won deal is worth is not known. */
  | { code: 'no-value' }

export interface FlowForecast {
  flowId: string
  from: Instant
  days: number
  seed: string
  draws: number
  /** Of how many people it speaks, and how many were played. */
  people: number
  sample: number
  order: 'one-by-one' | 'all-at-once'
  /** A stretch of `nodes[].peopleOver` … in ms, and how many there are. */
  stretch: number
  stretches: number
  totals: Readonly<Record<TotalName, Band>>
  nodes: readonly NodeForecast[]
  edges: readonly EdgeForecast[]
  /** Shares of contact-weeks by how many mails they have; weeks without any are counted. In the mean of the draws. */
  mailWeeks: readonly { mails: number; share: number }[]
  /** Who got the most mails within seven days in some draw. */
  mostMailedOf: string | null
  reps: readonly RepForecast[]
  /** What each team that leads are handed to would get, and take. */
  teams: readonly TeamForecast[]
  /** Leads that wait for somebody at the end of each stretch. */
  queueOver: readonly Band[]
  notes: readonly ForecastNote[]
  /** The totals of each draw, for comparing with another forecast of the same seed. */
  drawn: readonly Readonly<Record<TotalName, number>>[]
  steps: number
}
