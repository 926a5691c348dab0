import type { Catalog } from '../../catalog.ts'
import type { Issue } from '../../check/issue.ts'
import { buildPlan } from '../../compile/build-plan.ts'
import { compileFlow } from '../../compile/compile-flow.ts'
import type { Condition } from '../../condition/schema.ts'
import type { FlowGraph } from '../../graph/schema.ts'
import type { PlannedFlow } from '../../plan.ts'
import type { SalesTeam } from '../world/index.ts'
import { segmentsFor } from './seen.ts'
import type { WalkGround } from './walk.ts'

/** What a draft is walked in. */
export interface GroundSource {
  flowId: string
  /** The draft, with the steps of the flows inside in their places. */
  graph: FlowGraph
  catalog: Catalog
  segments: readonly { id: string; condition: Condition }[]
}

/**
 * The ground of a walk: the draft as its flow's live version, open to everybody. Other flows stand still: that people are in them is known,
 * and nothing happens there.
 */
export function walkGround({ flowId, graph, catalog, segments }: GroundSource): { ok: WalkGround } | { issues: readonly Issue[] } {
  const compiled = compileFlow({ flowId, version: 1, graph, catalog })
  if ('issues' in compiled) return compiled
  const still = catalog.flows.filter((it) => it.id !== flowId).map((it): PlannedFlow => ({ ...NOBODY_MOVES, flowId: it.id }))
  const own: PlannedFlow = { flowId, state: 'live', entry: compiled.ok, versions: new Map([[1, compiled.ok]]), pauses: [] }
  return {
    ok: {
      plan: buildPlan({ flows: [...still, own], segments: segmentsFor(graph, segments, catalog.agreements), catalog }),
      flowId,
      teams: catalog.teams.map(teamOf),
    },
  }
}

const NOBODY_MOVES = { state: 'paused', entry: null, versions: new Map(), pauses: [] } as const

/** Who takes leads does not matter in a walk: only how many there are. */
function teamOf({ id, name, members }: Catalog['teams'][number]): SalesTeam {
  const reps = Array.from({ length: members }, (_, i) => ({
    id: `${id}.${i + 1}`,
    name: `${name} ${i + 1}`,
    weight: 1,
    cap: null,
    active: true,
    absences: [],
  }))
  return { id, reps, hours: null, queueMinutes: null }
}
