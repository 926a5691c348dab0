export { bucketOf, hash01, pickShare } from './dice/dice.ts'
export { type Hash64, hash64 } from './dice/hash.ts'
export {
  type AfterBreach,
  afterBreach,
  type BreachTerms,
  DRAFT_MOST,
  DRAFT_REST,
  type LevelStart,
  type LevelState,
  type LevelStep,
  type LevelTerms,
  levelStep,
  startLevel,
} from './level/level.ts'
export { FIRST_STATE, type LifeEvent, type LifeState, type OwnerSide, STAGES, type Stage } from './lifecycle/life.ts'
export { DEAL_STAGES, LOSS_REASONS, NEEDS_NOTE, REJECT_REASONS, reasonsWith } from './lifecycle/reasons.ts'
export { type Refusal, type Transition as LifeTransition, transition } from './lifecycle/transition.ts'
export { calendarWeek, lastReport, previousWeek, type ReportWeek, type WeeklyTime, WeeklyTimeSchema, weekBefore } from './report/weekly.ts'
export { byArrival } from './router/arrival.ts'
export {
  type AskCode,
  type Asked,
  type Assignment,
  assign,
  type RoutingReason,
  type Skip,
  type SkipCode,
  type Turn,
} from './router/assign.ts'
export { CIRCLE, goesInCircles } from './router/circle.ts'
export { leadOwners, type NamedRep, type OwnedRecord, ownerOf } from './router/owners.ts'
export { fading, rollingCount, WINDOWS_THAT_COUNT } from './router/rolling.ts'
export { lapsed, route } from './router/route.ts'
export {
  type LeadHistory,
  type LeadOwner,
  type LeadTerritory,
  type Rep,
  type RepLoad,
  ROTATION_WINDOW,
  type Team,
  type TeamLoad,
} from './router/team.ts'
export { ageInDays, decayed, type FactorTable, factorAt, halfLifeFactors, modelFactors } from './scoring/decay.ts'
export { GRADES, type Grade, type GradeModel, gradeOf } from './scoring/grade.ts'
export { leftOf, loweredScore } from './scoring/lowered.ts'
export {
  type DimensionRules,
  type ExplainedLine,
  type ExplainedScore,
  explainScore,
  type ScoreLine,
  scoreHoldsUntil,
  sumScore,
} from './scoring/score.ts'
export { type Band, bandOf } from './stats/band.ts'
export { betaQuantile } from './stats/beta.ts'
export { experimentResult, type WayResult, type WayTally } from './stats/experiment.ts'
export { type Candidate, FLOOR, type Lift, liftOf, type Telling, telling } from './stats/lift.ts'
export { compareShares, type Difference, peopleNeeded, type Share, type Tally, wilson } from './stats/proportion.ts'
export { type LiftPart, liftParts, type Ranking, type RocPoint, ranking, type ScoreGroup } from './stats/ranking.ts'
export { type HandedAt, type LeftAt, type ThresholdHistory, type ThresholdPoint, thresholdCurve } from './stats/threshold.ts'
export { hasTrait, type Trait, type TraitValue, traitCandidates } from './stats/traits.ts'
export { compareText } from './text/compare.ts'
export { fold } from './text/fold.ts'
export { nextRelease, type Passing, passing, type ReleaseLine, type ReleaseRate, releaseTimes } from './throttle/release.ts'
export { addElapsed, addMonths, addWallClock, type CalendarSpan, type ElapsedSpan } from './time/add.ts'
export { ALWAYS, type BusinessHours, BusinessHoursSchema, businessCalendar } from './time/business-calendar.ts'
export {
  type WorkingCalendar,
  type WorkingHours,
  WorkingHoursSchema,
  type WorkingWindow,
  workingCalendar,
  workingWindows,
} from './time/calendar.ts'
export { zoneOfCountry } from './time/country-zones.ts'
export { type DateValue, readDate } from './time/date.ts'
export { type DateMoment, type DateOffset, dateMoment, isTooFar, nextAnniversary } from './time/date-moment.ts'
export { formatInZone, localDate } from './time/format.ts'
export { DAY, HOUR, type Instant, MINUTE, SECOND, type Wall } from './time/instant.ts'
export { nextTimes } from './time/next-times.ts'
export { offsetAt, type Transition, transitionsBetween } from './time/offsets.ts'
export { compileRecurrence, type NextOccurrence } from './time/recurrence.ts'
export { type Recurrence, RecurrenceSchema } from './time/recurrence-schema.ts'
export { reinterpret } from './time/reinterpret.ts'
export { type ResolvedZone, resolveZone, type ZoneFacts, type ZoneSource } from './time/resolve-zone.ts'
export { ceilToSlot } from './time/slot.ts'
export { nextTimeOfDay, parseTimeOfDay, type TimeOfDayOptions, timeOfDayOn } from './time/time-of-day.ts'
export {
  fromWall,
  type LocalReading,
  localReading,
  localToInstant,
  type PlainDateTime,
  readWall,
  startOfDay,
  toWall,
  wallOf,
  weekdayOfWall,
} from './time/wall-clock.ts'
export { addWorkingMinutes, isWorking, nextWorkingMinute, workingMinutesBetween } from './time/working-time.ts'
export { canonicalZone, isZone } from './time/zone.ts'
