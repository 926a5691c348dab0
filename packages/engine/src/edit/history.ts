import type { FlowGraph } from '../graph/schema.ts'

/** Undo is a list of graphs: edits share what they do not change, so a hundred of them weigh little. */
export interface History {
  past: readonly FlowGraph[]
  present: FlowGraph
  future: readonly FlowGraph[]
  /** The gesture that made `present`: the next edit of the same gesture (typing in one input) replaces it. */
  gesture: string | null
}

/** How many steps back are kept. */
export const HISTORY_LIMIT = 200

export const startHistory = (graph: FlowGraph): History => ({ past: [], present: graph, future: [], gesture: null })

/**
 * Takes an edit into the history. An edit that changed nothing is no step. Edits with the same `gesture` as the one before are one
 * step: dragging a step, or typing a word, is undone at once.
 */
export function record(history: History, graph: FlowGraph, gesture: string | null = null): History {
  if (graph === history.present) return history
  if (gesture !== null && gesture === history.gesture && history.past.length > 0) return { ...history, present: graph, future: [] }
  return { past: [...history.past, history.present].slice(-HISTORY_LIMIT), present: graph, future: [], gesture }
}

/** One step back; unchanged at the beginning. */
export function undo(history: History): History {
  const before = history.past.at(-1)
  if (!before) return history
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future], gesture: null }
}

/** One step forward again; unchanged at the end. */
export function redo(history: History): History {
  const [after, ...future] = history.future
  if (!after) return history
  return { past: [...history.past, history.present], present: after, future, gesture: null }
}
