import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendItems, claimEffects, claimSends, copyDatabase, type Handle, openDatabase, prepareEvents } from '@baton/db'
import { freshDatabase } from '@baton/db/testing'
import type { InboxItem, JournalLine } from '@baton/engine'
import { sampleRun } from '@baton/engine/testing'
import { afterAll, expect, inject, test } from 'vitest'
import { World } from './programme.ts'

const recorded = readFileSync(new URL('../../../../packages/engine/fixtures/sample-run.journal.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): JournalLine => JSON.parse(line))

const dir = mkdtempSync(join(tmpdir(), 'baton-copied-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const byFlow = (lines: readonly JournalLine[]) =>
  [...lines].sort((a, b) =>
    JSON.stringify([a.contact, a.time, a.flow, a.seq]) < JSON.stringify([b.contact, b.time, b.flow, b.seq]) ? -1 : 1,
  )

async function tell(handle: Handle, items: readonly { key: string; item: InboxItem }[], at: number): Promise<void> {
  await prepareEvents(
    handle,
    items.flatMap(({ item }) => (item.kind === 'event' ? [item.event] : [])),
    at,
  )
  const people = await handle.query<{ key: string; id: number }>('select key, id from contact')
  const ids = new Map(people.map((row) => [row.key, row.id]))
  await handle.transaction((tx) =>
    appendItems(
      tx,
      items.map(({ key, item }) => ({ contactId: ids.get(key) ?? 0, item })),
    ),
  )
}

const items = sampleRun.contacts.flatMap(({ state, items: own }) => own.map((item) => ({ key: state.person.key, item })))
const instants = [...new Set(items.map(({ item }) => item.at))].sort((a, b) => a - b)
const half = instants[Math.floor(instants.length / 2)] ?? 0
const SPAN = { kind: 'span', from: 0, to: 1023 } as const

/** Goes on from the world's present through the instants of this part, up to `until`. */
async function play(world: World, part: readonly number[], until: number): Promise<void> {
  for (const at of part) {
    await world.runUntil(at - 1)
    world.clock.advance(1)
    await tell(
      world.handle,
      items.filter(({ item }) => item.at === at),
      at,
    )
    await world.runner.drainUntilIdle()
  }
  await world.runUntil(until)
}

test('a programme copied to PostgreSQL in its midst gives the very journal of one that never moved', async () => {
  const embedded = await openDatabase({ dir: join(dir, 'database') })
  await embedded.migrate()
  const before = new World(embedded, () => embedded.close())
  await before.sample(undefined, { seed: sampleRun.seed })
  before.clock.advance(sampleRun.from - before.clock.now())
  for (const { state } of sampleRun.contacts) {
    const { key, fields, consent, zone, suppressed } = state.person
    await before.person(key, { fields, consent, zone, suppressed })
  }
  await play(
    before,
    instants.filter((at) => at < half),
    half - 1,
  )
  // What came in and is not handled yet; a mail and a call that a process had taken and not begun when it was stopped.
  before.clock.advance(1)
  await tell(
    embedded,
    items.filter(({ item }) => item.at === half),
    half,
  )
  await embedded.query(`update send set claimed_by = 'gone', claimed_until = 5 where status = 'queued'`)
  await embedded.query(
    `insert into effect (bucket, id, contact_id, key, kind, flow_id, object_key, entry, version, node, payload, status, at, next_attempt_at, claimed_by, claimed_until)
     values (7, 7, 7, 'k', 'webhook', 'f', '', 1, 1, 'n', '{}', 'queued', 1, 1, 'gone', 5)`,
  )
  const queued = await embedded.query<{ key: string }>(`select key from send where status = 'queued' order by key collate "C"`)
  const waiting = await embedded.query<{ n: number }>('select count(*) as n from enrolment where gen = 0 and due_at is not null')
  expect(queued.length).toBeGreaterThan(0)
  expect(waiting[0]?.n).toBeGreaterThan(0)
  await before.runner.stop()
  await before.close()

  await using target = await freshDatabase(inject('postgres'))
  const now = before.clock.now()
  await copyDatabase({ dir: join(dir, 'database') }, { url: target.url }, { now, progress: () => {}, signal: new AbortController().signal })

  const handle = await openDatabase({ url: target.url })
  const after = new World(handle, () => handle.close())
  after.clock.advance(now - after.clock.now())
  const [inbox] = await handle.query<{ n: number }>('select count(*) as n from inbox')
  expect(inbox?.n).toBe(items.filter(({ item }) => item.at === half).length)
  const claim = { owner: 'new', wall: 10, ttl: 5, now, limit: 10_000, busy: [] }
  const mails = await claimSends(handle, SPAN, claim)
  expect(mails.map((it) => it.key).sort()).toEqual(queued.map((it) => it.key))
  expect(await claimEffects(handle, SPAN, claim)).toMatchObject([{ key: 'k', attempts: 0 }])
  await handle.query(`update send set claimed_until = null`)
  await after.runner.drainUntilIdle()
  await play(
    after,
    instants.filter((at) => at > half),
    sampleRun.until,
  )
  expect(byFlow(await after.journal())).toEqual(byFlow(recorded))
  expect(await handle.query('select * from dead')).toEqual([])
  await after.runner.stop()
  await after.close()
}, 240_000)
