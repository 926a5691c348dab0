import type { Issue } from '../../check/issue.ts'
import { inlineSubFlows, type LookupFlow } from '../../compile/inline.ts'
import type { FlowGraph } from '../../graph/schema.ts'
import { parseNode } from '../../nodes/parse-config.ts'
import { type GroundSource, walkGround } from '../walk/index.ts'
import { runFlowTest, type TestOutcome } from './run.ts'
import type { FlowTest, TestEnd, WayStep } from './schema.ts'

/** A drawn flow with what lies around it. */
export interface TestedFlow extends GroundSource {
  name: string
  lookup: LookupFlow
}

/**
 * Goes through the tests of a draft: a warning for each that fails, at the step where the ways part. A draft that cannot be walked has
 * errors of its own, and no test is gone through. T-8.
 */
export function failedTests({ lookup, name, ...source }: TestedFlow): Issue[] {
  const { graph, flowId, catalog } = source
  const { tests = [] } = graph
  if (tests.length === 0) return []
  const inlined = inlineSubFlows(graph, lookup, { id: flowId, name })
  if ('issues' in inlined) return []
  const made = walkGround({ ...source, graph: inlined.ok })
  if ('issues' in made) return []
  const names = (id: string) => stepWords(inlined.ok, id, catalog)
  return tests.flatMap((test): Issue[] => {
    const outcome = runFlowTest(made.ok, test)
    if (outcome.ok) return []
    const at = placeOf(outcome)
    const drawn = at === undefined ? [] : graph.nodes.filter((it) => it.id === at.split('/')[0]).map((it) => it.id)
    const say = namesGone(test, inlined.ok)
      ? `The test “${test.name}” fails: it names a step that was taken out. Put the step back, or under Simulate remove the test and keep the walk anew.`
      : `The test “${test.name}” fails: ${differenceWords(outcome, names)}. Mend the flow, or the test under Simulate.`
    return [{ code: 'test.failed', severity: 'warning', nodes: drawn, path: `tests.${test.id}`, say }]
  })
}

/** Whether a test cannot come true any more, for want of a step: one it comes in by, one on its way, or where it ends. */
function namesGone({ events, expect, end }: FlowTest, graph: FlowGraph): boolean {
  const there = new Set(graph.nodes.map((it) => it.id))
  const entered = events.flatMap((it) => ('enrol' in it ? it.enrol.node : []))
  const named = [...entered, ...expect.map((it) => it.node), ...(end && 'node' in end ? [end.node] : [])]
  return named.some((it) => !there.has(it))
}

/** The step at which the ways part, else where somebody stands in the end. */
function placeOf({ differsAt, way, expected, end }: TestOutcome): string | undefined {
  if (differsAt === null) return 'node' in end ? end.node : way.at(-1)?.node
  return way[differsAt]?.node ?? expected[differsAt]?.node
}

function differenceWords({ differsAt, way, expected, end, endExpected }: TestOutcome, names: Names): string {
  if (differsAt === null)
    return endExpected ? `expected ${endWords(endExpected, names)}, ${endWords(end, names)} came of it` : 'it went another way'
  const wanted = expected[differsAt]
  const went = way[differsAt]
  const was = wanted ? `expected “${wayWords(wanted, names)}”` : 'expected nothing more'
  return `${was}, ${went ? `went by “${wayWords(went, names)}”` : `stayed before it (${endWords(end, names)})`}`
}

type Names = (id: string) => { name: string; portName: (port: string) => string }

function wayWords({ node, port }: WayStep, names: Names): string {
  const { name, portName } = names(node)
  return port === undefined || port === 'end' || port === 'out' ? name : `${name}: ${portName(port)}`
}

function endWords(end: TestEnd, names: Names): string {
  switch (end.how) {
    case 'over':
      return `the end ${end.label ? `“${end.label}”` : `(${end.ended})`}`
    case 'rests':
      return `waiting at “${names(end.node).name}”`
    case 'parked':
      return `an error at “${names(end.node).name}”`
    case 'not-in':
      return 'nobody let in'
  }
}

/** What a step and its ways are called: by the author, else by its sentence. */
function stepWords(graph: FlowGraph, id: string, catalog: GroundSource['catalog']): ReturnType<Names> {
  const node = graph.nodes.find((it) => it.id === id)
  const read = node && parseNode(node)
  if (!node || !read || !('ok' in read)) return { name: 'a step that is gone', portName: (port) => port }
  const { kind, config } = read.ok
  const own = typeof node.data.name === 'string' && node.data.name.trim() !== '' ? node.data.name : null
  const sentence = kind.sentence(config, catalog).map((it) => it.text)
  const ports = new Map(kind.ports(config).map((it) => [it.id, it.label]))
  return { name: own ?? sentence.join(''), portName: (port) => ports.get(port) ?? port }
}
