import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { webSink } from '@baton/connect/testing'
import { type Failpoint, openDatabase } from '@baton/db'
import { freshDatabase } from '@baton/db/testing'
import { buildGraph } from '@baton/engine/testing'
import { build } from 'vite'
import { beforeAll, expect, inject, test } from 'vitest'
import { START, World } from '../runner/programme.ts'
import { asked } from './bureau.ts'
import type { carry } from './child.ts'

const TTL = 300
const EACH = 4
const HERE = join(import.meta.dirname, '../..')
/** Under the package, so that the child finds what is installed. */
const BUILT = join(HERE, 'reports/crash-effects')
const CHILD = `const { carry } = await import('./child.js'); await carry(JSON.parse(process.env.CARRY))`
const MIGRATIONS = join(import.meta.dirname, '../../../../packages/db/drizzle')

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    root: HERE,
    build: { ssr: 'test/effects/child.ts', outDir: BUILT, target: 'node20', emptyOutDir: true },
    ssr: { noExternal: [/^@baton\//] },
  })
})

type Order = Parameters<typeof carry>[0]

/** The line is served once for all; of the others the second is hit. */
const timeOf = (point: Failpoint) => (point.startsWith('throttle') ? 1 : 2)

/** Runs a child to its end; gives the signal that killed it, or its exit code. */
async function child(where: Order['where'], failpoint?: Failpoint): Promise<unknown> {
  const order: Order = { where, now: START, ttl: TTL }
  const env = {
    ...process.env,
    CARRY: JSON.stringify(order),
    BATON_FAILPOINT: failpoint ? `${failpoint}:${timeOf(failpoint)}` : '',
    BATON_MIGRATIONS: MIGRATIONS,
  }
  const run = spawn(process.execPath, ['--input-type=module', '-e', CHILD], { cwd: BUILT, env, stdio: ['ignore', 'inherit', 'inherit'] })
  const [code, signal] = await once(run, 'exit')
  return signal ?? code
}

/** Whoever asked stands in a line that lets all through, is told of, and called about. */
async function prepare(world: World, url: string): Promise<void> {
  await world.fields([])
  await world.rows(`insert into "user" (id, name, email, role) values ('ann', 'Ann', 'ann@sales.example', 'sales_rep')`)
  const graph = buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
      ['line', 'throttle', { count: 1_000, per: 'hour' }],
      ['tell', 'notify', { to: { kind: 'user', id: 'ann' }, inApp: true, email: false, text: 'Look' }],
      ['call', 'webhook', { url: `${url}/hook`, body: { kind: 'chosen' } }],
      ['end', 'exit', { label: 'Done' }],
    ],
    ['in.out>line', 'line.out>tell', 'tell.out>call', 'call.answered>end', 'call.failed>end'],
  )
  await world.flow('flw', graph)
}

/** New people who ask. */
async function more(world: World, round: number): Promise<void> {
  for (let n = 0; n < EACH; n++) {
    const key = `p${round}-${n}@example.com`
    await world.person(key, { fields: { email: key } })
    await world.tell(key, asked(`ask ${key}`, START))
  }
}

const EVERY: readonly Failpoint[] = [
  'effects.claimed',
  'effects.begun',
  'effects.called',
  'effects.before-result',
  'effects.after-result',
  'throttle.before-release',
  'throttle.after-release',
]
/** Where the embedded database could differ: around commits. */
const COMMITS: readonly Failpoint[] = ['effects.before-result', 'effects.after-result', 'throttle.after-release']

test.each([
  ['pg', EVERY],
  ['pglite', COMMITS],
] as const)(
  'kill -9 at each failpoint (%s): every call is known by its key, every answer counts once, everybody is told once',
  async (kind, points) => {
    await using sink = await webSink()
    const fresh = kind === 'pg' ? await freshDatabase(inject('postgres')) : undefined
    const dir = mkdtempSync(join(tmpdir(), 'baton-effects-'))
    const where = fresh ? { url: fresh.url } : { dir }
    const visit = async (work: (world: World) => Promise<void>) => {
      const handle = await openDatabase(where)
      await handle.migrate()
      await work(new World(handle, async () => {}))
      await handle.close()
    }
    await visit((world) => prepare(world, sink.url))
    for (const [round, point] of points.entries()) {
      await visit((world) => more(world, round))
      expect([point, await child(where, point)]).toEqual([point, 'SIGKILL'])
    }
    expect(await child(where)).toBe(0)

    const people = points.length * EACH
    const keys = sink.received.map((it) => it.headers['webhook-id'])
    expect(new Set(keys).size).toBe(people)
    await visit(async ({ handle }) => {
      expect(await handle.query(`select kind, status, count(*) as n from effect group by 1, 2 order by 1`)).toEqual(
        ['notify', 'throttle', 'webhook'].map((it) => ({ kind: it, status: 'done', n: people })),
      )
      expect(await handle.query('select count(*) as n from notification')).toEqual([{ n: people }])
      expect(await handle.query(`select end_how as how, count(*) as n from enrolment group by 1`)).toEqual([{ how: 'finished', n: people }])
      expect(await handle.query('select * from dead')).toEqual([])
    })
    await fresh?.drop()
    rmSync(dir, { recursive: true, force: true })
  },
  240_000,
)
