import { bumpPlan, createFlow, createIds, type Handle, publishFlow } from '@baton/db'
import { planHash } from '@baton/engine'
import { sampleCatalog, sampleFlows, sampleSegments } from '@baton/engine/fixtures'
import { createLog, createPlans, createRunner, importFile } from '@baton/server'
import type { Plain } from './plain.ts'

const BY = { id: 'usr_bank', name: 'Bank campaign' }
const FLOW = 'flw_bank'
const SEGMENT = 'seg_prospects'
const AT = Date.UTC(2026, 10, 22, 8)

async function prepare(handle: Handle): Promise<void> {
  const flow = sampleFlows.find((it) => it.id === FLOW)
  const segment = sampleSegments.find((it) => it.id === SEGMENT)
  if (!flow || !segment) throw new Error('The sample programme has no bank campaign')
  await handle.transaction(async (tx) => {
    const settings = { zone: 'Europe/Lisbon', dimensions: sampleCatalog.dimensions }
    await tx.query('update workspace set settings = settings || $1::jsonb', [JSON.stringify(settings)])
    for (const { key, label, type } of sampleCatalog.fields)
      await tx.query('insert into field (key, label, type, created_at) values ($1, $2, $3, 0) on conflict (key) do nothing', [
        key,
        label,
        type,
      ])
    for (const { id, name } of sampleCatalog.teams) await tx.query('insert into team (id, name, created_at) values ($1, $2, 0)', [id, name])
    await tx.query(`insert into segment (id, name, condition, status, created_at, updated_at) values ($1, $2, $3::jsonb, 'ready', 0, 0)`, [
      segment.id,
      segment.name,
      JSON.stringify(segment.condition),
    ])
    await createFlow(tx, { id: FLOW, name: flow.name, graph: flow.graph, by: BY, at: AT })
    await bumpPlan(tx)
  })
}

async function publish(handle: Handle): Promise<void> {
  await handle.transaction(async (tx) => {
    const [flow] = await tx.query<{ rev: number }>('select draft_rev as rev from flow where id = $1', [FLOW])
    const graph = sampleFlows.find((it) => it.id === FLOW)?.graph
    if (!flow || !graph) throw new Error('The flow was not made')
    const enrolAt = [{ node: 'prospects', segmentId: SEGMENT }]
    await publishFlow(tx, { id: FLOW, rev: flow.rev, hash: planHash(graph), notes: '', by: BY, at: AT, enrolAt })
  })
}

async function countBy(handle: Handle, field: string): Promise<Record<string, number>> {
  const rows = await handle.query<{ value: string; n: number }>(
    `select facts -> 'f' ->> $1::text as value, count(*) as n from contact group by 1`,
    [field],
  )
  return Object.fromEntries(rows.map((row) => [row.value, row.n]))
}

/**
 * The story of the sample programme's bank campaign, by the product: imports the file, publishes the flow for everybody who matches,
 * and runs it until nothing is due. Wants a migrated, empty database.
 * @returns what the product counts, in the form of the plain script
 */
export async function runCampaign(handle: Handle, file: string): Promise<Plain> {
  await prepare(handle)
  const clock = { now: () => AT }
  const job = await importFile({ db: handle, ids: createIds(handle), clock, nudge: () => {} }, file, { key: 'line:bank-' })
  if (job.status !== 'done' || job.rejected > 0) throw new Error(`The import is not what it should be: ${JSON.stringify(job)}`)
  const log = createLog('error')
  const runner = createRunner({ handle, clock, plans: createPlans({ handle, log }), log, owner: 'bank', routing: false })
  await runner.drainUntilIdle()
  await publish(handle)
  await runner.drainUntilIdle()
  await runner.stop()
  const [handoffs] = await handle.query<{ n: number }>('select count(*) as n from handoff')
  const [passed] = await handle.query<{ n: number }>('select count(*) as n from enrolment where flow_id = $1', [FLOW])
  if (passed?.n !== job.created) throw new Error(`${passed?.n} of ${job.created} people entered the flow`)
  const [jobs, education, poutcome] = [await countBy(handle, 'job'), await countBy(handle, 'education'), await countBy(handle, 'poutcome')]
  return { rows: job.created, counts: { job: jobs, education, poutcome }, handed: handoffs?.n ?? 0 }
}
