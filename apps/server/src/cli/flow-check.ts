import { type Bundle, bundleCatalog } from '@baton/api'
import { type Catalog, checkFlow, failedTests } from '@baton/engine'
import { Command } from 'commander'
import { EXIT, ExitError } from '../exit.ts'
import { published } from '../flow-run/workspace.ts'
import { wallClock } from '../worker.ts'
import { bundleFile } from './bundle-file.ts'
import type { Io } from './io.ts'
import { scoringOf } from './scoring-of.ts'

function check(io: Io, path: string, { json }: { json?: boolean }): void {
  const bundle = bundleFile(path)
  const catalog = bundleCatalog(bundle)
  const wrong = bundle.flows.flatMap((flow) =>
    checkFlow(flow.graph, catalog, { flowId: flow.id, now: wallClock.now() }).map((issue) => ({ flow: flow.id, ...issue })),
  )
  const runs = wrong.every((it) => it.severity !== 'error')
  const found = runs ? [...wrong, ...failing(bundle, catalog)] : wrong
  for (const { flow, severity, code, nodes, say } of found) {
    const where = nodes.length > 0 ? ` at ${nodes.join(', ')}` : ''
    io.out(json ? `${JSON.stringify({ flow, severity, code, nodes, say })}\n` : `${flow}${where}: ${severity}: ${say} [${code}]\n`)
  }
  if (!json && found.some((it) => it.code.startsWith('missing-')))
    io.err('What a flow uses (messages, segments, teams …) is looked for in this file alone: `baton flow export` puts it in.\n')
  const errors = found.filter((it) => it.severity === 'error').length
  if (errors > 0) throw new ExitError(`${path}: ${errors} ${errors === 1 ? 'problem stops' : 'problems stop'} a launch.`, EXIT.problems)
  const rest = found.length === 0 ? 'no problems' : `${found.length} warning${found.length === 1 ? '' : 's'}`
  const { length } = bundle.tests
  const tests = length === 0 ? '' : `, ${length} ${length === 1 ? 'test' : 'tests'}`
  io.err(`${path}: ${bundle.flows.length} flow${bundle.flows.length === 1 ? '' : 's'}${tests}, ${rest}.\n`)
}

/** The tests of the file that do not come out as expected. Flows with errors have none: nobody can walk through them. */
function failing(bundle: Bundle, catalog: Catalog) {
  if (bundle.tests.length === 0) return []
  const graphs = published(bundle)
  const { segments } = bundle
  return bundle.flows.flatMap(({ id, name, graph }) => {
    const tests = bundle.tests.filter((it) => it.flow === id).map(({ flow: _, ...test }) => test)
    const whole = { ...(graphs.get(id) ?? graph), tests }
    // The flows inside are in their places already.
    const lookup = () => undefined
    return failedTests({ flowId: id, name, graph: whole, catalog, segments, scoring: scoringOf(bundle, catalog), lookup }).map((issue) => ({
      flow: id,
      ...issue,
    }))
  })
}

/** `baton flow check FILE` */
export function flowCheckCommand(io: Io): Command {
  return new Command('check')
    .description('say what is wrong with the flows of a file, and which of its tests fail; exit code 1 when they could not be launched')
    .argument('<file>', 'a bundle, an exported flow, or a bare graph (JSON)')
    .option('--json', 'one JSON object a line instead of words')
    .action((file: string, options: { json?: boolean }) => check(io, file, options))
}
