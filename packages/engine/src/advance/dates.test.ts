import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph, planOf, recompute, runInMemory, samplePerson } from '../../testing/index.ts'
import {
  advance,
  type Catalog,
  type ContactState,
  datedId,
  emptyState,
  type FieldValue,
  type InboxItem,
  type Plan,
  type TurnResult,
} from '../index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const at = (text: string) => Date.parse(text)

const catalog: Catalog = {
  ...sampleCatalog,
  workspaceZone: 'UTC',
  fields: [
    ...sampleCatalog.fields,
    { key: 'renewal', label: 'Renewal', type: 'date' },
    { key: 'call_at', label: 'Call', type: 'datetime' },
  ],
}
const flow = (on: Record<string, unknown>) =>
  buildGraph(
    [
      ['in', 'trigger', { v: 2, on: { kind: 'date', field: 'renewal', amount: 0, ...on } }],
      ['end', 'exit', { label: 'Done' }],
    ],
    ['in.out>end'],
    { reentry: { when: 'always' } },
  )
const planFor = (on: Record<string, unknown>) => planOf({ f: flow(on) }, [], catalog)
const ada = emptyState(samplePerson({ key: 'ada@example.com', fields: {} }))
const ID = datedId({ flowId: 'f', node: 'in' })
const set = (when: number, fields: Readonly<Record<string, FieldValue | null>>): InboxItem => ({
  kind: 'fields',
  at: when,
  set: fields,
  source: { kind: 'key', id: 'k' },
})
const turn = (plan: Plan, state: ContactState, now: number, ...items: InboxItem[]): TurnResult =>
  advance(plan, state, { now, items }, { now, seed: '' })
/** When they came in, from the first item on. */
const entered = (plan: Plan, items: readonly InboxItem[], until: number, state = ada) => {
  const { journal } = runInMemory(plan, [{ state, items }], until)
  for (const line of journal) expect(recompute(line.reason)).toBe(line.port)
  return journal.filter((it) => it.node === 'in').map((it) => it.time)
}

describe('a date lets in', () => {
  test.each([
    ['on the day at nine', {}, {}, '2026-03-10', ['2026-03-10T09:00:00.000Z']],
    ['at another time of day', { time: '17:30' }, {}, '2026-03-10', ['2026-03-10T17:30:00.000Z']],
    ['three days before', { amount: 3 }, {}, '2026-03-10', ['2026-03-07T09:00:00.000Z']],
    ['two weeks after', { amount: 2, unit: 'weeks', side: 'after' }, {}, '2026-03-10', ['2026-03-24T09:00:00.000Z']],
    ['a month after the 31st', { amount: 1, unit: 'months', side: 'after' }, {}, '2026-03-31', ['2026-04-30T09:00:00.000Z']],
    ['36 hours before', { amount: 36, unit: 'hours' }, {}, '2026-03-10', ['2026-03-08T21:00:00.000Z']],
    ['in the own zone', {}, { zone: 'America/New_York' }, '2026-03-20', ['2026-03-20T13:00:00.000Z']],
    ['by the country', {}, { country: 'JP' }, '2026-03-20', ['2026-03-20T00:00:00.000Z']],
    ['when its hour is skipped', { time: '02:30' }, { zone: 'Europe/Berlin' }, '2026-03-29', ['2026-03-29T01:00:00.000Z']],
    ['every year', { yearly: true }, {}, '1990-05-02', ['2026-05-02T09:00:00.000Z', '2027-05-02T09:00:00.000Z']],
    ['every year on 29 February', { yearly: true, amount: 1 }, {}, '2024-02-29', ['2027-02-27T09:00:00.000Z', '2028-02-28T09:00:00.000Z']],
    ['a date that is past', {}, {}, '2026-01-10', []],
    ['no date', {}, {}, 'soon', []],
  ])('E-160 E-162 %s', (_, on, fields, renewal, expected) => {
    const begin = at('2026-03-01T00:00:00Z')
    const until = begin + (expected.length > 1 ? 730 : 62) * DAY
    expect(entered(planFor(on), [set(begin, { ...fields, renewal })], until)).toEqual(expected)
  })

  test('E-160 a date-time at its own time', () => {
    const plan = planFor({ field: 'call_at', amount: 2, unit: 'hours' })
    expect(entered(plan, [set(at('2026-03-01T00:00:00Z'), { call_at: '2026-03-02T15:45:00Z' })], at('2026-03-09T00:00:00Z'))).toEqual([
      '2026-03-02T13:45:00.000Z',
    ])
  })

  test('E-160 the reason says what it was made of', () => {
    const { journal } = runInMemory(
      planFor({ amount: 3 }),
      [{ state: ada, items: [set(at('2026-03-01T00:00:00Z'), { renewal: '2026-03-10', zone: 'Europe/Berlin' })] }],
      at('2026-03-09T00:00:00Z'),
    )
    expect(journal[0]?.reason).toEqual({
      code: 'trigger.date',
      field: 'renewal',
      value: '2026-03-10',
      amount: 3,
      unit: 'days',
      side: 'before',
      time: '09:00',
      yearly: false,
      zone: 'Europe/Berlin',
      zoneSource: 'contact',
      target: at('2026-03-07T08:00:00Z'),
    })
  })

  test('E-160 what arrived before the moment counts though the turn is late', () => {
    const due = at('2026-03-10T09:00:00Z')
    const plan = planFor({})
    const late = turn(plan, ada, due + HOUR, set(due - MINUTE, { renewal: '2026-03-10' }))
    expect(late.enrolments).toHaveLength(1)
    expect(turn(plan, ada, due + HOUR, set(due + MINUTE, { renewal: '2026-03-10' })).enrolments).toHaveLength(0)
    const planned = turn(plan, ada, due - DAY, set(due - DAY, { renewal: '2026-03-10' })).state
    expect(turn(plan, planned, due + HOUR, set(due - MINUTE, { renewal: '2026-04-10' })).enrolments).toHaveLength(0)
  })

  test('E-162 a move to another zone on the day does not fire again; before it, it moves the moment', () => {
    const items = [
      set(at('2026-03-01T00:00:00Z'), { renewal: '2026-03-10', zone: 'Europe/Berlin' }),
      set(at('2026-03-10T08:30:00Z'), { zone: 'America/Los_Angeles' }),
    ]
    expect(entered(planFor({}), items, at('2026-03-20T00:00:00Z'))).toEqual(['2026-03-10T08:00:00.000Z'])
    const moved = [items[0] ?? set(0, {}), set(at('2026-03-10T07:30:00Z'), { zone: 'America/Los_Angeles' })]
    expect(entered(planFor({}), moved, at('2026-03-20T00:00:00Z'))).toEqual(['2026-03-10T16:00:00.000Z'])
  })

  test('E-162 another date fires again, also on the next day', () => {
    const items = [set(at('2026-03-01T00:00:00Z'), { renewal: '2026-03-10' }), set(at('2026-03-10T12:00:00Z'), { renewal: '2026-03-11' })]
    expect(entered(planFor({}), items, at('2026-03-20T00:00:00Z'))).toEqual(['2026-03-10T09:00:00.000Z', '2026-03-11T09:00:00.000Z'])
  })

  test('E-160 the pass at publish plans for those who are there already; a new person is planned at once', () => {
    const plan = planFor({})
    const known: ContactState = { ...ada, person: { ...ada.person, fields: { renewal: '2026-03-10' } } }
    const begin = at('2026-03-01T00:00:00Z')
    const planned = turn(plan, known, begin, { kind: 'recheck', at: begin, segmentId: ID })
    expect(planned.members).toEqual([{ segmentId: ID, since: null, recheckAt: at('2026-03-10T09:00:00Z') }])
    const created = turn(plan, known, begin, { kind: 'created', at: begin, source: { kind: 'key', id: 'k' } })
    expect(created.state.rechecks).toEqual({ [ID]: at('2026-03-10T09:00:00Z') })
  })

  test('E-167 what no longer comes is not planned: the date is emptied, the flow is gone, the trigger is another', () => {
    const begin = at('2026-03-01T00:00:00Z')
    const planned = turn(planFor({}), ada, begin, set(begin, { renewal: '2026-03-10' })).state
    expect(turn(planFor({}), planned, begin + 1, set(begin + 1, { renewal: null })).state.rechecks).toEqual({})
    const due = at('2026-03-10T09:00:00Z')
    expect(turn(planOf({}, [], catalog), planned, due)).toMatchObject({
      enrolments: [],
      members: [{ segmentId: ID, since: null, recheckAt: null }],
    })
    const changed = turn(planFor({ amount: 5, side: 'after' }), planned, due)
    expect(changed.enrolments).toEqual([])
    expect(changed.state.rechecks).toEqual({ [ID]: at('2026-03-15T09:00:00Z') })
  })

  test('E-160 in a paused flow it is recorded, and goes on at resume', () => {
    const begin = at('2026-03-01T00:00:00Z')
    const paused = planOf({ f: { graph: flow({}), state: 'paused', pauses: [{ from: begin, to: null }] } }, [], catalog)
    const { contacts } = runInMemory(paused, [{ state: ada, items: [set(begin, { renewal: '2026-03-10' })] }], begin + 20 * DAY)
    expect(contacts[0]?.enrolments[0]).toMatchObject({ node: 'in', dueAt: at('2026-03-10T09:00:00Z') })
  })
})

describe('no moment is missed', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'Asia/Kolkata', 'Australia/Lord_Howe']
  const begin = at('2026-03-06T00:00:00Z')
  const window = 3 * DAY
  const day = fc.integer({ min: -2, max: 5 }).map((n) => new Date(begin + n * DAY).toISOString().slice(0, 10))
  const change = fc.record({
    minute: fc.integer({ min: 0, max: window / MINUTE }),
    fields: fc.oneof(
      fc.record({ renewal: fc.oneof(day, fc.constant(null)) }),
      fc.record({ zone: fc.constantFrom(...zones) }),
      fc.record({ renewal: day, zone: fc.constantFrom(...zones) }),
    ),
  })
  const moment = fc.record({
    amount: fc.integer({ min: 0, max: 3 }),
    unit: fc.constantFrom('hours', 'days'),
    side: fc.constantFrom('before', 'after'),
    time: fc.constantFrom('00:00', '02:30', '09:00', '23:59'),
    yearly: fc.boolean(),
  })

  test('E-160 E-167 turns at the planned instants let in at the same minutes as a turn every minute', () => {
    fc.assert(
      fc.property(moment, fc.array(change, { minLength: 1, maxLength: 4 }), (on, changes) => {
        const plan = planFor(on)
        const items = changes.map(({ minute, fields }) => set(begin + minute * MINUTE, fields)).sort((a, b) => a.at - b.at)
        const planned = entered(plan, items, begin + window)
        const everyMinute: string[] = []
        let state = ada
        for (let now = begin; now <= begin + window; now += MINUTE) {
          const due = items.filter((it) => it.at === now)
          const result = turn(plan, state, now, ...due)
          for (const it of result.enrolments) if (it.isNew) everyMinute.push(new Date(now).toISOString())
          state = result.state
        }
        expect(planned).toEqual(everyMinute)
      }),
      { seed: 7, numRuns: 12 },
    )
  })

  test('E-160 every date whose moment lies in the time that it was known for has let in, and no other', () => {
    fc.assert(
      fc.property(moment, day, fc.constantFrom(...zones), (on, renewal, zone) => {
        const planned = entered(planFor(on), [set(begin, { renewal, zone })], begin + window)
        const { amount, unit, side, time, yearly } = on
        const far = (unit === 'hours' ? HOUR : DAY) * amount * (side === 'before' ? -1 : 1)
        // By brute force: each minute asks what the wall of the zone shows, as far from the date as the author said.
        const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
        const hits: string[] = []
        for (let now = begin + MINUTE; now <= begin + window; now += MINUTE) {
          const anchor = unit === 'hours' ? now - far : now
          const days = unit === 'days' ? far : 0
          const target = new Date(Date.parse(`${renewal}T00:00:00Z`) + days).toISOString().slice(0, 10)
          if (wall.format(anchor) === `${target} ${time}`) hits.push(new Date(now).toISOString())
        }
        // 02:30 does not exist in one night of New York within the window: the transition stands for it (LT-5).
        if (!(zone === 'America/New_York' && time === '02:30')) expect([yearly, planned]).toEqual([yearly, hits])
      }),
      { seed: 11, numRuns: 60 },
    )
  })
})

describe('points that age', () => {
  const [first] = sampleCatalog.dimensions
  if (!first) throw new Error('no score')
  // Half of it after each UTC day, in millionths.
  const factors = Array.from({ length: 12 }, (_, day) => Math.round(1_000_000 / 2 ** day))
  const ageing: Catalog = { ...catalog, dimensions: [{ ...first, factors }] }
  const flows = (way: 'up' | 'down', points: number) => ({
    f: buildGraph(
      [
        ['in', 'trigger', { v: 2, on: { kind: 'score', dimension: first.id, way, points } }],
        ['end', 'exit', { label: 'Done' }],
      ],
      ['in.out>end'],
      { reentry: { when: 'always' } },
    ),
    g: buildGraph(
      [
        ['go', 'trigger', { v: 2, on: { kind: 'event', type: 'go' } }],
        ['s', 'score', { dimension: first.id, points: 40 }],
        ['end', 'exit', { label: 'Done' }],
      ],
      ['go.out>s', 's.out>end'],
      { reentry: { when: 'always' } },
    ),
  })
  const go = (when: number): InboxItem => ({
    kind: 'event',
    at: when,
    event: { id: `go${when}`, type: 'go', props: {}, occurredAt: when, receivedAt: when },
  })
  const begin = at('2026-03-01T12:00:00Z')

  test('E-157 E-167 a score falls under its threshold by time alone, at the midnight at which it does', () => {
    const { journal } = runInMemory(planOf(flows('down', 15), [], ageing), [{ state: ada, items: [go(begin)] }], begin + 10 * DAY)
    const line = journal.filter((it) => it.node === 'in')
    expect(line.map((it) => it.time)).toEqual(['2026-03-03T00:00:00.000Z'])
    expect(line[0]?.reason).toMatchObject({ code: 'trigger.score', before: 2000, after: 1000, byTime: true })
    expect(recompute(line[0]?.reason ?? { code: 'flow-stopped' })).toBe('out')
  })

  test('E-157 new points put it off', () => {
    const items = [go(begin), go(begin + DAY)]
    const { journal } = runInMemory(planOf(flows('down', 15), [], ageing), [{ state: ada, items }], begin + 10 * DAY)
    // 60 on the 2nd, 30 on the 3rd, 15 on the 4th, 7.50 on the 5th.
    expect(journal.filter((it) => it.node === 'in').map((it) => it.time)).toEqual(['2026-03-05T00:00:00.000Z'])
  })

  test('E-157 points do not rise by age', () => {
    const { journal } = runInMemory(planOf(flows('up', 30), [], ageing), [{ state: ada, items: [go(begin)] }], begin + 10 * DAY)
    expect(journal.filter((it) => it.node === 'in').map((it) => it.time)).toEqual(['2026-03-01T12:00:00.000Z'])
  })
})
