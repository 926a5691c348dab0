import { describe, expect, test } from 'vitest'
import { type CheckCase, end, handsOver, manual, proved, told, waits } from '../../testing/check.ts'
import type { Catalog } from '../catalog.ts'

const page = { id: 'x', name: '', match: { kind: 'event', type: 'page.viewed' } }
const happens = (until: Record<string, unknown>, ports = ['x', 'time-out']): CheckCase => ({
  nodes: [manual, ['w', 'wait', { v: 2, slot: 1, until: { kind: 'event', branches: [page], ...until } }], end],
  ways: ['in.out>w', ...ports.map((it) => `w.${it}>end`)],
})
const days = { amount: 3, unit: 'days' }

describe('E-107 a wait without a time-out', () => {
  test.each(
    proved('own', [
      ['for what may never happen', happens({ timeOut: null }, ['x']), ['wait.no-time-out w']],
      [
        'for what may never become true',
        happens(
          {
            timeOut: null,
            branches: [
              {
                id: 'x',
                name: '',
                match: {
                  kind: 'condition',
                  when: { combinator: 'and', rules: [{ subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 60 }] },
                },
              },
            ],
          },
          ['x'],
        ),
        ['wait.no-time-out w'],
      ],
      [
        'for either of two',
        happens({ timeOut: null, branches: [page, { ...page, id: 'y', match: { kind: 'event', type: 'mail.clicked' } }] }, ['x', 'y']),
        ['wait.no-time-out w'],
      ],
      ['with one', happens({ timeOut: days }), []],
      ['held for the full time', happens({ timeOut: days, release: 'hold' }), []],
      ['for a time alone', { nodes: [manual, waits('w', 1), end], ways: ['in.out>w', 'w.out>end'] }, []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['wait.no-time-out'])).toEqual(expected))
})

const out = (id: string) => ['accepted', 'rejected', 'overflow'].map((port) => `${id}.${port}>end`)
const team = (id: string, members: number) => ({ id, name: id, members })
const handed = (
  teams: readonly ReturnType<typeof team>[],
  more: readonly CheckCase['nodes'][number][] = [],
  ways: readonly string[] = [],
): CheckCase => ({
  nodes: [manual, handsOver('h'), ...more, end],
  ways: ['in.out>h', ...out('h'), ...ways],
  catalog: { teams: [...teams] },
})
const phone = (members: number) => team('team_phone', members)

describe('E-93 a hand-off to a team without members', () => {
  test.each(
    proved('own', [
      ['nobody is in it', handed([phone(0)]), ['hand-off.members h']],
      ['others have members', handed([phone(0), team('team_inbound', 4)]), ['hand-off.members h']],
      [
        'each of two hand-offs tells',
        {
          ...handed([phone(0)], [handsOver('i')], out('i')),
          ways: ['in.out>h', 'h.accepted>end', 'h.rejected>i', 'h.overflow>end', ...out('i')],
        },
        ['hand-off.members h', 'hand-off.members i'],
      ],
      ['one is in it', handed([phone(1)]), []],
      ['nobody is in another', handed([phone(1), team('team_inbound', 0)]), []],
      ['the team is gone, which is told as such', handed([]), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['hand-off.members'])).toEqual(expected))
})

const calendar = (id: string, days: Catalog['calendars'][number]['hours']): Catalog['calendars'][number] => ({
  ...{ id, name: id, zone: null, holidays: [] },
  hours: days,
})
const week = calendar('week', { 1: [{ from: '09:00', to: '17:00' }] })
const working = (calendarIds: readonly (string | null)[] | undefined, more: Partial<ReturnType<typeof team>> = {}): CheckCase => ({
  ...handed([]),
  catalog: { teams: [{ ...phone(2), ...more, calendarIds }], calendars: [week, calendar('none', {}), calendar('free', { 1: [], 7: [] })] },
})

describe('E-411 a hand-off to a team that never works', () => {
  test.each(
    proved('own', [
      ['its calendar has no day', working(['none']), ['hand-off.hours h']],
      ['its calendar has days without hours', working(['free']), ['hand-off.hours h']],
      ['each of its people has another without hours', working(['free', 'none']), ['hand-off.hours h']],
      ['one of its people works', working(['none', 'week']), []],
      ['one of its people works the usual week', working(['none', null]), []],
      ['the calendar is not known', working(['gone']), []],
      ['nobody is in it, which is told as such', working([], { members: 0 }), []],
      ['nothing is known of its hours', working(undefined), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['hand-off.hours'])).toEqual(expected))
})
