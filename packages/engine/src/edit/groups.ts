import type { FlowGraph, FlowGroup, FlowNode } from '../graph/schema.ts'

/** Takes away the groups that nothing lies in, and what steps say of groups that are not there. */
export function tidyGroups(graph: FlowGraph): FlowGraph {
  const groups = graph.groups ?? []
  const known = new Set(groups.map((it) => it.id))
  const used = new Set(graph.nodes.flatMap((it) => it.parentId ?? []))
  const kept = groups.filter((it) => used.has(it.id))
  const lost = graph.nodes.some((it) => it.parentId !== undefined && !known.has(it.parentId))
  if (kept.length === groups.length && !lost) return graph
  return {
    ...graph,
    nodes: lost ? graph.nodes.map((it) => (it.parentId === undefined || known.has(it.parentId) ? it : alone(it))) : graph.nodes,
    groups: kept,
  }
}

function alone(node: FlowNode): FlowNode {
  const { parentId: _, ...rest } = node
  return rest
}

/** Puts steps into a group of their own; they leave the group they were in. A group that is left empty goes. */
export function groupNodes(graph: FlowGraph, ids: readonly string[], group: FlowGroup): FlowGraph {
  const wanted = new Set(ids)
  const any = graph.nodes.some((it) => wanted.has(it.id))
  if (!any || graph.groups?.some((it) => it.id === group.id)) return graph
  return tidyGroups({
    ...graph,
    nodes: graph.nodes.map((it) => (wanted.has(it.id) ? { ...it, parentId: group.id } : it)),
    groups: [...(graph.groups ?? []), group],
  })
}

/** Takes groups away; what lay in them stays where it is. */
export function ungroup(graph: FlowGraph, ids: readonly string[]): FlowGraph {
  const gone = new Set(ids)
  const groups = graph.groups?.filter((it) => !gone.has(it.id))
  if (groups === undefined || groups.length === graph.groups?.length) return graph
  return tidyGroups({ ...graph, groups })
}

/** Names, folds or unfolds a group. */
export function setGroup(graph: FlowGraph, id: string, change: Partial<Omit<FlowGroup, 'id'>>): FlowGraph {
  const group = graph.groups?.find((it) => it.id === id)
  if (!group) return graph
  const next = { ...group, ...change }
  if (next.name === group.name && next.folded === group.folded) return graph
  return { ...graph, groups: graph.groups?.map((it) => (it === group ? next : it)) }
}
