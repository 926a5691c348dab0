import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  addKey,
  appendItems,
  createFlow,
  createIds,
  createTemplate,
  createUser,
  type Handle,
  openDatabase,
  publishFlow,
  saveTeam,
  updateWorkspace,
  type Where,
} from '@baton/db'
import { type FlowGraph, flowGraph, planHash } from '@baton/engine'
import { createLog, createPlans, createRunner, importFile } from '@baton/server'

export const KEY = 'sk_soak_of_kills'
export const PEOPLE = 120
export const PINGS = 2
const HOUR = 3_600_000
const BY = { id: 'usr_soak', name: 'Soak' }
const BODY =
  '<mjml><mj-body><mj-section><mj-column><mj-text>Hello <a href="https://example.com/guide">guide</a></mj-text></mj-column></mj-section></mj-body></mjml>'

const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const way = (path: string) => {
  const [source = '', sourceHandle = '', target = ''] = path.split(/[.>]/)
  return { id: path, source, sourceHandle, target }
}
const score = (id: string, points: number) => node(id, 'score', { dimension: 'fit', points })
const graph = (nodes: readonly object[], ways: readonly string[], settings: object = {}): FlowGraph =>
  flowGraph.parse({ nodes, edges: ways.map(way), settings })

export const emailOf = (i: number): string => `p${i}@example.com`
/** Every third matches the segment of the second flow. */
export const matches = (i: number): boolean => i % 3 === 0

/** What must have happened to contact `i`, once everything has settled: the nodes of each passage, and the lines of points. */
export function expected(i: number): { passages: Record<string, string[][]>; points: number[]; mails: number } {
  const ping = ['pinged', 'point', 'end']
  const scanned = matches(i) ? [['in', 'points', 'mail', 'end']] : []
  return {
    passages: {
      flw_timer: [['by-hand', 'hour', 'points', 'mail']],
      flw_scan: scanned,
      flw_ping: Array.from({ length: PINGS }, () => ping),
    },
    points: [1000, ...(matches(i) ? [500] : []), ...Array.from({ length: PINGS }, () => 100)].sort((a, b) => a - b),
    mails: matches(i) ? 2 : 1,
  }
}

function flows(templateId: string, teamId: string): Record<string, FlowGraph> {
  // On sales' behalf, so that a mail does not depend on whether the hand-off of the other flow came first.
  const mail = node('mail', 'send-email', { templateId, ifNotSent: 'skip', onSalesBehalf: true })
  const end = (id: string) => node(id, 'exit', { label: 'Done', finished: true })
  const sales = { teamId, why: 'A soak', note: '', fields: ['email'], leaveAt: 'first-answer' }
  return {
    flw_timer: graph(
      [
        node('by-hand', 'trigger', { on: { kind: 'manual' } }),
        node('hour', 'wait', { until: { kind: 'duration', amount: 1, unit: 'hours' } }),
        score('points', 10),
        mail,
        node('sales', 'hand-to-sales', sales),
        end('end'),
      ],
      [
        'by-hand.out>hour',
        'hour.out>points',
        'points.out>mail',
        'mail.sent>sales',
        'sales.accepted>end',
        'sales.rejected>end',
        'sales.overflow>end',
      ],
    ),
    flw_scan: graph(
      [node('in', 'trigger', { on: { kind: 'segment', segmentId: 'seg_soak' } }), score('points', 5), mail, end('end')],
      ['in.out>points', 'points.out>mail', 'mail.sent>end'],
    ),
    flw_ping: graph(
      [node('pinged', 'trigger', { on: { kind: 'event', type: 'Pinged', where: [], key: null } }), score('point', 1), end('end')],
      ['pinged.out>point', 'point.out>end'],
      { reentry: { when: 'always' } },
    ),
  }
}

async function publish(handle: Handle, id: string, graph: FlowGraph, at: number): Promise<void> {
  const enrolAt = id === 'flw_scan' ? [{ node: 'in', segmentId: 'seg_soak' }] : []
  await handle.transaction(async (tx) => {
    await createFlow(tx, { id, name: id, graph, by: BY, at })
    const [flow] = await tx.query<{ rev: number }>('select draft_rev as rev from flow where id = $1', [id])
    await publishFlow(tx, { id, rev: flow?.rev ?? 0, hash: planHash(graph), notes: '', by: BY, at, enrolAt })
  })
}

/**
 * Makes a workspace in which work of every sort is due at the next start of a server: timers that ran out while it was away, people to be
 * let in by a publish, leads to be given to two reps, mails; events may come by HTTP. Two hours ago by its clock everybody entered.
 */
export async function makeWorld(where: Where, dir: string): Promise<void> {
  const handle = await openDatabase(where)
  try {
    await handle.migrate()
    const now = Date.now()
    let clock = now - 2 * HOUR
    await updateWorkspace(handle, {
      zone: 'UTC',
      senderName: 'Soak',
      senderAddress: 'news@example.com',
      postalAddress: '1 High Street, Townsville',
      dimensions: [{ id: 'fit', name: 'Fit' }],
    })
    const made = await handle.transaction(async (tx) => {
      const text = { subject: 'Hello', preheader: '', body: BODY, text: '', purpose: 'marketing' as const }
      const template = await createTemplate(tx, { name: 'Hello', text, by: BY.id, at: clock })
      const reps = []
      for (const name of ['Ann', 'Ben'])
        reps.push(await createUser(tx, { name, email: `${name}@example.com`, role: 'sales_rep', passwordHash: '-', at: clock }))
      const members = reps.map(({ id }) => ({ userId: id, weight: 1, cap: null, active: true }))
      const team = await saveTeam(tx, { name: 'Sales', members, at: clock })
      const condition = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'group' }, op: 'is', value: 'even' }] }
      await tx.query(
        `insert into segment (id, name, condition, status, created_at, updated_at) values ('seg_soak', 'Soak', $1::jsonb, 'ready', 0, 0)`,
        [JSON.stringify(condition)],
      )
      await addKey(tx, {
        name: 'soak',
        kind: 'server',
        hash: createHash('sha256').update(KEY).digest('hex'),
        last4: 'ills',
        origins: [],
        createdBy: BY.id,
        createdAt: clock,
      })
      return { template, team: team ?? '' }
    })
    const file = join(dir, 'people.csv')
    writeFileSync(
      file,
      `email,group\n${Array.from({ length: PEOPLE }, (_, i) => `${emailOf(i)},${matches(i) ? 'even' : 'odd'}`).join('\n')}\n`,
    )
    const to = { db: handle, ids: createIds(handle), clock: { now: () => clock }, nudge: () => {} }
    const job = await importFile(to, file, { key: 'email', consentSource: 'soak of kills' })
    if (job.created !== PEOPLE) throw new Error(`The people could not be imported: ${JSON.stringify(job)}`)
    const graphs = flows(made.template, made.team)
    for (const [id, graph] of Object.entries(graphs)) if (id !== 'flw_scan') await publish(handle, id, graph, clock)
    const people = await handle.query<{ id: number }>('select id from contact')
    const source = { kind: 'user', ...BY } as const
    await handle.transaction((tx) =>
      appendItems(
        tx,
        people.map(({ id }) => ({
          contactId: id,
          item: { kind: 'enrol', flowId: 'flw_timer', node: 'by-hand', key: '', source, at: clock },
        })),
      ),
    )
    const log = createLog('error')
    const runner = createRunner({
      handle,
      clock: { now: () => clock },
      plans: createPlans({ handle, log }),
      log,
      owner: 'before',
      routing: false,
    })
    await runner.drainUntilIdle()
    await runner.stop()
    clock = now
    if (graphs.flw_scan) await publish(handle, 'flw_scan', graphs.flw_scan, clock)
  } finally {
    await handle.close()
  }
}
