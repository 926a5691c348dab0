import type { Issue } from '../check/issue.ts'
import type { FlowEdge, FlowGraph, FlowNode } from '../graph/schema.ts'
import { arrows, reach } from '../graph/walk.ts'
import type { Contained } from '../kind.ts'
import { parseNode } from '../nodes/parse-config.ts'
import { kindOf } from '../nodes/registry.ts'

/** Nodes of a published graph at most, those of the flows inside counted. */
export const MAX_NODES = 5000
/** How deep flows may lie in one another. */
export const MAX_NESTING = 5

/** A published version of a flow that another one contains. Its own sub-flows are in place already. */
export interface ContainedFlow {
  name: string
  graph: FlowGraph
}

export type LookupFlow = (flowId: string, version: number) => ContainedFlow | undefined

/** What a node contains; undefined where it contains nothing or cannot be read. */
export function containedIn(node: FlowNode): Contained | undefined {
  if (!kindOf(node.type)?.contains) return undefined
  const parsed = parseNode(node)
  return ('ok' in parsed && parsed.ok.kind.contains?.(parsed.ok.config)) || undefined
}

/**
 * Puts the steps of the flows inside in their places (SEMANTICS 9): under `call/step`, from the step behind the chosen trigger on; the
 * exits become the ways out of the call, which stays as the way in. Deterministic. Refused with the call at fault: a version that is
 * not there, flows that contain one another (the chain is named), too deep, too large. E-302 to E-306.
 * @param self the flow whose graph this is
 */
export function inlineSubFlows(
  graph: FlowGraph,
  lookup: LookupFlow,
  self: { id: string; name: string },
): { ok: FlowGraph } | { issues: readonly Issue[] } {
  const nodes: FlowNode[] = []
  const brought: FlowEdge[] = []
  const called = new Set<string>()
  const issues: Issue[] = []
  for (const node of graph.nodes) {
    const contained = containedIn(node)
    if (!contained || contained.inlined) {
      nodes.push(node)
      continue
    }
    const made = bring(graph, node, contained, lookup, self)
    if ('say' in made) issues.push({ code: made.code, severity: 'error', nodes: [node.id], say: made.say })
    else {
      nodes.push({ ...node, data: { ...node.data, inlined: true } }, ...made.nodes)
      brought.push(...made.edges)
      called.add(node.id)
    }
  }
  if (issues.length > 0) return { issues }
  if (nodes.length > MAX_NODES) {
    const say = `With the flows inside this has ${nodes.length.toLocaleString('en')} steps; at most ${MAX_NODES.toLocaleString('en')} are possible. Start one of them as a flow of its own.`
    return { issues: [{ code: 'sub-flow.size', severity: 'error', nodes: [...called], say }] }
  }
  if (called.size === 0) return { ok: graph }
  return { ok: { ...graph, nodes, edges: [...graph.edges.filter((it) => !called.has(it.source)), ...brought] } }
}

type Fault = { code: 'sub-flow.version' | 'sub-flow.start' | 'sub-flow.ways' | 'sub-flow.chain' | 'sub-flow.deep'; say: string }

function bring(
  outer: FlowGraph,
  call: FlowNode,
  { flowId, version, start, ways, inside, onward }: Contained,
  lookup: LookupFlow,
  self: { id: string; name: string },
): { nodes: FlowNode[]; edges: FlowEdge[] } | Fault {
  if (flowId === null || version === null || start === null)
    return { code: 'sub-flow.version', say: 'Choose the flow whose steps people go through here.' }
  if (flowId === self.id)
    return { code: 'sub-flow.chain', say: `${self.name} would contain itself. Start it as a flow of its own instead.` }
  const found = lookup(flowId, version)
  if (!found) return { code: 'sub-flow.version', say: 'The version chosen here is not there. Choose the flow again.' }
  const chain = chainTo(found, self.id, lookup)
  if (chain) {
    const names = [self.name, found.name, ...chain, self.name].join(' → ')
    return { code: 'sub-flow.chain', say: `These flows contain one another: ${names}. Start one of them as a flow of its own instead.` }
  }
  const inner = found.graph
  if (inner.nodes.some((it) => it.id.split('/').length >= MAX_NESTING)) {
    return { code: 'sub-flow.deep', say: `Flows lie at most ${MAX_NESTING} deep in one another. Bring fewer of them into ${found.name}.` }
  }
  const first = inner.edges.find((it) => it.source === start)
  if (!first || !inner.nodes.some((it) => it.id === start && isTrigger(it)))
    return { code: 'sub-flow.start', say: `${found.name} does not begin there. Choose where people begin.` }
  const kept = stepsFrom(inner, first.target)
  const exits = inner.nodes.filter((it) => kept.has(it.id) && isExit(it))
  if (exits.some((it) => !ways.includes(it.id))) {
    return { code: 'sub-flow.ways', say: `The ways out of ${found.name} are not the ones shown here. Choose the flow again.` }
  }
  const steps = inner.nodes.filter((it) => kept.has(it.id) && !isTrigger(it))
  const left = Math.min(...steps.map((it) => it.position.x))
  const top = Math.min(...steps.map((it) => it.position.y))
  const ids = new Set(inner.nodes.map((it) => it.id))
  const nodes = steps.map((it): FlowNode => {
    const position = { x: call.position.x + it.position.x - left, y: call.position.y + it.position.y - top }
    const id = `${call.id}/${it.id}`
    if (isExit(it)) return { id, type: call.type, position, data: { ...call.data, inlined: true, left: it.id } }
    const parent = it.parentId === undefined ? {} : { parentId: `${call.id}/${it.parentId}` }
    return { id, type: it.type, position, data: renamed(it.data, ids, call.id), ...parent }
  })
  const own = new Set(steps.map((it) => it.id))
  const within = inner.edges.filter((it) => own.has(it.source) && own.has(it.target))
  const back = outer.edges.filter((it) => it.source === call.id && own.has(it.sourceHandle))
  const edges = [
    { id: `${call.id}/`, source: call.id, sourceHandle: inside, target: `${call.id}/${first.target}` },
    ...within.map((it) => ({ ...it, id: `${call.id}/${it.id}`, source: `${call.id}/${it.source}`, target: `${call.id}/${it.target}` })),
    ...back.map((it) => ({ ...it, source: `${call.id}/${it.sourceHandle}`, sourceHandle: onward })),
  ]
  return { nodes, edges }
}

export const isTrigger = ({ type }: FlowNode) => kindOf(type)?.category === 'trigger'

/** An exit has no way on, and nobody rests there: it is the end of a way through the flow inside. */
export function isExit(node: FlowNode): boolean {
  const parsed = parseNode(node)
  if (!('ok' in parsed)) return false
  const { kind, config } = parsed.ok
  return kind.ports(config).length === 0 && !(kind.restsAs?.(config) ?? kind.rests)
}

/** What people can get to from a step on; and whatever no way leads to, since people are put there (goals). */
export function stepsFrom(graph: FlowGraph, first: string): ReadonlySet<string> {
  const led = new Set(graph.edges.map((it) => it.target))
  const put = graph.nodes.filter((it) => !led.has(it.id) && !isTrigger(it)).map((it) => it.id)
  return reach([first, ...put], arrows(graph.edges.map((it) => [it.source, it.target] as const)))
}

/** Names of the flows on the way from a version to one that it contains; undefined where it does not contain it. */
function chainTo({ graph }: ContainedFlow, flowId: string, lookup: LookupFlow): string[] | undefined {
  const calls = new Map(graph.nodes.flatMap((it) => (containedIn(it) ? [[it.id, containedIn(it)] as const] : [])))
  for (const [id, contained] of calls) {
    if (contained?.flowId !== flowId) continue
    const parts = id.split('/').slice(0, -1)
    return parts.map((_, i) => {
      const outer = calls.get(parts.slice(0, i + 1).join('/'))
      return (outer?.flowId && outer.version && lookup(outer.flowId, outer.version)?.name) || outer?.flowId || ''
    })
  }
  return undefined
}

/** Conditions over the journey name steps of their own flow: these have other ids now. */
function renamed<T>(value: T, ids: ReadonlySet<string>, call: string): T
function renamed(value: unknown, ids: ReadonlySet<string>, call: string): unknown {
  if (Array.isArray(value)) return value.map((it) => renamed(it, ids, call))
  if (typeof value !== 'object' || value === null) return value
  const journey = 'kind' in value && value.kind === 'journey'
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => [
      key,
      journey && key === 'node' && typeof it === 'string' && ids.has(it) ? `${call}/${it}` : renamed(it, ids, call),
    ]),
  )
}

/** The graph as it was drawn: without the steps of the flows inside. The reverse of `inlineSubFlows`. */
export function collapseSubFlows(graph: FlowGraph): FlowGraph {
  const calls = new Set(graph.nodes.filter((it) => containedIn(it)?.inlined && callOf(it.id) === it.id).map((it) => it.id))
  if (calls.size === 0) return graph
  const within = (id: string) => callOf(id) !== id && calls.has(callOf(id))
  const nodes = graph.nodes.flatMap((it): FlowNode[] => {
    if (within(it.id)) return []
    if (!calls.has(it.id)) return [it]
    const { inlined: _, ...data } = it.data
    return [{ ...it, data }]
  })
  const edges = graph.edges.flatMap((it): FlowEdge[] => {
    if (calls.has(it.source) || within(it.target)) return []
    const [call = '', exit = ''] = it.source.split('/', 2)
    return [within(it.source) ? { ...it, source: call, sourceHandle: exit } : it]
  })
  return { ...graph, nodes, edges }
}

/** The step of the drawn graph to which a step belongs: the outermost call, or itself. */
export const callOf = (id: string): string => {
  const slash = id.indexOf('/')
  return slash === -1 ? id : id.slice(0, slash)
}
