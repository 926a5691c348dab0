import type { Catalog } from '../catalog.ts'
import { structural } from '../check/check-flow.ts'
import type { Issue } from '../check/issue.ts'
import { checkSubject } from '../check/subject.ts'
import { compileCondition } from '../condition/compile.ts'
import type { CompiledCondition } from '../condition/compiled.ts'
import type { Condition } from '../condition/schema.ts'
import type { FlowGraph } from '../graph/schema.ts'
import type { CompiledGoal, CompiledNode, CompiledTrigger } from '../kind.ts'
import { runOf } from '../nodes/runs.ts'
import type { CompiledFlow } from '../plan.ts'
import { canonicalJson } from './canonical.ts'
import { digest } from './digest.ts'
import { collapseSubFlows } from './inline.ts'
import { unionReads } from './reads.ts'

/**
 * Makes a version ready to run. Refuses a graph that cannot run, with every reason; what is missing around it (a template that
 * was taken away) stops a publish, in `checkFlow`, but not a version that is already live. Deterministic: the same graph and
 * catalog give the same plan, and `hash` depends on the graph alone.
 */
export function compileFlow(source: {
  flowId: string
  version: number
  graph: FlowGraph
  catalog: Catalog
}): { ok: CompiledFlow } | { issues: readonly Issue[] } {
  const { flowId, version, graph, catalog } = source
  const subject = checkSubject(graph, catalog)
  const issues = structural.flatMap((rule) => rule(subject)).filter((it) => it.severity === 'error' && !it.around)
  if (issues.length > 0) return { issues }

  const nodes = new Map<string, CompiledNode>()
  const triggers: { node: string; trigger: CompiledTrigger }[] = []
  const goals: { node: string; goal: CompiledGoal }[] = []
  for (const { id, kind, config } of subject.nodes.values()) {
    const run = runOf(kind.type)
    if (!run) continue
    const node = run.compile(config, { nodeId: id, flowId, catalog, condition: (it) => ready(it, catalog) })
    nodes.set(id, node)
    if (node.trigger) triggers.push({ node: id, trigger: node.trigger })
    if (node.goal) goals.push({ node: id, goal: node.goal })
  }
  const next = new Map<string, Map<string, string>>()
  for (const { source: from, sourceHandle, target } of subject.edges) {
    const ports = next.get(from) ?? new Map<string, string>()
    ports.set(sourceHandle, target)
    next.set(from, ports)
  }
  const { exitWhen: leaving } = graph.settings
  const exitWhen = leaving === undefined || leaving.rules.length === 0 ? null : ready(leaving, catalog)
  const conditions = [...nodes.values()].flatMap((it) => [...it.conditions, ...(it.goal ? [it.goal.when] : [])].map(({ reads }) => reads))
  if (exitWhen) conditions.push(exitWhen.reads)
  goals.sort((a, b) => (a.node < b.node ? -1 : 1))
  return {
    ok: {
      flowId,
      version,
      settings: graph.settings,
      nodes,
      next,
      triggers,
      goals,
      exitWhen,
      mails: new Set([...nodes.values()].flatMap((it) => it.mails ?? [])),
      reads: unionReads(conditions),
      hash: planHash(graph),
    },
  }
}

/** The hash of what a graph does: kinds, configs, ways and settings. Where things lie on the canvas does not count. Versions inside never
 * change, so that a graph has one hash whether their steps are in place or not.
 */
export function planHash(published: FlowGraph): string {
  const graph = collapseSubFlows(published)
  const nodes = graph.nodes.map(({ id, type, data }) => ({ id, type, data })).sort(byId)
  const edges = graph.edges.map(({ source, sourceHandle, target }) => ({ id: `${source} ${sourceHandle}`, target })).sort(byId)
  return digest(canonicalJson({ format: graph.format, nodes, edges, settings: graph.settings }))
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** The checks have passed, so a condition that does not compile here is a bug of a kind that did not check it. */
function ready(condition: Condition, catalog: Catalog): CompiledCondition {
  const compiled = compileCondition(condition, catalog)
  if ('ok' in compiled) return compiled.ok
  throw new Error(`A condition passed the checks and does not compile: ${compiled.issues.map((it) => it.say).join(' ')}`)
}
