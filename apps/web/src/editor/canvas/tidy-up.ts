import type { FlowGraph } from '@baton/engine'
import { boxOf, type Point, shapeOf } from '../geometry.ts'
import type { TidyInput } from './tidy.ts'

/** Ways in the order of their ports, so that what stands left on the card comes left below it. */
function inputOf(graph: FlowGraph): TidyInput {
  const order = new Map(graph.nodes.flatMap((node) => shapeOf(node).ports.map((port, at) => [`${node.id} ${port.id}`, at] as const)))
  const rank = (source: string, port: string) => order.get(`${source} ${port}`) ?? 0
  const edges = [...graph.edges].sort((a, b) => rank(a.source, a.sourceHandle) - rank(b.source, b.sourceHandle))
  return {
    nodes: graph.nodes.map((node) => ({ id: node.id, ...boxOf(node) })),
    edges: edges.map(({ source, target }) => ({ source, target })),
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
