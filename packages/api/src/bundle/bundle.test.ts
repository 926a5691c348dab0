import { readFileSync } from 'node:fs'
import { checkFlow } from '@baton/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bundleCatalog } from './catalog.ts'
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
  expect(flow && checkFlow(flow.graph, bundleCatalog(read.ok))).toEqual([])
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
