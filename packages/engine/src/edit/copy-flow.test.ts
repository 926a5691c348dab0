import { expect, test } from 'vitest'
import { buildGraph } from '../../testing/index.ts'
import { flowTest } from '../simulate/tests/schema.ts'
import { copyFlow } from './copy-flow.ts'

const passed = { combinator: 'and', rules: [{ subject: { kind: 'journey', node: 'in' }, op: 'ge', value: 1 }] }
const flow = buildGraph(
  [
    ['in', 'trigger', { v: 2, on: { kind: 'manual' } }],
    ['look', 'branch', { cases: [{ id: 'a', name: 'A', when: passed }] }],
    ['out', 'exit', { label: 'Out' }],
  ],
  ['in.out>look', 'look.a>out', 'look.otherwise>out'],
)
const [first, ...rest] = flow.nodes
const told = flowTest.parse({
  id: 't',
  name: 'Goes through',
  from: '2026-03-02T09:00:00Z',
  until: '2026-03-03T09:00:00Z',
  persona: { drawn: { look: 'a' } },
  events: [{ time: '2026-03-02T09:00:00Z', enrol: { node: 'in' } }],
  expect: [{ node: 'in', port: 'out' }, { node: 'look' }],
  end: { how: 'rests', node: 'look' },
})

test('a copy has ids of its own, and keeps groups, notes, tests and what names its steps', () => {
  if (!first) throw new Error('There is no step.')
  const graph = {
    ...flow,
    nodes: [{ ...first, parentId: 'g' }, ...rest],
    groups: [{ id: 'g', name: 'Before', folded: false }],
    notes: [{ id: 'n', position: { x: 0, y: 0 }, text: 'Read me' }],
    tests: [told],
  }
  let nth = 0
  const made = copyFlow(graph, () => `new-${++nth}`)
  const [start = '', look = ''] = made.nodes.map((it) => it.id)
  expect(made.nodes.some((it) => graph.nodes.some((old) => old.id === it.id))).toBe(false)
  expect(made.groups?.map((it) => it.name)).toEqual(['Before'])
  expect(made.nodes[0]?.parentId).toBe(made.groups?.[0]?.id)
  expect(made.notes).toEqual(graph.notes)
  expect(JSON.stringify(made.nodes[1]?.data)).toContain(`"kind":"journey","node":"${start}"`)
  expect(made.tests).toEqual([
    {
      ...told,
      persona: { ...told.persona, drawn: { [look]: 'a' } },
      events: [{ ...told.events[0], enrol: { node: start } }],
      expect: [{ node: start, port: 'out' }, { node: look }],
      end: { how: 'rests', node: look },
    },
  ])
})
