import type { FlowGraph } from '@baton/engine'
import { boxOf, shapeOf } from '../geometry.ts'
import type { Point } from '../grid.ts'
import type { TidyInput } from './tidy.ts'

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

/** New places for all steps, worked out beside the page. */
export function tidyUp(graph: FlowGraph): Promise<Record<string, Point>> {
  const worker = new Worker(new URL('./tidy.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Record<string, Point>>((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<Record<string, Point>>) => resolve(event.data)
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage(inputOf(graph))
  }).finally(() => worker.terminate())
}
