import type { Catalog } from '../catalog.ts'
import { checkFlow } from '../check/check-flow.ts'
import type { Issue } from '../check/issue.ts'
import type { CheckContext } from '../check/subject.ts'
import type { FlowGraph } from '../graph/schema.ts'
import { callOf, inlineSubFlows, type LookupFlow } from './inline.ts'

/**
 * Checks a drawn graph together with the flows inside it. What is wrong inside is told at the call. Problems of the drawn graph come
 * first and alone, since what is inside cannot be judged before. E-306.
 */
export function checkWithSubFlows(
  graph: FlowGraph,
  catalog: Catalog,
  lookup: LookupFlow,
  self: { id: string; name: string },
  context: Omit<CheckContext, 'flowId'> = {},
): { issues: readonly Issue[]; graph: FlowGraph } {
  const at = { ...context, flowId: self.id }
  const issues = checkFlow(graph, catalog, at)
  if (issues.some((it) => it.severity === 'error')) return { issues, graph }
  const inlined = inlineSubFlows(graph, lookup, self)
  if ('issues' in inlined) return { issues: [...issues, ...inlined.issues], graph }
  if (inlined.ok === graph) return { issues, graph }
  return { issues: checkFlow(inlined.ok, catalog, at).map(outside), graph: inlined.ok }
}

/** An issue at a step inside, told at the call. */
function outside(issue: Issue): Issue {
  if (!issue.nodes.some((it) => it !== callOf(it))) return issue
  const { path: _, ...rest } = issue
  return { ...rest, nodes: [...new Set(issue.nodes.map(callOf))], say: `In the flow inside: ${issue.say}` }
}
