import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { carryOut, jobsOf, makeTables, type Payload, type Unit } from './queue-tables.ts'
import { writes } from './scenario.ts'

const QUEUE = 'advance'
const BATCH = 3000

/**
 * pg-boss by its fastest documented way: jobs fetched, added and completed by thousands.
 * `bulk`: the writes of all contacts of a batch in one transaction too, so that one bad contact stops them all; otherwise each job
 * has its own, ten at once.
 * @returns steps per second
 */
export async function runBoss(url: string, contacts: number, unit: Unit, bulk: boolean): Promise<number> {
  const client = new pg.Pool({ connectionString: url, max: 10 })
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false })
  boss.on('error', () => {})
  try {
    await makeTables(client, contacts)
    await boss.start()
    await boss.createQueue(QUEUE)
    const from = performance.now()
    let steps = 0
    await add(
      boss,
      Array.from({ length: contacts }, (_, id) => ({ id, n: 0 })),
    )
    for (;;) {
      const jobs = await boss.fetch<Payload>(QUEUE, { batchSize: BATCH })
      if (jobs.length === 0) break
      const payloads = jobs.map((job) => job.data)
      await (bulk ? inBulk(client, payloads, unit) : oneByOne(client, payloads, unit))
      for (const { id, n } of payloads) steps += jobsOf(id, unit)[n]?.length ?? 0
      await add(
        boss,
        payloads.flatMap(({ id, n }) => (n + 1 < jobsOf(id, unit).length ? [{ id, n: n + 1 }] : [])),
      )
      await boss.complete(
        QUEUE,
        jobs.map((job) => job.id),
      )
    }
    return steps / ((performance.now() - from) / 1000)
  } finally {
    await boss.stop({ graceful: false })
    await client.end()
  }
}

async function add(boss: PgBoss, payloads: readonly Payload[]): Promise<void> {
  for (let i = 0; i < payloads.length; i += BATCH)
    await boss.insert(
      QUEUE,
      payloads.slice(i, i + BATCH).map((data) => ({ data })),
    )
}

async function oneByOne(pool: pg.Pool, payloads: readonly Payload[], unit: Unit): Promise<void> {
  const left = [...payloads]
  const hand = async () => {
    const client = await pool.connect()
    try {
      for (let payload = left.pop(); payload; payload = left.pop()) {
        await client.query('begin')
        await carryOut(client, payload, unit)
        await client.query('commit')
      }
    } finally {
      client.release()
    }
  }
  await Promise.all(Array.from({ length: 10 }, hand))
}

async function inBulk(pool: pg.Pool, payloads: readonly Payload[], unit: Unit): Promise<void> {
  const client = await pool.connect()
  try {
    await bulk(client, payloads, unit)
  } finally {
    client.release()
  }
}

async function bulk(client: pg.ClientBase, payloads: readonly Payload[], unit: Unit): Promise<void> {
  const jobs = payloads.map(({ id, n }) => ({ id, n, steps: jobsOf(id, unit)[n] ?? [] }))
  const ids = jobs.map((job) => job.id)
  const of = (kind: string) => jobs.flatMap(({ id, steps }) => steps.filter((name) => writes(name) === kind).map((name) => ({ id, name })))
  await client.query('begin')
  await client.query('select id, facts from q_contact where id = any($1::bigint[])', [ids])
  await client.query(
    'update q_enrolment e set node = v.node, seq = v.n from unnest($1::bigint[], $2::text[], $3::int[]) v(id, node, n) where e.id = v.id',
    [ids, jobs.map((job) => job.steps.at(-1) ?? ''), jobs.map((job) => job.n)],
  )
  await client.query('insert into q_journal select * from unnest($1::bigint[], $2::int[], $3::jsonb[])', [
    ids,
    jobs.map((job) => job.n),
    jobs.map((job) => JSON.stringify(job.steps)),
  ])
  const points = of('ledger')
  await client.query('insert into q_ledger select v.id, v.key, 1000 from unnest($1::bigint[], $2::text[]) v(id, key)', [
    points.map((row) => row.id),
    points.map((row) => row.name),
  ])
  const sends = of('send')
  await client.query('insert into q_send select * from unnest($1::bigint[], $2::text[])', [
    sends.map((row) => row.id),
    sends.map((row) => row.name),
  ])
  await client.query(`update q_contact set facts = jsonb_set(facts, '{f,campaign}', '"seen"') where id = any($1::bigint[])`, [
    of('contact').map((row) => row.id),
  ])
  await client.query('commit')
}
