import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, runInMemory, samplePerson } from '../../testing/index.ts'
import type { Condition, Rule } from '../condition/schema.ts'
import { advance, emptyState, type InboxItem, type Plan } from '../index.ts'

const HOUR = 3_600_000
const ada = emptyState(samplePerson({ key: 'ada@example.com', fields: { email: 'ada@example.com' }, consent: { marketing: true } }))
const at = (now: number, items: InboxItem[]) =>
  [
    { now, items },
    { now, seed: '' },
  ] as const
const event = (id: string, type: string, now: number, props: Record<string, unknown> = {}): InboxItem => ({
  kind: 'event',
  at: now,
  event: { id, type, props, occurredAt: now, receivedAt: now },
})
const all = (...rules: (Rule | Condition)[]): Condition => ({ combinator: 'and', rules })
const on = (type: string) => ['in', 'trigger', { on: { kind: 'event', type, where: [], key: null } }] as const
const onSegment = (segmentId: string) => ['in', 'trigger', { on: { kind: 'segment', segmentId } }] as const
const end = ['end', 'exit', { label: '' }] as const
const ports = (plan: Plan, items: InboxItem[], now: number) =>
  advance(plan, ada, ...at(now, items)).enrolments.flatMap(({ value, steps }) => steps.map((it) => `${value.flowId} ${it.node} ${it.port}`))

describe('one instant of one contact', () => {
  const score = () =>
    buildGraph([on('go'), ['s', 'score', { dimension: 'fit', points: 10 }], end], ['in.out>s', 's.out>end'], {
      reentry: { when: 'always' },
    })
  const sees = buildGraph(
    [
      on('go'),
      [
        'b',
        'branch',
        { cases: [{ id: 'yes', name: 'Yes', when: all({ subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 10 }) }] },
      ],
      end,
    ],
    ['in.out>b', 'b.yes>end', 'b.otherwise>end'],
  )

  test('E-11 the fact of an item is true before the triggers are asked', () => {
    const counts = buildGraph(
      [
        on('go'),
        [
          'b',
          'branch',
          {
            cases: [
              {
                id: 'yes',
                name: 'Yes',
                when: all({ subject: { kind: 'event', type: 'go', where: [], window: { kind: 'ever' } }, op: 'ge', value: 1 }),
              },
            ],
          },
        ],
        end,
      ],
      ['in.out>b', 'b.yes>end', 'b.otherwise>end'],
    )
    expect(ports(planOf({ f: counts }), [event('1', 'go', 0)], 0)).toContain('f b yes')
  })

  test('E-12 E-14 what a flow does is seen by the flow that comes after it in the order of flow ids, not by the one before', () => {
    expect(ports(planOf({ a: sees, b: score(), c: sees }), [event('1', 'go', 0)], 0)).toEqual([
      'a in out',
      'a b otherwise',
      'a end end',
      'b in out',
      'b s out',
      'b end end',
      'c in out',
      'c b yes',
      'c end end',
    ])
  })

  test('E-10 items come in order of arrival, then timers by flow id and key', () => {
    const waits = buildGraph(
      [on('go'), ['w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'hours' } }], end],
      ['in.out>w', 'w.out>end'],
    )
    const plan = planOf({ b: waits, a: waits })
    const first = advance(plan, ada, ...at(0, [event('1', 'go', 0)]))
    const later = advance(planOf({ b: waits, a: waits, c: sees }), first.state, ...at(HOUR, [event('2', 'go', HOUR)]))
    expect(later.deltas.map((it) => `${it.flowId} ${it.node} ${it.port}`)).toEqual([
      'c in null',
      'c in out',
      'c b null',
      'c b otherwise',
      'c end null',
      'c end end',
      'a w out',
      'a end null',
      'a end end',
      'b w out',
      'b end null',
      'b end end',
    ])
  })

  test('E-13 segments are evaluated when a fact that they read changes, also by a step and over one another, and let people in', () => {
    const segments = [
      { id: 'warm', condition: all({ subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 10 }) },
      { id: 'warm-too', condition: all({ subject: { kind: 'segment', segmentId: 'warm' }, op: 'is' }) },
    ]
    const joined = buildGraph([onSegment('warm-too'), end], ['in.out>end'])
    const plan = planOf({ a: joined, b: score() }, segments)
    const result = advance(plan, ada, ...at(5, [event('1', 'go', 5)]))
    expect(result.members).toEqual([
      { segmentId: 'warm', since: 5, recheckAt: null },
      { segmentId: 'warm-too', since: 5, recheckAt: null },
    ])
    expect(result.deltas.map((it) => `${it.flowId} ${it.port}`)).toEqual([
      'b null',
      'b out',
      'b null',
      'b out',
      'b null',
      'b end',
      'a null',
      'a out',
      'a null',
      'a end',
    ])
  })

  test('E-13 a contact just made is evaluated for all segments', () => {
    const plan = planOf({}, [{ id: 'quiet', condition: all({ subject: { kind: 'score', dimension: 'fit' }, op: 'lt', value: 10 }) }])
    const created: InboxItem = { kind: 'created', at: 5, source: { kind: 'import', id: 'i' } }
    const result = advance(plan, ada, ...at(5, [created]))
    expect(result.members).toEqual([{ segmentId: 'quiet', since: 5, recheckAt: null }])
    expect(result.events.map((it) => it.type)).toEqual(['contact.created'])
  })

  test('E-13 segments that each want the opposite of the other are refused with the usual cause', () => {
    const member = (segmentId: string, op: 'is' | 'is-not') => all({ subject: { kind: 'segment', segmentId }, op })
    const plan = planOf({}, [
      { id: 'x', condition: member('y', 'is-not') },
      { id: 'y', condition: member('x', 'is') },
    ])
    const created: InboxItem = { kind: 'created', at: 5, source: { kind: 'import', id: 'i' } }
    expect(() => advance(plan, ada, ...at(5, [created]))).toThrow('two segments whose conditions name each other')
  })

  test('E-13 a segment that cannot be read keeps its members and asks for no more looks', () => {
    const plan = planOf({}, [{ id: 'gone', condition: all({ subject: { kind: 'field', key: 'no-such-field' }, op: 'empty' }) }])
    expect(plan.broken.map((it) => [it.segmentId, it.issues[0]?.code])).toEqual([['gone', 'condition.missing']])
    const result = advance(plan, { ...ada, members: { gone: 1 }, rechecks: { gone: 3 } }, ...at(5, []))
    expect(result.members).toEqual([{ segmentId: 'gone', since: 1, recheckAt: null }])
    expect(result.state.members).toEqual({ gone: 1 })
  })

  test('E-15 an exit rule is asked after every step: a step that ends membership ends the passage before the next step', () => {
    const segments = [{ id: 'free', condition: all({ subject: { kind: 'field', key: 'plan' }, op: 'is', value: 'free' }) }]
    const graph = buildGraph(
      [
        onSegment('free'),
        ['u', 'update-field', { field: 'plan', action: { do: 'set', value: 'paid' } }],
        ['s', 'score', { dimension: 'fit', points: 1 }],
        end,
      ],
      ['in.out>u', 'u.out>s', 's.out>end'],
      { onLeavingSegment: 'leave' },
    )
    const plan = planOf({ f: graph }, segments)
    const set: InboxItem = { kind: 'fields', at: 1, set: { plan: 'free' }, source: { kind: 'key', id: 'k' } }
    const result = advance(plan, ada, ...at(1, [set]))
    expect(result.enrolments[0]?.steps.map((it) => [it.node, it.port, it.reason.code])).toEqual([
      ['in', 'out', 'trigger.segment'],
      ['u', 'out', 'field.set'],
      ['s', 'end', 'left-segment'],
    ])
    expect(result.ledger).toEqual([])
  })

  test.each([
    ['received within a day', { receivedAt: 24 * HOUR }, 1],
    ['received later than a day', { receivedAt: 24 * HOUR + 1 }, 0],
    ['imported', { receivedAt: 0, historic: true }, 0],
  ])('E-16 an event %s', (_, more, entries) => {
    const item: InboxItem = { kind: 'event', at: 24 * HOUR + 1, event: { id: '1', type: 'go', props: {}, occurredAt: 0, ...more } }
    const result = advance(planOf({ f: score() }), ada, ...at(24 * HOUR + 1, [item]))
    expect(result.enrolments).toHaveLength(entries)
    expect(result.refused.map((it) => it.why)).toEqual(entries === 1 ? [] : ['historic'])
    expect(result.state.events).toHaveLength(1)
  })

  test('E-17 the same event again changes nothing', () => {
    const plan = planOf({ f: score() })
    const twice = advance(plan, ada, ...at(0, [event('1', 'go', 0), event('1', 'go', 0)]))
    expect(twice.ledger).toHaveLength(1)
    expect(twice.state.events).toHaveLength(1)
  })

  test('E-4 events are kept in the order in which they occurred, then by id, as a store gives them back', () => {
    const late: InboxItem = { kind: 'event', at: 9, event: { id: 'a', type: 'x', props: {}, occurredAt: 3, receivedAt: 9 } }
    const result = advance(planOf({}), ada, ...at(9, [event('c', 'x', 3), event('b', 'x', 3), event('d', 'x', 5), late]))
    expect(result.state.events.map((it) => it.id)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('E-18 a segment that changes by time alone is looked at again at the next slot', () => {
    const recent = all({ subject: { kind: 'event', type: 'go', where: [], window: { kind: 'days', days: 1 } }, op: 'ge', value: 1 })
    const plan = planOf({}, [{ id: 'recent', condition: recent }])
    const joined = advance(plan, ada, ...at(90_500, [event('1', 'go', 90_500)]))
    const recheckAt = 24 * HOUR + 120_000
    expect(joined.members).toEqual([{ segmentId: 'recent', since: 90_500, recheckAt }])
    const left = advance(plan, joined.state, ...at(recheckAt, []))
    expect(left.members).toEqual([{ segmentId: 'recent', since: null, recheckAt: null }])
  })

  test('E-19 an event whose item comes later in the turn does not count before it, though it is stored', () => {
    const stored = { ...ada, events: [{ id: '2', type: 'late', props: {}, occurredAt: 0, receivedAt: 0 }] }
    const counts = buildGraph(
      [
        on('go'),
        [
          'b',
          'branch',
          {
            cases: [
              {
                id: 'yes',
                name: 'Yes',
                when: all({ subject: { kind: 'event', type: 'late', where: [], window: { kind: 'ever' } }, op: 'ge', value: 1 }),
              },
            ],
          },
        ],
        end,
      ],
      ['in.out>b', 'b.yes>end', 'b.otherwise>end'],
    )
    const result = advance(planOf({ f: counts }), stored, ...at(0, [event('1', 'go', 0), event('2', 'late', 0)]))
    expect(result.enrolments[0]?.steps[1]?.port).toBe('otherwise')
    expect(result.state.events.map((it) => it.id)).toEqual(['1', '2'])
  })

  test('E-9 E-63 a score step asked again for the same visit adds nothing', () => {
    const plan = planOf({ f: score() })
    const first = advance(plan, ada, ...at(0, [event('1', 'go', 0)]))
    const again = advance(plan, { ...ada, ledger: first.ledger }, ...at(0, [event('2', 'go', 0)]))
    expect(again.ledger).toEqual([])
    expect(again.enrolments[0]?.steps[1]?.reason).toMatchObject({ code: 'score.added', points: 0, before: 1000, after: 1000 })
  })

  test('E-6 no two effect keys run together, whatever stands in their parts', () => {
    const plan = planOf({ f: score() })
    const keyOf = (key: string) =>
      advance(plan, emptyState(samplePerson({ key, fields: {} })), ...at(0, [event('1', 'go', 0)])).ledger[0]?.key
    expect(keyOf('a/f')).toBe('a%2Ff/f//1/s/1/0')
    expect(keyOf('a%2Ff')).toBe('a%252Ff/f//1/s/1/0')
  })

  test('E-1 E-28 visits and entries count from 1', () => {
    const plan = planOf({ f: score() })
    const run = runInMemory(plan, [{ state: ada, items: [event('1', 'go', 0), event('2', 'go', HOUR)] }], HOUR)
    expect(run.turns.flatMap((it) => it.result.enrolments.map(({ value }) => value.entry))).toEqual([1, 2])
    expect(run.contacts[0]?.ledger.map((it) => it.key)).toEqual(['ada@example.com/f//1/s/1/0', 'ada@example.com/f//2/s/1/0'])
  })
})
