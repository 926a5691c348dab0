import type { FlowGraph, FlowNote } from '../graph/schema.ts'

/** Puts a note on the canvas. An id that is taken already changes nothing. */
export function addNote(graph: FlowGraph, note: FlowNote): FlowGraph {
  if (graph.notes?.some((it) => it.id === note.id)) return graph
  return { ...graph, notes: [...(graph.notes ?? []), note] }
}

/** Writes or moves a note. */
export function setNote(graph: FlowGraph, id: string, change: Partial<Omit<FlowNote, 'id'>>): FlowGraph {
  const note = graph.notes?.find((it) => it.id === id)
  if (!note) return graph
  return { ...graph, notes: graph.notes?.map((it) => (it === note ? { ...note, ...change } : it)) }
}

/** Takes notes off the canvas. */
export function removeNotes(graph: FlowGraph, ids: readonly string[]): FlowGraph {
  const gone = new Set(ids)
  const notes = graph.notes?.filter((it) => !gone.has(it.id))
  return notes === undefined || notes.length === graph.notes?.length ? graph : { ...graph, notes }
}

/** Writes what the author wants to be known about a step; an empty text takes it away. */
export function setNodeNote(graph: FlowGraph, id: string, text: string): FlowGraph {
  const node = graph.nodes.find((it) => it.id === id)
  if (!node || (node.note ?? '') === text) return graph
  const { note: _, ...rest } = node
  const next = text === '' ? rest : { ...rest, note: text }
  return { ...graph, nodes: graph.nodes.map((it) => (it === node ? next : it)) }
}
