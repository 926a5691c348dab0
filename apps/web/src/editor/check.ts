import {
  type Catalog,
  checkFlow,
  type FlowGraph,
  failedTests,
  type Issue,
  type PublishedModel,
  planHash,
  type TestedFlow,
} from '@baton/engine'

/** A draft to be checked. The catalog comes along only where it is another than last time. */
export interface Question {
  flowId: string
  graph: FlowGraph
  catalog: Catalog | null
  now: number
  /** What its tests are gone through in; null where it has none, or that is not known yet. */
  around: { inner: readonly Inner[]; model: PublishedModel | null } | null
}

type Inner = { flowId: string; version: number } & NonNullable<ReturnType<TestedFlow['lookup']>>

/** Its problems, and what it does as one number. */
export interface Finding {
  issues: readonly Issue[]
  hash: string
}

/** Everything that is wrong with a draft. */
export function findingOf({ flowId, graph, now, around }: Question, catalog: Catalog): Finding {
  const inner = new Map(around?.inner.map((it) => [`${it.flowId} ${it.version}`, it]))
  const lookup: TestedFlow['lookup'] = (id, version) => inner.get(`${id} ${version}`)
  // What a segment is, the catalog knows: also of one that was made with steps that are not saved yet.
  const segments = catalog.segments.flatMap(({ id, condition }) => (condition ? [{ id, condition }] : []))
  const failed = around ? failedTests({ flowId, graph, catalog, lookup, name: '', segments, scoring: around.model }) : []
  return { issues: [...checkFlow(graph, catalog, { flowId, now }), ...failed], hash: planHash(graph) }
}
