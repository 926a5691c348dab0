import { appendItems, bumpPlan, createFlow, createIds, type Handle, publishFlow } from '@baton/db'
import { type FlowGraph, foldFields, planHash } from '@baton/engine'
import { FLOW, factsOf, START } from '../steps/scenario.ts'

const BY = { id: 'usr_bench', name: 'Benchmark' }

/** A workspace with a flow that is published and has nobody in it. Wants a migrated, empty database. */
export async function layCampaign(handle: Handle, graph: FlowGraph): Promise<void> {
  await handle.transaction(async (tx) => {
    const settings = { zone: 'UTC', dimensions: [{ id: 'fit', name: 'Fit', cap: null }], seed: 'benchmark' }
    await tx.query('update workspace set settings = settings || $1::jsonb', [JSON.stringify(settings)])
    const fields = { job: 'text', balance: 'number', age: 'number', campaign: 'text', rounds: 'number' }
    for (const [key, type] of Object.entries(fields))
      await tx.query('insert into field (key, label, type, created_at) values ($1, $1, $2, 0) on conflict (key) do nothing', [key, type])
    await tx.query(`insert into template (id, name, purpose, created_at, updated_at) values ('tpl_bench', 'Mail', 'marketing', 0, 0)`)
    await createFlow(tx, { id: FLOW, name: 'Benchmark', graph, by: BY, at: 0 })
    const [flow] = await tx.query<{ rev: number }>('select draft_rev as rev from flow where id = $1', [FLOW])
    await publishFlow(tx, { id: FLOW, rev: flow?.rev ?? 0, hash: planHash(graph), notes: '', by: BY, at: START, enrolAt: [] })
    await bumpPlan(tx)
  })
}

/** Adds contacts by their numbers and puts them into the flow, as somebody would by hand. */
export async function enter(handle: Handle, numbers: readonly number[], at: number): Promise<void> {
  const source = { kind: 'user', ...BY } as const
  await handle.transaction(async (tx) => {
    const made = await createIds(handle).take(
      numbers.map((i) => i % 1024),
      tx,
    )
    const rows = numbers.map((i, n) => {
      const key = `p${i}@example.com`
      const f = { ...factsOf(i), email: key }
      return { bucket: i % 1024, id: made[n], key, facts: { f, k: foldFields(f, ['job', 'email']), c: { marketing: true } } }
    })
    await tx.query(
      `insert into contact (bucket, id, key, facts, created_at) select v.bucket, v.id, v.key, v.facts, $2
       from json_to_recordset($1::json) as v(bucket smallint, id bigint, key text, facts jsonb)`,
      [JSON.stringify(rows), at],
    )
    await tx.query(
      `insert into identity (value, kind, contact_id) select v.key, 'email', v.id from json_to_recordset($1::json) as v(id bigint, key text)`,
      [JSON.stringify(rows)],
    )
    await appendItems(
      tx,
      made.map((contactId) => ({ contactId, item: { kind: 'enrol', flowId: FLOW, node: 'start', key: '', source, at } })),
    )
  })
}
