import { Logger, run } from 'graphile-worker'
import pg from 'pg'
import { carryOut, jobsOf, makeTables, type Payload, type Unit } from './queue-tables.ts'

/**
 * graphile-worker with a queue of its own in memory and batched completion (its documented settings for speed), one job per step or turn.
 * `transactional`: the next job is added in the job's transaction, so that neither is ever without the other; otherwise next jobs are
 * added many at a time.
 * @returns steps per second
 */
export async function runGraphile(url: string, contacts: number, unit: Unit, transactional: boolean): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: 24 })
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    client.on('error', () => {})
  })
  try {
    await makeTables(pool, contacts)
    const total = Array.from({ length: contacts }, (_, id) => jobsOf(id, unit).flat().length).reduce((a, b) => a + b, 0)
    let open = contacts
    let finish = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    let next: Payload[] = []
    const worker = await run({
      pgPool: pool,
      noHandleSignals: true,
      logger: new Logger(() => () => {}),
      preset: {
        worker: { concurrentJobs: 10, pollInterval: 20, localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 },
      },
      taskList: {
        async advance(payload, helpers) {
          const { id, n } = payload as Payload
          await helpers.withPgClient(async (client) => {
            await client.query('begin')
            const more = await carryOut(client, { id, n }, unit)
            if (more && transactional)
              await client.query(`select graphile_worker.add_job('advance', $1::json)`, [JSON.stringify({ id, n: n + 1 })])
            await client.query('commit')
            if (more && !transactional) next.push({ id, n: n + 1 })
            if (!more) open--
          })
          if (open === 0) finish()
        },
      },
    })
    const add = (payloads: readonly Payload[]) =>
      pool.query(
        `select 1 from graphile_worker.add_jobs(array(select json_populate_record(null::graphile_worker.job_spec, v) from json_array_elements($1::json) v))`,
        [JSON.stringify(payloads.map((payload) => ({ identifier: 'advance', payload })))],
      )
    const from = performance.now()
    await add(Array.from({ length: contacts }, (_, id) => ({ id, n: 0 })))
    const pump = async () => {
      while (open > 0) {
        const now = next
        next = []
        if (now.length > 0) await add(now)
        else await new Promise((resolve) => setTimeout(resolve, 5))
      }
    }
    await Promise.all([finished, pump()])
    const seconds = (performance.now() - from) / 1000
    await worker.stop()
    return total / seconds
  } finally {
    await pool.end()
  }
}
