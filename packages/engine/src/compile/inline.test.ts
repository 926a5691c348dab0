import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { arbitraryFlow, buildGraph, planOf, recompute, runInMemory, samplePerson } from '../../testing/index.ts'
import type { FlowGraph } from '../graph/schema.ts'
import {
  type ContainedFlow,
  canonicalJson,
  checkFlow,
  checkWithSubFlows,
  collapseSubFlows,
  compileFlow,
  emptyState,
  entrancesOf,
  flowGraph,
  inlineSubFlows,
  planHash,
} from '../index.ts'

const first = ['in', 'trigger', { on: { kind: 'manual' } }] as const
const end = ['end', 'exit', { label: 'Done' }] as const
const wait = (id: string, amount = 1) => [id, 'wait', { until: { kind: 'duration', amount, unit: 'hours' } }] as const
const call = (id: string, flowId: string, ways = ['yes', 'no'], over: object = {}) =>
  [id, 'sub-flow', { flowId, version: 3, start: 'in', ways: ways.map((it) => ({ id: it, label: it })), ...over }] as const
const self = { id: 'outer', name: 'Outer' }

/** Waits, then parts people by their consent. */
const warm = buildGraph(
  [
    first,
    ['other', 'trigger', { on: { kind: 'event', type: 'demo' } }],
    wait('w'),
    [
      'b',
      'branch',
      {
        cases: [
          { id: 'c', name: 'C', when: { combinator: 'and', rules: [{ subject: { kind: 'consent', topic: 'marketing' }, op: 'is' }] } },
        ],
      },
    ],
    ['yes', 'exit', { label: 'Warm' }],
    ['no', 'exit', { label: 'Cold' }],
    wait('behind-other'),
  ],
  ['in.out>w', 'other.out>behind-other', 'behind-other.out>no', 'w.out>b', 'b.c>yes', 'b.otherwise>no'],
)
const outer = (...calls: (readonly [string, string, Record<string, unknown>])[]) =>
  buildGraph(
    [first, ...calls, end, ['bye', 'exit', { label: 'Bye' }]],
    calls.flatMap(([id], i) => [...(i === 0 ? [`in.out>${id}`] : []), `${id}.yes>${calls[i + 1]?.[0] ?? 'end'}`, `${id}.no>bye`]),
  )
const flows: Record<string, ContainedFlow> = { warm: { name: 'Warm up', graph: warm } }
const lookup = (id: string, version: number) => (version === 3 ? flows[id] : undefined)
const inlined = (graph: FlowGraph, find = lookup, as = self) => {
  const made = inlineSubFlows(graph, find, as)
  if ('ok' in made) return made.ok
  throw new Error(made.issues.map((it) => it.say).join(' '))
}
const refused = (graph: FlowGraph, find = lookup) => {
  const made = inlineSubFlows(graph, find, self)
  return 'issues' in made ? made.issues.map(({ code, nodes, say }) => [code, nodes, say]) : []
}
const catalog = { ...sampleCatalog, flows: [{ id: 'warm', name: 'Warm up', version: 3, startable: true }] }

describe('the steps of a flow inside', () => {
  test('E-302 stand under the call, from behind the chosen trigger to the exits', () => {
    const graph = inlined(outer(call('go', 'warm')))
    expect(graph.nodes.map((it) => it.id)).toEqual(['in', 'go', 'go/w', 'go/b', 'go/yes', 'go/no', 'end', 'bye'])
    expect(graph.edges.map((it) => `${it.source}.${it.sourceHandle}>${it.target}`)).toEqual([
      'in.out>go',
      'go.in>go/w',
      'go/w.out>go/b',
      'go/b.c>go/yes',
      'go/b.otherwise>go/no',
      'go/yes.out>end',
      'go/no.out>bye',
    ])
    expect(new Set(graph.edges.map((it) => it.id)).size).toBe(graph.edges.length)
    expect(flowGraph.parse(JSON.parse(JSON.stringify(graph)))).toEqual(graph)
    expect(checkFlow(graph, catalog)).toEqual([])
  })

  test('E-302 lie on the canvas as they lay, from the call on, in the groups they were in', () => {
    const at = (id: string, x: number, y: number) => ({ id, x, y })
    const places = [at('w', 40, 300), at('b', -60, 500), at('yes', 90, 260), at('no', 10, 700)]
    const moved = {
      ...warm,
      nodes: [
        ...warm.nodes.map((it) => {
          const place = places.find(({ id }) => id === it.id)
          const position = place ? { x: place.x, y: place.y } : { x: -900, y: -900 }
          return { ...it, position, ...(it.id === 'w' ? { parentId: 'b' } : {}) }
        }),
      ],
    }
    const drawn = outer(call('go', 'warm'))
    const graph = inlined(
      { ...drawn, nodes: drawn.nodes.map((it) => (it.id === 'go' ? { ...it, position: { x: 1000, y: 2000 } } : it)) },
      () => ({
        name: 'Warm up',
        graph: moved,
      }),
    )
    const inside = graph.nodes.filter((it) => it.id.startsWith('go/'))
    expect(inside.map((it) => [it.id, it.position.x, it.position.y])).toEqual([
      ['go/w', 1100, 2040],
      ['go/b', 1000, 2240],
      ['go/yes', 1150, 2000],
      ['go/no', 1070, 2440],
    ])
    expect(inside.map((it) => ('parentId' in it ? it.parentId : 'none'))).toEqual(['go/b', 'none', 'none', 'none'])
  })

  test('E-303 are gone through, and left by the way that was taken; both are steps of their own', () => {
    const plan = planOf({ outer: inlined(outer(call('one', 'warm'), call('two', 'warm'))) })
    const state = emptyState(samplePerson({ key: 'ada@example.com', zone: 'UTC', fields: {}, consent: { marketing: true } }))
    const enrol = { kind: 'enrol', at: 0, flowId: 'outer', node: 'in', key: '', source: { kind: 'user', id: 'u' } } as const
    const { journal } = runInMemory(plan, [{ state, items: [enrol] }], 86_400_000)
    expect(journal.map((it) => `${it.node} ${it.port} ${it.reason.code}`)).toEqual([
      'in out trigger.manual',
      'one in sub-flow.entered',
      'one/w out wait.duration',
      'one/b c branch.case',
      'one/yes out sub-flow.left',
      'two in sub-flow.entered',
      'two/w out wait.duration',
      'two/b c branch.case',
      'two/yes out sub-flow.left',
      'end end exit',
    ])
    for (const { reason, port } of journal) expect(recompute(reason)).toBe(port)
    expect(journal[4]?.reason).toEqual({ code: 'sub-flow.left', flowId: 'warm', version: 3, exit: 'yes' })
  })

  test('E-302 conditions over the journey follow their steps to the new ids', () => {
    const when = { combinator: 'and', rules: [{ subject: { kind: 'journey', node: 'w' }, op: 'ge', value: 1 }] }
    const asks = {
      ...warm,
      nodes: warm.nodes.map((it) => (it.id === 'b' ? { ...it, data: { v: 1, cases: [{ id: 'c', name: '', when }] } } : it)),
    }
    const graph = inlined(outer(call('go', 'warm')), () => ({ name: 'Warm up', graph: asks }))
    expect(JSON.stringify(graph.nodes.find((it) => it.id === 'go/b')?.data)).toContain('"node":"go/w"')
    // A step that is no step of that flow, and whatever else is called `node`, stays as it is.
    const others = [
      { subject: { kind: 'journey', node: 'elsewhere' }, op: 'ge', value: 1 },
      { subject: { kind: 'field', key: 'w' }, op: 'is', value: 'w', node: 'w' },
    ]
    const odd = { ...warm, nodes: warm.nodes.map((it) => (it.id === 'b' ? { ...it, data: { v: 1, cases: [], others } } : it)) }
    const kept = inlined(outer(call('go', 'warm')), () => ({ name: 'Warm up', graph: odd }))
    expect(kept.nodes.find((it) => it.id === 'go/b')?.data.others).toEqual(others)
  })

  test('E-302 conditions over a step that the chosen start does not lead to stand: nobody came by', () => {
    const when = { combinator: 'and', rules: [{ subject: { kind: 'journey', node: 'w' }, op: 'ge', value: 1 }] }
    const asking = buildGraph(
      [
        first,
        ['other', 'trigger', { on: { kind: 'event', type: 'demo' } }],
        wait('w'),
        ['b', 'branch', { cases: [{ id: 'c', name: 'C', when }] }],
        ['yes', 'exit', { label: 'Yes' }],
        ['no', 'exit', { label: 'No' }],
      ],
      ['in.out>w', 'w.out>b', 'other.out>b', 'b.c>yes', 'b.otherwise>no'],
    )
    const find = (_: string, version: number) => (version === 3 ? { name: 'Asking', graph: asking } : undefined)
    const graph = inlined(outer(call('c', 'asking', undefined, { start: 'other' })), find)
    expect(graph.nodes.map((it) => it.id)).not.toContain('c/w')
    expect(checkFlow(graph, sampleCatalog).filter((it) => it.code === 'condition.missing')).toEqual([])
    const { journal } = runInMemory(
      planOf({ f: graph }),
      [
        {
          state: emptyState(samplePerson({ key: 'ada', fields: {} })),
          items: [{ kind: 'enrol', at: 0, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }],
        },
      ],
      1,
    )
    expect(journal.filter((it) => it.node === 'c/b').map((it) => it.port)).toEqual(['otherwise'])
  })

  test('E-305 come out the same for the same versions, and fold back to what was drawn: one hash', () => {
    const drawn = outer(call('go', 'warm'))
    expect(canonicalJson(inlined(drawn))).toBe(canonicalJson(inlined(JSON.parse(JSON.stringify(drawn)))))
    expect(collapseSubFlows(inlined(drawn)).nodes).toEqual(drawn.nodes)
    expect(planHash(inlined(drawn))).toBe(planHash(drawn))
    expect(planHash(inlined(outer(call('go', 'warm', ['yes', 'no'], { version: 4 })), () => flows.warm))).not.toBe(planHash(drawn))
    expect(inlined(warm)).toBe(warm)
  })

  test('E-302 each start has the exits that can be reached from it', () => {
    expect(entrancesOf(warm, catalog)).toEqual([
      {
        node: 'in',
        name: expect.stringContaining('by hand'),
        ways: [
          { id: 'yes', label: 'Warm' },
          { id: 'no', label: 'Cold' },
        ],
      },
      { node: 'other', name: expect.stringContaining('demo'), ways: [{ id: 'no', label: 'Cold' }] },
    ])
    const named = { ...warm, nodes: warm.nodes.map((it) => (it.id === 'no' ? { ...it, data: { ...it.data, name: 'Nobody' } } : it)) }
    expect(entrancesOf(named, catalog)[1]?.ways).toEqual([{ id: 'no', label: 'Nobody' }])
    const as = (id: string, data: Record<string, unknown>) => ({
      ...warm,
      nodes: warm.nodes.map((it) => (it.id === id ? { ...it, data: { ...it.data, ...data } } : it)),
    })
    const wayNo = (graph: FlowGraph) => entrancesOf(graph, catalog)[1]?.ways[0]?.label
    expect(wayNo(as('no', { name: '  Cold ones ' }))).toBe('Cold ones')
    expect(wayNo(as('no', { name: '   ' }))).toBe('Cold')
    expect(wayNo(as('no', { label: '' }))).toBe('Finish')
    expect(entrancesOf(as('in', { on: { kind: 'no such way in' } }), catalog)[0]?.name).toBe('in')
    expect(entrancesOf(as('in', {}), catalog)[0]?.name).toBe('When they are added by hand')
    expect(entrancesOf({ ...warm, edges: warm.edges.filter((it) => it.source !== 'in') }, catalog).map((it) => it.node)).toEqual(['other'])
  })

  test('E-305 any flow as the flow inside compiles, and folds back', () => {
    fc.assert(
      fc.property(arbitraryFlow, (graph) => {
        const ways = graph.nodes.filter((it) => it.type === 'exit').map((it) => it.id)
        const drawn = buildGraph([first, call('go', 'x', ways, { start: 't0' }), end], ['in.out>go', ...ways.map((it) => `go.${it}>end`)])
        const made = inlined(drawn, () => ({ name: 'X', graph }))
        expect(planHash(collapseSubFlows(made))).toBe(planHash(drawn))
        const compiled = compileFlow({ flowId: 'outer', version: 1, graph: made, catalog: sampleCatalog })
        const said = 'issues' in compiled ? compiled.issues.filter((it) => !it.code.startsWith('condition')) : []
        expect(said).toEqual([])
      }),
      { seed: 305, numRuns: 100 },
    )
  })
})

describe('what is refused', () => {
  const version = (id: string, graph: FlowGraph): ContainedFlow => ({ name: id.toUpperCase(), graph })
  const one = (flowId: string) => buildGraph([first, call('c', flowId, ['end']), end], ['in.out>c', 'c.end>end'])
  const bee = { id: 'b', name: 'B' }
  const world: Record<string, ContainedFlow> = {
    b: version(
      'b',
      inlined(one('outer'), () => ({ name: 'Outer', graph: warmEnd() }), bee),
    ),
  }

  function warmEnd(): FlowGraph {
    return buildGraph([first, wait('w'), end], ['in.out>w', 'w.out>end'])
  }

  test('E-304 a flow within itself, by whatever way, with the flows named in order', () => {
    expect(refused(one('outer'))).toEqual([['sub-flow.chain', ['c'], 'Outer would contain itself. Start it as a flow of its own instead.']])
    const find = (id: string) => world[id]
    world.a = version('a', inlined(one('b'), find, { id: 'a', name: 'A' }))
    expect(refused(one('a'), find)).toEqual([
      ['sub-flow.chain', ['c'], 'These flows contain one another: Outer → A → B → Outer. Start one of them as a flow of its own instead.'],
    ])
  })

  test('E-304 deeper than five, and more than 5,000 steps', () => {
    let deep: ContainedFlow = { name: 'L0', graph: warmEnd() }
    for (const level of [1, 2, 3, 4]) deep = { name: `L${level}`, graph: inlined(one(`l${level}`), () => deep) }
    expect(refused(one('l5'), () => deep)).toMatchObject([
      ['sub-flow.deep', ['c'], 'Flows lie at most 5 deep in one another. Bring fewer of them into L4.'],
    ])
    const many = Array.from({ length: 2600 }, (_, i) => wait(`w${i}`))
    const long = buildGraph([first, ...many, end], ['in.out>w0', ...many.map((it, i) => `${it[0]}.out>${many[i + 1]?.[0] ?? 'end'}`)])
    const twice = buildGraph([first, call('a', 'l', ['end']), call('b', 'l', ['end']), end], ['in.out>a', 'a.end>b', 'b.end>end'])
    expect(refused(twice, () => ({ name: 'L', graph: long }))).toMatchObject([
      ['sub-flow.size', ['a', 'b'], expect.stringContaining('5,206 steps')],
    ])
  })

  test.each([
    ['a version that is not there', { version: 9 }, 'sub-flow.version', 'The version chosen here is not there. Choose the flow again.'],
    ['nothing chosen', { flowId: null }, 'sub-flow.version', 'Choose the flow whose steps people go through here.'],
    ['a start that is none', { start: 'w' }, 'sub-flow.start', 'Warm up does not begin there. Choose where people begin.'],
    ['a start from which nothing leads on', { start: 'yes' }, 'sub-flow.start', 'Warm up does not begin there. Choose where people begin.'],
    [
      'an exit without a way',
      { ways: [{ id: 'yes', label: '' }] },
      'sub-flow.ways',
      'The ways out of Warm up are not the ones shown here. Choose the flow again.',
    ],
    ['no version chosen', { version: null }, 'sub-flow.version', 'Choose the flow whose steps people go through here.'],
    ['no start chosen', { start: null }, 'sub-flow.version', 'Choose the flow whose steps people go through here.'],
  ])('E-304 %s', (_, over, code, say) => {
    expect(refused(outer(call('go', 'warm', ['yes', 'no'], over)))).toEqual([[code, ['go'], say]])
  })

  test('E-304 every call that is at fault is told, each as an error; 5,000 steps are none too many', () => {
    const made = inlineSubFlows(outer(call('one', 'warm', ['yes']), call('two', 'gone')), lookup, self)
    expect(made).toMatchObject({
      issues: [
        { code: 'sub-flow.ways', severity: 'error', nodes: ['one'] },
        { code: 'sub-flow.version', severity: 'error', nodes: ['two'] },
      ],
    })
    const long = (waits: number) => {
      const many = Array.from({ length: waits }, (_, i) => wait(`w${i}`))
      return buildGraph([first, ...many, end], ['in.out>w0', ...many.map((it, i) => `${it[0]}.out>${many[i + 1]?.[0] ?? 'end'}`)])
    }
    // Drawn: the trigger, the call and the exit; brought in: the waits and the exit.
    const with5000 = inlineSubFlows(one('l'), () => ({ name: 'L', graph: long(4996) }), self)
    expect('ok' in with5000 && with5000.ok.nodes.length).toBe(5000)
    expect(inlineSubFlows(one('l'), () => ({ name: 'L', graph: long(4997) }), self)).toMatchObject({
      issues: [{ code: 'sub-flow.size', severity: 'error', nodes: ['c'] }],
    })
  })

  test('E-302 a step that nobody is led to is brought along, since people are put there; what cannot be read stays as it is', () => {
    const put = buildGraph([first, wait('w'), wait('goal'), end], ['in.out>w', 'w.out>end', 'goal.out>end'])
    const ids = (graph: FlowGraph) => inlined(one('x'), () => ({ name: 'X', graph })).nodes.map((it) => it.id)
    expect(ids(put)).toEqual(['in', 'c', 'c/w', 'c/goal', 'c/end', 'end'])
    const odd = { ...put, nodes: put.nodes.map((it) => (it.id === 'goal' ? { ...it, type: 'no-such-kind' } : it)) }
    expect(ids(odd)).toEqual(['in', 'c', 'c/w', 'c/goal', 'c/end', 'end'])
    const unread = { ...put, nodes: put.nodes.map((it) => (it.id === 'goal' ? { ...it, data: { v: 1, until: 'never' } } : it)) }
    expect(ids(unread)).toEqual(['in', 'c', 'c/w', 'c/goal', 'c/end', 'end'])
  })

  test('E-306 what is wrong inside is told at the call', () => {
    const mail = buildGraph([first, ['m', 'send-email', { templateId: 'tpl_gone' }], end], ['in.out>m', 'm.sent>end'])
    const drawn = buildGraph([first, call('go', 'warm', ['end']), end], ['in.out>go', 'go.end>end'])
    const { issues } = checkWithSubFlows(drawn, catalog, () => ({ name: 'Warm up', graph: mail }), self)
    expect(issues).toMatchObject([{ code: 'missing-template', nodes: ['go'], say: expect.stringMatching(/^In the flow inside: /) }])
    expect(checkWithSubFlows(outer(call('go', 'warm')), catalog, lookup, self).issues).toEqual([])
    expect(issues[0]).not.toHaveProperty('path')
    // What is wrong with the drawn graph is told first and alone, at its own step and in its own words.
    const loose = { ...drawn, edges: drawn.edges.filter((it) => it.source !== 'go') }
    const alone = checkWithSubFlows(loose, catalog, () => ({ name: 'Warm up', graph: mail }), self)
    expect(alone.issues.map((it) => it.code)).not.toContain('missing-template')
    expect(alone.issues.length).toBeGreaterThan(0)
    expect(alone.graph).toBe(loose)
    // With nothing inside it is the plain check of the graph, and the graph itself.
    const plain = checkWithSubFlows(warm, catalog, lookup, self)
    expect(plain.graph).toBe(warm)
    expect(plain.issues).toEqual(checkFlow(warm, catalog, { flowId: self.id }))
    // A fault of the drawn graph that only shows with the steps in place keeps its own words.
    const both = buildGraph(
      [first, ['m', 'send-email', { templateId: 'tpl_gone' }], call('go', 'warm', ['end']), end],
      ['in.out>m', 'm.sent>go', 'go.end>end'],
    )
    const told = checkWithSubFlows(both, catalog, () => ({ name: 'Warm up', graph: mail }), self).issues
    expect(told.map((it) => [it.nodes, it.say.startsWith('In the flow inside')])).toContainEqual([['m'], false])
    expect(checkWithSubFlows(outer(call('go', 'warm', ['yes', 'no'], { version: 9 })), catalog, lookup, self).issues).toMatchObject([
      { code: 'sub-flow.version' },
    ])
  })

  test('E-306 a circle through a call is none while its steps are unknown; without a wait inside it is one', () => {
    const round = buildGraph([first, call('go', 'warm', ['yes', 'no']), end], ['in.out>go', 'go.yes>end', 'go.no>go'])
    expect(checkFlow(round, catalog)).toEqual([])
    expect(checkWithSubFlows(round, catalog, lookup, self).issues).toEqual([])
    const quick = { ...warm, edges: warm.edges.map((it) => (it.source === 'in' ? { ...it, target: 'b' } : it)) }
    expect(checkWithSubFlows(round, catalog, () => ({ name: 'Q', graph: quick }), self).issues.map((it) => it.code)).toContain('circle')
  })
})
