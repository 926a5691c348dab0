import { type Bundle, bundleCatalog } from '@baton/api'
import { runFlowTest, type TestEnd, type TestOutcome, type WalkGround, walkGround } from '@baton/engine'
import { Command } from 'commander'
import { EXIT, ExitError } from '../exit.ts'
import { NotRunnable, published } from '../flow-run/workspace.ts'
import { bundleFile } from './bundle-file.ts'
import type { Io } from './io.ts'
import { scoringOf } from './scoring-of.ts'

/** Every flow that has tests, ready to be walked. @throws NotRunnable when one of them does not hang together */
function groundsOf(bundle: Bundle): ReadonlyMap<string, WalkGround> {
  const catalog = bundleCatalog(bundle)
  const graphs = published(bundle)
  const tested = new Set(bundle.tests.map((it) => it.flow))
  const scoring = scoringOf(bundle, catalog)
  const grounds = new Map<string, WalkGround>()
  for (const { id, name } of bundle.flows.filter((it) => tested.has(it.id))) {
    const graph = graphs.get(id)
    if (!graph) throw new Error(`The flow ${id} was not read.`)
    const made = walkGround({ flowId: id, graph, catalog, segments: bundle.segments, scoring })
    if ('issues' in made) throw new NotRunnable(name, made.issues)
    grounds.set(id, made.ok)
  }
  return grounds
}

const visitWords = (visit: number | undefined) => (visit === undefined || visit === 1 ? '' : ` (visit ${visit})`)

function endWords(end: TestEnd): string {
  switch (end.how) {
    case 'over':
      return `it is over: ${end.ended}${end.label ? `, “${end.label}”` : ''}`
    case 'rests':
      return `stands at ${end.node}`
    case 'parked':
      return `stands still with an error at ${end.node}`
    case 'not-in':
      return 'is not in the flow'
  }
}

/** The way that was taken beside the one that was expected, from the first step on that differs; a few steps before it for the place. */
function differenceOf({ way, expected, differsAt, end, endExpected }: TestOutcome): string[] {
  const lines: string[] = []
  if (differsAt !== null) {
    const before = way.slice(Math.max(0, differsAt - 2), differsAt)
    if (differsAt > before.length) lines.push(`      … ${differsAt - before.length} steps as expected`)
    for (const it of before) lines.push(`      ${it.node} → ${it.port}${visitWords(it.visit)}`)
    for (const it of expected.slice(differsAt))
      lines.push(`    - ${it.node}${it.port === undefined ? '' : ` → ${it.port}`}${visitWords(it.visit)}`)
    for (const it of way.slice(differsAt)) lines.push(`    + ${it.node} → ${it.port}${visitWords(it.visit)}`)
  }
  if (endExpected) lines.push(`    - in the end ${endWords(endExpected)}`, `    + in the end ${endWords(end)}`)
  return lines
}

function test(io: Io, path: string, { json, only }: { json?: boolean; only?: string }): void {
  const bundle = bundleFile(path)
  const wanted = only === undefined ? bundle.tests : bundle.tests.filter((it) => it.id === only)
  if (only !== undefined && wanted.length === 0) throw new ExitError(`${path}: there is no test ${only}.`, EXIT.problems)
  let grounds: ReturnType<typeof groundsOf>
  try {
    grounds = groundsOf(bundle)
  } catch (error) {
    if (error instanceof NotRunnable) throw new ExitError(error.message, EXIT.problems, { cause: error })
    throw error
  }
  let failed = 0
  for (const { flow, ...one } of wanted) {
    const ground = grounds.get(flow)
    if (!ground) throw new ExitError(`${path}: the test “${one.name}” is of a flow ${flow}, which the file does not hold.`, EXIT.problems)
    const outcome = runFlowTest(ground, one)
    if (!outcome.ok) failed++
    const { ok, way, expected, differsAt, end, endExpected } = outcome
    if (json) io.out(`${JSON.stringify({ flow, id: one.id, name: one.name, ok, way, expected, differsAt, end, endExpected })}\n`)
    else
      io.out(
        `${ok ? 'ok  ' : 'FAIL'} ${one.name} (${flow} ${one.id})\n${differenceOf(outcome)
          .map((it) => `${it}\n`)
          .join('')}`,
      )
  }
  const count = `${wanted.length} ${wanted.length === 1 ? 'test' : 'tests'}`
  if (failed > 0)
    throw new ExitError(`${path}: ${failed} of ${count} did not come out as expected (- expected, + what happened).`, EXIT.problems)
  io.err(
    wanted.length === 0
      ? `${path}: no tests. Keep a walk as one, or write one: docs/flow-format.md.\n`
      : `${path}: ${count}, all as expected.\n`,
  )
}

/** `baton flow test FILE` (SEMANTICS 11). */
export function flowTestCommand(io: Io): Command {
  return new Command('test')
    .description('walk the made-up people of the tests in a file through its flows; exit code 1 when one goes another way than expected')
    .argument('<file>', 'a bundle, an exported flow, or a bare graph (JSON)')
    .option('--json', 'one JSON object a line instead of words')
    .option('--only <id>', 'one test')
    .action((file: string, options: { json?: boolean; only?: string }) => test(io, file, options))
}
