import type { Catalog } from '../../catalog.ts'
import type { Issue } from '../../check/issue.ts'
import { buildPlan } from '../../compile/build-plan.ts'
import type { Condition } from '../../condition/schema.ts'
import type { FlowGraph } from '../../graph/schema.ts'
import type { Plan, PlannedFlow } from '../../plan.ts'
import type { PublishedModel } from '../../scoring/schema.ts'
import type { ContactState } from '../../state/contact.ts'
import { scoringFor, segmentsFor, teamsFor } from '../walk/around.ts'
import { walkGround } from '../walk/ground.ts'
import { namedProps, seenByWalk } from '../walk/seen.ts'
import { withRouting } from '../world/routing.ts'
import { type TeamFacts, teamOf } from '../world/team.ts'
import type { Window } from './as-of.ts'

interface Source {
  flowId: string
  /** With the steps of the flows inside in their places. */
  draft: FlowGraph
  live: FlowGraph | null
  catalog: Catalog
  segments: readonly { id: string; condition: Condition }[]
  /** As in a walk. */
  scoring?: PublishedModel | null | undefined
  teams?: readonly TeamFacts[] | undefined
}

/** What a back-test plays in: the draft, and the live version beside it. */
export interface BacktestGround {
  draft: Plan
  live: Plan | null
  /** With what either reads and listens to: what has to be known of people. */
  both: Plan
  /** What of a contact may be seen in it, and of the properties of an event. SECURITY: no more than what either version reads. */
  seen(state: ContactState): ContactState
  see: Window['see']
}

/** @returns why the draft cannot be played; a live version that cannot is left out */
export function backtestGround({ flowId, draft, live, ...source }: Source): { ok: BacktestGround } | { issues: readonly Issue[] } {
  const { catalog } = source
  const one = walkGround({ ...source, flowId, graph: draft })
  if ('issues' in one) return one
  const two = live && walkGround({ ...source, flowId, graph: live })
  const beside = two && 'ok' in two ? two.ok.plan : null
  const graph = live ? { ...draft, nodes: [...draft.nodes, ...live.nodes] } : draft
  const around = { ...source, graph }
  const named = segmentsFor(around)
  const scoring = scoringFor(around)
  const teams = teamsFor(graph, source.teams) ?? []
  const flows = [...one.ok.plan.flows.values()]
  const entry = beside?.flows.get(flowId)
  // Under a name of its own, so that what its starts listen to is known as well.
  const drawn = buildPlan({ flows: entry ? [...flows, asOther(entry)] : flows, segments: named, catalog, scoring })
  const ready = teams.map((it) => teamOf(it, catalog))
  const both = withRouting(drawn, ready)
  const ground = { ...one.ok, plan: both, teams: ready }
  const sources = [graph, catalog.agreements, ...named, scoring, ...teams.map((it) => it.territories)]
  const props = namedProps(sources)
  return {
    ok: {
      draft: one.ok.plan,
      live: beside,
      both,
      seen: (state) => seenByWalk(ground, graph, sources, state),
      see: (all) => Object.fromEntries(Object.entries(all).filter(([key]) => props.has(key))),
    },
  }
}

const asOther = (flow: PlannedFlow): PlannedFlow => ({ ...flow, flowId: `${flow.flowId} live` })
