import { ImportError } from '@baton/api'
import { type RunEvent, readEvents } from '@baton/engine'
import { Command, InvalidArgumentError, Option } from 'commander'
import { EXIT, ExitError } from '../exit.ts'
import { type FlowRun, type FlowRunResult, flowRun } from '../flow-run/run.ts'
import { flowSimulate } from '../flow-run/simulate.ts'
import { NotRunnable } from '../flow-run/workspace.ts'
import { createLog } from '../log.ts'
import { bundleFile } from './bundle-file.ts'
import type { Io } from './io.ts'
import { day } from './options.ts'
import { readText } from './read-file.ts'

export interface PlayOptions {
  contacts?: string
  events?: string
  from: number
  days: number
  seed: string
  key?: string
  consent?: string
}

const DAY = 86_400_000
const EVENTS_MEGABYTES = 200

function instant(text: string): number {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? ''
  if (date === text) return day(text)
  const at = Date.parse(text)
  if (Number.isNaN(at) || Number.isNaN(day(date))) throw new InvalidArgumentError('Write it as 2026-03-02 or 2026-03-02T09:00:00Z.')
  return at
}

function days(text: string): number {
  const count = Number(text)
  if (!(count > 0 && count <= 3660)) throw new InvalidArgumentError('Write a number of days, more than 0 and at most 3660.')
  return count
}

function eventsFile(path: string): readonly RunEvent[] {
  const read = readEvents(readText(path, EVENTS_MEGABYTES))
  if ('ok' in read) return read.ok
  throw new ExitError(read.error.map((it) => `${path}: ${it}`).join('\n'), EXIT.problems)
}

/** What the files and options say is to be run. */
export function runOf(path: string, options: PlayOptions): FlowRun {
  const bundle = bundleFile(path)
  const events = options.events === undefined ? [] : eventsFile(options.events)
  const contacts =
    options.contacts === undefined ? undefined : { path: options.contacts, options: { key: options.key, consentSource: options.consent } }
  const { from, seed } = options
  return { bundle, contacts, events, from, until: from + options.days * DAY, seed, log: createLog('error') }
}

/** Why nobody took a step, as far as the options tell. */
function whyNobody({ contacts, events }: PlayOptions): string {
  if (contacts === undefined && events === undefined)
    return 'There was nobody. Give the people with --contacts, and what happens with --events; `--help` says how.'
  if (events === undefined)
    return 'Nobody came in: no trigger lets in those who are there from the beginning. Say what happens with --events.'
  return 'Nobody came in: nothing that a trigger waits for happened in this time. Look at the types and times of the events, at --from and --days.'
}

async function printed(io: Io, path: string, options: PlayOptions, play: (of: FlowRun) => Promise<FlowRunResult>): Promise<void> {
  const of = runOf(path, options)
  try {
    const result = await play(of)
    for (const line of result.journal) io.out(`${JSON.stringify(line)}\n`)
    const { imported, troubles, journal } = result
    if (imported) io.err(`People: ${imported.created}. Rows that could not be taken in: ${imported.rejected}.\n`)
    io.err(`Steps: ${journal.length}.\n`)
    if (journal.length === 0) io.err(`${whyNobody(options)}\n`)
    const wrong = [...troubles, ...(imported?.rejected ? ['Some rows were not taken in: `baton contacts import` says which and why.'] : [])]
    if (wrong.length > 0) throw new ExitError(wrong.join('\n'), EXIT.problems)
  } catch (error) {
    if (error instanceof ImportError) throw new ExitError(`${options.contacts}: ${error.message}`, EXIT.problems, { cause: error })
    if (error instanceof NotRunnable) throw new ExitError(error.message, EXIT.problems, { cause: error })
    throw error
  }
}

/** The options that a run and a simulation have in common. */
export function playCommand(name: string, description: string): Command {
  const from = new Option('--from <time>', 'when it begins; a date alone is its start in UTC')
    .argParser(instant)
    .default(Math.floor(Date.now() / DAY) * DAY, 'today, 00:00 UTC')
  return new Command(name)
    .description(description)
    .argument('<file>', 'a bundle, an exported flow, or a bare graph (JSON)')
    .option('--contacts <csv>', 'the people, one a row; they are there from the beginning')
    .option('--key <column>', 'the column that tells people apart, or line:PREFIX for the number of the row')
    .option('--consent <source>', 'everybody in the file agreed to marketing mail; where and when')
    .option(
      '--events <jsonl>',
      'what happens, a JSON object a line: {"contact", "type", "time", …}; every form stands in docs/flow-format.md',
    )
    .addOption(from)
    .option('--days <n>', 'how long it lasts', days, 30)
    .option('--seed <text>', 'the seed of random splits', 'baton')
    .addHelpText(
      'after',
      '\nMail is accepted at once and never opened, calls of web addresses fail, and sales never answers, unless the events say so:\nmail.clicked …, sales.accepted, sales.rejected with props.reason, {"webhook": {"status", "data"}}.',
    )
}

/** `baton flow run FILE` (SEMANTICS 11). */
export function flowRunCommand(io: Io): Command {
  const says = 'run the flows of a file over contacts and events, in memory, with a clock that jumps; prints the journey log as JSON lines'
  return playCommand('run', says).action((file: string, options: PlayOptions) => printed(io, file, options, flowRun))
}

/** `baton flow simulate FILE` (SEMANTICS 11). */
export function flowSimulateCommand(io: Io): Command {
  const says = 'play the same by the engine alone, as the simulator in the browser does; the log is that of `flow run`, to the byte'
  return playCommand('simulate', says).action((file: string, options: PlayOptions) => printed(io, file, options, flowSimulate))
}
