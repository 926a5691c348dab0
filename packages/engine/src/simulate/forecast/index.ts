export type { Intake, Pressure } from './ahead.ts'
export { differences } from './compare.ts'
export { FORECAST, type ForecastInput, type ForecastProgress, forecast, type Sample } from './forecast.ts'
export type { ForecastTeam } from './lead-book.ts'
export { nameless } from './nameless.ts'
export { type Question, questionsOf } from './questions.ts'
export {
  type Behaviour,
  behaviour,
  DEFAULT_BEHAVIOUR,
  DEFAULT_DOES,
  type LeadRates,
  type MailRates,
  type Rate,
  type RejectReason,
  reasonsAt,
  shareBand,
  shareOf,
} from './rates.ts'
export {
  type EdgeForecast,
  type FlowForecast,
  type ForecastNote,
  type NodeForecast,
  type RepForecast,
  type TeamForecast,
  TOTALS,
  type TotalName,
} from './result.ts'
export { type Shared, sharedIn } from './sharing.ts'
