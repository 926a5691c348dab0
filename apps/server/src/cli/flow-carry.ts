import { type Bundle, exportBundle, importBundle, reachOf } from '@baton/api'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { EXIT, ExitError } from '../exit.ts'
import { openConfigured } from '../open.ts'
import { wallClock } from '../worker.ts'
import { bundleFile } from './bundle-file.ts'
import type { Io } from './io.ts'

async function carryOut(io: Io, id: string): Promise<void> {
  const db = await openConfigured(readConfig(io.env))
  try {
    const bundle = await exportBundle(db, id)
    if (!bundle) throw new ExitError(`There is no flow ${id}. Its id stands at the end of its address in the browser.`, EXIT.problems)
    io.out(`${JSON.stringify(bundle, null, 2)}\n`)
  } finally {
    await db.close()
  }
}

/** Where the flows of a file would reach once they run: whoever takes it in has to know. */
function tellReach(io: Io, bundle: Bundle): void {
  const reached = reachOf(bundle)
  if (reached.length === 0) return
  io.err(`Once published, these flows reach:\n${reached.map(({ to, by }) => `  ${to} (${by})\n`).join('')}`)
}

async function carryIn(io: Io, path: string): Promise<void> {
  const bundle = bundleFile(path)
  tellReach(io, bundle)
  const db = await openConfigured(readConfig(io.env))
  try {
    const made = await importBundle(db, bundle, { at: wallClock.now(), by: null })
    for (const { id } of made.flows) io.out(`${id}\n`)
    const parts = ['fields', 'segments', 'templates', 'teams', 'calendars', 'topics', 'forms', 'agreements'] as const
    const counts = parts.map((part) => `${made[part].length} ${part}`).join(', ')
    io.err(`Drafts: ${made.flows.length}. Made because they were missing: ${counts}.\n`)
    if (made.secrets.length > 0) io.err(`Secrets that are still to be added under Settings: ${made.secrets.join(', ')}.\n`)
    if (made.agreements.length > 0) io.err(`Agreements came as drafts, to be signed by both sides: ${made.agreements.join(', ')}.\n`)
  } finally {
    await db.close()
  }
}

/** `baton flow export ID` */
export function flowExportCommand(io: Io): Command {
  return new Command('export')
    .description('print the draft of a flow with everything it names, as one JSON file')
    .argument('<id>', 'the id of the flow, e.g. flw_k3v9…')
    .action((id: string) => carryOut(io, id))
}

/** `baton flow import FILE` */
export function flowImportCommand(io: Io): Command {
  return new Command('import')
    .description('take the flows of a file in as drafts, and print their ids; what is there already stays as it is')
    .argument('<file>', 'a bundle, an exported flow, or a bare graph (JSON)')
    .action((file: string) => carryIn(io, file))
}
