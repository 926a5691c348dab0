import type { FlowDiff, FlowGraph } from '@baton/engine'
import { touchedNodes } from '@baton/engine'

/** The draft with what was taken out of it still in its place, so that both can be seen at once. */
export function unionOf(draft: FlowGraph, live: FlowGraph | null, diff: FlowDiff): FlowGraph {
  if (!live) return draft
  const removed = new Set(diff.removed)
  const here = new Set(draft.nodes.map((it) => it.id))
  const groups = new Set((draft.groups ?? []).map((it) => it.id))
  const nodes = live.nodes
    .filter((it) => removed.has(it.id))
    .map(({ parentId, ...it }) => (parentId !== undefined && groups.has(parentId) ? { ...it, parentId } : it))
  const taken = new Set(draft.edges.map((it) => `${it.source} ${it.sourceHandle}`))
  // Ways of steps that stayed are told in words: two ways out of one port cannot be drawn.
  const edges = live.edges
    .filter(
      (it) =>
        (removed.has(it.source) || removed.has(it.target)) && (removed.has(it.source) || !taken.has(`${it.source} ${it.sourceHandle}`)),
    )
    .filter((it) => (here.has(it.source) || removed.has(it.source)) && (here.has(it.target) || removed.has(it.target)))
    .map((it) => ({ ...it, id: `gone ${it.id}` }))
  return { ...draft, nodes: [...draft.nodes, ...nodes], edges: [...draft.edges, ...edges] }
}

/** What each card shows: what became of the step, and whether somebody talks about it. */
export function marksOf(graph: FlowGraph, diff: FlowDiff | null, talked: ReadonlySet<string>): ReadonlyMap<string, string> {
  const added = new Set(diff?.added)
  const removed = new Set(diff?.removed)
  const changed = new Set(diff ? touchedNodes(diff) : [])
  return new Map(
    graph.nodes.map(({ id }) => {
      const how = !diff
        ? ''
        : added.has(id)
          ? 'mark added'
          : removed.has(id)
            ? 'mark removed'
            : changed.has(id)
              ? 'mark changed'
              : 'mark same'
      return [id, [how, talked.has(id) && 'talked'].filter(Boolean).join(' ')]
    }),
  )
}
