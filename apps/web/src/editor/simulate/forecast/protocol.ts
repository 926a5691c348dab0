import type { Behaviour, ForecastTeam, Intake, Issue, Pressure, Question } from '@baton/engine'

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

/** What was found of the draft. */
export interface OpenedForecast {
  issues: readonly Issue[]
  starts: readonly Intake[]
  questions: readonly Question[]
  /** Types of events that the flow listens to and people cause. */
  deeds: readonly string[]
}
