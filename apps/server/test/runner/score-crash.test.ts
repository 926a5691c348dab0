import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addScoreVersion, type Failpoint, type Handle, liveScoreModel, openDatabase, publishedModel, startScan } from '@baton/db'
import { freshDatabase } from '@baton/db/testing'
import { publishRules, type ScoreRule } from '@baton/engine'
import { sampleCatalog } from '@baton/engine/fixtures'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { buildChild, child } from './killed.ts'
import { BY, START, World } from './programme.ts'

const TTL = 300
const LONG = 240_000
const PEOPLE = 30
/** Every place at which the pass, or a batch that carries out what it said, may be cut off. */
const EVERY: readonly Failpoint[] = [
  'runner.claimed',
  'runner.advanced',
  'runner.before-commit',
  'runner.after-commit',
  'scan.before-chunk',
  'scan.after-chunk',
]

/** Where the embedded database could differ: around commits. */
const COMMITS: readonly Failpoint[] = ['runner.before-commit', 'runner.after-commit', 'scan.after-chunk']
const KINDS = [['pg', EVERY] as const, ['pglite', COMMITS] as const] as const

/** People who asked twice, before there was any model; every third of them is a chief. */
async function prepare(handle: Handle): Promise<void> {
  const world = new World(handle, async () => {})
  await world.fields([{ key: 'job_title', label: 'Job title', type: 'text' }])
  for (let i = 0; i < PEOPLE; i++) {
    const key = `p${i}@example.com`
    await world.person(key, { fields: i % 3 === 0 ? { job_title: 'Chief of all' } : {} })
    for (const n of [1, 2]) {
      const event = { id: `${i}-${n}`, type: 'asked', props: {}, occurredAt: START, receivedAt: START }
      await world.tell(key, { kind: 'event', at: START, event })
    }
  }
  await world.runner.drainUntilIdle()
  await world.runner.stop()
}

/** The next version: asking gives other points, who somebody is gives the same for ever. */
async function publish(handle: Handle, asked: number): Promise<void> {
  await handle.transaction(async (tx) => {
    const live = await liveScoreModel(tx)
    const version = (live?.version ?? 0) + 1
    const rules: ScoreRule[] = [
      {
        ...{ kind: 'attribute', id: 'chief', name: '', dimension: 'fit', points: 3000 },
        when: { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'job_title' }, op: 'contains', value: 'chief' }] },
      },
      { kind: 'behaviour', id: 'asked', name: '', dimension: 'engagement', points: asked, event: 'asked', where: [], atMost: null },
    ]
    const published = publishRules(rules, { before: live ? publishedModel(live).rules : [], version, catalog: sampleCatalog })
    const model = { dimensions: [], rules: published, grade: null }
    await addScoreVersion(tx, { version, model, note: '', at: START, byId: BY.id, byName: BY.name })
    await tx.query('update workspace set plan_rev = plan_rev + 1')
    await startScan(tx, { kind: 'score', version, by: BY, at: START })
  })
}

const lines = (handle: Handle, living: boolean) =>
  handle.query(
    `select rule, points, count(*)::int as n, count(distinct contact_id)::int as people from ledger
     where (until is null) = $1 group by 1, 2 order by rule collate "C"`,
    [living],
  )

describe.each([...KINDS])('kill -9 while everybody is scored anew (%s)', (kind, points) => {
  beforeAll(() => buildChild('score-crash'))
  test(
    'E-355 and a new process: each has exactly the lines of the new version, and each old line ended once',
    async () => {
      const dir = mkdtempSync(join(tmpdir(), 'baton-score-'))
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
      const gone: object[] = []
      for (const [round, point] of points.entries()) {
        const each = 100 * (round + 1)
        await visit((handle) => publish(handle, each))
        expect([point, await child('score-crash', order, point)]).toEqual([point, 'SIGKILL'])
        expect([point, await child('score-crash', order)]).toEqual([point, 0])
        await visit(async (handle) => {
          const asked = { rule: `asked@${round + 1}`, points: each, n: 2 * PEOPLE, people: PEOPLE }
          expect(await lines(handle, true)).toEqual([asked, { rule: 'chief@1', points: 3000, n: PEOPLE / 3, people: PEOPLE / 3 }])
          expect(await lines(handle, false)).toEqual(gone)
          gone.push(asked)
          expect(await handle.query(`select status, done, total from scan order by started_at, version desc limit 1`)).toEqual([
            { status: 'done', done: PEOPLE, total: PEOPLE },
          ])
          expect(await handle.query('select * from dead')).toEqual([])
        })
      }
      await made?.drop()
      rmSync(dir, { recursive: true })
    },
    LONG,
  )
})
