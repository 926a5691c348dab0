import { type FlowGraph, kindOf } from '@baton/engine'
import { boxOf, shapeOf, stepIn } from '../geometry.ts'

type Way = 'ArrowDown' | 'ArrowUp' | 'ArrowLeft' | 'ArrowRight'

const topLeft = (graph: FlowGraph, ids?: ReadonlySet<string>) =>
  graph.nodes.filter((it) => !ids || ids.has(it.id)).sort((a, b) => a.position.y - b.position.y || a.position.x - b.position.x)

/** The first start, or the first step of all. */
export const firstStep = (graph: FlowGraph): string | undefined => topLeft(graph)[0]?.id
/** The last step without a way on. */
export const lastStep = (graph: FlowGraph): string | undefined => topLeft(graph).at(-1)?.id

/** Where an arrow key leads from a step: down and up along ways, left and right to siblings of the same step or row. */
export function walk(graph: FlowGraph, from: string, key: Way, port: string | null): string | undefined {
  const node = graph.nodes.find((it) => it.id === from)
  if (!node) return firstStep(graph)
  if (key === 'ArrowDown') {
    const order = shapeOf(node).ports.map((it) => it.id)
    const ways = graph.edges.filter((it) => it.source === from)
    const chosen = ways.find((it) => it.sourceHandle === port)
    return (chosen ?? ways.sort((a, b) => order.indexOf(a.sourceHandle) - order.indexOf(b.sourceHandle))[0])?.target
  }
  if (key === 'ArrowUp') return graph.edges.find((it) => it.target === from)?.source
  const parents = new Set(graph.edges.filter((it) => it.target === from).map((it) => it.source))
  const siblings = new Set(graph.edges.filter((it) => parents.has(it.source)).map((it) => it.target))
  const row = graph.nodes.filter((it) => it.id === from || siblings.has(it.id) || Math.abs(it.position.y - node.position.y) < 40)
  const sorted = row.sort((a, b) => a.position.x - b.position.x || a.position.y - b.position.y)
  return sorted[sorted.findIndex((it) => it.id === from) + (key === 'ArrowRight' ? 1 : -1)]?.id
}

/** The neighbouring port of a step, round and round. */
export function nextPort(graph: FlowGraph, id: string, port: string | null, by: 1 | -1): string | null {
  const node = graph.nodes.find((it) => it.id === id)
  const ports = node ? shapeOf(node).ports : []
  if (ports.length < 2) return ports[0]?.id ?? null
  const at = ports.findIndex((it) => it.id === port)
  return ports[(at + by + ports.length) % ports.length]?.id ?? null
}

/** Whether a way may lead from one step to another: never to itself, and nothing leads to a start. A folded group is no step. */
export function mayLead(graph: FlowGraph, from: string, to: string): boolean {
  const target = stepIn(graph, to)
  return from !== to && stepIn(graph, from) !== undefined && target !== undefined && kindOf(target.type)?.category !== 'trigger'
}

/** The nearest step in the direction of an arrow key, whatever the ways: to choose where a new one shall lead. */
export function beside(graph: FlowGraph, from: string, key: Way): string | undefined {
  const node = graph.nodes.find((it) => it.id === from)
  if (!node) return firstStep(graph)
  const middle = (it: (typeof graph.nodes)[number]) => {
    const { x, y, width, height } = boxOf(it)
    return { x: x + width / 2, y: y + height / 2 }
  }
  const here = middle(node)
  const sign = key === 'ArrowDown' || key === 'ArrowRight' ? 1 : -1
  let best: { id: string; far: number } | undefined
  for (const it of graph.nodes) {
    const at = middle(it)
    const upright = key === 'ArrowDown' || key === 'ArrowUp'
    const ahead = (upright ? at.y - here.y : at.x - here.x) * sign
    const aside = Math.abs(upright ? at.x - here.x : at.y - here.y)
    // Further aside than ahead is another direction.
    if (it.id === from || ahead <= 0 || aside > 2 * ahead) continue
    const far = ahead + 2 * aside
    if (!best || far < best.far) best = { id: it.id, far }
  }
  return best?.id
}
