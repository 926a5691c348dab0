import { addScoreVersion, cancelScan, latestScoring, liveScoreModel, publishedModel, resumeScoring, startScan, stepScan } from '@baton/db'
import { type Condition, publishRules, type ScoreRule } from '@baton/engine'
import { sampleCatalog } from '@baton/engine/fixtures'
import { DAY } from '@baton/leads'
import { expect, test } from 'vitest'
import { BY, onBoth, START, type World } from './programme.ts'

const chief: Condition = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'job_title' }, op: 'contains', value: 'chief' }] }
const RULES: ScoreRule[] = [
  { kind: 'attribute', id: 'chief', name: '', dimension: 'fit', points: 3000, when: chief },
  {
    kind: 'behaviour',
    id: 'asked',
    name: 'Asked for a demo',
    dimension: 'engagement',
    points: 500,
    event: 'asked',
    where: [],
    atMost: { count: 1, days: 7 },
  },
]
const PEOPLE = 30

/** Publishes the next version, with the pass that a publish starts. */
async function publish(world: World, rules: readonly ScoreRule[]): Promise<string> {
  return world.handle.transaction(async (tx) => {
    const live = await liveScoreModel(tx)
    const version = (live?.version ?? 0) + 1
    const before = live ? publishedModel(live).rules : []
    const model = { dimensions: [], rules: publishRules(rules, { before, version, catalog: sampleCatalog }), grade: null }
    await addScoreVersion(tx, { version, model, note: '', at: world.clock.now(), byId: BY.id, byName: BY.name })
    await tx.query('update workspace set plan_rev = plan_rev + 1')
    return startScan(tx, { kind: 'score', version, by: BY, at: world.clock.now() })
  })
}

const sums = (world: World) =>
  world.rows<{ dimension: string; rule: string; n: number; points: number; held: boolean }>(
    `select dimension, rule, count(*)::int as n, sum(points)::int as points, held from ledger where until is null group by 1, 2, 5 order by 1, 2`,
  )

/** People who asked twice on one day, before there was any model; every third of them is a chief. */
async function peopled(world: World): Promise<void> {
  await world.fields([{ key: 'job_title', label: 'Job title', type: 'text' }])
  for (let i = 0; i < PEOPLE; i++) {
    const key = `p${i}@example.com`
    await world.person(key, { fields: i % 3 === 0 ? { job_title: 'Chief of all' } : {} })
    for (const hour of [1, 2]) {
      const at = START + hour * 3_600_000
      await world.tell(key, { kind: 'event', at, event: { id: `${i}-${hour}`, type: 'asked', props: {}, occurredAt: at, receivedAt: at } })
    }
  }
  world.clock.advance(DAY)
  await world.runner.drainUntilIdle()
}

onBoth('a new score model', (open) => {
  test('E-355 LS-9 goes over everybody with their whole history; the next one takes back what it does not say any more', async () => {
    const world = await open()
    await peopled(world)
    expect(await sums(world)).toEqual([])
    await publish(world, RULES)
    await world.runner.drainUntilIdle()
    expect(await sums(world)).toEqual([
      { dimension: 'engagement', rule: 'asked@1', n: PEOPLE, points: PEOPLE * 500, held: false },
      { dimension: 'fit', rule: 'chief@1', n: 10, points: 30_000, held: true },
    ])
    expect(await latestScoring(world.handle)).toMatchObject({ kind: 'score', status: 'done', version: 1, done: PEOPLE, total: PEOPLE })

    const [chiefs, asked] = RULES
    if (!chiefs || asked?.kind !== 'behaviour') throw new Error('no rules')
    await publish(world, [chiefs, { ...asked, points: 200, atMost: null }])
    await world.runner.drainUntilIdle()
    expect(await sums(world)).toEqual([
      { dimension: 'engagement', rule: 'asked@2', n: PEOPLE * 2, points: PEOPLE * 400, held: false },
      { dimension: 'fit', rule: 'chief@1', n: 10, points: 30_000, held: true },
    ])
    await world.tell('p0@example.com', {
      kind: 'fields',
      at: world.clock.now(),
      set: { job_title: null },
      source: { kind: 'user', id: BY.id },
    })
    await world.runner.drainUntilIdle()
    expect((await sums(world)).at(-1)).toMatchObject({ rule: 'chief@1', n: 9 })
    const [gone] = await world.rows<{ until: number }>(`select until from ledger where rule = 'chief@1' and until is not null`)
    expect(gone?.until).toBe(world.clock.now())
  })

  test('E-355 stopped halfway it goes on where it was, whichever process carries it on', async () => {
    const world = await open()
    await peopled(world)
    const id = await publish(world, RULES)
    expect(await stepScan(world.handle, id, world.clock.now(), 10)).toBe('more')
    // The process is gone after its first ten; nobody else has looked at the pass yet.
    expect(await world.handle.transaction((tx) => cancelScan(tx, id, world.clock.now()))).toMatchObject({ kind: 'score', done: 10 })
    await world.runner.stop()
    const other = world.worker('two')
    await other.drainUntilIdle()
    expect((await sums(world)).find((it) => it.rule === 'asked@1')?.n).toBe(10)
    expect(await world.handle.transaction((tx) => resumeScoring(tx, id))).toBe(true)
    await other.drainUntilIdle()
    await other.stop()
    expect((await sums(world)).find((it) => it.rule === 'asked@1')?.n).toBe(PEOPLE)
    expect(await latestScoring(world.handle)).toMatchObject({ status: 'done', done: PEOPLE })
    expect(await world.handle.transaction((tx) => resumeScoring(tx, id))).toBe(false)
  })
})
