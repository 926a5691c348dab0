import type { FlowGraph, FlowNode } from '@baton/engine'
import { describe, expect, test } from 'vitest'
import { type Item, openable, outlineOf, pathTo, rowsOf } from './tree.ts'

const node = (id: string, type = 'wait', y = 0, more: Partial<FlowNode> = {}): FlowNode => ({
  id,
  type,
  position: { x: 0, y },
  data: {
    ...(type === 'wait' ? { until: { kind: 'duration', amount: 1, unit: 'days' } } : {}),
    ...(type === 'trigger' ? { on: { kind: 'api' } } : {}),
    ...(type === 'split' ? { v: 1, ways: [way('a'), way('b')], goal: null } : {}),
  },
  ...more,
})
const way = (id: string) => ({ id, name: id.toUpperCase(), weight: 50, holdOut: false })
const edge = (source: string, target: string, sourceHandle = 'out') => ({ id: `${source}-${target}`, source, sourceHandle, target })
const flow = (nodes: FlowNode[], edges: FlowGraph['edges'], more: Partial<FlowGraph> = {}): FlowGraph => ({
  format: 1,
  nodes,
  edges,
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  ...more,
})
/** The outline as text: what lies in a line stands behind it in brackets. */
const said = (items: readonly Item[]): string =>
  items
    .map(({ what, inside }) => {
      const words = {
        step: () => what.is === 'step' && what.node.id,
        port: () => what.is === 'port' && `:${what.port.label}`,
        jump: () => what.is === 'jump' && `${what.back ? 'back' : 'on'}>${what.to.id}`,
        end: () => '…',
        part: () => what.is === 'part' && `${what.part}${what.size}`,
        group: () => what.is === 'group' && what.group.name,
        note: () => what.is === 'note' && what.note.text,
      }[what.is]()
      return inside.length === 0 ? words : `${words}(${said(inside)})`
    })
    .join(' ')

const fork = [edge('s', 'f'), edge('f', 'x', 'a'), edge('f', 'y', 'b')]

describe('the outline of a flow', () => {
  test('what follows stands below, ways out lie in their step, a join is told where it is met again', () => {
    const graph = flow(
      [node('s', 'trigger'), node('f', 'split'), node('x'), node('y'), node('z', 'exit')],
      [...fork, edge('x', 'z'), edge('y', 'z')],
    )
    expect(said(outlineOf(graph))).toBe('s(f(:A(x z) :B(y on>z)))')
  })

  test('a loop goes back; an open way out says so; an empty way lies there to be filled', () => {
    const graph = flow([node('s', 'trigger'), node('f', 'split'), node('x')], [edge('s', 'f'), edge('f', 'x', 'a'), edge('x', 'f')])
    expect(said(outlineOf(graph))).toBe('s(f(:A(x back>f) :B))')
    expect(said(outlineOf(flow([node('s', 'trigger'), node('x')], [edge('s', 'x')])))).toBe('s(x …)')
  })

  test('several starts, steps that none leads to, circles, groups and notes', () => {
    const graph = flow(
      [
        node('s', 'trigger', 0, { parentId: 'g' }),
        node('t', 'trigger', 40),
        node('x', 'wait', 80),
        node('lost', 'exit', 120),
        node('c', 'wait', 160),
        node('d', 'wait', 200),
      ],
      [edge('s', 'x'), edge('t', 'x'), edge('c', 'd'), edge('d', 'c')],
      { groups: [{ id: 'g', name: 'In', folded: false }], notes: [{ id: 'n', position: { x: 0, y: 0 }, text: 'Ask' }] },
    )
    expect(said(outlineOf(graph))).toBe('s(x …) t(on>x) apart3(lost c(d back>c)) groups1(In) notes1(Ask)')
  })

  test('every step stands in it exactly once, also those of a kind that is not known', () => {
    const graph = flow([node('s', 'trigger'), node('new', 'from-tomorrow'), node('x', 'exit')], [edge('s', 'new'), edge('new', 'x', 'odd')])
    expect(said(outlineOf(graph))).toBe('s(new x)')
  })

  test('the longest line and the deepest fork that a flow may have are read', () => {
    const chain = Array.from({ length: 5000 }, (_, i) => node(`n${i}`, i === 0 ? 'trigger' : 'wait', i))
    const ways = chain.slice(1).map((it, i) => edge(`n${i}`, it.id))
    expect(rowsOf(outlineOf(flow(chain, ways)), new Set())).toHaveLength(5001)
    const forks = Array.from({ length: 5000 }, (_, i) => node(`n${i}`, i === 0 ? 'trigger' : 'split', i))
    const down = forks.slice(1).map((it, i) => edge(`n${i}`, it.id, i === 0 ? 'out' : 'a'))
    expect(rowsOf(outlineOf(flow(forks, down)), new Set()).filter((it) => it.what.is === 'step')).toHaveLength(5000)
  })

  test('closed lines hide what lies in them, and places are counted among siblings', () => {
    const items = outlineOf(flow([node('s', 'trigger'), node('f', 'split'), node('x'), node('y')], fork))
    const rows = rowsOf(items, new Set())
    expect(rows.map((it) => [it.key, it.level, it.place, it.of])).toEqual([
      ['step:s', 1, 1, 1],
      ['step:f', 2, 1, 1],
      ['port:f:a', 3, 1, 2],
      ['step:x', 4, 1, 2],
      ['end:x', 4, 2, 2],
      ['port:f:b', 3, 2, 2],
      ['step:y', 4, 1, 2],
      ['end:y', 4, 2, 2],
    ])
    expect(rowsOf(items, new Set(['port:f:a'])).map((it) => it.key)).not.toContain('step:x')
    expect(pathTo(items, 'step:x')).toEqual(['step:s', 'step:f', 'port:f:a'])
    expect(openable(items)).toEqual(['step:f', 'port:f:a', 'port:f:b'])
  })
})
