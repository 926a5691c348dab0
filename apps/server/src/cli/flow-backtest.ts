import { knownOfPast, playPast } from '@baton/api'
import { flowById } from '@baton/db'
import { BACKTEST_TOTALS, type Backtest, type BacktestSide, type BacktestTotal } from '@baton/engine'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { EXIT, ExitError } from '../exit.ts'
import { openConfigured } from '../open.ts'
import { wallClock } from '../worker.ts'
import type { Io } from './io.ts'
import { day, whole } from './options.ts'

const DAY = 86_400_000

interface Options {
  until?: number
  days: number
  sample: number
  seed: string
  matching: boolean
  json?: boolean
}

const WORDS: Readonly<Record<BacktestTotal, string>> = {
  entered: 'come in',
  finished: 'reach the end',
  leftEarly: 'leave before',
  inside: 'still inside',
  stuck: 'stand still with an error',
  mails: 'mails',
  mostMailsInAWeek: 'most mails for one in 7 days',
  leads: 'handed to sales',
  accepted: 'accepted',
  rejected: 'rejected',
  overflow: 'nobody could take',
}

const assumed = ({ caused: { replayed, assumed: drawn } }: BacktestSide) =>
  replayed + drawn === 0 ? '–' : `${((100 * drawn) / (replayed + drawn)).toFixed(1)}%`

function table({ draft, live, recorded, differ, sample, people }: Backtest): string {
  const really: Partial<Record<BacktestTotal, number>> = recorded
  const row = (what: string, ...cells: readonly (string | number | undefined)[]) =>
    `${what.padEnd(30)}${cells.map((it) => String(typeof it === 'number' ? Math.round(it) : (it ?? '–')).padStart(12)).join('')}\n`
  const rows = BACKTEST_TOTALS.map((name) => row(WORDS[name], draft.totals[name], live?.totals[name], really[name]))
  const all = Object.values(differ).reduce((a, b) => a + b, 0)
  return [
    row('', 'draft', 'live', 'really'),
    ...rows,
    row('assumed, of all answers', assumed(draft), live ? assumed(live) : undefined),
    `\n${sample} of ${people} people were played.${live ? ` ${all} fare otherwise in the draft${all === 0 ? '' : `: ${kinds(differ)}`}.` : ''}\n`,
  ].join('')
}

const kinds = (differ: Backtest['differ']) =>
  Object.entries(differ)
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => `${kind} ${n}`)
    .join(', ')

async function backtest(io: Io, id: string, { until, days, sample, seed, matching, json }: Options): Promise<void> {
  const db = await openConfigured(readConfig(io.env))
  try {
    const flow = await flowById(db, id)
    if (!flow) throw new ExitError(`There is no flow ${id}. Its id stands at the end of its address in the browser.`, EXIT.problems)
    const now = wallClock.now()
    const end = until ?? Math.floor(now / DAY) * DAY
    if (end > now) throw new ExitError('A back-test ends in the past. Choose an earlier day.', EXIT.usage)
    const known = await knownOfPast(db, flow, now)
    const made = await playPast(db, flow, { from: end - days * DAY, days, seed, size: sample, matching, ...known }, now)
    if (made) io.out(json ? `${JSON.stringify(made.figures)}\n` : table(made.figures))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'PRECONDITION_FAILED')
      throw new ExitError(error.message, EXIT.problems, { cause: error })
    throw error
  } finally {
    await db.close()
  }
}

/** `baton flow backtest ID` (SEMANTICS 11). */
export function flowBacktestCommand(io: Io): Command {
  return new Command('backtest')
    .description(
      'play what was recorded of contacts through the draft of a flow and through its live version, side by side; nothing is sent',
    )
    .argument('<id>', 'the id of the flow, e.g. flw_k3v9…')
    .option('--until <day>', 'the window ends at the start of this day, UTC; today where absent', day)
    .option('--days <n>', 'how many days it has', whole(366), 30)
    .option('--sample <n>', 'how many people are played', whole(100_000), 10_000)
    .option('--seed <text>', 'who is played, and chance where something is assumed', 'backtest')
    .option('--no-matching', 'who matches on the first day does not come in then')
    .option('--json', 'the whole result as one JSON object, with every step and person')
    .action((id: string, options: Options) => backtest(io, id, options))
}
