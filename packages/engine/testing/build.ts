import { sampleCatalog } from '../fixtures/index.ts'
import type { Catalog } from '../src/catalog.ts'
import { buildPlan } from '../src/compile/build-plan.ts'
import { compileFlow } from '../src/compile/compile-flow.ts'
import type { Condition } from '../src/condition/schema.ts'
import { type FlowGraph, type FlowSettings, flowGraph } from '../src/graph/schema.ts'
import type { CompiledFlow, FlowState, Plan, PlannedFlow } from '../src/plan.ts'
import type { PublishedModel } from '../src/scoring/schema.ts'

/** A graph in few words: nodes as [id, type, data], ways as `from.port>to`. */
export function buildGraph(
  nodes: readonly (readonly [string, string, Record<string, unknown>])[],
  ways: readonly string[],
  settings: Partial<FlowSettings> = {},
): FlowGraph {
  return flowGraph.parse({
    nodes: nodes.map(([id, type, data], i) => ({ id, type, position: { x: 0, y: i * 128 }, data: { v: 1, ...data } })),
    edges: ways.map((way) => {
      const [source = '', sourceHandle = '', target = ''] = way.split(/[.>]/)
      return { id: way, source, sourceHandle, target }
    }),
    settings,
  })
}

/** Compiles a graph; throws with what is wrong if it does not compile. */
export function compiled(flowId: string, graph: FlowGraph, catalog: Catalog = sampleCatalog, version = 1): CompiledFlow {
  const result = compileFlow({ flowId, version, graph, catalog })
  if ('ok' in result) return result.ok
  throw new Error(`${flowId} does not compile: ${result.issues.map((it) => it.say).join(' ')}`)
}

export interface BuiltFlow {
  graph: FlowGraph
  state?: FlowState | undefined
  pauses?: PlannedFlow['pauses'] | undefined
}

/** A plan of graphs by flow id. */
export function planOf(
  flows: Readonly<Record<string, FlowGraph | BuiltFlow>>,
  segments: readonly { id: string; condition: Condition }[] = [],
  catalog: Catalog = sampleCatalog,
  scoring: PublishedModel | null = null,
): Plan {
  const given = new Set(segments.map(({ id }) => id))
  const others = catalog.segments.filter(({ id }) => !given.has(id))
  const known = { ...catalog, segments: [...others, ...segments.map(({ id, condition }) => ({ id, name: id, condition }))] }
  const planned = Object.entries(flows).map(([flowId, given]): PlannedFlow => {
    const { graph, state = 'live', pauses = [] } = 'graph' in given ? given : { graph: given }
    const entry = compiled(flowId, graph, known)
    return { flowId, state, entry, versions: new Map([[entry.version, entry]]), pauses }
  })
  return buildPlan({ flows: planned, segments, catalog: known, scoring })
}
