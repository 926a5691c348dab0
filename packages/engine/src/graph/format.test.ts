import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sampleCatalog, sampleFlows } from '../../fixtures/index.ts'
import { canonicalJson, digest, flowJsonSchema, kinds, parseGraph, parseNode, planHash, referencesOf } from '../index.ts'

const [sample] = sampleFlows
if (!sample) throw new Error('no sample flows')
const wrong = (input: unknown) => {
  const result = parseGraph(input)
  return 'error' in result ? result.error.map((it) => it.path) : []
}
const deep = (n: number): object => {
  let it: object = {}
  for (let i = 0; i < n; i++) it = { rules: [it] }
  return it
}
const node = { id: 'a', type: 'exit', position: { x: 0, y: 0 }, data: {} }

describe('reading a graph', () => {
  test.each([
    ['nothing', null, ['']],
    ['a text', 'flow', ['']],
    ['no nodes', { edges: [] }, ['nodes']],
    ['a node without a place', { nodes: [{ ...node, position: undefined }], edges: [] }, ['nodes.0.position']],
    ['an id twice', { nodes: [node, node], edges: [] }, ['nodes.1.id']],
    [
      'an edge id twice',
      { nodes: [node], edges: [1, 2].map(() => ({ id: 'e', source: 'a', sourceHandle: 'out', target: 'a' })) },
      ['edges.1.id'],
    ],
    ['a newer format', { format: 2, nodes: [], edges: [] }, ['format']],
    ['something nested 200 deep', { nodes: [{ ...node, data: deep(200) }], edges: [] }, ['']],
    ['something nested a hundred thousand deep', { nodes: [{ ...node, data: deep(100_000) }], edges: [] }, ['']],
    ['a setting that is none', { nodes: [], edges: [], settings: { whileInside: 'dance' } }, ['settings.whileInside']],
  ])('%s is told with its place', (_, input, paths) => expect(wrong(input)).toEqual(paths))

  test('settings that are left out are the defaults', () => {
    expect(parseGraph({ nodes: [], edges: [] })).toEqual({
      ok: { format: 1, nodes: [], edges: [], settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' } },
    })
  })

  test.each(sampleFlows.map((it) => [it.name, it.graph] as const))('E-90 %s survives being written and read', (_, graph) => {
    expect(parseGraph(JSON.parse(JSON.stringify(graph)))).toEqual({ ok: graph })
  })

  test('E-90 a node of an unknown kind is kept as it is', () => {
    const strange = { ...node, type: 'teleport', data: { v: 7, deep: { to: ['moon'] } } }
    expect(parseGraph({ nodes: [strange], edges: [] })).toMatchObject({ ok: { nodes: [strange] } })
  })
})

describe('the JSON Schema', () => {
  const schema = JSON.parse(JSON.stringify(flowJsonSchema()))
  const defs: Record<string, Parameters<typeof z.fromJSONSchema>[0]> = schema.$defs
  /** Read back from the schema's text, so by what a stranger sees of it. */
  const accepts = (name: string, value: unknown) => {
    const def = defs[name]
    return def !== undefined && z.fromJSONSchema(def).safeParse(value).success
  }

  test('refers only to what it holds, and to every kind', () => {
    const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]*)"/g)].map((it) => it[1])
    expect(references).toEqual(expect.arrayContaining(['node', 'edge', ...Object.keys(kinds)]))
    for (const name of references) expect(Object.keys(defs)).toContain(name)
    expect(JSON.stringify(schema).match(/"\$ref":"(?!#\/\$defs\/)/)).toBeNull()
    expect(schema.required).toEqual(['nodes', 'edges'])
  })

  test('accepts every node and way of the sample flows, as read today', () => {
    for (const { graph } of sampleFlows) {
      for (const node of graph.nodes) {
        const read = parseNode(node)
        expect([node.type, accepts(node.type, 'ok' in read ? read.ok.config : undefined)]).toEqual([node.type, true])
      }
      for (const edge of graph.edges) expect(accepts('edge', edge)).toBe(true)
    }
  })

  test.each([
    ['score', { v: 1, dimension: 'fit', points: 'ten' }],
    ['score', { v: 2, dimension: 'fit', points: 1 }],
    ['wait', { v: 1, until: { kind: 'duration', amount: 1, unit: 'moons' } }],
    ['branch', { v: 1, cases: [{ id: '', name: '', when: { combinator: 'and', rules: [] } }] }],
    ['edge', { id: 'e', source: 'a' }],
  ])('refuses a %s such as %j', (name, value) => expect(accepts(name, value)).toBe(false))
})

describe('references and hashes', () => {
  test('everything a flow refers to, once, with the nodes that do', () => {
    const references = referencesOf(sample.graph)
    expect(references.map((it) => `${it.kind} ${it.id}`)).toEqual(
      expect.arrayContaining([
        'event webinar.attended',
        'template tpl_recording',
        'team team_inbound',
        'field company',
        'event demo.requested',
        'dimension engagement',
      ]),
    )
    expect(references.find((it) => it.id === 'engagement')?.nodes).toEqual(['interest', 'warm'])
    const templates = new Set(sampleCatalog.templates.map((it) => it.id))
    for (const { kind, id } of references) if (kind === 'template') expect(templates).toContain(id)
  })

  test('E-92 one text for one value, whatever the order of its keys', () => {
    expect(canonicalJson({ b: [1, { d: undefined, c: 'ü' }], a: null })).toBe('{"a":null,"b":[1,{"c":"ü"}]}')
    expect(digest('a')).toMatch(/^[0-9a-f]{32}$/)
    expect(digest('a')).not.toBe(digest('b'))
  })

  test('E-92 every change of what a flow does changes its hash', () => {
    const { graph } = sample
    const hashes = [
      graph,
      { ...graph, settings: { ...graph.settings, whileInside: 'restart' as const } },
      { ...graph, edges: graph.edges.slice(1) },
      { ...graph, nodes: graph.nodes.map((it, i) => (i === 1 ? { ...it, data: { ...it.data, points: 21 } } : it)) },
    ].map(planHash)
    expect(new Set(hashes).size).toBe(4)
  })
})
