import { readFileSync } from 'node:fs'
import { checkFlow } from '@baton/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bundleCatalog } from './catalog.ts'
import { reachOf } from './reach.ts'
import { readBundle } from './schema.ts'

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../engine/fixtures/${name}.json`, import.meta.url), 'utf8'))
const paths = (read: ReturnType<typeof readBundle>) => ('error' in read ? read.error.map((it) => it.path) : [])

test('a bare graph and an exported flow are bundles of one flow', () => {
  const graph = fixture('bank-campaign.flow')
  for (const [input, name] of [
    [graph, 'bank'],
    [{ baton: 'flow', name: 'Bank', graph }, 'Bank'],
  ] as const) {
    const read = readBundle(input, 'bank')
    expect('ok' in read && read.ok.flows.map((it) => [it.id, it.name, it.graph.nodes.length > 3])).toEqual([['flow', name, true]])
  }
})

test('a bundle brings what its flows name, and then has no problems', () => {
  const { fields, segments: _, eventTypes: __, workspaceZone, ...rest } = fixture('catalog') as Record<string, unknown>
  const own = (fields as { key: string }[]).slice(9)
  const flows = [{ id: 'flw_bank', name: 'Bank', graph: fixture('bank-campaign.flow') }]
  const read = readBundle({ ...rest, flows, fields: own, segments: fixture('segments'), zone: workspaceZone })
  if (!('ok' in read)) throw new Error(JSON.stringify(read.error))
  const [flow] = read.ok.flows
  expect(flow && checkFlow(flow.graph, bundleCatalog(read.ok), { flowId: flow.id })).toEqual([])
})

test('every fault is told with its path', () => {
  const graph = { nodes: [{ id: 'a', type: 'exit', position: { x: 0 }, data: {} }], edges: [] }
  expect(paths(readBundle({ flows: [{ id: 'f', name: 'F', graph }] }))).toEqual(['flows.0.graph.nodes.0.position.y'])
  expect(paths(readBundle({ flows: [] }))).toEqual(['flows'])
  expect(paths(readBundle({ flows: [{ id: 'f', name: 'F', graph: { nodes: [], edges: [] } }], zone: 'Moon', persons: 1 }))).toEqual([
    'zone',
    '',
  ])
  expect(paths(readBundle({ flows: ['f', 'f'].map((id) => ({ id, name: 'F', graph: { nodes: [], edges: [] } })) }))).toEqual(['flows'])
  expect(paths(readBundle({ format: 9, flows: [] }))).toContain('format')
  expect(paths(readBundle('a text'))).toEqual([''])
})

test('whatever comes in is read or told, and never thrown', () => {
  const near = fc.record({
    flows: fc.array(fc.record({ id: fc.jsonValue(), name: fc.jsonValue(), graph: fc.jsonValue() })),
    fields: fc.jsonValue(),
  })
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), near), (input) => {
      const read = readBundle(input)
      expect('ok' in read || read.error.length > 0).toBe(true)
    }),
    { seed: 11, numRuns: 300 },
  )
})

test('what is too large, too deep or from a newer Baton is refused in words, before anything is done with it', () => {
  const flow = (graph: object) => ({ flows: [{ id: 'f', name: 'F', graph }] })
  const many = Array.from({ length: 5001 }, (_, i) => ({ id: `n${i}`, type: 'exit', position: { x: 0, y: 0 }, data: {} }))
  expect(paths(readBundle(flow({ nodes: many, edges: [] })))).toEqual(['flows.0.graph.nodes'])
  expect(paths(readBundle(flow({ format: 7, nodes: [], edges: [] })))).toEqual(['flows.0.graph.format'])
  const newer = readBundle({ format: 2, flows: [], something: 1 })
  expect('error' in newer && newer.error).toMatchObject([{ path: 'format', message: expect.stringContaining('from a newer Baton') }])
  let deep: object = { combinator: 'and', rules: [] }
  for (let i = 0; i < 200; i++) deep = { combinator: 'and', rules: [deep] }
  const nested = readBundle({ ...flow({ nodes: [], edges: [] }), segments: [{ id: 's', name: 'S', condition: deep }] })
  expect(paths(nested)).toContain('segments.0.condition')
  expect(paths(readBundle({ ...flow({ nodes: [], edges: [] }), segments: [{ id: 's', name: 'S' }] }))).toEqual(['segments.0'])
})

test('hosts and addresses are found wherever steps, messages and forms name them', () => {
  const node = (data: object) => ({ id: 'n', type: 'webhook', position: { x: 0, y: 0 }, data: { v: 1, ...data } })
  const read = readBundle({
    flows: [
      {
        id: 'f',
        name: 'F',
        graph: { nodes: [node({ url: 'https://Hooks.example.com:8443/a', body: { kind: 'template', json: '"a@b.example"' } })], edges: [] },
      },
    ],
    templates: [{ id: 't', name: 'Hello', body: '<a href="https://shop.example/x">x</a> mailto:Us@Shop.example' }],
  })
  expect('ok' in read && reachOf(read.ok)).toEqual([
    { to: 'a@b.example', kind: 'address', by: 'flow F' },
    { to: 'hooks.example.com:8443', kind: 'host', by: 'flow F' },
    { to: 'shop.example', kind: 'host', by: 'message Hello' },
    { to: 'us@shop.example', kind: 'address', by: 'message Hello' },
  ])
})
