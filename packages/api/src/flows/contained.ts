import { type FlowRow, flowById, listSegments, liveScoreModel, publishedModel, type Sql, versionGraph } from '@baton/db'
import {
  type Catalog,
  type CheckContext,
  type ContainedFlow,
  checkWithSubFlows,
  containedIn,
  type Entrance,
  entrancesOf,
  type FlowGraph,
  failedTests,
  type Issue,
  type LookupFlow,
} from '@baton/engine'
import { fail } from '../errors.ts'

/** A version that is contained, by which it is found. */
export interface Inner extends ContainedFlow {
  flowId: string
  version: number
}

/** The versions that a drawn graph contains, and those that these contain, for their names. Loaded before, since the engine waits for nobody. */
async function lookupFor(sql: Sql, graph: FlowGraph): Promise<LookupFlow> {
  const found = new Map((await innerFlows(sql, graph)).map((it) => [`${it.flowId} ${it.version}`, it]))
  return (flowId, version) => found.get(`${flowId} ${version}`)
}

/** The versions that a drawn graph contains, and those that these contain. */
export async function innerFlows(sql: Sql, graph: FlowGraph): Promise<Inner[]> {
  const found = new Map<string, Inner>()
  const open = [graph]
  for (let next = open.pop(); next; next = open.pop()) {
    for (const node of next.nodes) {
      const { flowId = null, version = null } = containedIn(node) ?? {}
      if (flowId === null || version === null || found.has(`${flowId} ${version}`)) continue
      const [flow, inner] = [await flowById(sql, flowId), await versionGraph(sql, flowId, version)]
      if (!flow || !inner) continue
      found.set(`${flowId} ${version}`, { flowId, version, name: flow.name, graph: inner })
      open.push(inner)
    }
  }
  return [...found.values()]
}

/**
 * Problems of a draft together with the flows inside it, and the graph that would be published: with their steps in place. As at a publish
 * where `now` says when that would be: its tests are gone through too.
 */
export async function checkDraft(
  sql: Sql,
  flow: Pick<FlowRow, 'id' | 'name' | 'draft'>,
  catalog: Catalog,
  context: CheckContext = {},
): Promise<{ issues: readonly Issue[]; graph: FlowGraph }> {
  const lookup = await lookupFor(sql, flow.draft)
  const checked = checkWithSubFlows(flow.draft, catalog, lookup, flow, context)
  if (context.now === undefined || !flow.draft.tests?.length) return checked
  const segments = (await listSegments(sql)).filter((it) => it.kind === 'rule')
  const model = await liveScoreModel(sql)
  const scoring = model ? publishedModel(model) : null
  const failed = failedTests({ flowId: flow.id, name: flow.name, graph: flow.draft, catalog, segments, scoring, lookup })
  return { ...checked, issues: [...checked.issues, ...failed] }
}

/** A published version as another flow may contain it: where people begin, and by which exits they come out. */
export async function contained(
  sql: Sql,
  of: { id: string; version: number },
  catalog: Catalog,
): Promise<{ name: string; entrances: Entrance[] }> {
  const [flow, graph] = [await flowById(sql, of.id), await versionGraph(sql, of.id, of.version)]
  if (!flow || !graph) throw fail('NOT_FOUND', 'This version is not there any more. Choose another flow.')
  return { name: flow.name, entrances: entrancesOf(graph, catalog) }
}
