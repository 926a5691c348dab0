import type { Catalog } from '../../catalog.ts'
import type { Issue } from '../../check/issue.ts'
import { buildPlan } from '../../compile/build-plan.ts'
import type { Condition } from '../../condition/schema.ts'
import type { FlowGraph } from '../../graph/schema.ts'
import type { Plan, PlannedFlow } from '../../plan.ts'
import type { ContactState } from '../../state/contact.ts'
import { walkGround } from '../walk/ground.ts'
import { namedProps, seenByWalk, segmentsFor } from '../walk/seen.ts'
import type { Window } from './as-of.ts'

interface Source {
  flowId: string
  /** With the steps of the flows inside in their places. */
  draft: FlowGraph
  live: FlowGraph | null
  catalog: Catalog
  segments: readonly { id: string; condition: Condition }[]
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
export function backtestGround({ flowId, draft, live, catalog, segments }: Source): { ok: BacktestGround } | { issues: readonly Issue[] } {
  const one = walkGround({ flowId, graph: draft, catalog, segments })
  if ('issues' in one) return one
  const two = live && walkGround({ flowId, graph: live, catalog, segments })
  const beside = two && 'ok' in two ? two.ok.plan : null
  const graph = live ? { ...draft, nodes: [...draft.nodes, ...live.nodes] } : draft
  const named = segmentsFor(graph, segments, catalog.agreements)
  const flows = [...one.ok.plan.flows.values()]
  const entry = beside?.flows.get(flowId)
  // Under a name of its own, so that what its starts listen to is known as well.
  const both = buildPlan({ flows: entry ? [...flows, asOther(entry)] : flows, segments: named, catalog })
  const ground = { ...one.ok, plan: both }
  const sources = [graph, catalog.agreements, ...named]
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
