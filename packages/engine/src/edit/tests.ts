import { type FlowGraph, MAX_TESTS } from '../graph/schema.ts'
import type { FlowTest } from '../simulate/tests/schema.ts'

/** Keeps a test with the flow. An id that is taken already changes nothing, nor does a flow that holds as many as it may. */
export function addTest(graph: FlowGraph, test: FlowTest): FlowGraph {
  const tests = graph.tests ?? []
  if (tests.length >= MAX_TESTS || tests.some((it) => it.id === test.id)) return graph
  return { ...graph, tests: [...tests, test] }
}

/** Takes tests away. */
export function removeTests(graph: FlowGraph, ids: readonly string[]): FlowGraph {
  const gone = new Set(ids)
  const tests = graph.tests?.filter((it) => !gone.has(it.id))
  return tests === undefined || tests.length === graph.tests?.length ? graph : { ...graph, tests }
}
