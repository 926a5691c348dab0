import { appendItems, bumpPlan, createFlow, createIds, type Handle, openDatabase, publishFlow } from '@baton/db'
import { foldFields, planHash } from '@baton/engine'
import { createLog, createPlans, createRunner } from '@baton/server'
import { FLOW, factsOf, graph, HOUR, START } from './scenario.ts'

export interface Ran {
  steps: number
  turns: number
  /** Seconds of the turns that timers start: where campaigns spend their time. */
  seconds: number
  /** Seconds of the first turn of everybody, from the inbox. */
  entering: number
}

const BY = { id: 'usr_bench', name: 'Benchmark' }
const CHUNK = 2000

async function prepare(handle: Handle, contacts: number): Promise<void> {
  await handle.migrate()
  await handle.transaction(async (tx) => {
    const settings = { zone: 'UTC', dimensions: [{ id: 'fit', name: 'Fit', cap: null }] }
    await tx.query('update workspace set settings = settings || $1::jsonb', [JSON.stringify(settings)])
    for (const [key, type] of [
      ['job', 'text'],
      ['balance', 'number'],
      ['age', 'number'],
      ['campaign', 'text'],
    ])
      await tx.query('insert into field (key, label, type, created_at) values ($1, $1, $2, 0) on conflict (key) do nothing', [key, type])
    await tx.query(`insert into template (id, name, purpose, created_at, updated_at) values ('tpl_bench', 'Mail', 'marketing', 0, 0)`)
    await createFlow(tx, { id: FLOW, name: 'Benchmark', graph: graph(), by: BY, at: 0 })
    const [flow] = await tx.query<{ rev: number }>('select draft_rev as rev from flow where id = $1', [FLOW])
    await publishFlow(tx, { id: FLOW, rev: flow?.rev ?? 0, hash: planHash(graph()), notes: '', by: BY, at: START, enrolAt: [] })
    await bumpPlan(tx)
  })
  const ids = createIds(handle)
  const source = { kind: 'user', ...BY } as const
  for (let from = 0; from < contacts; from += CHUNK) {
    const many = Array.from({ length: Math.min(CHUNK, contacts - from) }, (_, i) => from + i)
    await handle.transaction(async (tx) => {
      const made = await ids.take(
        many.map((i) => i % 1024),
        tx,
      )
      const rows = many.map((i, at) => {
        const f = factsOf(i)
        return { bucket: i % 1024, id: made[at], key: `p${i}@example.com`, facts: { f, k: foldFields(f, ['job']), c: { marketing: true } } }
      })
      await tx.query(
        `insert into contact (bucket, id, key, facts, created_at) select v.bucket, v.id, v.key, v.facts, $2
         from json_to_recordset($1::json) as v(bucket smallint, id bigint, key text, facts jsonb)`,
        [JSON.stringify(rows), START],
      )
      await tx.query(
        `insert into identity (value, kind, contact_id) select v.key, 'email', v.id from json_to_recordset($1::json) as v(id bigint, key text)`,
        [JSON.stringify(rows)],
      )
      const enrol = { kind: 'enrol', flowId: FLOW, node: 'start', key: '', source, at: START } as const
      await appendItems(
        tx,
        made.map((contactId) => ({ contactId, item: enrol })),
      )
    })
  }
  await handle.executeSql('vacuum analyze')
}

/** Takes `contacts` people through the flow by the product's own runner, on a fresh database, with a clock that is moved by hand. */
export async function runProduct(url: string, contacts: number): Promise<Ran> {
  const handle = await openDatabase({ url })
  try {
    await prepare(handle, contacts)
    let now = START + 1000
    let steps = 0
    let turns = 0
    let failed = 0
    const log = createLog('silent')
    const runner = createRunner({
      handle,
      clock: { now: () => now },
      plans: createPlans({ handle, log }),
      log,
      owner: 'bench',
      routing: false,
      onBatch: (batch) => {
        turns += batch.turns
        failed += batch.failed
        for (const n of batch.steps.values()) steps += n
      },
    })
    const timed = async () => {
      const from = performance.now()
      await runner.drainUntilIdle()
      return (performance.now() - from) / 1000
    }
    const entering = await timed()
    steps = 0
    turns = 0
    let seconds = 0
    for (let i = 0; i < 3; i++) {
      now += HOUR + 60_000
      seconds += await timed()
    }
    await runner.stop()
    const [{ n: inside } = { n: -1 }] = await handle.query<{ n: number }>('select count(*) as n from enrolment where gen = 0')
    if (failed > 0 || inside !== 0) throw new Error(`The run is not what it should be: ${failed} failed, ${inside} did not reach the end`)
    return { steps, turns, seconds, entering }
  } finally {
    await handle.close()
  }
}
