import { writeFileSync } from 'node:fs'
import { ImportError } from '@baton/api'
import { createIds, type Handle, type ImportJob, importRejects } from '@baton/db'
import { Command, InvalidArgumentError } from 'commander'
import { readConfig } from '../config.ts'
import { EXIT, ExitError } from '../exit.ts'
import { csvLine } from '../imports/csv.ts'
import { importFile } from '../imports/file.ts'
import { openConfigured } from '../open.ts'
import { wallClock } from '../worker.ts'
import type { Io } from './io.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const
type Delimiter = (typeof DELIMITERS)[number]

interface Options {
  key?: string
  map: ReadonlyMap<string, string>
  consent?: string
  delimiter?: Delimiter
  encoding?: string
  rejects?: string
  json?: boolean
}

function pair(text: string, known: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const at = text.lastIndexOf('=')
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('Write it as "Column=field", or "Column=-" to leave it out.')
  return new Map([...known, [text.slice(0, at).trim(), text.slice(at + 1).trim()]])
}

function delimiter(text: string): Delimiter {
  const found = DELIMITERS.find((it) => it === (text === 'tab' ? '\t' : text))
  if (found === undefined) throw new InvalidArgumentError('Write one of , ; | or tab.')
  return found
}

const PAGE = 1000
const SHOWN = 20

/** The rejected rows: the first on standard error, all of them in a file if asked for. */
async function tellRejects(io: Io, db: Handle, job: ImportJob, path: string | undefined): Promise<void> {
  const first = await importRejects(db, { id: job.id, after: 0, limit: SHOWN })
  for (const { line, reason } of first) io.err(`line ${line}: ${reason}\n`)
  if (job.rejected > first.length) io.err(`… and ${job.rejected - first.length} more.\n`)
  if (path === undefined) return
  const lines = [csvLine(['line', 'reason', 'row'])]
  for (let after = 0; ; ) {
    const page = await importRejects(db, { id: job.id, after, limit: PAGE })
    lines.push(...page.map((it) => csvLine([String(it.line), it.reason, it.raw])))
    after = page.at(-1)?.line ?? after
    if (page.length < PAGE) break
  }
  writeFileSync(path, lines.join(''))
}

async function run(io: Io, path: string, options: Options): Promise<void> {
  const db = await openConfigured(readConfig(io.env))
  try {
    const { key, map, encoding, consent: consentSource } = options
    const to = { db, ids: createIds(db), clock: wallClock, nudge: () => {} }
    const job = await importFile(to, path, { key, map, encoding, consentSource, delimiter: options.delimiter })
    const { rowsRead: rows, created, updated, unchanged, rejected } = job
    io.out(
      options.json
        ? `${JSON.stringify({ id: job.id, status: job.status, rows, created, updated, unchanged, rejected })}\n`
        : `rows ${rows}, created ${created}, updated ${updated}, unchanged ${unchanged}, rejected ${rejected}\n`,
    )
    await tellRejects(io, db, job, options.rejects)
    if (job.error !== null) throw new ExitError(`${path}: ${job.error} What came in before stays.`, EXIT.problems)
    if (rejected > 0) throw new ExitError(`${path}: ${rejected} of ${rows} rows were not taken in; the others were.`, EXIT.problems)
  } catch (error) {
    if (error instanceof ImportError) throw new ExitError(`${path}: ${error.message}`, EXIT.problems, { cause: error })
    throw error
  } finally {
    await db.close()
  }
}

/** `baton contacts import FILE` */
export function contactsCommand(io: Io): Command {
  const command = new Command('import')
    .description('take the people of a CSV file in; the same file again changes nothing')
    .argument('<file>', 'a CSV file of any size')
    .option('--key <column>', 'the column that tells people apart, or line:PREFIX for the number of the row; e-mail if not given')
    .option('--map <column=field>', 'the field a column goes into, or - to leave it out; can be repeated', pair, new Map<string, string>())
    .option('--consent <source>', 'everybody in the file agreed to marketing mail; where and when')
    .option('--delimiter <char>', 'one of , ; | tab; detected if not given', delimiter)
    .option('--encoding <name>', 'e.g. windows-1252; detected if not given')
    .option('--rejects <file>', 'write the rows that were not taken in to this CSV file, with line and reason')
    .option('--json', 'the counts as JSON')
    .addHelpText('after', '\nThe embedded database belongs to one process: stop the server first, or upload the file in the browser.')
    .action((file: string, options: Options) => run(io, file, options))
  return new Command('contacts').description('bring people in').addCommand(command)
}
