import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph, planOf, samplePerson } from '../../testing/index.ts'
import { advance, buildPlan, type ContactState, emptyState, type InboxItem, type Plan } from '../index.ts'

const HOUR = 3_600_000
const ada = emptyState(samplePerson({ key: 'ada', fields: { email: 'ada@example.com' }, consent: { marketing: true } }))
const turn = (plan: Plan, state: ContactState, now: number, ...items: InboxItem[]) =>
  advance(plan, state, { now, items }, { now, seed: '' })
const wait = ['w', 'wait', { until: { kind: 'duration', amount: 9, unit: 'days' } }] as const
const end = ['end', 'exit', { label: '' }] as const
const by = (on: object, settings: object = {}) =>
  buildGraph([['in', 'trigger', { v: 2, on }], wait, end], ['in.out>w', 'w.out>end'], settings)
type Enrol = Extract<InboxItem, { kind: 'enrol' }>
const enrol = (kind: Enrol['source']['kind'], more: Partial<Enrol> = {}): Enrol => ({
  kind: 'enrol',
  at: 0,
  flowId: 'f',
  node: 'in',
  key: '',
  source: { kind, id: 'x' },
  ...more,
})
const free = {
  id: 'free',
  condition: {
    combinator: 'and' as const,
    rules: [{ subject: { kind: 'field' as const, key: 'plan' }, op: 'is' as const, value: 'free' }],
  },
}

describe('E-163 the reason says who let somebody in', () => {
  test.each([
    ['manual', 'user', 'trigger.manual'],
    ['manual', 'key', 'trigger.manual'],
    ['manual', 'flow', 'trigger.manual'],
    ['api', 'key', 'trigger.api'],
    ['api', 'user', 'trigger.manual'],
    ['api', 'flow', 'trigger.manual'],
    ['flow', 'flow', 'trigger.flow'],
    ['flow', 'user', 'trigger.manual'],
    ['flow', 'key', 'trigger.manual'],
  ] as const)('at a trigger of kind %s by a %s', (kind, source, code) => {
    const result = turn(planOf({ f: by({ kind }) }), ada, 0, enrol(source))
    expect(result.enrolments[0]?.steps[0]?.reason.code).toBe(code)
  })

  test('E-161 by hand also at a schedule, whatever its segment says', () => {
    const every = { every: 'day', time: '09:00' }
    const plan = planOf({ f: by({ kind: 'schedule', segmentId: 'free', every }) }, [free])
    expect(turn(plan, ada, 0, enrol('user')).enrolments[0]?.steps[0]?.reason.code).toBe('trigger.manual')
  })

  test.each([
    ['no such flow', planOf({ other: by({ kind: 'manual' }) })],
    [
      'a flow without a version that takes people in',
      {
        ...planOf({ f: by({ kind: 'manual' }) }),
        flows: new Map([['f', { flowId: 'f', state: 'live', entry: null, versions: new Map(), pauses: [] }]]),
      } satisfies Plan,
    ],
  ])('E-24 %s is closed', (_, plan) => {
    expect(turn(plan, ada, 0, enrol('user')).refused).toEqual([{ flowId: 'f', node: 'in', why: 'closed', at: 0 }])
  })
})

describe('E-24 one item lets in once per flow', () => {
  test('E-20 also where two triggers of a flow listen to one segment, and coming again restarts', () => {
    const two = buildGraph(
      [
        ['a', 'trigger', { on: { kind: 'segment', segmentId: 'free' } }],
        ['b', 'trigger', { on: { kind: 'segment', segmentId: 'free' } }],
        wait,
        end,
      ],
      ['a.out>w', 'b.out>w', 'w.out>end'],
      { whileInside: 'restart' },
    )
    const set: InboxItem = { kind: 'fields', at: 0, set: { plan: 'free' }, source: { kind: 'key', id: 'k' } }
    expect(turn(planOf({ f: two }, [free]), ada, 0, set).enrolments.map((it) => [it.value.entry, it.steps[0]?.node])).toEqual([[1, 'a']])
  })
})

test('E-161 E-164 a schedule says nothing of members whom the roll-out has not reached', () => {
  const plan = planOf({ f: by({ kind: 'schedule', segmentId: 'free', every: { every: 'day', time: '09:00' } }) }, [free])
  const shared = (share: number) =>
    buildPlan({
      flows: [...plan.flows.values()].map((it) => ({ ...it, share })),
      segments: [free],
      catalog: { ...sampleCatalog, segments: [...sampleCatalog.segments, { id: 'free', name: 'Free' }] },
    })
  const member = emptyState(samplePerson({ key: 'ada', fields: { plan: 'free' } }))
  const due = enrol('system', { occurrence: 9 * HOUR })
  expect(turn(shared(0), member, 9 * HOUR, due)).toMatchObject({ enrolments: [], refused: [] })
  expect(turn(shared(1), member, 9 * HOUR, due).enrolments).toHaveLength(1)
})

describe('E-222 another flow is started at its own start', () => {
  const starts = (flowId: string) =>
    buildGraph(
      [['in', 'trigger', { on: { kind: 'manual' } }], ['go', 'start-flow', { v: 1, flowId, key: { from: 'none' }, pass: [] }], end],
      ['in.out>go', 'go.out>end'],
    )
  const known = { ...sampleCatalog, flows: ['b', 'c'].map((id) => ({ id, name: id, version: 1, startable: true })) }
  const other = buildGraph(
    [['a', 'trigger', { on: { kind: 'manual' } }], ['z', 'trigger', { v: 2, on: { kind: 'flow' } }], wait, end],
    ['a.out>w', 'z.out>w', 'w.out>end'],
  )

  test('E-163 not at the first of its triggers', () => {
    const result = turn(planOf({ f: starts('b'), b: other }, [], known), ada, 0, enrol('user'))
    expect(result.enrolments.map((it) => `${it.value.flowId} ${it.steps[0]?.node} ${it.steps[0]?.reason.code}`)).toEqual([
      'b z trigger.flow',
      'f in trigger.manual',
    ])
  })

  test.each([
    ['it is gone', planOf({ f: starts('b') }, [], known)],
    ['it has no such start', planOf({ f: starts('b'), b: by({ kind: 'manual' }) }, [], known)],
  ])('E-24 where %s it is closed, and this one goes on', (_, plan) => {
    const result = turn(plan, ada, 0, enrol('user'))
    expect(result.refused.map((it) => [it.flowId, it.why])).toEqual([['b', 'closed']])
    expect(result.enrolments.map((it) => it.ended?.how)).toEqual(['finished'])
  })
})

describe('E-9 what was made by a key is not made again', () => {
  const graph = buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['s', 'score', { dimension: 'fit', points: 5 }],
      ['m', 'send-email', { templateId: 'tpl_recording' }],
      ['h', 'hand-to-sales', { teamId: 'team_inbound', why: 'Ready' }],
      end,
    ],
    ['in.out>s', 's.out>m', 'm.sent>h', 'h.accepted>end', 'h.rejected>end', 'h.overflow>end'],
  )
  const first = turn(planOf({ f: graph }), ada, 0, enrol('user'))

  test('points, mails and leads of the same entry, step and visit', () => {
    expect([first.ledger, first.sends, first.handoffs].map((it) => it.map(({ key }) => key))).toEqual([
      ['ada/f//1/s/1/0'],
      ['ada/f//1/m/1/0'],
      ['ada/f//1/h/1/0'],
    ])
    const { ledger, sends, handoffs } = first.state
    const again = turn(planOf({ f: graph }), { ...ada, ledger, sends, handoffs }, 0, enrol('user'))
    expect([again.ledger, again.sends, again.handoffs]).toEqual([[], [], []])
    expect(again.state.enrolments[0]?.node).toBe('h')
    const other = {
      ledger: ledger.map((it) => ({ ...it, key: 'x' })),
      sends: sends.map((it) => ({ ...it, key: 'x' })),
      handoffs: handoffs.map((it) => ({ ...it, key: 'x' })),
    }
    const more = turn(planOf({ f: graph }), { ...ada, ...other }, 0, enrol('user'))
    expect([more.ledger, more.handoffs].map((it) => it.length)).toEqual([1, 1])
  })

  test('E-84 that a lead was handed over is an event that says which, to whom and from where', () => {
    const handed = first.events.find((it) => it.type === 'sales.handed-over')
    expect(handed?.props).toEqual({ handoff: 'ada/f//1/h/1/0', teamId: 'team_inbound', flowId: 'f' })
  })
})
