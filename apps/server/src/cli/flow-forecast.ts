import { playForecast, usualForecast } from '@baton/api'
import { flowById } from '@baton/db'
import { type FlowForecast, type FlowGraph, FORECAST, TOTALS, type TotalName } from '@baton/engine'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { EXIT, ExitError } from '../exit.ts'
import { openConfigured } from '../open.ts'
import { wallClock } from '../worker.ts'
import type { Io } from './io.ts'
import { whole } from './options.ts'

interface Options {
  days: number
  sample: number
  seed: string
  json?: boolean
}

const WORDS: Readonly<Record<TotalName, string>> = {
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
  breaches: 'answered too late, or not',
  voicemails: 'voicemails',
  noResponse: 'came back unanswered',
  longestQueue: 'longest queue',
  longestWaitHours: 'longest wait for a rep, hours',
  opportunities: 'opportunities',
  won: 'won',
  revenue: 'revenue',
}

type Band = FlowForecast['totals'][TotalName]

const figure = (value: number) => String(Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value))
const percent = (band: Band | null) => (band ? `${figure(100 * band.mid)}%` : '–')
const row = (what: string, ...cells: readonly string[]) => `${what.padEnd(34)}${cells.map((it) => it.padStart(11)).join('')}\n`
const bandCells = ({ p10, mid, p90 }: Band) => [figure(mid), figure(p10), figure(p90)]

/** A step by the name that its author gave it, else by its id. */
function nameIn(graph: FlowGraph, id: string): string {
  const name = graph.nodes.find((it) => it.id === id)?.data.name
  const words = typeof name === 'string' && name.trim() !== '' ? `${name} (${id})` : id
  return words.length > 33 ? `${words.slice(0, 32)}…` : words
}

function table(graph: FlowGraph, { totals, nodes, edges, reps, people, sample, days }: FlowForecast): string {
  return [
    row('', 'middle', 'P10', 'P90'),
    ...TOTALS.map((name) => row(WORDS[name], ...bandCells(totals[name]))),
    `\n${row('step', 'come', 'P10', 'P90', 'minutes', 'leave here')}`,
    ...nodes.map((it) =>
      row(nameIn(graph, it.node), ...bandCells(it.entered), it.medianMinutes ? figure(it.medianMinutes.mid) : '–', percent(it.dropOff)),
    ),
    `\n${row('way', 'go', 'P10', 'P90', 'share')}`,
    // Leaving is no way: how many do stands with the step.
    ...edges
      .filter((it) => it.port !== 'end')
      .map((it) => row(`${nameIn(graph, it.node)} → ${it.port}`, ...bandCells(it.people), percent(it.share))),
    ...(reps.length === 0 ? [] : [`\n${row('rep', 'leads', 'P10', 'P90', 'most a day', 'no room')}`]),
    ...reps.map((it) => row(it.name, ...bandCells(it.leads), figure(it.busiestDay.mid), percent(it.full))),
    `\n${days} days; ${sample} of ${people} people were played.\n`,
  ].join('')
}

async function forecast(io: Io, id: string, { days, sample, seed, json }: Options): Promise<void> {
  const db = await openConfigured(readConfig(io.env))
  try {
    const flow = await flowById(db, id)
    if (!flow) throw new ExitError(`There is no flow ${id}. Its id stands at the end of its address in the browser.`, EXIT.problems)
    const now = wallClock.now()
    const made = await playForecast(db, flow, await usualForecast(db, flow, { now, days, size: sample, seed }), now)
    if (made) io.out(json ? `${JSON.stringify(made.figures)}\n` : table(flow.draft, made.figures))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'PRECONDITION_FAILED')
      throw new ExitError(error.message, EXIT.problems, { cause: error })
    throw error
  } finally {
    await db.close()
  }
}

/** `baton flow forecast ID` */
export function flowForecastCommand(io: Io): Command {
  return new Command('forecast')
    .description(
      'play contacts through the draft of a flow from today on, with the rates that were counted here: who comes where, what is sent, what sales gets',
    )
    .argument('<id>', 'the id of the flow, e.g. flw_k3v9…')
    .option('--days <n>', 'how many days ahead', whole(FORECAST.days), 90)
    .option('--sample <n>', 'how many people are played', whole(100_000), 10_000)
    .option('--seed <text>', 'who is played, and chance', 'forecast')
    .option('--json', 'the whole result as one JSON object')
    .action((id: string, options: Options) => forecast(io, id, options))
}
