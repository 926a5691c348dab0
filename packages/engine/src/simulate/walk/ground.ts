import type { Catalog } from '../../catalog.ts'
import type { Issue } from '../../check/issue.ts'
import { buildPlan } from '../../compile/build-plan.ts'
import { compileFlow } from '../../compile/compile-flow.ts'
import type { Condition } from '../../condition/schema.ts'
import type { FlowGraph } from '../../graph/schema.ts'
import type { PlannedFlow } from '../../plan.ts'
import type { PublishedModel } from '../../scoring/schema.ts'
import type { SalesTeam } from '../world/index.ts'
import { withRouting } from '../world/routing.ts'
import { type TeamFacts, teamOf } from '../world/team.ts'
import { scoringFor, segmentsFor, teamsFor } from './around.ts'
import type { WalkGround } from './walk.ts'

/** What a draft is walked in. */
export interface GroundSource {
  flowId: string
  /** The draft, with the steps of the flows inside in their places. */
  graph: FlowGraph
  catalog: Catalog
  segments: readonly { id: string; condition: Condition }[]
  /** The score model in force; absent: nobody gets points but by steps. */
  scoring?: PublishedModel | null | undefined
  /** The teams as they are; absent: as many people as the catalog says, always there. */
  teams?: readonly TeamFacts[] | undefined
}

/**
 * The ground of a walk: the draft as its flow's live version, open to everybody. Other flows stand still: that people are in them is known,
 * and nothing happens there.
 */
export function walkGround(source: GroundSource): { ok: WalkGround } | { issues: readonly Issue[] } {
  const { flowId, graph, catalog } = source
  const compiled = compileFlow({ flowId, version: 1, graph, catalog })
  if ('issues' in compiled) return compiled
  const scoring = scoringFor(source)
  const teams = teamsFor(graph, source.teams)?.map((it) => teamOf(it, catalog))
  const still = catalog.flows.filter((it) => it.id !== flowId).map((it): PlannedFlow => ({ ...NOBODY_MOVES, flowId: it.id }))
  const own: PlannedFlow = { flowId, state: 'live', entry: compiled.ok, versions: new Map([[1, compiled.ok]]), pauses: [] }
  return {
    ok: {
      plan: withRouting(buildPlan({ flows: [...still, own], segments: segmentsFor(source), catalog, scoring }), teams ?? []),
      flowId,
      teams: teams ?? catalog.teams.map(anyTeam),
    },
  }
}

const NOBODY_MOVES = { state: 'paused', entry: null, versions: new Map(), pauses: [] } as const

/** Where nothing is known of who takes leads: as many people as there are. */
function anyTeam({ id, name, members }: Catalog['teams'][number]): SalesTeam {
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
