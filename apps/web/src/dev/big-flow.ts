import type { FlowGraph } from '@baton/engine'
import { sampleFlows } from '@baton/engine/fixtures'
import { boxOf } from '../editor/geometry.ts'

/** Between two copies of a programme. */
const ROOM = 48
/** Programmes beside one another. */
const ACROSS = 8

/** A flow of so many steps: our sample programmes over and over, so that cards, ways and distances are those of real flows. */
export function bigFlow(steps: number): FlowGraph {
  const [first] = sampleFlows
  if (!first) throw new Error('There are no sample flows')
  const graph: FlowGraph = { ...first.graph, nodes: [], edges: [], notes: [], groups: [] }
  const nodes: FlowGraph['nodes'] = []
  const edges: FlowGraph['edges'] = []
  const at = { x: 0, y: 0, low: 0 }
  for (let copy = 0; nodes.length < steps; copy++) {
    const sample = sampleFlows[copy % sampleFlows.length]?.graph ?? first.graph
    if (copy % ACROSS === 0) Object.assign(at, { x: 0, y: copy === 0 ? 0 : at.low + ROOM })
    const boxes = sample.nodes.map(boxOf)
    const left = Math.min(...boxes.map((it) => it.x))
    const top = Math.min(...boxes.map((it) => it.y))
    const own = sample.nodes.slice(0, steps - nodes.length)
    const ids = new Set(own.map((it) => it.id))
    for (const { id, type, data, position } of own) {
      nodes.push({ id: `${copy}.${id}`, type, data: { ...data }, position: { x: position.x - left + at.x, y: position.y - top + at.y } })
    }
    for (const it of sample.edges) {
      if (!ids.has(it.source) || !ids.has(it.target)) continue
      edges.push({ ...it, id: `${copy}.${it.id}`, source: `${copy}.${it.source}`, target: `${copy}.${it.target}` })
    }
    at.x += Math.max(...boxes.map((it) => it.x + it.width)) - left + ROOM
    at.low = Math.max(at.low, at.y + Math.max(...boxes.map((it) => it.y + it.height)) - top)
  }
  return { ...graph, nodes, edges }
}
