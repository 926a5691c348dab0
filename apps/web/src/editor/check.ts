import { type Catalog, checkFlow, type FlowGraph, type Issue, planHash } from '@baton/engine'

/** A draft to be checked. The catalog comes along only where it is another than last time. */
export interface Question {
  flowId: string
  graph: FlowGraph
  catalog: Catalog | null
  now: number
}

/** Its problems, and what it does as one number. */
export interface Finding {
  issues: readonly Issue[]
  hash: string
}

/** Everything that is wrong with a draft. */
export const findingOf = ({ flowId, graph, now }: Question, catalog: Catalog): Finding => ({
  issues: checkFlow(graph, catalog, { flowId, now }),
  hash: planHash(graph),
})
