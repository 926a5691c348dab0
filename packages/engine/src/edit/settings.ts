import type { FlowGraph, FlowSettings } from '../graph/schema.ts'

/** Changes some of the flow's settings. */
export function setSettings(graph: FlowGraph, settings: Partial<FlowSettings>): FlowGraph {
  return { ...graph, settings: { ...graph.settings, ...settings } }
}
