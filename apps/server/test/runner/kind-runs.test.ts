import { readFileSync } from 'node:fs'
import { foldProps, type InboxItem, type JournalLine } from '@baton/engine'
import { type KindRun, kindRuns, type Made } from '@baton/engine/testing'
import { describe, expect, test } from 'vitest'
import type { Compiled } from '../../src/runner/index.ts'
import { onBoth, type World } from './programme.ts'

/** Everything that a run leaves behind; the tables of what a plan is made of stay empty, since the plan is given. */
const LAID = ['contact', 'event', 'inbox', 'dead', 'enrolment', 'wheel', 'journal', 'ledger', 'send', 'member', 'handoff', 'node_delta']
const MORE = ['effect', 'drawn', 'related']

const recorded = (kind: string): JournalLine[] =>
  readFileSync(new URL(`../../../../packages/engine/fixtures/kinds/${kind}.journal.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line): JournalLine => JSON.parse(line))

/** Two flows may give lines of one contact that agree in time and seq: here the flow decides. */
const byFlow = (lines: readonly JournalLine[]) =>
  [...lines].sort((a, b) =>
    JSON.stringify([a.contact, a.time, a.flow, a.seq]) < JSON.stringify([b.contact, b.time, b.flow, b.seq]) ? -1 : 1,
  )

/** Runs with the run's own plan, whatever the tables say. */
function worldOf(open: World, run: KindRun): { world: World; runner: ReturnType<World['worker']> } {
  const compiled: Compiled = {
    rev: 1,
    plan: run.plan,
    catalog: run.catalog,
    seed: run.seed,
    related: new Set(['company', 'opportunity', 'purchase']),
    problems: [],
  }
  return { world: open, runner: open.worker('one', { plans: { get: async () => compiled } }) }
}

async function lay(world: World, run: KindRun): Promise<void> {
  for (const { state } of run.contacts) {
    const { key, fields, consent, zone, suppressed, stage, ownerSide, folded, createdAt } = state.person
    const id = await world.person(key, { fields, consent, zone, suppressed })
    await world.rows('update contact set stage = $2, owner_side = $3, created_at = $4, facts = facts || $5::jsonb where id = $1', [
      id,
      stage,
      ownerSide,
      createdAt,
      JSON.stringify({ k: folded }),
    ])
    for (const [segmentId, since] of Object.entries(state.members)) {
      await world.rows('insert into member (bucket, contact_id, segment_id, since) values ($1, $2, $3, $4)', [
        id % 1024,
        id,
        segmentId,
        since,
      ])
    }
    for (const it of state.related) {
      await world.rows(
        'insert into related (bucket, contact_id, kind, id, data, folded, at) values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7)',
        [id % 1024, id, it.kind, it.id, JSON.stringify(it.data), JSON.stringify(foldProps(it.data)), it.at],
      )
    }
  }
}

/** Feeds the items at their instants, with what the world answers to whatever went out. */
async function play(world: World, runner: ReturnType<World['worker']>, run: KindRun): Promise<void> {
  const open = run.contacts.flatMap(({ state, items }) => items.map((item) => ({ key: state.person.key, item })))
  const told = new Set<string>()
  for (;;) {
    open.sort((a, b) => a.item.at - b.item.at)
    const due = await world.next()
    const at = Math.min(due ?? Number.POSITIVE_INFINITY, open[0]?.item.at ?? Number.POSITIVE_INFINITY)
    if (at > run.until) return
    world.clock.advance(at - world.clock.now())
    for (const { key, item } of open.splice(0, open.filter((it) => it.item.at === at).length)) await world.tell(key, item)
    await runner.drainUntilIdle()
    for (const made of await wentOut(world)) {
      if (told.has(made.key)) continue
      told.add(made.key)
      const answers: readonly InboxItem[] = run.answer(made, at)
      open.push(...answers.map((item) => ({ key: made.contact, item })))
    }
  }
}

const wentOut = (world: World): Promise<Made[]> =>
  world.rows(
    `select 'handoff' as "to", h.key, h.node, c.key as contact, h.id from handoff h join contact c on c.bucket = h.bucket and c.id = h.contact_id
     union all select e.kind, e.key, e.node, c.key, e.id from effect e join contact c on c.bucket = e.bucket and c.id = e.contact_id order by id`,
  )

onBoth(
  'the recorded run of each kind',
  (open) => {
    describe.each(kindRuns().map((run) => [run.kind, run] as const))('%s', (kind, run) => {
      test('gives over the database what the engine alone recorded', async () => {
        const { world, runner } = worldOf(await open(), run)
        await world.rows(`truncate ${[...LAID, ...MORE].join(', ')} cascade`)
        world.clock.advance(run.from - world.clock.now())
        await lay(world, run)
        await play(world, runner, run)
        await runner.stop()
        expect(await world.rows('select * from dead')).toEqual([])
        expect(byFlow(await world.journal())).toEqual(byFlow(recorded(kind)))
      })
    })
  },
  ['spread'],
)
