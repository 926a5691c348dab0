import { parseTimeOfDay } from '@baton/leads'
import { defineKind } from '../../kind.ts'
import type { Sentence } from '../../sentence.ts'
import { fault, missing, onward, plain, strong } from '../base.ts'
import { compileDuration } from './duration.ts'
import { type DurationWait, type TimeWait, waitConfig } from './schema.ts'
import { compileTimeOfDay } from './time-of-day.ts'

/** Five years, the longest wait (SEMANTICS 4). */
const LONGEST = { minutes: 2_628_000, hours: 43_800, days: 1_826, weeks: 260 } as const
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Holds people for a time, or until a time of day where they live. */
export const wait = defineKind({
  type: 'wait',
  category: 'wait',
  rests: true,
  version: 1,
  migrations: [],
  config: waitConfig,
  defaults: () => ({ v: 1, until: { kind: 'duration', amount: 1, unit: 'days' } }),
  ports: () => [onward],
  references: () => [],
  conditions: () => [],
  sentence: ({ until }): Sentence => (until.kind === 'duration' ? durationWords(until) : timeWords(until)),
  check: ({ until }) => (until.kind === 'duration' ? checkDuration(until) : checkTime(until)),
  compile: ({ until }) => (until.kind === 'duration' ? compileDuration(until) : compileTimeOfDay(until)),
})

function durationWords({ amount, unit }: DurationWait): Sentence {
  if (amount === null) return [plain('Wait '), missing('how long')]
  return [plain('Wait '), strong(`${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`)]
}

function timeWords({ time, weekdays }: TimeWait): Sentence {
  const days = [...weekdays].sort((a, b) => a - b)
  const named = days.join() === '1,2,3,4,5' ? 'a weekday' : days.map((day) => DAYS[day - 1]).join(', ')
  const on = days.length === 0 || days.length === 7 ? [] : [plain(' on '), strong(named)]
  return [plain('Wait until '), time === null ? missing('which time') : strong(time), ...on]
}

function checkDuration({ amount, unit }: DurationWait) {
  if (amount !== null && Number.isInteger(amount) && amount >= 1 && amount <= LONGEST[unit]) return []
  const most = LONGEST[unit].toLocaleString('en')
  return [fault('wait.amount', 'until.amount', `Say how long to wait: a whole number of ${unit}, from 1 to ${most} (5 years).`)]
}

function checkTime({ time, late }: TimeWait) {
  const clock = time !== null && parseTimeOfDay(time) !== undefined
  const minutes =
    late.do !== 'grace' || (late.minutes !== null && Number.isInteger(late.minutes) && late.minutes >= 1 && late.minutes <= 1439)
  return [
    ...(clock ? [] : [fault('wait.time', 'until.time', 'Give the time of day, such as 09:00.')]),
    ...(minutes ? [] : [fault('wait.late', 'until.late.minutes', 'Say how many minutes late is still in time: from 1 to 1,439.')]),
  ]
}
