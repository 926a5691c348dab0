import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, recompute, runInMemory, samplePerson } from '../../../testing/index.ts'
import { emptyState, type InboxItem } from '../../index.ts'

const utc = (text: string) => Date.parse(`${text}Z`)
const graph = (until: Record<string, unknown>) =>
  buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['w', 'wait', { until }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>w', 'w.out>end'],
  )

/** When the wait is left by somebody who arrives then, living there; later items may change that. */
function leaves(until: Record<string, unknown>, arrived: string, zone: string, later: InboxItem[] = []): string {
  const at = utc(arrived)
  const state = emptyState(samplePerson({ key: 'a', zone, fields: { zone } }))
  const enrol: InboxItem = { kind: 'enrol', at, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }
  const run = runInMemory(planOf({ f: graph(until) }), [{ state, items: [enrol, ...later] }], at + 3000 * 86_400_000)
  const line = run.journal.find((it) => it.node === 'w')
  if (!line) throw new Error('the wait was not left')
  expect(recompute(line.reason)).toBe('out')
  return line.time.slice(0, -1)
}
const move = (at: string, zone: string): InboxItem => ({ kind: 'fields', at: utc(at), set: { zone }, source: { kind: 'key', id: 'k' } })
const lasts = (amount: number, unit: string) => ({ kind: 'duration', amount, unit })
const until = (time: string, weekdays: number[] = [], late: Record<string, unknown> = { do: 'next' }) => ({
  kind: 'time',
  time,
  weekdays,
  late,
})

describe('a wait for a length of time', () => {
  test.each([
    // Berlin goes from 02:00 to 03:00 on 2026-03-29 and back from 03:00 on 2026-10-25.
    ['E-41 24 hours over the change', lasts(24, 'hours'), '2026-03-28T09:00:00.000', 'Europe/Berlin', '2026-03-29T09:00:00.000'],
    ['E-42 1 day over the change', lasts(1, 'days'), '2026-03-28T09:00:00.000', 'Europe/Berlin', '2026-03-29T08:00:00.000'],
    ['E-42 1 day back over the change', lasts(1, 'days'), '2026-10-24T09:00:00.000', 'Europe/Berlin', '2026-10-25T10:00:00.000'],
    [
      'E-42 1 day into the gap: the instant of the transition',
      lasts(1, 'days'),
      '2026-03-28T01:30:00.000',
      'Europe/Berlin',
      '2026-03-29T01:00:00.000',
    ],
    ['E-42 1 day into the overlap: the first', lasts(1, 'days'), '2026-10-24T00:30:00.000', 'Europe/Berlin', '2026-10-25T00:30:00.000'],
    ['E-42 2 weeks', lasts(2, 'weeks'), '2026-03-20T09:00:00.000', 'Europe/Berlin', '2026-04-03T08:00:00.000'],
    ['E-46 rounded up to the minute, never down', lasts(10, 'minutes'), '2026-03-20T09:00:00.001', 'UTC', '2026-03-20T09:11:00.000'],
    ['E-46 on the minute exactly', lasts(10, 'minutes'), '2026-03-20T09:00:00.000', 'UTC', '2026-03-20T09:10:00.000'],
    ['E-47 five years', lasts(1826, 'days'), '2026-03-20T09:00:00.000', 'UTC', '2031-03-20T09:00:00.000'],
  ])('%s', (_, wait, arrived, zone, expected) => {
    expect(leaves(wait, arrived, zone)).toBe(expected)
  })

  test.each([
    [
      'E-45 a day wait is read in the new zone',
      lasts(2, 'days'),
      [move('2026-06-02T09:00:00.000', 'America/New_York')],
      '2026-06-03T13:00:00.000',
    ],
    ['E-45 never earlier than now', lasts(2, 'days'), [move('2026-06-03T06:00:30.000', 'Asia/Tokyo')], '2026-06-03T06:01:00.000'],
    ['E-45 hours do not move', lasts(48, 'hours'), [move('2026-06-02T09:00:00.000', 'America/New_York')], '2026-06-03T07:00:00.000'],
    [
      'E-45 there and back',
      lasts(2, 'days'),
      [move('2026-06-02T09:00:00.000', 'America/New_York'), move('2026-06-02T10:00:00.000', 'Europe/Berlin')],
      '2026-06-03T07:00:00.000',
    ],
  ])('%s', (_, wait, moves, expected) => {
    expect(leaves(wait, '2026-06-01T07:00:00.000', 'Europe/Berlin', moves)).toBe(expected)
  })
})

describe('a wait until a time of day', () => {
  test.each([
    // 2026-03-04 is a Wednesday; Berlin is at +1.
    ['E-43 later today', until('09:00'), '2026-03-04T07:00:00.000', '2026-03-04T08:00:00.000'],
    ['E-43 at that very moment', until('09:00'), '2026-03-04T08:00:00.000', '2026-03-04T08:00:00.000'],
    ['E-43 the next valid day', until('09:00', [1, 5]), '2026-03-04T07:00:00.000', '2026-03-06T08:00:00.000'],
    ['E-43 in the gap: the instant of the transition', until('02:30'), '2026-03-28T12:00:00.000', '2026-03-29T01:00:00.000'],
    ['E-44 next: five minutes late', until('09:00'), '2026-03-04T08:05:00.000', '2026-03-05T08:00:00.000'],
    ['E-44 grace: in time', until('09:00', [], { do: 'grace', minutes: 5 }), '2026-03-04T08:05:00.000', '2026-03-04T08:05:00.000'],
    [
      'E-44 grace: a millisecond too late',
      until('09:00', [], { do: 'grace', minutes: 5 }),
      '2026-03-04T08:05:00.001',
      '2026-03-05T08:00:00.000',
    ],
    ['E-44 grace: past midnight', until('23:55', [], { do: 'grace', minutes: 10 }), '2026-03-04T23:03:00.000', '2026-03-04T23:03:00.000'],
    [
      'E-44 grace: the day before was not valid',
      until('23:55', [4], { do: 'grace', minutes: 10 }),
      '2026-03-04T23:03:00.000',
      '2026-03-05T22:55:00.000',
    ],
    ['E-44 skip: late today', until('09:00', [], { do: 'skip' }), '2026-03-04T15:00:00.000', '2026-03-04T15:00:00.000'],
    ['E-44 skip: early today', until('09:00', [], { do: 'skip' }), '2026-03-04T07:00:00.000', '2026-03-04T08:00:00.000'],
    ['E-44 skip: today is not valid', until('09:00', [5], { do: 'skip' }), '2026-03-04T15:00:00.000', '2026-03-06T08:00:00.000'],
  ])('%s', (_, wait, arrived, expected) => {
    expect(leaves(wait, arrived, 'Europe/Berlin')).toBe(expected)
  })

  test('E-45 nine o’clock is read in the new zone', () => {
    expect(leaves(until('09:00'), '2026-06-01T12:00:00.000', 'Europe/Berlin', [move('2026-06-01T13:00:00.000', 'America/New_York')])).toBe(
      '2026-06-02T13:00:00.000',
    )
  })
})

describe('E-40 the zone', () => {
  test.each([
    ['its own', { zone: 'Asia/Tokyo', country: 'FR' }, 'Asia/Tokyo', 'contact'],
    ['of the country', { country: 'FR' }, 'Europe/Paris', 'country'],
    ['of the workspace', {}, 'Europe/Berlin', 'workspace'],
    ['one that is none', { zone: 'Mars/Olympus' }, 'Europe/Berlin', 'workspace'],
  ])('%s', (_, fields, zone, zoneSource) => {
    const state = emptyState(samplePerson({ key: 'a', fields, zone: 'zone' in fields ? (fields.zone ?? null) : null }))
    const enrol: InboxItem = { kind: 'enrol', at: 0, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }
    const run = runInMemory(planOf({ f: graph(lasts(1, 'days')) }), [{ state, items: [enrol] }], 1e9)
    expect(run.journal.find((it) => it.node === 'w')?.reason).toMatchObject({ zone, zoneSource })
  })
})
