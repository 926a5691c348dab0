import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../../fixtures/index.ts'
import { buildGraph, planOf, recompute, runInMemory, samplePerson } from '../../../testing/index.ts'
import { type Catalog, emptyState, type FieldValue, type InboxItem, type JournalLine, planHash } from '../../index.ts'

const utc = (text: string) => Date.parse(`${text}Z`)
const DAY = 86_400_000
const catalog: Catalog = {
  ...sampleCatalog,
  fields: [...sampleCatalog.fields, { key: 'renewal', label: 'Renewal', type: 'date' }, { key: 'demo', label: 'Demo', type: 'datetime' }],
  calendars: [
    {
      id: 'cal_office',
      name: 'Office',
      zone: 'Europe/Berlin',
      hours: { 1: [{ from: '09:00', to: '17:00' }], 2: [{ from: '09:00', to: '17:00' }] },
      holidays: ['2026-03-09'],
    },
    { id: 'cal_never', name: 'Never', zone: null, hours: {}, holidays: [] },
  ],
}

/** A wait with all its ways leading to the end. */
const graph = (until: Record<string, unknown>, slot = 1) => {
  const ways = ['out', ...(until.past === 'too-late' ? ['too-late'] : []), ...(until.kind === 'date-field' ? ['no-date'] : [])]
  const late = until.kind === 'date-field' && until.yearly === true ? ways.filter((it) => it !== 'too-late') : ways
  return buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['w', 'wait', { v: 2, until, slot }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>w', ...late.map((it) => `w.${it}>end`)],
  )
}
interface Given {
  zone?: string
  fields?: Record<string, FieldValue>
  later?: InboxItem[]
  slot?: number
}
function lineOf(until: Record<string, unknown>, arrived: string, { zone = 'Europe/Berlin', fields = {}, later = [], slot }: Given = {}) {
  const at = utc(arrived)
  const state = emptyState(samplePerson({ key: 'a', zone, fields: { zone, ...fields } }))
  const enrol: InboxItem = { kind: 'enrol', at, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }
  const plan = planOf({ f: graph(until, slot) }, [], catalog)
  const run = runInMemory(plan, [{ state, items: [enrol, ...later] }], at + 3000 * DAY)
  const line = run.journal.find((it) => it.node === 'w')
  if (line) expect(recompute(line.reason)).toBe(line.port)
  return { line, parked: run.contacts[0]?.enrolments[0]?.vars.parked?.message }
}
const left = (line: JournalLine | undefined) => (line ? `${line.port} ${line.time.slice(0, 16)}` : 'stays')
const leaves = (until: Record<string, unknown>, arrived: string, given?: Given) => left(lineOf(until, arrived, given).line)
const set = (at: string, fields: Record<string, FieldValue | null>): InboxItem => ({
  kind: 'fields',
  at: utc(at),
  set: fields,
  source: { kind: 'key', id: 'k' },
})

describe('a wait until a date', () => {
  const until = (date: string, more: Record<string, unknown> = {}) => ({ kind: 'date', date, time: '09:00', ...more })
  test.each<[string, Record<string, unknown>, string, Given, string]>([
    ['E-120 where they live', until('2026-03-20'), '2026-03-04T07:00', {}, 'out 2026-03-20T08:00'],
    ['E-120 where they live, elsewhere', until('2026-03-20'), '2026-03-04T07:00', { zone: 'America/New_York' }, 'out 2026-03-20T13:00'],
    ['E-120 in a zone of its own', until('2026-03-20', { zone: 'Asia/Tokyo' }), '2026-03-04T07:00', {}, 'out 2026-03-20T00:00'],
    ['E-120 in the gap', until('2026-03-29', { time: '02:30' }), '2026-03-04T07:00', {}, 'out 2026-03-29T01:00'],
    ['E-120 at that very moment', until('2026-03-04'), '2026-03-04T08:00', {}, 'out 2026-03-04T08:00'],
    ['E-121 past: on', until('2026-03-04'), '2026-03-04T08:01', {}, 'out 2026-03-04T08:01'],
    ['E-121 past: a way of its own', until('2026-03-04', { past: 'too-late' }), '2026-03-04T08:01', {}, 'too-late 2026-03-04T08:01'],
    ['E-121 not past: not that way', until('2026-03-04', { past: 'too-late' }), '2026-03-04T07:59', {}, 'out 2026-03-04T08:00'],
    ['E-121 past: the end', until('2026-03-04', { past: 'exit' }), '2026-03-04T08:01', {}, 'end 2026-03-04T08:01'],
    [
      'E-120 moved: read there',
      until('2026-03-20'),
      '2026-03-04T07:00',
      { later: [set('2026-03-10T00:00', { zone: 'America/New_York' })] },
      'out 2026-03-20T13:00',
    ],
    [
      'E-120 moved to where it is past: now, and not too late',
      until('2026-03-20', { past: 'too-late' }),
      '2026-03-04T07:00',
      { later: [set('2026-03-20T05:00', { zone: 'Asia/Tokyo' })] },
      'out 2026-03-20T05:00',
    ],
    [
      'E-120 in a zone of its own moves with nobody',
      until('2026-03-20', { zone: 'Asia/Tokyo' }),
      '2026-03-04T07:00',
      { later: [set('2026-03-10T00:00', { zone: 'America/New_York' })] },
      'out 2026-03-20T00:00',
    ],
  ])('%s', (_, wait, arrived, given, expected) => expect(leaves(wait, arrived, given)).toBe(expected))

  test('E-120 further than five years: they stand still, and the message says what to do', () => {
    expect(lineOf(until('2031-03-05'), '2026-03-04T07:00').parked).toContain('more than five years away. Choose an earlier date')
  })
})

describe('a wait for a date of theirs', () => {
  const until = (more: Record<string, unknown> = {}) => ({ kind: 'date-field', field: 'renewal', ...more })
  const off = (amount: number, unit: string, side = 'before') => ({ offset: { amount, unit, side } })
  const on = (renewal: string): Given => ({ fields: { renewal } })
  test.each<[string, Record<string, unknown>, string, Given, string]>([
    ['E-122 on the day', until(), '2026-03-04T07:00', on('2026-03-20'), 'out 2026-03-20T08:00'],
    ['E-122 3 days before', until(off(3, 'days')), '2026-03-04T07:00', on('2026-03-20'), 'out 2026-03-17T08:00'],
    ['E-122 a month before the 31st', until(off(1, 'months')), '2026-02-04T07:00', on('2026-03-31'), 'out 2026-02-28T08:00'],
    ['E-122 2 hours after', until(off(2, 'hours', 'after')), '2026-03-04T07:00', on('2026-03-20'), 'out 2026-03-20T10:00'],
    [
      'E-122 a date-time at its own time',
      { ...until(off(1, 'days')), field: 'demo' },
      '2026-03-04T07:00',
      { fields: { demo: '2026-03-29T13:00:00.000Z' } },
      'out 2026-03-28T14:00',
    ],
    ['E-121 past: on', until(), '2026-03-20T08:01', on('2026-03-20'), 'out 2026-03-20T08:01'],
    ['E-121 past: its own way', until({ past: 'too-late' }), '2026-03-20T08:01', on('2026-03-20'), 'too-late 2026-03-20T08:01'],
    ['E-121 past: the end', until({ past: 'exit' }), '2026-03-20T08:01', on('2026-03-20'), 'end 2026-03-20T08:01'],
    ['E-123 empty', until(), '2026-03-04T07:00', {}, 'no-date 2026-03-04T07:00'],
    ['E-123 unreadable', until(), '2026-03-04T07:00', on('soon'), 'no-date 2026-03-04T07:00'],
    ['E-123 the year 10000', until(), '2026-03-04T07:00', on('10000-01-01'), 'no-date 2026-03-04T07:00'],
    ['E-123 the year 0', until(), '2026-03-04T07:00', on('0000-05-05'), 'no-date 2026-03-04T07:00'],
    ['E-123 further than five years', until(), '2026-03-04T07:00', on('2031-03-05'), 'no-date 2026-03-04T07:00'],
    ['E-123 no text', until(), '2026-03-04T07:00', { fields: { renewal: 3 } }, 'no-date 2026-03-04T07:00'],
    ['E-124 every year', until({ yearly: true }), '2026-03-20T08:01', on('1990-03-20'), 'out 2027-03-20T08:00'],
    ['E-124 29 February', until({ yearly: true }), '2026-01-01T08:00', on('1992-02-29'), 'out 2026-02-28T08:00'],
    [
      'E-124 past is next year, never too late',
      until({ yearly: true, past: 'too-late' }),
      '2026-03-20T08:01',
      on('2026-03-20'),
      'out 2027-03-20T08:00',
    ],
    [
      'E-124 another date while waiting',
      until(),
      '2026-03-04T07:00',
      { ...on('2026-03-20'), later: [set('2026-03-10T00:00', { renewal: '2026-04-02' })] },
      'out 2026-04-02T07:00',
    ],
    [
      'E-124 emptied while waiting',
      until(),
      '2026-03-04T07:00',
      { ...on('2026-03-20'), later: [set('2026-03-10T00:00', { renewal: null })] },
      'no-date 2026-03-10T00:00',
    ],
    [
      'E-124 another date that is past',
      until({ past: 'too-late' }),
      '2026-03-04T07:00',
      { ...on('2026-03-20'), later: [set('2026-03-10T00:00', { renewal: '2026-03-01' })] },
      'too-late 2026-03-10T00:00',
    ],
    [
      'E-124 the same date again changes nothing',
      until({ past: 'too-late' }),
      '2026-03-04T07:00',
      { ...on('2026-03-20'), later: [set('2026-03-10T00:00', { renewal: '2026-03-20', job: 'x' })] },
      'out 2026-03-20T08:00',
    ],
    [
      'E-122 moved: read there',
      until(),
      '2026-03-04T07:00',
      { ...on('2026-03-20'), later: [set('2026-03-10T00:00', { zone: 'America/New_York' })] },
      'out 2026-03-20T13:00',
    ],
  ])('%s', (_, wait, arrived, given, expected) => expect(leaves(wait, arrived, given)).toBe(expected))

  test('E-123 the reason says what was there', () => {
    expect(lineOf(until(), '2026-03-04T07:00', on('soon')).line?.reason).toMatchObject({
      code: 'wait.no-date',
      why: 'unreadable',
      value: 'soon',
    })
  })
})

describe('a wait until it is open', () => {
  const own = (more: Record<string, unknown> = {}) => ({
    kind: 'window',
    hours: { kind: 'own', weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', ...more },
  })
  const calendar = (calendarId: string) => ({ kind: 'window', hours: { kind: 'calendar', calendarId } })
  // 2026-03-04 is a Wednesday; Berlin is at +1.
  test.each<[string, Record<string, unknown>, string, Given, string]>([
    ['E-125 open: at once', own(), '2026-03-04T10:30', {}, 'out 2026-03-04T10:30'],
    ['E-125 at its start', own(), '2026-03-04T08:00', {}, 'out 2026-03-04T08:00'],
    ['E-125 its end is closed', own(), '2026-03-04T16:00', {}, 'out 2026-03-05T08:00'],
    ['E-125 the last minute', own(), '2026-03-04T15:59', {}, 'out 2026-03-04T15:59'],
    ['E-125 over the weekend', own(), '2026-03-06T20:00', {}, 'out 2026-03-09T08:00'],
    ['E-125 no day chosen is every day', own({ weekdays: [] }), '2026-03-06T20:00', {}, 'out 2026-03-07T08:00'],
    ['E-125 over midnight, before', own({ from: '22:00', to: '06:00' }), '2026-03-04T12:00', {}, 'out 2026-03-04T21:00'],
    ['E-125 over midnight, in it', own({ from: '22:00', to: '06:00' }), '2026-03-05T04:59', {}, 'out 2026-03-05T04:59'],
    ['E-125 the night of Friday is open on Saturday', own({ from: '22:00', to: '06:00' }), '2026-03-07T03:00', {}, 'out 2026-03-07T03:00'],
    ['E-125 the night before Monday is not', own({ from: '22:00', to: '06:00' }), '2026-03-09T03:00', {}, 'out 2026-03-09T21:00'],
    ['E-125 until midnight', own({ from: '22:00', to: '00:00' }), '2026-03-07T00:00', {}, 'out 2026-03-09T21:00'],
    [
      'E-126 moved to where it is open: now',
      own(),
      '2026-03-04T17:00',
      { later: [set('2026-03-04T18:00', { zone: 'America/New_York' })] },
      'out 2026-03-04T18:00',
    ],
    [
      'E-126 moved to where it is closed: its next opening there',
      own(),
      '2026-03-04T20:00',
      { later: [set('2026-03-04T21:00', { zone: 'Asia/Tokyo' })] },
      'out 2026-03-05T00:00',
    ],
    ['E-127 a calendar with its own zone', calendar('cal_office'), '2026-03-02T04:00', { zone: 'Asia/Tokyo' }, 'out 2026-03-02T08:00'],
    ['E-127 its holiday is closed', calendar('cal_office'), '2026-03-04T10:00', {}, 'out 2026-03-10T08:00'],
  ])('%s', (_, wait, arrived, given, expected) => expect(leaves(wait, arrived, given)).toBe(expected))

  test('E-126 nobody leaves while it is closed, however late the wake-up', () => {
    const plan = (state: 'live' | 'paused', pauses: { from: number; to: number | null }[]) =>
      planOf({ f: { graph: graph(own()), state, pauses } }, [], catalog)
    const [from, to] = [utc('2026-03-05T07:00'), utc('2026-03-05T19:00')]
    const timeline = [
      { from: 0, plan: plan('live', []) },
      { from, plan: plan('paused', [{ from, to: null }]) },
      { from: to, plan: plan('live', [{ from, to }]) },
    ] as const
    const state = emptyState(samplePerson({ key: 'a', zone: 'Europe/Berlin', fields: {} }))
    const at = utc('2026-03-04T20:00')
    const enrol: InboxItem = { kind: 'enrol', at, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }
    const run = runInMemory([...timeline], [{ state, items: [enrol] }], at + 30 * DAY)
    expect(left(run.journal.find((it) => it.node === 'w'))).toBe('out 2026-03-06T08:00')
  })

  test.each([
    ['cal_never', 'never open. Give it hours'],
    ['cal_gone', 'is gone. Choose another'],
  ])('E-127 with the calendar %s they stand still, and the message says what to do', (id, words) => {
    expect(lineOf(calendar(id), '2026-03-04T10:00').parked).toContain(words)
  })
})

describe('months and slots', () => {
  const lasts = (amount: number, unit: string) => ({ kind: 'duration', amount, unit })
  test.each<[string, Record<string, unknown>, string, Given, string]>([
    ['E-128 a month clamps', lasts(1, 'months'), '2026-01-31T08:00', {}, 'out 2026-02-28T08:00'],
    ['E-128 two months are counted from the start', lasts(2, 'months'), '2026-01-31T08:00', {}, 'out 2026-03-31T07:00'],
    ['E-129 up to the next 15 minutes', lasts(10, 'minutes'), '2026-03-04T09:01', { slot: 15 }, 'out 2026-03-04T09:15'],
    ['E-129 on the slot exactly', lasts(14, 'minutes'), '2026-03-04T09:01', { slot: 15 }, 'out 2026-03-04T09:15'],
    ['E-129 an hour', lasts(10, 'minutes'), '2026-03-04T09:55', { slot: 60 }, 'out 2026-03-04T11:00'],
    [
      'E-129 a window that a slot would miss opens to the minute',
      { kind: 'window', hours: { kind: 'own', weekdays: [], from: '09:10', to: '09:50' } },
      '2026-03-04T05:00',
      { slot: 60 },
      'out 2026-03-04T08:10',
    ],
    [
      'E-129 moved: due now, at the next slot',
      lasts(2, 'days'),
      '2026-06-01T07:00',
      { slot: 60, later: [set('2026-06-03T06:10', { zone: 'Asia/Tokyo' })] },
      'out 2026-06-03T07:00',
    ],
  ])('%s', (_, wait, arrived, given, expected) => expect(leaves(wait, arrived, given)).toBe(expected))

  test('E-147 a version published with the first form of waits keeps its hash, and runs as ever', () => {
    const old = buildGraph(
      [
        ['in', 'trigger', { v: 1, on: { kind: 'manual' } }],
        ['w', 'wait', { v: 1, until: { kind: 'duration', amount: 3, unit: 'days' } }],
        ['end', 'exit', { v: 1, label: 'Done' }],
      ],
      ['in.out>w', 'w.out>end'],
    )
    expect(planHash(old)).toBe('99c4720cd9cc95c927823b73d4db2947')
    expect(planOf({ f: old }).flows.get('f')?.entry?.hash).toBe('99c4720cd9cc95c927823b73d4db2947')
  })
})
