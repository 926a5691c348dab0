import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Failpoint, type Handle, nodeCounts, openDatabase, publishFlow, startScan } from '@baton/db'
import { freshDatabase } from '@baton/db/testing'
import { type FlowGraph, planHash } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { buildChild, child } from './killed.ts'
import { BY, START, World } from './programme.ts'

const TTL = 300
const LONG = 180_000
const PEOPLE = 30
/** Every place at which a pass, or a batch that carries out what it said, may be cut off. */
const POINTS: readonly Failpoint[] = [
  'runner.claimed',
  'runner.advanced',
  'runner.before-commit',
  'runner.after-commit',
  'scan.before-chunk',
  'scan.after-chunk',
]

/** Two rests behind one another. The message behind them is sent at once to whom a version takes past the first. */
const version = (hours: number): FlowGraph =>
  buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
      ['rest', 'wait', { until: { kind: 'duration', amount: hours, unit: 'hours' } }],
      ['mail', 'send-email', { templateId: 'tpl_a', ifNotSent: 'skip' }],
      ['last', 'wait', { until: { kind: 'duration', amount: 30, unit: 'days' } }],
      ['end', 'exit', { label: 'Done' }],
    ],
    ['in.out>rest', 'rest.out>mail', 'mail.sent>last', 'last.out>end'],
  )

async function prepare(handle: Handle): Promise<void> {
  const world = new World(handle, async () => {})
  await world.fields([])
  await world.rows(`insert into template (id, name, purpose, created_at, updated_at) values ('tpl_a', 'A', 'transactional', 0, 0)`)
  await world.flow('flw_a', version(48))
  for (let i = 0; i < PEOPLE; i++) {
    const key = `p${i}@example.com`
    await world.person(key, { fields: { email: key } })
    await world.tell(key, { kind: 'event', at: START, event: { id: key, type: 'asked', props: {}, occurredAt: START, receivedAt: START } })
  }
  await world.runner.drainUntilIdle()
  await world.runner.stop()
}

/** A new version that takes everybody along; by `answers` to the step with the message, or in place. */
async function publish(handle: Handle, hours: number, toMail: boolean): Promise<void> {
  await handle.transaction(async (tx) => {
    const graph = version(hours)
    const [flow] = await tx.query<{ rev: number }>(
      `update flow set draft = $1::jsonb, draft_rev = draft_rev + 1 where id = 'flw_a' returning draft_rev as rev`,
      [JSON.stringify(graph)],
    )
    const answers = toMail ? { rest: { do: 'go-on' as const, node: 'mail' } } : {}
    const migration = { answers, people: PEOPLE, same: 0, goOn: 0, leave: 0, stay: 0, again: 0, atOnce: 0 }
    const rev = flow?.rev ?? 0
    await publishFlow(tx, { id: 'flw_a', rev, hash: planHash(graph), notes: '', by: BY, at: START, enrolAt: [], migration })
  })
}

const at = (handle: Handle) =>
  handle.query(`select version, node, count(*)::int as n from enrolment where gen = 0 group by version, node order by 1, 2`)

describe.each(['pg', 'pglite'] as const)('kill -9 while people are moved (%s)', (kind) => {
  beforeAll(() => buildChild('migrate-crash'))
  test(
    'and a new process: everybody is moved once, back once, and gets one message',
    async () => {
      const dir = mkdtempSync(join(tmpdir(), 'baton-move-'))
      const made = kind === 'pg' ? await freshDatabase(inject('postgres')) : undefined
      const where = made ? { url: made.url } : { dir }
      const order = { where, now: START, ttl: TTL }
      const visit = async (work: (handle: Handle) => Promise<void>) => {
        const handle = await openDatabase(where)
        await handle.migrate()
        await work(handle)
        await handle.close()
      }
      await visit(prepare)
      for (const [round, point] of POINTS.entries()) {
        await visit((handle) => publish(handle, 47 - round, false))
        expect([point, await child('migrate-crash', order, point)]).toEqual([point, 'SIGKILL'])
        expect(await child('migrate-crash', order)).toBe(0)
        await visit(async (handle) => expect(await at(handle)).toEqual([{ version: round + 2, node: 'rest', n: PEOPLE }]))
      }
      await visit((handle) =>
        handle
          .transaction((tx) => startScan(tx, { kind: 'migrate-back', flowId: 'flw_a', version: POINTS.length + 1, by: BY, at: START }))
          .then(() => undefined),
      )
      expect(await child('migrate-crash', order, 'runner.before-commit')).toBe('SIGKILL')
      expect(await child('migrate-crash', order)).toBe(0)
      await visit(async (handle) => expect(await at(handle)).toEqual([{ version: POINTS.length, node: 'rest', n: PEOPLE }]))
      await visit((handle) => publish(handle, 40, true))
      expect(await child('migrate-crash', order, 'runner.after-commit')).toBe('SIGKILL')
      expect(await child('migrate-crash', order)).toBe(0)
      await visit(async (handle) => {
        expect(await at(handle)).toEqual([{ version: POINTS.length + 2, node: 'last', n: PEOPLE }])
        expect(await handle.query('select count(*) as n, count(distinct key) as keys from send')).toEqual([{ n: PEOPLE, keys: PEOPLE }])
        expect(await handle.query('select * from dead')).toEqual([])
        const steps = await handle.query(
          `select s ->> 'reason' is not null as told, count(*)::int as n from journal j, json_array_elements(j.steps) s
           where s -> 'reason' ->> 'code' = 'migrated' group by 1`,
        )
        expect(steps).toEqual([{ told: true, n: PEOPLE * (POINTS.length + 2) }])
        const here = (await nodeCounts(handle, 'flw_a')).filter((it) => it.node === 'last')
        expect(here).toEqual([{ flowId: 'flw_a', node: 'last', port: '', n: PEOPLE }])
      })
      await made?.drop()
      rmSync(dir, { recursive: true })
    },
    LONG,
  )
})
