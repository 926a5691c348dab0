import { freshDatabase, startPostgres } from '@baton/db/testing'
import { type Figure, figure, median } from '../figures.ts'
import { runBoss } from '../steps/boss.ts'
import { runFloor } from '../steps/floor.ts'
import { runGraphile } from '../steps/graphile.ts'
import { runProduct } from '../steps/runner.ts'

const CONTACTS = 30_000
/** Job queues are slower by one or two orders: fewer people take as long. */
const QUEUED = 2_000
const REPETITIONS = 3

/**
 * Steps per second of the runner, on a durable PostgreSQL of its own, interleaved with its floor and with the job queues that a Node
 * engineer would use instead. Absolute figures are of this machine; the ratios carry over.
 */
export async function steps(): Promise<Figure[]> {
  const server = await startPostgres({ durable: true, settings: ['shared_buffers=1GB', 'max_wal_size=4GB'] })
  const on = async <T>(work: (url: string) => Promise<T>): Promise<T> => {
    const database = await freshDatabase(server.url)
    try {
      return await work(database.url)
    } finally {
      await database.drop()
    }
  }
  const seen = {
    product: [] as number[],
    entering: [] as number[],
    floor: [] as number[],
    perStep: { transactional: [] as number[], batched: [] as number[], boss: [] as number[] },
    perTurn: { batched: [] as number[], boss: [] as number[], bulk: [] as number[] },
  }
  try {
    console.error(
      `PostgreSQL with fsync, shared_buffers 1 GB; graphile-worker 0.17.3 (10 jobs at once, local queue 500), pg-boss 12.35 (3,000 at a time)`,
    )
    for (let i = 1; i <= REPETITIONS; i++) {
      console.error(`round ${i} of ${REPETITIONS} …`)
      const ran = await on((url) => runProduct(url, CONTACTS))
      seen.product.push(ran.steps / ran.seconds)
      seen.entering.push(CONTACTS / ran.entering)
      seen.floor.push(ran.steps / (await on((url) => runFloor(url, CONTACTS))))
      seen.perStep.transactional.push(await on((url) => runGraphile(url, QUEUED, 'step', true)))
      seen.perStep.batched.push(await on((url) => runGraphile(url, QUEUED, 'step', false)))
      seen.perStep.boss.push(await on((url) => runBoss(url, QUEUED, 'step', false)))
      seen.perTurn.batched.push(await on((url) => runGraphile(url, QUEUED, 'turn', false)))
      seen.perTurn.boss.push(await on((url) => runBoss(url, QUEUED, 'turn', false)))
      seen.perTurn.bulk.push(await on((url) => runBoss(url, QUEUED * 5, 'turn', true)))
    }
  } finally {
    await server.stop()
  }
  const value = median(seen.product)
  const against = (name: string, baseline: readonly number[], goal?: number) =>
    figure({ name: `runner against ${name}`, value, unit: 'steps/s', baseline: median(baseline), goal, better: 'larger' })
  return [
    against('bare bulk statements', seen.floor, 0.5),
    against('graphile-worker, a job per step, next job in its transaction', seen.perStep.transactional, 60),
    against('graphile-worker, a job per step, next jobs in batches', seen.perStep.batched, 25),
    against('pg-boss, a job per step', seen.perStep.boss, 25),
    against('graphile-worker, a job per turn', seen.perTurn.batched, 6),
    against('pg-boss, a job per turn', seen.perTurn.boss, 6),
    against('pg-boss, a job per turn, all contacts of a batch in one transaction', seen.perTurn.bulk),
    figure({ name: 'people entering through the inbox', value: median(seen.entering), unit: 'people/s', better: 'larger' }),
  ]
}
