import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Failpoint, type Handle, nodeCounts, openDatabase, startScan } from '@baton/db'
import { citusUrl, freshDatabase, sharedCitus } from '@baton/db/testing'
import { buildGraph } from '@baton/engine/testing'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { buildChild, child as childOf, type Order } from './killed.ts'
import { BY, START, World } from './programme.ts'

/** Many machines take longer to hand out all buckets. */
const TTL = citusUrl() === undefined ? 300 : 3_000
const EVERY: readonly Failpoint[] = [
  'runner.claimed',
  'runner.advanced',
  'runner.before-commit',
  'runner.after-commit',
  'scan.before-chunk',
  'scan.after-chunk',
  'router.before-queue',
  'router.before-assign',
  'router.after-assign',
]
/** Where the embedded database could differ: around commits. */
const COMMITS: readonly Failpoint[] = ['runner.before-commit', 'runner.after-commit', 'scan.after-chunk', 'router.after-assign']
const EACH = 6
const LONG = citusUrl() === undefined ? 180_000 : 1_200_000

/** By an event: points, a mail, and a lead for sales. */
const flow = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
    ['points', 'score', { dimension: 'fit', points: 5 }],
    ['mail', 'send-email', { templateId: 'tpl_a', ifNotSent: 'skip' }],
    ['hand', 'hand-to-sales', { teamId: 'team_a', why: 'Asked' }],
    ['end', 'exit', { label: 'Done' }],
  ],
  ['in.out>points', 'points.out>mail', 'mail.sent>hand', 'hand.accepted>end', 'hand.rejected>end', 'hand.overflow>end'],
)

beforeAll(() => buildChild('crash'))
const child = (where: Order['where'], failpoint?: Failpoint) => childOf('crash', { where, now: START, ttl: TTL }, failpoint)

async function prepare(handle: Handle): Promise<void> {
  const world = new World(handle, async () => {})
  await world.fields([])
  await world.rows(`insert into template (id, name, created_at, updated_at) values ('tpl_a', 'A', 0, 0)`)
  await world.rows(`insert into team (id, name, created_at) values ('team_a', 'A', 0)`)
  await world.rows(`insert into "user" (id, name, email, role) values ('ann', 'Ann', 'ann@sales.example', 'sales_rep')`)
  await world.rows(`insert into team_member (team_id, user_id) values ('team_a', 'ann')`)
  await world.segment('seg_all', { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'email' }, op: 'not-empty' }] })
  await world.flow('flw_a', flow)
}

/** New people who ask, and one more pass over everybody. */
async function more(handle: Handle, round: number): Promise<void> {
  const world = new World(handle, async () => {})
  for (let i = 0; i < EACH; i++) {
    const key = `p${round}-${i}@example.com`
    await world.person(key, { fields: { email: key }, consent: { marketing: true } })
    await world.tell(key, { kind: 'event', at: START, event: { id: key, type: 'asked', props: {}, occurredAt: START, receivedAt: START } })
  }
  await handle.transaction((tx) => startScan(tx, { kind: 'segment', segmentId: 'seg_all', by: BY, at: START }))
}

async function check(handle: Handle, people: number): Promise<void> {
  const rows = <T extends object>(text: string) => handle.query<T>(text)
  expect(await rows('select count(*) as n from contact')).toEqual([{ n: people }])
  expect(await rows('select seq, count(*) as n, sum(json_array_length(steps))::int as steps from journal group by seq')).toEqual([
    { seq: 3, n: people, steps: 3 * people },
  ])
  expect(await rows('select count(*) as n, sum(points)::int as points from ledger')).toEqual([{ n: people, points: 500 * people }])
  expect(await rows('select status, count(*) as n, count(distinct key) as keys from send group by 1')).toEqual([
    { status: 'queued', n: people, keys: people },
  ])
  expect(await rows('select state, known_state as known, count(*) as n from handoff group by 1, 2')).toEqual([
    { state: 'assigned', known: 'assigned', n: people },
  ])
  expect(await rows('select count(*) as n from member where since is not null')).toEqual([{ n: people }])
  expect(await rows('select * from dead')).toEqual([])
  const counts = await nodeCounts(handle)
  expect(Object.fromEntries(counts.map((it) => [`${it.node} ${it.port}`, it.n]))).toEqual({
    'in ': people,
    'in out': people,
    'points ': people,
    'points out': people,
    'mail ': people,
    'mail sent': people,
    'hand ': people,
  })
}

const KINDS =
  citusUrl() === undefined ? ([['pg', EVERY] as const, ['pglite', COMMITS] as const] as const) : ([['citus', EVERY] as const] as const)

describe.each([...KINDS])('kill -9 at each failpoint (%s)', (kind, points) => {
  test(
    'and a new process: every contact has exactly its steps, points, mails and leads',
    async () => {
      const dir = mkdtempSync(join(tmpdir(), 'baton-crash-'))
      const made = kind === 'pg' ? await freshDatabase(inject('postgres')) : kind === 'citus' ? await sharedCitus() : undefined
      const where = made ? { url: made.url } : { dir }
      const visit = async (work: (handle: Handle) => Promise<void>) => {
        const handle = await openDatabase(where)
        await handle.migrate()
        await work(handle)
        await handle.close()
      }
      await visit(prepare)
      for (const [round, point] of points.entries()) {
        await visit((handle) => more(handle, round))
        expect([point, await child(where, point)]).toEqual([point, 'SIGKILL'])
      }
      expect(await child(where)).toBe(0)
      await visit((handle) => check(handle, points.length * EACH))
      await made?.drop()
      rmSync(dir, { recursive: true })
    },
    LONG,
  )
})
