import type { FlowGraph } from '../graph/schema.ts'

/** Puts a whole other drawing in the place of one, with its ids: a programme, an earlier version, the other side of a conflict. */
export const replaceGraph = (graph: FlowGraph, next: FlowGraph): FlowGraph => (graph === next ? graph : next)
