import { figure, median } from '../figures.ts'
import type { Findings, How } from '../findings.ts'
import { sizesOf } from '../findings.ts'
import { partsTable, statementsTable } from '../steps/breakdown.ts'
import { runFloor } from '../steps/floor.ts'
import { type Ran, runProduct } from '../steps/runner.ts'
import { onServer } from '../steps/server.ts'
import type { Spent } from '../steps/timed.ts'

const REPETITIONS = 3

/**
 * Steps per second of the runner, on a durable PostgreSQL of its own, interleaved with what the same rows cost as bare bulk statements;
 * and where the time goes. Absolute figures are of this machine; the ratios carry over.
 */
export async function steps(how: How): Promise<Findings> {
  const [contacts = 0] = sizesOf(how, [30_000], [300])
  const ran: Ran[] = []
  const alone: { ran: Ran; spent: Map<string, Spent> }[] = []
  const floors: number[] = []
  await onServer(how, async (on) => {
    for (let i = 1; i <= (how.quick ? 1 : REPETITIONS); i++) {
      console.error(`round ${i} …`)
      const one = await on((url) => runProduct(url, contacts))
      ran.push(one)
      floors.push(one.steps / (await on((url) => runFloor(url, contacts))))
      const spent = new Map<string, Spent>()
      alone.push({ ran: await on((url) => runProduct(url, contacts, { atOnce: 1, spent })), spent })
    }
  })
  const speed = (runs: readonly Ran[]) => median(runs.map((it) => it.steps / it.seconds))
  const common = { unit: 'steps/s', baseline: median(floors), better: 'larger' } as const
  const [middle] = alone.toSorted((a, b) => a.ran.seconds - b.ran.seconds).slice(Math.floor(alone.length / 2))
  return {
    figures: [
      figure({ ...common, name: 'runner against bare bulk statements', value: speed(ran), goal: 0.5, next: 0.8 }),
      figure({ ...common, name: 'the same, one batch at a time', value: speed(alone.map((it) => it.ran)) }),
      figure({
        name: 'people entering through the inbox',
        value: median(ran.map((it) => contacts / it.entering)),
        unit: 'people/s',
        better: 'larger',
      }),
      figure({
        name: 'CPU time of the runner itself',
        value: median(ran.map((it) => (it.cpu * 1e6) / it.turns)),
        unit: 'µs a turn',
        better: 'smaller',
      }),
    ],
    tables: middle ? [partsTable(middle.ran, middle.spent), statementsTable(middle.ran, middle.spent)] : [],
  }
}
