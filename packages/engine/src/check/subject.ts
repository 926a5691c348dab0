import type { Catalog } from '../catalog.ts'
import type { FlowEdge, FlowGraph } from '../graph/schema.ts'
import { type Arrows, arrows } from '../graph/walk.ts'
import type { Port } from '../kind.ts'
import { type ConfigProblem, type ParsedNode, parseNode } from '../nodes/parse-config.ts'
import type { Instant } from '../state/person.ts'
import type { Issue } from './issue.ts'
import { withSteps } from './steps.ts'

/** A node with its answers, asked once for all rules. */
export interface CheckedNode extends ParsedNode {
  ports: readonly Port[]
}

/** What a check may know besides the flow and its catalog. What is not given is not checked. */
export interface CheckContext {
  /** Which flow of the catalog this is: it is not compared with itself. */
  flowId?: string | undefined
  now?: Instant | undefined
  /** What a simulation of this very graph came to. */
  forecast?: Forecast | undefined
}

/** What the checks read of a simulation: how many leads each team is given, and how many it can take. */
export interface Forecast {
  handOffs: readonly {
    teamId: string
    perWorkday: number
    capacity: number
    /** Names of reps who have no room for another lead most of the time. */
    full?: readonly string[] | undefined
  }[]
}

/** What the rules look at. */
export interface CheckSubject {
  context: CheckContext
  graph: FlowGraph
  catalog: Catalog
  /** Nodes that could be read, by id. */
  nodes: ReadonlyMap<string, CheckedNode>
  unreadable: readonly { id: string; problems: readonly ConfigProblem[] }[]
  /** Edges that connect an existing port with an existing node. */
  edges: readonly FlowEdge[]
  next: Arrows
  /** What a node is called in an issue: the author's name, else the words of its card. */
  nameOf(id: string): string
}

/** One rule: looks at the whole flow, returns what it finds. */
export type Rule = (subject: CheckSubject) => readonly Issue[]

/** Reads a graph for the rules. */
export function checkSubject(graph: FlowGraph, around: Catalog, context: CheckContext = {}): CheckSubject {
  const catalog = withSteps(around, graph)
  const nodes = new Map<string, CheckedNode>()
  const unreadable: { id: string; problems: readonly ConfigProblem[] }[] = []
  for (const node of graph.nodes) {
    const parsed = parseNode(node)
    if ('ok' in parsed) nodes.set(node.id, { ...parsed.ok, ports: parsed.ok.kind.ports(parsed.ok.config) })
    else unreadable.push({ id: node.id, problems: parsed.problems })
  }
  const ids = new Set(graph.nodes.map((it) => it.id))
  const edges = graph.edges.filter((edge) => {
    if (!ids.has(edge.source) || !ids.has(edge.target)) return false
    const from = nodes.get(edge.source)
    return !from || from.ports.some((port) => port.id === edge.sourceHandle)
  })
  return {
    context,
    graph,
    catalog,
    nodes,
    unreadable,
    edges,
    next: arrows(edges.map((it) => [it.source, it.target] as const)),
    nameOf: (id) => {
      const node = nodes.get(id)
      const given = graph.nodes.find((it) => it.id === id)?.data.name
      if (typeof given === 'string' && given.trim() !== '') return `“${given}”`
      return node
        ? `“${node.kind
            .sentence(node.config, catalog)
            .map((it) => it.text)
            .join('')}”`
        : 'This step'
    },
  }
}
