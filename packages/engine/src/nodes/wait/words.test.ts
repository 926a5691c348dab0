import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../../fixtures/index.ts'
import { type Catalog, kinds, parseConfig, waitTimes } from '../../index.ts'
import { runs } from '../runs.ts'

const catalog: Catalog = {
  ...sampleCatalog,
  fields: [...sampleCatalog.fields, { key: 'renewal', label: 'Renewal', type: 'date' }, { key: 'demo', label: 'Demo', type: 'datetime' }],
  calendars: [
    {
      id: 'cal_office',
      name: 'Office',
      zone: null,
      hours: {
        1: [
          { from: '09:00', to: '12:00' },
          { from: '13:00', to: '17:00' },
        ],
      },
      holidays: [],
    },
  ],
}
const read = (until: Record<string, unknown>, slot = 1) => {
  const config = parseConfig(kinds.wait, { v: 2, until, slot })
  if (!('ok' in config)) throw new Error(JSON.stringify(config.problems))
  return config.ok
}
const page = { id: 'a', name: '', match: { kind: 'event', type: 'page', where: [] } }
const hot = { id: 'b', name: 'Became hot', match: { kind: 'condition', when: { combinator: 'and', rules: [] } } }
const chooses = { id: 'c', name: '', match: { kind: 'event', type: null, where: [] } }
const own = (more: Record<string, unknown>) => ({
  kind: 'window',
  hours: { kind: 'own', weekdays: [], from: '09:00', to: '17:00', ...more },
})

describe('E-107 the sentence of a wait', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ kind: 'duration', amount: 1, unit: 'months' }, 'Wait 1 month'],
    [{ kind: 'date', date: '2026-12-24' }, 'Wait until 24 Dec 2026, 09:00'],
    [{ kind: 'date', date: '2026-12-24', time: '15:00', zone: 'America/New_York' }, 'Wait until 24 Dec 2026, 15:00 in New York'],
    [{ kind: 'date', date: null }, 'Wait until [which date]'],
    [{ kind: 'date-field', field: 'renewal' }, 'Wait until Renewal, 09:00'],
    [
      { kind: 'date-field', field: 'renewal', offset: { amount: 3, unit: 'days', side: 'before' }, yearly: true },
      'Wait until 3 days before Renewal, 09:00, every year',
    ],
    [{ kind: 'date-field', field: 'demo', offset: { amount: 1, unit: 'hours', side: 'after' } }, 'Wait until 1 hour after Demo'],
    [{ kind: 'date-field', field: null }, 'Wait until [choose a date], 09:00'],
    [own({}), 'Wait until it is 09:00 to 17:00'],
    [own({ weekdays: [1, 2, 3, 4, 5] }), 'Wait until it is 09:00 to 17:00 on a weekday'],
    [own({ from: null }), 'Wait until it is [which hours]'],
    [{ kind: 'window', hours: { kind: 'calendar', calendarId: 'cal_office' } }, 'Wait for the hours of Office'],
    [{ kind: 'window', hours: { kind: 'calendar', calendarId: null } }, 'Wait for the hours of [choose a calendar]'],
    [{ kind: 'event', branches: [page] }, 'Wait for page'],
    [{ kind: 'event', branches: [page, hot], timeOut: { amount: 3, unit: 'days' } }, 'Wait for page or Became hot, at most 3 days'],
    [
      { kind: 'event', branches: [page, hot, chooses], timeOut: { amount: null, unit: 'days' } },
      'Wait for page, Became hot or [choose an event], at most [how long]',
    ],
    [{ kind: 'event', branches: [page], timeOut: { amount: 3, unit: 'days' }, release: 'hold' }, 'Wait 3 days, then see if page'],
    [{ kind: 'event', branches: [] }, 'Wait for [what to wait for]'],
  ])('%j', (until, expected) => {
    const words = kinds.wait.sentence(read(until), catalog).map((it) => (it.kind === 'missing' ? `[${it.text}]` : it.text))
    expect(words.join('')).toBe(expected)
  })
})

describe('E-107 what a wait checks of itself', () => {
  const event = (branches: unknown[], more: Record<string, unknown> = {}) => ({
    kind: 'event',
    branches,
    timeOut: { amount: 1, unit: 'days' },
    ...more,
  })
  test.each<[Record<string, unknown>, string[]]>([
    [{ kind: 'duration', amount: 61, unit: 'months' }, ['wait.amount until.amount']],
    [{ kind: 'date', date: null }, ['wait.date until.date']],
    [{ kind: 'date', date: '2026-02-30' }, ['wait.date until.date']],
    [{ kind: 'date', date: '10000-01-01' }, ['wait.date until.date']],
    [{ kind: 'date', date: '2026-02-28T09:00:00Z' }, ['wait.date until.date']],
    [{ kind: 'date', date: '2026-02-28', time: '9', zone: 'Mars/Phobos' }, ['wait.time until.time', 'wait.zone until.zone']],
    [{ kind: 'date', date: '2026-02-28', zone: 'asia/calcutta' }, []],
    [{ kind: 'date-field', field: null }, ['wait.field until.field']],
    [{ kind: 'date-field', field: 'job' }, ['wait.field until.field']],
    [{ kind: 'date-field', field: 'renewal', offset: { amount: 1827, unit: 'days', side: 'before' } }, ['wait.offset until.offset.amount']],
    [
      { kind: 'date-field', field: 'renewal', offset: { amount: 1.5, unit: 'days', side: 'before' }, time: null },
      ['wait.offset until.offset.amount', 'wait.time until.time'],
    ],
    [{ kind: 'date-field', field: 'renewal' }, []],
    [own({ from: '09:00', to: '09:00' }), ['wait.window until.hours.to']],
    [own({ from: null, to: '24:00' }), ['wait.time until.hours.from', 'wait.time until.hours.to']],
    [own({ from: '22:00', to: '06:00' }), []],
    [{ kind: 'window', hours: { kind: 'calendar', calendarId: null } }, ['wait.calendar until.hours.calendarId']],
    [event([]), ['wait.branches until.branches']],
    [event([chooses]), ['wait.event until.branches.0.match.type']],
    [event([page, { ...page, match: hot.match }]), ['wait.branch until.branches.1']],
    [event([{ ...page, id: 'time-out' }]), ['wait.branch until.branches.0']],
    [event([hot]), ['wait.when until.branches.0.match.when']],
    [
      event([{ ...page, match: { kind: 'event', type: 'a', where: [{ key: 'n', op: 'between', value: 3 }] } }]),
      ['wait.where until.branches.0.match.where.0.value'],
    ],
    [event([page], { timeOut: null }), ['wait.no-time-out until.timeOut']],
    [event([page], { timeOut: { amount: null, unit: 'days' } }), ['wait.time-out until.timeOut.amount']],
    [event([page], { timeOut: null, release: 'hold' }), ['wait.no-time-out until.timeOut', 'wait.hold until.release']],
    [event([page], { counts: { kind: 'within-days', days: null } }), ['wait.counts until.counts.days']],
    [event([page]), []],
  ])('%j', (until, expected) => {
    const issues = runs.wait.check(read(until), catalog)
    expect(issues.map((it) => `${it.code} ${it.path}`)).toEqual(expected)
    for (const { say } of issues) expect(say).toMatch(/[A-Z“].*\.$/)
  })

  test('E-140 no time-out is a warning, not an error', () => {
    expect(runs.wait.check(read({ kind: 'event', branches: [page] }), catalog).map((it) => it.severity)).toEqual(['warning'])
  })

  test.each([2, 0, 1.5, 120])('E-129 a slot of %d minutes is refused', (slot) => {
    expect(parseConfig(kinds.wait, { v: 2, until: { kind: 'duration', amount: 1, unit: 'days' }, slot })).toHaveProperty('problems')
  })
})

describe('E-146 the next times', () => {
  // A Friday, 21:30 in Berlin.
  const sample = { now: Date.UTC(2026, 10, 20, 20, 30), zone: 'Europe/Berlin', fields: { renewal: '1992-02-29', demo: 'soon' } }
  const shown = (until: Record<string, unknown>, slot?: number) => {
    const found = waitTimes(read(until, slot), sample, catalog)
    return found && [found.note, ...found.times.map((it) => new Date(it).toISOString().slice(0, 16))]
  }
  test.each<[Record<string, unknown>, (string | null)[] | undefined]>([
    [{ kind: 'duration', amount: 1, unit: 'days' }, [null, '2026-11-21T20:30']],
    [{ kind: 'duration', amount: null, unit: 'days' }, undefined],
    [{ kind: 'time', time: '09:00', weekdays: [1, 2, 3, 4, 5] }, [null, '2026-11-23T08:00', '2026-11-24T08:00', '2026-11-25T08:00']],
    [{ kind: 'time', time: null }, undefined],
    [{ kind: 'date', date: '2026-12-24' }, [null, '2026-12-24T08:00']],
    [{ kind: 'date', date: '2026-11-20' }, ['past']],
    [{ kind: 'date', date: null }, undefined],
    [{ kind: 'date-field', field: 'renewal', yearly: true }, [null, '2027-02-28T08:00', '2028-02-29T08:00', '2029-02-28T08:00']],
    [{ kind: 'date-field', field: 'renewal' }, ['past']],
    [{ kind: 'date-field', field: 'demo' }, ['no-date']],
    [{ kind: 'date-field', field: 'job' }, ['no-date']],
    [{ kind: 'date-field', field: null }, undefined],
    [
      { kind: 'window', hours: { kind: 'calendar', calendarId: 'cal_office' } },
      [null, '2026-11-23T08:00', '2026-11-23T12:00', '2026-11-30T08:00'],
    ],
    [own({ from: '21:00', to: '22:00' }), ['open-now', '2026-11-20T20:30', '2026-11-21T20:00', '2026-11-22T20:00']],
    [{ kind: 'window', hours: { kind: 'calendar', calendarId: 'gone' } }, undefined],
    [{ kind: 'event', branches: [page], timeOut: { amount: 2, unit: 'hours' } }, ['time-out', '2026-11-20T22:30']],
    [{ kind: 'event', branches: [page] }, ['never']],
  ])('%j', (until, expected) => expect(shown(until)).toEqual(expected))

  test('E-129 are rounded up to the slot', () => {
    expect(shown({ kind: 'duration', amount: 1, unit: 'minutes' }, 60)).toEqual([null, '2026-11-20T21:00'])
  })
})
