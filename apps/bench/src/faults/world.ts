import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  addKey,
  createFlow,
  createIds,
  createTemplate,
  createUser,
  type Handle,
  publishFlow,
  type Sql,
  saveTeam,
  updateWorkspace,
} from '@baton/db'
import { planHash } from '@baton/engine'
import { createLog, createPlans, createRunner, importFile } from '@baton/server'
import { flows, SCANNED, SEGMENT } from './flows.ts'

/** The write key of the soaks' tracking client. */
export const KEY = 'sk_soak'
export const PEOPLE = 16
/** A Monday morning; the clock of a round begins here. */
export const START = Date.UTC(2026, 2, 2, 8)
export const HOUR = 3_600_000
export const BY = { id: 'usr_soak', name: 'Soak' }
const BODY =
  '<mjml><mj-body><mj-section><mj-column><mj-text>Hello <a href="https://example.com/guide">guide</a></mj-text></mj-column></mj-section></mj-body></mjml>'

export const emailOf = (i: number): string => `p${i}@example.com`
/** Every second is in the segment. */
export const isEven = (i: number): boolean => i % 2 === 0

/** Publishes a flow as it was drawn; the flow of the pass lets the segment in. */
export async function publish(tx: Sql, id: string, at: number): Promise<void> {
  const [flow] = await tx.query<{ rev: number; draft: Parameters<typeof planHash>[0] }>(
    'select draft_rev as rev, draft from flow where id = $1',
    [id],
  )
  if (!flow) throw new Error(`There is no flow ${id}`)
  const enrolAt = id === SCANNED ? [{ node: 'in', segmentId: SEGMENT }] : []
  await publishFlow(tx, { id, rev: flow.rev, hash: planHash(flow.draft), notes: '', by: BY, at, enrolAt })
}

async function settings(handle: Handle): Promise<{ templateId: string; teamId: string }> {
  await updateWorkspace(handle, {
    zone: 'UTC',
    senderName: 'Soak',
    senderAddress: 'news@example.com',
    postalAddress: '1 High Street, Townsville',
    dimensions: [{ id: 'fit', name: 'Fit' }],
  })
  return handle.transaction(async (tx) => {
    const text = { subject: 'Hello', preheader: '', body: BODY, text: '', purpose: 'marketing' as const }
    const templateId = await createTemplate(tx, { name: 'Hello', text, by: BY.id, at: START })
    const reps = []
    for (const name of ['Ann', 'Ben'])
      reps.push(await createUser(tx, { name, email: `${name}@example.com`, role: 'sales_rep', passwordHash: '-', at: START }))
    const members = reps.map(({ id }) => ({ userId: id, weight: 1, cap: null, active: true }))
    const teamId = await saveTeam(tx, { name: 'Sales', members, at: START })
    if (teamId === undefined) throw new Error('The team could not be made')
    const condition = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'group' }, op: 'is', value: 'even' }] }
    await tx.query(
      `insert into segment (id, name, condition, status, created_at, updated_at) values ($1, 'Even', $2::jsonb, 'ready', 0, 0)`,
      [SEGMENT, JSON.stringify(condition)],
    )
    const hash = createHash('sha256').update(KEY).digest('hex')
    await addKey(tx, { name: 'soak', kind: 'server', hash, last4: 'soak', origins: [], createdBy: BY.id, createdAt: START })
    return { templateId, teamId }
  })
}

/**
 * Fills a migrated database with a small workspace before anything happens: people, a team, a mail, flows of which all but the one with
 * the pass are live. The same each time, but for random ids.
 * @param dir for files
 */
export async function makeWorld(handle: Handle, { dir, hook }: { dir: string; hook: string }): Promise<void> {
  const named = await settings(handle)
  const file = join(dir, 'people.csv')
  const lines = Array.from({ length: PEOPLE }, (_, i) => `${emailOf(i)},${isEven(i) ? 'even' : 'odd'}`)
  writeFileSync(file, `email,group\n${lines.join('\n')}\n`)
  const clock = { now: () => START }
  const to = { db: handle, ids: createIds(handle), clock, nudge: () => {} }
  const job = await importFile(to, file, { key: 'email', consentSource: 'soak' })
  if (job.created !== PEOPLE) throw new Error(`The people could not be imported: ${JSON.stringify(job)}`)
  await handle.transaction(async (tx) => {
    for (const [id, graph] of Object.entries(flows({ ...named, hook }))) {
      await createFlow(tx, { id, name: id, graph, by: BY, at: START })
      if (id !== SCANNED) await publish(tx, id, START)
    }
  })
  const log = createLog('error')
  const runner = createRunner({ handle, clock, plans: createPlans({ handle, log }), log, owner: 'before', routing: false })
  await runner.drainUntilIdle()
  await runner.stop()
}
