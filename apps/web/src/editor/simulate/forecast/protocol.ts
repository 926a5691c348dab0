import type { Behaviour, Intake, Issue, Pressure, Question, TeamFacts } from '@baton/engine'

/** What a forecast is made with, beside the draft and the people. */
export interface Setting {
  people: number
  from: number
  days: number
  seed: string
  draws: number
  behaviour: Behaviour
  intake: readonly Intake[]
  teams: readonly TeamFacts[]
  /** By team: what was chosen of it. */
  chosen: Readonly<Record<string, TeamChoice>>
  pressure: Pressure
}

/** What somebody chose of a team; the rest is as it is known. */
export interface TeamChoice {
  /** `own`: everybody in their own hours. `always`: at all hours. Else a calendar by its id, for everybody. */
  works: string
  levelMinutes: number | null
  /** Reps who are away for the whole time. */
  away: readonly string[]
}

/** What was found of the draft. */
export interface OpenedForecast {
  issues: readonly Issue[]
  starts: readonly Intake[]
  questions: readonly Question[]
  /** Types of events that the flow listens to and people cause. */
  deeds: readonly string[]
}
