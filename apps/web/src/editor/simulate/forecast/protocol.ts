import type { Behaviour, ContactState, FlowForecast, ForecastTeam, Intake, Issue, Pressure, Question } from '@baton/engine'
import type { Basis } from '../protocol.ts'

/** What a forecast is made with, beside the draft and the people. */
export interface Setting {
  people: number
  from: number
  days: number
  seed: string
  draws: number
  behaviour: Behaviour
  intake: readonly Intake[]
  teams: readonly ForecastTeam[]
  pressure: Pressure
}

/** What the page tells the worker. */
export type Tell =
  | { tell: 'open'; basis: Basis; happens: readonly string[] }
  | { tell: 'people'; states: readonly ContactState[]; first: boolean }
  | { tell: 'run'; run: number; setting: Setting }
  | { tell: 'cancel' }

/** What the worker tells the page. */
export type Told =
  | { told: 'opened'; issues: readonly Issue[]; starts: readonly Intake[]; questions: readonly Question[]; deeds: readonly string[] }
  | { told: 'progress'; run: number; done: number }
  | { told: 'done'; run: number; forecast: FlowForecast }
  | { told: 'failed'; run: number; why: string }
