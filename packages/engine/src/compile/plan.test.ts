import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph, compiled, planOf } from '../../testing/index.ts'
import type { Condition, Rule } from '../condition/schema.ts'
import { buildPlan, canonicalJson, type PlannedFlow, planHash, triggerOf, triggersOf } from '../index.ts'
import { digest } from './digest.ts'
import { unionReads } from './reads.ts'

const all = (...rules: Rule[]): Condition => ({ combinator: 'and', rules })
const end = ['end', 'exit', { label: '' }] as const
const field = (key: string): Rule => ({ subject: { kind: 'field', key }, op: 'not-empty' })
const within = (type: string, days: number): Rule => ({
  subject: { kind: 'event', type, where: [], window: { kind: 'days', days } },
  op: 'ge',
  value: 1,
})

describe('E-13 what must be looked at again', () => {
  const asks: Record<string, Rule> = {
    field: field('plan'),
    event: within('page', 3),
    score: { subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 1 },
    member: { subject: { kind: 'segment', segmentId: 'field' }, op: 'is' },
    stage: { subject: { kind: 'stage' }, op: 'is', value: 'lead' },
    owner: { subject: { kind: 'owner' }, op: 'is', value: 'sales' },
    consent: { subject: { kind: 'consent', topic: 'marketing' }, op: 'is' },
    related: { subject: { kind: 'related', of: 'purchase', where: [], window: { kind: 'ever' } }, op: 'ge', value: 1 },
    passage: { subject: { kind: 'passage', flowId: 'f', is: 'now' }, op: 'is' },
  }
  const known = { ...sampleCatalog, flows: [{ id: 'f', name: 'F', version: 1, startable: false }] }
  const segments = Object.entries(asks)
    .map(([id, rule]) => ({ id, condition: all(rule) }))
    .reverse()
  // Made within each test, so that mutation testing knows which test reaches what.
  const made = () =>
    buildPlan({
      flows: [],
      segments: [...segments, { id: 'z', condition: all(field('plan')) }, { id: 'a', condition: all(field('plan')) }],
      catalog: { ...known, segments: segments.map(({ id }) => ({ id, name: id })) },
    })

  test('segments by what they read, in the order of their ids', () => {
    const plan = made()
    const { segments: index } = plan.index
    expect([...plan.segments.keys()]).toEqual([...Object.keys(asks), 'a', 'z'].sort())
    const lists = [index.fields, index.events, index.dimensions, index.segments, index.related, index.flows].map((it) =>
      Object.fromEntries(it),
    )
    expect(lists).toEqual([
      { plan: ['a', 'field', 'z'] },
      { page: ['event'] },
      { fit: ['score'] },
      { field: ['member'] },
      { purchase: ['related'] },
      { f: ['passage'] },
    ])
    expect([index.stage, index.owner, index.consent]).toEqual([['stage'], ['owner'], ['consent']])
  })

  test('what all of them read together is what is loaded', () => {
    const { reads } = made()
    expect([reads.fields, reads.segments, reads.dimensions, reads.related, reads.flows].map((it) => [...it])).toEqual([
      ['plan'],
      ['field'],
      ['fit'],
      ['purchase'],
      ['f'],
    ])
    expect([...reads.events]).toEqual([['page', 3]])
    expect([reads.stage, reads.owner, reads.consent]).toEqual([true, true, true])
    const none = unionReads([])
    expect([none.stage, none.owner, none.consent, none.events.size]).toEqual([false, false, false, 0])
  })

  test('of an event type the longest history, whoever asks first', () => {
    const of = (...days: number[]) =>
      buildPlan({
        flows: [],
        segments: days.map((it) => ({ id: `s${it}`, condition: all(within('page', it)) })),
        catalog: sampleCatalog,
      }).reads.events.get('page')
    expect([of(3, 9), of(9, 3), of(2)]).toEqual([9, 9, 2])
  })

  test('a segment that cannot be read is told and not evaluated', () => {
    const made = buildPlan({ flows: [], segments: [{ id: 's', condition: all(field('gone')) }], catalog: sampleCatalog })
    expect(made.segments.size).toBe(0)
    expect(made.broken.map((it) => [it.segmentId, it.issues.map(({ code }) => code)])).toEqual([['s', ['condition.missing']]])
  })
})

describe('E-24 which triggers listen', () => {
  const on = (id: string, to: object) => [id, 'trigger', { v: 2, on: to }] as const
  const graph = buildGraph(
    [
      on('e', { kind: 'event', type: 'go' }),
      on('d', { kind: 'event', type: 'go' }),
      on('s', { kind: 'segment', segmentId: 'free', way: 'joined' }),
      on('l', { kind: 'segment', segmentId: 'free', way: 'left' }),
      on('t', { kind: 'date', field: 'renewal', amount: 0, unit: 'days', side: 'before', time: '09:00', yearly: false }),
      on('p', { kind: 'score', dimension: 'fit', way: 'up', points: 5 }),
      on('c', { kind: 'field', field: 'plan' }),
      end,
    ],
    ['e', 'd', 's', 'l', 't', 'p', 'c'].map((id) => `${id}.out>end`),
  )
  const catalog = {
    ...sampleCatalog,
    fields: [...sampleCatalog.fields, { key: 'renewal', label: 'Renewal', type: 'date' as const }],
    segments: [...sampleCatalog.segments, { id: 'free', name: 'Free' }],
  }
  const flow = (flowId: string, state: PlannedFlow['state']): PlannedFlow => {
    const entry = compiled(flowId, graph, catalog)
    return { flowId, state, entry, versions: new Map([[1, entry]]), pauses: [] }
  }
  const made = () =>
    buildPlan({
      flows: [
        flow('b', 'live'),
        flow('c', 'paused'),
        flow('a', 'live'),
        flow('x', 'draining'),
        flow('y', 'stopped'),
        { ...flow('z', 'live'), entry: null },
      ],
      segments: [],
      catalog,
    })
  const refs = (list: Iterable<{ flowId: string; node: string }> | undefined) => [...(list ?? [])].map((it) => `${it.flowId} ${it.node}`)

  test('those of flows that take people in or record them, by flow, then node', () => {
    const plan = made()
    const { triggers } = plan.index
    expect([...triggers.events.keys(), ...triggers.segments.keys(), ...triggers.segmentsLeft.keys()]).toEqual(['go', 'free', 'free'])
    expect([...triggers.fields.keys(), ...triggers.dimensions.keys(), ...triggers.dates.keys()]).toEqual(['plan', 'fit', 'renewal'])
    expect(refs(triggers.events.get('go'))).toEqual(['a d', 'a e', 'b d', 'b e', 'c d', 'c e'])
    expect(refs(triggers.segments.get('free'))).toEqual(['a s', 'b s', 'c s'])
    expect(refs(triggers.segmentsLeft.get('free'))).toEqual(['a l', 'b l', 'c l'])
    expect(refs(triggers.fields.get('plan'))).toEqual(['a c', 'b c', 'c c'])
    expect(refs(triggers.dimensions.get('fit'))).toEqual(['a p', 'b p', 'c p'])
    expect(refs(triggers.dates.get('renewal'))).toEqual(['a t', 'b t', 'c t'])
    expect([...triggers.dated.keys()].filter((it) => it.endsWith('/t'))).toEqual(['@a/t', '@b/t', '@c/t'])
    expect([...plan.flows.keys()]).toEqual(['a', 'b', 'c', 'x', 'y', 'z'])
  })

  test('people who came in by a version that is live no longer: what it reads is loaded all the same', () => {
    const reading = buildGraph(
      [['in', 'trigger', { on: { kind: 'manual' } }], ['b', 'branch', { cases: [{ id: 'c', name: 'C', when: all(field('plan')) }] }], end],
      ['in.out>b', 'b.c>end', 'b.otherwise>end'],
      { exitWhen: all(within('page', 4)) },
    )
    const entry = compiled('f', graph, catalog)
    const old = compiled('f', reading, catalog)
    const { reads } = buildPlan({
      flows: [{ flowId: 'f', state: 'live', entry, versions: new Map([[1, old]]), pauses: [] }],
      segments: [],
      catalog,
    })
    expect([...reads.fields, ...reads.events]).toEqual(['plan', ['page', 4]])
    const own = buildPlan({ flows: [{ flowId: 'f', state: 'live', entry: old, versions: new Map(), pauses: [] }], segments: [], catalog })
    expect([...own.reads.fields]).toEqual(['plan'])
  })

  test('a segment may ask of the people of a flow; a condition that is none is said to be a segment’s', () => {
    const condition = all({ subject: { kind: 'journey', node: 'w' }, op: 'ge', value: 1 })
    const { broken } = buildPlan({ flows: [], segments: [{ id: 's', condition }], catalog: sampleCatalog })
    expect(broken.map((it) => it.segmentId)).toEqual(['s'])
  })

  test('what a plan takes from the catalog, and whether ways that were drawn must be loaded', () => {
    const plan = made()
    expect([plan.fieldTypes.get('renewal'), plan.workspaceZone, plan.dimensions]).toEqual([
      'date',
      catalog.workspaceZone,
      catalog.dimensions,
    ])
    const split = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'manual' } }],
        [
          's',
          'split',
          {
            ways: [
              { id: 'a', name: 'A', weight: 50, holdOut: false },
              { id: 'b', name: 'B', weight: 50, holdOut: false },
            ],
          },
        ],
        end,
      ],
      ['in.out>s', 's.a>end', 's.b>end'],
    )
    const without = buildGraph([['in', 'trigger', { on: { kind: 'manual' } }], end], ['in.out>end'])
    expect([plan.draws, planOf({ f: split }).draws, planOf({ f: split, g: without }).draws]).toEqual([false, true, true])
  })
})

describe('E-92 the goals of a flow', () => {
  test('are watched in the order of their ids, and what they ask is loaded', () => {
    const goal = (id: string, key: string) => [id, 'goal', { when: all(field(key)), ifNotYet: 'wait' }] as const
    const graph = buildGraph(
      [['in', 'trigger', { on: { kind: 'manual' } }], goal('z', 'company'), goal('a', 'plan'), goal('m', 'company'), end],
      ['in.out>end'],
    )
    const { goals, reads } = compiled('f', graph)
    expect(goals.map((it) => it.node)).toEqual(['a', 'm', 'z'])
    expect([...reads.fields].sort()).toEqual(['company', 'plan'])
  })
})

describe('the ways in of a graph that need not be whole', () => {
  const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
  const draft = (...nodes: ReturnType<typeof node>[]) => ({ ...buildGraph([end], []), nodes })
  const manual = { v: 2, on: { kind: 'manual' } }

  test('are those that can be read and have no fault of their own, by their ids', () => {
    const graph = draft(
      node('a', 'trigger', manual),
      node('w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }),
      node('lost', 'no-such-kind', {}),
      node('unread', 'trigger', { v: 2, on: { kind: 'no such way in' } }),
      node('unchosen', 'trigger', { v: 2, on: { kind: 'segment', segmentId: null, way: 'joined' } }),
      node('b', 'trigger', { v: 2, on: { kind: 'event', type: 'go' } }),
    )
    expect(triggersOf(graph, sampleCatalog).map(({ node: at, trigger }) => [at, trigger.on])).toEqual([
      ['a', { kind: 'manual' }],
      ['b', { kind: 'event', type: 'go' }],
    ])
  })

  test('are none of what asks for something that is gone', () => {
    const asks = (key: string) => node('t', 'trigger', { v: 2, on: { kind: 'field', field: key, from: null, to: { op: 'not-empty' } } })
    expect(triggerOf(asks('gone'), sampleCatalog)).toBeUndefined()
    expect(triggerOf(asks('plan'), sampleCatalog)?.on).toEqual({ kind: 'field', key: 'plan' })
    expect(triggerOf(node('w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }), sampleCatalog)).toBeUndefined()
    expect(triggerOf(node('t', 'trigger', manual), sampleCatalog)?.on).toEqual({ kind: 'manual' })
  })
})

describe('E-92 one text for one value', () => {
  test.each<[unknown, string]>([
    [{ b: 1, a: [2, undefined, null], c: undefined }, '{"a":[2,null,null],"b":1}'],
    [{ z: { y: 'x', x: true } }, '{"z":{"x":true,"y":"x"}}'],
    ['"', '"\\""'],
    [null, 'null'],
    [undefined, 'null'],
    [[], '[]'],
  ])('%j', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  test('a digest is 32 hex digits, of every text another', () => {
    const texts = ['', 'a', 'b', 'ab', 'ba', '1a', '2a']
    const made = texts.map(digest)
    expect(made.filter((it) => !/^[0-9a-f]{32}$/.test(it))).toEqual([])
    expect(new Set(made).size).toBe(texts.length)
    expect(made.filter((it) => it.slice(0, 16) === it.slice(16))).toEqual([])
  })

  test('the order of steps and ways in the file does not count; kinds, configs, ways and settings do', () => {
    const graph = buildGraph(
      [['in', 'trigger', { on: { kind: 'manual' } }], ['w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }], end],
      ['in.out>w', 'w.out>end'],
    )
    const turned = { ...graph, nodes: [...graph.nodes].reverse(), edges: [...graph.edges].reverse() }
    expect(planHash(turned)).toBe(planHash(graph))
    const others = [
      { ...graph, nodes: graph.nodes.map((it) => (it.id === 'end' ? { ...it, data: { ...it.data, label: 'Done' } } : it)) },
      { ...graph, nodes: graph.nodes.map((it) => (it.id === 'end' ? { ...it, type: 'wait' } : it)) },
      { ...graph, edges: graph.edges.slice(1) },
      { ...graph, edges: graph.edges.map((it) => ({ ...it, sourceHandle: 'other' })) },
      { ...graph, edges: graph.edges.map((it) => ({ ...it, target: 'end' })) },
      { ...graph, settings: { ...graph.settings, whileInside: 'restart' as const } },
    ]
    expect(new Set([graph, ...others].map(planHash)).size).toBe(others.length + 1)
  })
})
