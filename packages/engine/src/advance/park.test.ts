import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph, compiled, planOf, recompute, runInMemory, samplePerson } from '../../testing/index.ts'
import { advance, type CompiledFlow, type CompiledNode, emptyState, type InboxItem, MAX_STEPS, type Plan } from '../index.ts'

const HOUR = 3_600_000
const ada = emptyState(samplePerson({ key: 'ada', fields: {} }))
const go = (at: number): InboxItem => ({
  kind: 'event',
  at,
  event: { id: `go-${at}`, type: 'go', props: {}, occurredAt: at, receivedAt: at },
})
const retry: InboxItem = { kind: 'retry', at: 5, flowId: 'f', key: '', source: { kind: 'user', id: 'u' } }
const turn = (plan: Plan, state: typeof ada, now: number, ...items: InboxItem[]) => advance(plan, state, { now, items }, { now, seed: '' })

const graph = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null } }],
    ['s', 'score', { dimension: 'fit', points: 1 }],
    ['h', 'hand-to-sales', { teamId: 'team_inbound', why: 'Ready' }],
    ['end', 'exit', { label: '' }],
  ],
  ['in.out>s', 's.out>h', 'h.accepted>end', 'h.rejected>end', 'h.overflow>end'],
)
/** The plan with one node replaced, as if its kind had a bug. */
function broken(node: string, by: (was: CompiledNode) => CompiledNode, others: Parameters<typeof planOf>[0] = {}): Plan {
  const plan = planOf({ ...others, f: graph })
  const flow = plan.flows.get('f')
  const entry = flow?.entry
  const was = entry?.nodes.get(node)
  if (!flow || !entry || !was) throw new Error('no such node')
  const next: CompiledFlow = { ...entry, nodes: new Map([...entry.nodes, [node, by(was)]]) }
  return { ...plan, flows: new Map([...plan.flows, ['f', { ...flow, entry: next, versions: new Map([[1, next]]) }]]) }
}
const explode = () => {
  throw new Error('boom')
}

describe('a step that throws', () => {
  const other = buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null } }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>end'],
  )

  test('E-7 parks its enrolment as it was before the step; the others go on', () => {
    const plan = broken(
      's',
      (was) => ({
        ...was,
        enter: (scope) => ({
          ...was.enter(scope),
          effects: [
            {
              do: 'score',
              dimension: 'fit',
              points: 1,
              get rule() {
                return explode()
              },
            },
          ],
        }),
      }),
      { a: other, z: other },
    )
    const result = turn(plan, ada, 1, go(1))
    expect(result.enrolments.map((it) => [it.value.flowId, it.ended?.how ?? it.value.vars.parked])).toEqual([
      ['a', 'finished'],
      ['f', { code: 'step-failed', message: 'boom', at: 1, during: 'enter' }],
      ['z', 'finished'],
    ])
    expect(result.enrolments[1]?.steps.map((it) => it.node)).toEqual(['in'])
    expect(result.ledger).toEqual([])
    expect(result.state.enrolments[0]).toMatchObject({ node: 's', dueAt: null, seq: 1 })
  })

  test('E-7 E-9 a retry asks the node again and goes on; nothing is done twice', () => {
    const parked = turn(
      broken('s', (was) => ({ ...was, enter: explode })),
      ada,
      1,
      go(1),
    ).state
    expect(turn(planOf({ f: graph }), parked, 4, go(4)).state.enrolments[0]).toMatchObject({ node: 's' })
    const again = turn(planOf({ f: graph }), parked, 5, retry)
    expect(again.state.enrolments[0]).toMatchObject({ node: 'h', vars: { visits: { s: 1, h: 1 } } })
    expect(again.state.enrolments[0]?.vars.parked).toBeUndefined()
    expect(again.ledger).toHaveLength(1)
    expect(
      turn(
        broken('s', (was) => ({ ...was, enter: explode })),
        parked,
        5,
        retry,
      ).state.enrolments[0]?.vars.parked?.at,
    ).toBe(5)
  })

  test('E-7 what it was told when it threw, and what concerns it meanwhile, is held and handled after a retry', () => {
    const inside = turn(planOf({ f: graph }), ada, 1, go(1)).state
    const answer: InboxItem = { kind: 'handoff', at: 2, handoff: 'ada/f//1/h/1/0', news: { outcome: 'accepted', repId: 'r', repName: 'R' } }
    const parked = turn(
      broken('h', (was) => ({ ...was, wake: explode })),
      inside,
      2,
      answer,
    )
    expect(parked.state.enrolments[0]?.vars).toMatchObject({
      held: [answer, { kind: 'event' }, { kind: 'event' }],
      parked: { during: 'wake' },
    })
    expect(parked.state.person.stage).toBe('accepted')
    expect(turn(planOf({ f: graph }), parked.state, 5, retry).enrolments[0]?.steps.map((it) => [it.node, it.port])).toEqual([
      ['h', 'accepted'],
      ['end', 'end'],
    ])
  })

  test('E-7 a retry during a pause is held until resume', () => {
    const parked = turn(
      broken('s', (was) => ({ ...was, enter: explode })),
      ada,
      1,
      go(1),
    ).state
    const paused = turn(planOf({ f: { graph, state: 'paused', pauses: [{ from: 2, to: null }] } }), parked, 5, retry).state
    expect(paused.enrolments[0]?.vars).toMatchObject({ parked: { code: 'step-failed' }, held: [retry] })
    expect(turn(planOf({ f: graph }), paused, 9).state.enrolments[0]).toMatchObject({ node: 'h' })
  })

  test('E-7 a person whose version or step is not in the plan stands still and says what to do', () => {
    const inside = turn(planOf({ f: graph }), ada, 1, go(1)).state
    const [enrolment] = inside.enrolments
    if (!enrolment) throw new Error('nobody inside')
    const due = { ...inside, enrolments: [{ ...enrolment, dueAt: 2, version: 7 }] }
    expect(turn(planOf({ f: graph }), due, 2).state.enrolments[0]?.vars.parked).toMatchObject({ code: 'no-version' })
    const gone = { ...inside, enrolments: [{ ...enrolment, dueAt: 2, node: 'gone' }] }
    expect(turn(planOf({ f: graph }), gone, 2).state.enrolments[0]?.vars.parked?.message).toBe(
      'There is no step gone (version 1). Publish the flow again, or remove this person from it.',
    )
  })
})

describe('a version or a step that is missing', () => {
  const answer: InboxItem = { kind: 'handoff', at: 3, handoff: 'ada/f//1/h/1/0', news: { outcome: 'accepted', repId: 'r', repName: 'R' } }
  const inside = turn(planOf({ f: graph }), ada, 1, go(1)).state
  const entry = compiled('f', graph)
  const without: CompiledFlow = { ...entry, nodes: new Map([...entry.nodes].filter(([id]) => id !== 'h')) }
  const missing = (version: CompiledFlow | undefined, state: 'live' | 'paused'): Plan => {
    const versions = new Map(version ? [[1, version]] : [])
    const pauses = state === 'paused' ? [{ from: 2, to: null }] : []
    return { ...planOf({ f: graph }), flows: new Map([['f', { flowId: 'f', state, entry: null, versions, pauses }]]) }
  }

  test.each([
    ['whose version is missing', undefined],
    ['whose step is missing', without],
  ])('E-7 somebody %s loses nothing that comes in meanwhile, also after the first', (_, version) => {
    const parked = turn(missing(version, 'live'), inside, 2, go(2)).state
    expect(parked.enrolments[0]?.vars.parked).toBeDefined()
    const told = turn(missing(version, 'live'), parked, 3, answer).state
    expect(turn(planOf({ f: graph }), told, 5, retry).enrolments[0]?.steps.map((it) => [it.node, it.port])).toEqual([
      ['h', 'accepted'],
      ['end', 'end'],
    ])
  })

  test('E-7 E-51 nor during a pause', () => {
    const told = turn(missing(undefined, 'paused'), inside, 3, answer).state
    expect(turn(planOf({ f: graph }), told, 5).enrolments[0]?.steps.map((it) => it.port)).toEqual(['accepted', 'end'])
  })
})

describe('a port that leads nowhere', () => {
  test('E-5 E-110 ends the passage, and the reason has why it would have gone there', () => {
    const plan = broken('s', (was) => was)
    const flow = plan.flows.get('f')
    const entry = flow?.entry
    if (!flow || !entry) throw new Error('no flow')
    const cut: CompiledFlow = { ...entry, next: new Map([...entry.next].filter(([from]) => from !== 's')) }
    const result = turn({ ...plan, flows: new Map([['f', { ...flow, entry: cut, versions: new Map([[1, cut]]) }]]) }, ada, 1, go(1))
    expect(result.enrolments[0]?.ended?.how).toBe('no-way-on')
    const reason = result.enrolments[0]?.steps.at(-1)?.reason
    expect(reason).toMatchObject({ code: 'no-way-on', port: 'out', because: { code: 'score.added' } })
    expect(reason && recompute(reason)).toBe('end')
  })
})

describe('bounds', () => {
  test('E-8 a circle without a wait ends at the bound, parked with the usual cause', () => {
    const wheel = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null } }],
        ['s', 'score', { dimension: 'fit', points: 1 }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>s', 's.out>end'],
    )
    const entry = compiled('f', wheel)
    const round: CompiledFlow = { ...entry, next: new Map([...entry.next, ['s', new Map([['out', 's']])]]) }
    const plan = planOf({ f: wheel })
    const flows = new Map([['f', { flowId: 'f', state: 'live' as const, entry: round, versions: new Map([[1, round]]), pauses: [] }]])
    const result = turn({ ...plan, flows }, ada, 1, go(1))
    expect(result.enrolments[0]?.steps).toHaveLength(MAX_STEPS)
    expect(result.enrolments[0]?.value.vars.parked).toMatchObject({ code: 'too-many-steps' })
    expect(result.enrolments[0]?.value.vars.parked?.message).toContain('a circle of steps without a wait')
  })

  test('E-8 flows that let people into one another end at the bound', () => {
    const echo = (segment: string, plan: string) =>
      buildGraph(
        [
          ['in', 'trigger', { on: { kind: 'segment', segmentId: segment } }],
          ['u', 'update-field', { field: 'plan', action: { do: 'set', value: plan } }],
          ['end', 'exit', { label: '' }],
        ],
        ['in.out>u', 'u.out>end'],
        { reentry: { when: 'always' } },
      )
    const segment = (id: string) => ({
      id,
      condition: {
        combinator: 'and' as const,
        rules: [{ subject: { kind: 'field' as const, key: 'plan' }, op: 'is' as const, value: id }],
      },
    })
    const plan = planOf({ a: echo('free', 'paid'), b: echo('paid', 'free') }, [segment('free'), segment('paid')])
    const set: InboxItem = { kind: 'fields', at: 1, set: { plan: 'free' }, source: { kind: 'key', id: 'k' } }
    const result = turn(plan, ada, 1, set)
    expect(result.enrolments.reduce((sum, it) => sum + it.steps.length, 0)).toBe(MAX_STEPS)
    expect(result.state.enrolments.filter((it) => it.vars.parked?.code === 'too-many-steps')).toHaveLength(1)
  })

  test.each(['ignore', 'restart'] as const)('E-8 a segment of who is not in the flow it lets into comes to an end (%s)', (whileInside) => {
    const outside = {
      id: 'out',
      condition: {
        combinator: 'and' as const,
        not: true,
        rules: [{ subject: { kind: 'passage' as const, flowId: 'b', is: 'now' as const }, op: 'is' as const }],
      },
    }
    const home = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'segment', segmentId: 'out' } }],
        ['w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'hours' } }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>w', 'w.out>end'],
      { reentry: { when: 'always' }, onLeavingSegment: 'leave', whileInside },
    )
    const known = { ...sampleCatalog, flows: [{ id: 'b', name: 'b', version: 1, startable: false }] }
    const created: InboxItem = { kind: 'created', at: 1, source: { kind: 'import', id: 'i' } }
    const result = turn(planOf({ b: home }, [outside], known), ada, 1, created)
    expect(result.state.enrolments.map((it) => it.vars.parked?.code)).toEqual(['too-many-steps'])
  })

  test('E-8 a backlog of many items is no circle', () => {
    const again = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'event', type: 'go', where: [], key: null } }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>end'],
      { reentry: { when: 'always' } },
    )
    const items = Array.from({ length: MAX_STEPS }, (_, i) => go(HOUR + i))
    const result = runInMemory(planOf({ f: again }), [{ state: ada, items: items.map((it) => ({ ...it, at: HOUR })) }], 2 * HOUR)
    expect(result.journal).toHaveLength(2 * MAX_STEPS)
  })
})
