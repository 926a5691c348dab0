import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { figure, median } from '../figures.ts'
import type { Findings, How } from '../findings.ts'
import { root } from '../root.ts'
import { runBoss } from '../steps/boss.ts'
import { runGraphile } from '../steps/graphile.ts'
import { runProduct } from '../steps/runner.ts'
import { onServer } from '../steps/server.ts'

const REPETITIONS = 3
/** Job queues are slower by one or two orders: fewer people take as long, and still thousands of jobs. */
const FULL = { product: 30_000, queued: 2_000, bulk: 10_000 }
const QUICK = { product: 200, queued: 40, bulk: 40 }

/** What a Node engineer would use instead, and how it is set: each by what its documentation names as fastest. */
const SETTINGS =
  'graphile-worker: 10 jobs at once, local queue of 500, completions in batches; pg-boss: 3,000 jobs fetched, added and completed at a time, 10 at once'

const PEERS = ['graphile-worker', 'pg-boss'] as const

/** The versions that are installed: exact ones, as this package names them. */
function versions(): string {
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(readFileSync(join(root, 'apps/bench/package.json'), 'utf8'))
  return PEERS.map((name) => `${name} ${dependencies[name]}`).join(', ')
}

/**
 * Steps per second of the runner and of job queues that do the same work: the same contacts, the same rows written. A job is a step, or
 * all steps to the next wait. The queues know no reasons, no gate, no inbox and no wake-up by events: what these cost is on our side.
 */
export async function peers(how: How): Promise<Findings> {
  const { product, queued, bulk } = how.quick ? QUICK : FULL
  const seen = { product: [] as number[], step: [[], [], []] as number[][], turn: [[], []] as number[][], bulk: [] as number[] }
  const add = (list: number[] | undefined, value: number) => void list?.push(value)
  await onServer(how, async (on) => {
    console.error(`${versions()}; ${SETTINGS}`)
    for (let i = 1; i <= (how.quick ? 1 : REPETITIONS); i++) {
      console.error(`round ${i} …`)
      const ran = await on((url) => runProduct(url, how.people?.[0] ?? product))
      seen.product.push(ran.steps / ran.seconds)
      add(seen.step[0], await on((url) => runGraphile(url, queued, 'step', true)))
      add(seen.step[1], await on((url) => runGraphile(url, queued, 'step', false)))
      add(seen.step[2], await on((url) => runBoss(url, queued, 'step', false)))
      add(seen.turn[0], await on((url) => runGraphile(url, queued, 'turn', false)))
      add(seen.turn[1], await on((url) => runBoss(url, queued, 'turn', false)))
      seen.bulk.push(await on((url) => runBoss(url, bulk, 'turn', true)))
    }
  })
  const value = median(seen.product)
  const against = (name: string, baseline: readonly number[] | undefined, goal?: number, next?: number) =>
    figure({ name: `runner against ${name}`, value, unit: 'steps/s', baseline: median(baseline ?? []), goal, next, better: 'larger' })
  return {
    figures: [
      against('graphile-worker, a job per step, next job in its transaction', seen.step[0], 60, 150),
      against('graphile-worker, a job per step, next jobs in batches', seen.step[1], 25, 50),
      against('pg-boss, a job per step', seen.step[2], 25, 50),
      against('graphile-worker, a job per turn', seen.turn[0], 6, 15),
      against('pg-boss, a job per turn', seen.turn[1], 6, 15),
      against('pg-boss, a job per turn, all contacts of a batch in one transaction', seen.bulk),
    ],
    tables: [
      {
        title: 'The job queues',
        columns: ['what', 'how'],
        rows: [
          ['versions', versions()],
          ['settings', SETTINGS],
        ],
      },
    ],
  }
}
