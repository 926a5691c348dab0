import { type Comparison, type FlowGraph, kindOf, parseGraph, parseNode } from '@baton/engine'
import { z } from 'zod'

/** A flow's graph as it comes in, read by the engine; every fault with its path. */
export const graphInput = z.unknown().transform((value, context): FlowGraph => {
  const read = parseGraph(value)
  if ('ok' in read) return read.ok
  for (const { path, message } of read.error) context.addIssue({ code: 'custom', path: path.split('.'), message })
  return z.NEVER
})

/** A flow on the way between installations: what `export` gives and `import` takes. */
export interface FlowFile {
  baton: 'flow'
  name: string
  graph: FlowGraph
}

const fileHead = z.object({ baton: z.literal('flow'), name: z.string().trim().min(1).max(120), graph: z.unknown() })

/** What any flow has, of whatever version. */
const hasSteps = z.object({ nodes: z.array(z.unknown()) })

/** Reads an exported flow, or a bare graph (then without a name). Says every fault with its path. */
export const fileInput = z.unknown().transform((value, context): { name: string | undefined; graph: FlowGraph } => {
  const head = fileHead.safeParse(value)
  const within = head.success ? ['graph'] : []
  const graph = head.success ? head.data.graph : value
  if (!hasSteps.safeParse(graph).success) {
    context.addIssue({ code: 'custom', message: 'This is no flow: there are no steps in it. Choose a file that was saved from a flow.' })
    return z.NEVER
  }
  const read = parseGraph(graph)
  if ('ok' in read) return { name: head.success ? head.data.name : undefined, graph: read.ok }
  for (const { path, message } of read.error) {
    context.addIssue({ code: 'custom', path: [...within, ...path.split('.').filter(Boolean)], message })
  }
  return z.NEVER
})

/** Ids of the steps by which people come in, and of those that hand them to sales. */
export function landmarks(graph: FlowGraph): { entries: ReadonlySet<string>; handOvers: ReadonlySet<string> } {
  const entries = new Set<string>()
  const handOvers = new Set<string>()
  for (const { id, type } of graph.nodes) {
    const kind = kindOf(type)
    if (kind?.category === 'trigger') entries.add(id)
    if (kind?.category === 'sales' && kind.rests) handOvers.add(id)
  }
  return { entries, handOvers }
}

/** The ways that a step sends people by chance; undefined where it does not, or cannot be read. */
export function comparisonAt(graph: FlowGraph, id: string): Comparison | undefined {
  const node = graph.nodes.find((it) => it.id === id)
  const read = node && parseNode(node)
  return read && 'ok' in read ? read.ok.kind.compares?.(read.ok.config) : undefined
}

/** What a thumbnail needs: where the steps are, of which category, and which of them are the wide ones. */
export type SketchStep = { x: number; y: number; category: string; wide: boolean }

/** Steps of a sketch at most: a picture of 44 × 28 holds no more. */
const SKETCH = 60

export const sketchOf = (graph: FlowGraph): SketchStep[] =>
  graph.nodes.slice(0, SKETCH).map(({ type, position }) => {
    const kind = kindOf(type)
    const category = kind?.category ?? 'exit'
    return { x: position.x, y: position.y, category, wide: category === 'sales' && kind?.rests === true }
  })
