import type { FlowGraph, FlowNode } from '@baton/engine'
import { readStep } from './geometry.ts'
import { behind } from './steps.ts'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The segment whose members come in by a start; null where they come in otherwise, or by leaving it. */
function segmentOf(start: FlowNode): string | null {
  const read = readStep(start)
  const named = read?.kind.references(read.config).filter((it) => it.kind === 'segment') ?? []
  const leaving = isRecord(start.data.on) && start.data.on.way === 'left'
  return leaving ? null : (named[0]?.id ?? null)
}

/** The one segment from which everybody comes who gets to a step; null where there is none such. */
export function entranceSegment(graph: FlowGraph, node: string): string | null {
  const starts = graph.nodes.filter((it) => readStep(it)?.kind.category === 'trigger' && behind(graph, it.id).has(node))
  const segments = new Set(starts.map(segmentOf))
  const [only = null] = segments
  return segments.size === 1 ? only : null
}
