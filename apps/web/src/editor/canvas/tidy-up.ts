import type { FlowGraph } from '@baton/engine'
import { boxOf, shapeOf } from '../geometry.ts'
import type { Point } from '../grid.ts'
import type { TidyInput } from './tidy.ts'

/** What of a flow is to be put in order: the chosen steps where there are several, with the ways among them; else all. */
export function toTidy(graph: FlowGraph, selected: ReadonlySet<string>): FlowGraph {
  const chosen = graph.nodes.filter((it) => selected.has(it.id))
  if (chosen.length < 2) return graph
  const has = new Set(chosen.map((it) => it.id))
  return { ...graph, nodes: chosen, edges: graph.edges.filter((it) => has.has(it.source) && has.has(it.target)) }
}

/** What the layout needs of a graph. Ways in the order of their ports, so that what stands left on the card comes left below it. */
export function inputOf(graph: FlowGraph): TidyInput {
  const places = new Map(
    graph.nodes.flatMap((node) => {
      const { ports } = shapeOf(node)
      return ports.map((port, at) => [`${node.id} ${port.id}`, (at + 0.5) / ports.length] as const)
    }),
  )
  const edges = graph.edges.map(({ source, sourceHandle, target }) => ({
    source,
    target,
    from: places.get(`${source} ${sourceHandle}`) ?? 0.5,
  }))
  return {
    nodes: graph.nodes.map((node) => ({ id: node.id, ...boxOf(node) })),
    edges: edges.sort((a, b) => a.from - b.from),
  }
}

/** New places for all steps of a graph, worked out beside the page. */
export function tidyUp(graph: FlowGraph): Promise<Record<string, Point>> {
  const worker = new Worker(new URL('./tidy.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Record<string, Point>>((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<Record<string, Point>>) => resolve(event.data)
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage(inputOf(graph))
  }).finally(() => worker.terminate())
}
