import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterBreach, DRAFT_MOST, DRAFT_REST, type LevelState, levelStep, MINUTE, startLevel, workingCalendar } from '../index.ts'

const week = Object.fromEntries((['1', '2', '3', '4', '5'] as const).map((day) => [day, [{ from: '09:00', to: '17:00' }]]))
const berlin = workingCalendar({ zone: 'Europe/Berlin', hours: week, holidays: ['2026-05-01', '2026-05-14', '2026-12-25'] })
const newYork = workingCalendar({ zone: 'America/New_York', hours: week, holidays: ['2026-11-26'] })
/** Works at the hour of the change of the clock. */
const nights = workingCalendar({ zone: 'Europe/Berlin', hours: { '7': [{ from: '01:00', to: '05:00' }] }, holidays: [] })
const at = (text: string) => Date.parse(text)
const level = (minutes: number, remindBefore: number | null = null) => ({ minutes, remindBefore })

describe('LV-1 a level begins', () => {
  it.each([
    ['at work', berlin, '2026-03-03T10:00+01:00', 60, '2026-03-03T10:00+01:00', '2026-03-03T11:00+01:00'],
    ['before work', berlin, '2026-03-03T07:30+01:00', 60, '2026-03-03T09:00+01:00', '2026-03-03T10:00+01:00'],
    ['at the very end of work', berlin, '2026-03-03T17:00+01:00', 60, '2026-03-04T09:00+01:00', '2026-03-04T10:00+01:00'],
    ['over the night', berlin, '2026-03-03T16:30+01:00', 60, '2026-03-03T16:30+01:00', '2026-03-04T09:30+01:00'],
    ['over the weekend', berlin, '2026-03-06T16:30+01:00', 60, '2026-03-06T16:30+01:00', '2026-03-09T09:30+01:00'],
    ['on a Saturday', berlin, '2026-03-07T12:00+01:00', 60, '2026-03-09T09:00+01:00', '2026-03-09T10:00+01:00'],
    ['to the end of the day', berlin, '2026-03-03T16:00+01:00', 60, '2026-03-03T16:00+01:00', '2026-03-03T17:00+01:00'],
    ['over a public holiday and its weekend', berlin, '2026-04-30T16:30+02:00', 60, '2026-04-30T16:30+02:00', '2026-05-04T09:30+02:00'],
    ['over a holiday in the middle of a week', berlin, '2026-05-13T15:00+02:00', 240, '2026-05-13T15:00+02:00', '2026-05-15T11:00+02:00'],
    ['on a public holiday', berlin, '2026-05-14T12:00+02:00', 30, '2026-05-15T09:00+02:00', '2026-05-15T09:30+02:00'],
    ['over Thanksgiving, in another zone', newYork, '2026-11-25T16:00-05:00', 120, '2026-11-25T16:00-05:00', '2026-11-27T10:00-05:00'],
    [
      'over the weekend on which summer time begins',
      berlin,
      '2026-03-27T16:00+01:00',
      120,
      '2026-03-27T16:00+01:00',
      '2026-03-30T10:00+02:00',
    ],
    ['over the weekend on which it ends', berlin, '2026-10-23T16:00+02:00', 120, '2026-10-23T16:00+02:00', '2026-10-26T10:00+01:00'],
    ['in the night that lacks an hour', nights, '2026-03-29T01:30+01:00', 60, '2026-03-29T01:30+01:00', '2026-03-29T03:30+02:00'],
    ['in the night that has an hour twice', nights, '2026-10-25T01:30+02:00', 120, '2026-10-25T01:30+02:00', '2026-10-25T02:30+01:00'],
  ])('%s', (_, calendar, told, minutes, from, deadline) => {
    expect(startLevel(at(told), level(minutes), calendar)).toEqual({
      ...{ from: at(from), deadline: at(deadline) },
      ...{ remindAt: null, look: at(deadline) },
    })
  })

  it('and a calendar without hours promises nothing', () => {
    expect(startLevel(0, level(5), workingCalendar({ zone: 'UTC', hours: {}, holidays: [] }))).toBeUndefined()
  })
})

describe('LV-2 the rep is reminded', () => {
  it.each([
    ['the same day', '2026-03-03T10:00+01:00', 240, 60, '2026-03-03T13:00+01:00'],
    ['the evening before', '2026-03-03T15:00+01:00', 180, 90, '2026-03-03T16:30+01:00'],
    ['before a holiday', '2026-05-13T15:00+02:00', 240, 150, '2026-05-13T16:30+02:00'],
    ['after a weekend', '2026-03-06T16:00+01:00', 120, 30, '2026-03-09T09:30+01:00'],
  ])('%s', (_, told, minutes, before, remindAt) => {
    const start = startLevel(at(told), level(minutes, before), berlin)
    expect(start).toMatchObject({ remindAt: at(remindAt), look: at(remindAt) })
  })

  it.each([60, 61])('not where %i minutes before is the beginning, or earlier', (before) => {
    const start = startLevel(at('2026-03-03T10:00+01:00'), level(60, before), berlin)
    expect(start).toMatchObject({ remindAt: null, look: at('2026-03-03T11:00+01:00') })
  })
})

const running: LevelState = { deadline: 1000 * MINUTE, look: 900 * MINUTE, remindedAt: null, breachedAt: null, draftAt: null, bounces: 0 }
const terms = { redistribute: 1, afterBreach: 'manager' } as const
const after = (minutes: number, more: Partial<LevelState> = {}) => levelStep({ ...running, ...more }, terms, minutes * MINUTE)

describe('LV-3 at a look', () => {
  it.each([
    ['before it is time', 899, {}, { do: 'wait', look: 900 * MINUTE }],
    ['at the reminder', 900, {}, { do: 'remind', look: running.deadline }],
    ['late at the reminder', 999, {}, { do: 'remind', look: running.deadline }],
    ['once reminded', 950, { look: 1000 * MINUTE, remindedAt: 900 * MINUTE }, { do: 'wait', look: running.deadline }],
    ['without a reminder', 950, { look: 1000 * MINUTE }, { do: 'wait', look: running.deadline }],
    [
      'reminded by somebody who stopped before the next look was stored',
      950,
      { remindedAt: 900 * MINUTE },
      { do: 'wait', look: running.deadline },
    ],
    ['past the deadline, the reminder missed', 1000, {}, { do: 'claw-back', first: true, next: 'again' }],
    ['long past', 9000, {}, { do: 'claw-back', first: true, next: 'again' }],
  ])('%s', (_, minute, more, step) => {
    expect(after(minute, more)).toEqual(step)
  })

  it('LV-6 a clock that was set back waits and does nothing twice', () => {
    const reminded = { look: 1000 * MINUTE, remindedAt: 900 * MINUTE }
    for (const minute of [0, 500, 899, 900, 999]) expect(after(minute, reminded)).toEqual({ do: 'wait', look: running.deadline })
    expect(after(1, { look: 1005 * MINUTE, breachedAt: 1001 * MINUTE })).toEqual({ do: 'wait', look: running.deadline })
  })
})

describe('LV-4 while the rep writes', () => {
  it.each([
    ['the lead stays five minutes after the last change', 1000, 998, { do: 'defer', first: true, next: 'again', look: 1003 * MINUTE }],
    ['again, and is not told twice', 1003, 1002, { do: 'defer', first: false, next: 'again', look: 1007 * MINUTE }],
    ['fifteen minutes past the deadline at most', 1012, 1011, { do: 'defer', first: false, next: 'again', look: 1015 * MINUTE }],
    ['and not a moment longer', 1015, 1014, { do: 'claw-back', first: false, next: 'again' }],
    ['a draft of before is none', 1000, 995, { do: 'claw-back', first: true, next: 'again' }],
    [
      'a draft from a clock that was ahead holds fifteen minutes, too',
      1001,
      5000,
      { do: 'defer', first: false, next: 'again', look: 1015 * MINUTE },
    ],
  ])('%s', (_, minute, draft, step) => {
    const breachedAt = minute > 1000 ? 1000 * MINUTE : null
    expect(after(minute, { draftAt: draft * MINUTE, breachedAt })).toEqual(step)
  })

  it('whatever is written when: looks come to an end, within fifteen minutes of the deadline', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 * MINUTE }), { maxLength: 30 }), (changes) => {
        const drafts = changes.map((it) => running.deadline - DRAFT_REST + it).sort((a, b) => a - b)
        let [now, breachedAt]: [number, number | null] = [running.deadline, null]
        for (let looks = 0; looks < 20; looks++) {
          const draftAt = drafts.filter((it) => it <= now).at(-1) ?? null
          const step = levelStep({ ...running, look: now, draftAt, breachedAt }, terms, now)
          if (step.do === 'claw-back') return now <= running.deadline + DRAFT_MOST
          if (step.do !== 'defer' || step.look <= now) return false
          breachedAt ??= now
          now = step.look
        }
        return false
      }),
      { seed: 104, numRuns: 300 },
    )
  })
})

describe('LV-5 what comes after a breach', () => {
  it.each([
    [{ redistribute: 2, afterBreach: 'manager' }, 0, 'again'],
    [{ redistribute: 2, afterBreach: 'manager' }, 1, 'again'],
    [{ redistribute: 2, afterBreach: 'manager' }, 2, 'manager'],
    [{ redistribute: 2, afterBreach: 'no-response' }, 2, 'marketing'],
    [{ redistribute: 0, afterBreach: 'no-response' }, 0, 'marketing'],
    [{ redistribute: 0, afterBreach: 'manager' }, 0, 'manager'],
  ] as const)('%j after %i', (of, bounces, next) => {
    expect(afterBreach(of, bounces)).toBe(next)
  })
})
