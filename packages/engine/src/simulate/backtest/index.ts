export type { Past } from './as-of.ts'
export {
  BACKTEST_TOTALS,
  type Backtest,
  type BacktestInput,
  type BacktestSide,
  type BacktestTotal,
  backtest,
} from './backtest.ts'
export { type BacktestGround, backtestGround } from './ground.ts'
export { namelessRecord, type RecordedPerson, recordedPerson } from './recorded.ts'
export { DIFFERENCES, type DifferenceKind, type PersonDifference, type PersonWay } from './ways.ts'
