import { DEEPEST, nestsTooDeep } from './depth.ts'
import { type FlowGraph, flowGraph, GRAPH_FORMAT } from './schema.ts'

/** What is wrong with a file or a stored graph: where, and what to do. */
export interface GraphError {
  path: string
  message: string
}

/** Reads a graph from anything: a file, a JSON column, the clipboard. Says every fault with its path. Never throws. */
export function parseGraph(input: unknown): { ok: FlowGraph } | { error: readonly GraphError[] } {
  const format = typeof input === 'object' && input !== null && 'format' in input ? input.format : GRAPH_FORMAT
  if (typeof format === 'number' && format > GRAPH_FORMAT) {
    const message = `This flow has format ${format}, from a newer Baton; this one reads up to ${GRAPH_FORMAT}. Update Baton.`
    return { error: [{ path: 'format', message }] }
  }
  if (nestsTooDeep(input)) {
    const message = `Something in this flow nests more than ${DEEPEST} deep: no step is made like that. Take it out of the file.`
    return { error: [{ path: '', message }] }
  }
  const parsed = flowGraph.safeParse(input)
  if (!parsed.success) return { error: parsed.error.issues.map((it) => ({ path: it.path.map(String).join('.'), message: it.message })) }
  const error = doubles(parsed.data)
  return error.length === 0 ? { ok: parsed.data } : { error }
}

/** Two things of one sort with one id: nobody could say which is meant. */
function doubles(graph: FlowGraph): GraphError[] {
  const errors: GraphError[] = []
  for (const part of ['nodes', 'edges', 'notes', 'groups', 'tests'] as const) {
    const seen = new Set<string>()
    for (const [i, { id }] of (graph[part] ?? []).entries()) {
      if (seen.has(id)) errors.push({ path: `${part}.${i}.id`, message: `The id “${id}” is there twice. Give each its own.` })
      seen.add(id)
    }
  }
  return errors
}
