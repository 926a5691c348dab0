import { isDeepStrictEqual } from 'node:util'
import { appendItems, bumpPlan, createFlow, createIds, type Handle, openDatabase, publishFlow } from '@baton/db'
import { foldFields, planHash } from '@baton/engine'
import { createLog, createPlans, createRunner } from '@baton/server'
import { FLOW, factsOf, graph, HOUR, START, written } from './scenario.ts'
import { type Spent, timed } from './timed.ts'

const PARTS = ['claim', 'facts', 'engine', 'store'] as const

export interface Ran {
  steps: number
  turns: number
  /** Seconds of the turns that timers start: where campaigns spend their time. */
  seconds: number
  /** Seconds of the first turn of everybody, from the inbox. */
  entering: number
  /** What the turns that timers start took, part by part, ms: sums over batches. */
  parts: { claim: number; facts: number; engine: number; store: number }
  /** CPU time of this process for them, seconds. */
  cpu: number
}

/** How the runner is run. */
export interface RunHow {
  /** Batches at the same time; absent: as the product does. */
  atOnce?: number | undefined
  /** Statements of the turns that timers start are noted here. */
  spent?: Map<string, Spent> | undefined
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
        return {
          bucket: i % 1024,
          id: made[at],
          key: `p${i}@example.com`,
          facts: { f, k: foldFields(f, ['job', 'email']), c: { marketing: true } },
        }
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
export async function runProduct(url: string, contacts: number, { atOnce, spent }: RunHow = {}): Promise<Ran> {
  const opened = await openDatabase({ url })
  const handle = spent ? timed(opened, spent) : opened
  try {
    await prepare(opened, contacts)
    let now = START + 1000
    let steps = 0
    let turns = 0
    let failed = 0
    const parts = { claim: 0, facts: 0, engine: 0, store: 0 }
    const log = createLog('silent')
    const runner = createRunner({
      handle,
      clock: { now: () => now },
      plans: createPlans({ handle, log }),
      log,
      owner: 'bench',
      routing: false,
      atOnce,
      onBatch: (batch) => {
        for (const part of PARTS) parts[part] += batch.parts[part]
        turns += batch.turns
        failed += batch.failed
        for (const n of batch.steps.values()) steps += n
      },
    })
    const drained = async () => {
      const from = performance.now()
      await runner.drainUntilIdle()
      return (performance.now() - from) / 1000
    }
    const entering = await drained()
    steps = 0
    turns = 0
    for (const part of PARTS) parts[part] = 0
    spent?.clear()
    const used = process.cpuUsage()
    let seconds = 0
    for (let i = 0; i < 3; i++) {
      now += HOUR + 60_000
      seconds += await drained()
    }
    const { user, system } = process.cpuUsage(used)
    await runner.stop()
    const [found] = await opened.query<{ inside: number; sends: number; points: number; marked: number }>(
      `select (select count(*) from enrolment where gen = 0) as inside, (select count(*) from send) as sends,
              (select count(*) from ledger) as points, (select count(*) from contact where facts -> 'f' ? 'campaign') as marked`,
    )
    const wanted = { inside: 0, ...written(contacts) }
    if (failed > 0 || !isDeepStrictEqual(found, wanted))
      throw new Error(`The run is not what it should be: ${failed} failed, ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`)
    return { steps, turns, seconds, entering, parts, cpu: (user + system) / 1e6 }
  } finally {
    await opened.close()
  }
}
