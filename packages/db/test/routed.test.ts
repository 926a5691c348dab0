import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  acquireLeases,
  claimEffects,
  claimInbox,
  claimSends,
  createIds,
  dispatchFacts,
  dropChunks,
  dropItems,
  dropRechecks,
  dueChunks,
  dueRechecks,
  ensureMonths,
  fence,
  type Handle,
  keepDead,
  type Lane,
  loadStates,
  openDatabase,
  park,
  putOnWheel,
  releaseLeases,
  renewLeases,
  type Sql,
  timersOf,
  writeTurns,
} from '../src/index.ts'
import { placement } from '../src/schema/placement.ts'
import { lintSql } from '../testing/sql-lint/index.ts'
import { BUCKET, busy, NOW } from './busy.ts'

/** Hot tables over four partitions by bucket, as a database spread over machines has them over shards. */
const hot = Object.keys(placement).filter((name) => placement[name]?.at === 'hot' && name !== 'event')
const lane: Lane = { kind: 'one', bucket: BUCKET }
let handle: Handle
const sent: { text: string; params: unknown[] }[] = []

/** Notes every statement on its way. */
const noting = (sql: Sql): Sql => ({
  spread: sql.spread,
  ended: sql.ended,
  home: sql.home,
  get db() {
    return sql.db
  },
  query(text, params = []) {
    sent.push({ text, params: [...params] })
    return sql.query(text, params)
  },
  copy: (statement, rows) => sql.copy(statement, rows),
})

beforeAll(async () => {
  handle = await openDatabase({ memory: true })
  await handle.migrate()
  await ensureMonths(handle, [NOW])
  for (const name of hot) {
    await handle.executeSql(`
      create table ${name}_twin (like ${name} including all) partition by hash (bucket);
${[0, 1, 2, 3].map((n) => `create table ${name}_p${n} partition of ${name}_twin for values with (modulus 4, remainder ${n});`).join('\n')}
      insert into ${name}_twin select * from ${name};
      alter table ${name} rename to ${name}_before;
      alter table ${name}_twin rename to ${name};`)
  }
}, 240_000)
afterAll(() => handle.close())

/** Which partitions a plan reads. */
function partitions(plan: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(plan)) for (const part of plan) partitions(part, found)
  else if (typeof plan === 'object' && plan !== null) {
    for (const [key, value] of Object.entries(plan)) {
      const shard = key === 'Relation Name' && typeof value === 'string' ? /_p(\d)$/.exec(value)?.[1] : undefined
      if (shard) found.add(shard)
      partitions(value, found)
    }
  }
  return found
}

test('every statement of a batch over one bucket reads that bucket alone', async () => {
  const sql = noting(handle)
  const held = await acquireLeases(sql, [BUCKET], { owner: 'one', now: NOW, ttl: 1000 })
  const ids = createIds(handle)
  const [id = 0] = await ids.take([BUCKET])
  await handle.transaction(async (inner) => {
    const tx = noting(inner)
    await fence(tx, held, 'one')
    await putOnWheel(tx, lane, await writeTurns(tx, lane, [busy(id)], ids))
  })
  const state = (
    await loadStates(sql, lane, [id], {
      events: new Map([['x', 1]]),
      now: NOW,
      horizon: 1,
      mails: new Set(['tpl']),
      related: new Set(['company']),
      drawn: true,
    })
  ).get(id)
  expect(state).toBeUndefined() // No such contact: here only the statements count.
  await claimInbox(sql, lane, { bucket: 0, seq: 0 }, 10)
  const chunks = await dueChunks(sql, lane, NOW + 60_000, 10)
  expect(chunks).toHaveLength(1)
  await timersOf(sql, lane, [id])
  await dropRechecks(sql, lane, await dueRechecks(sql, lane, NOW + 60_000, 10))
  const item = { bucket: BUCKET, seq: 1, contactId: id, item: { kind: 'recheck', at: NOW, segmentId: 's' }, error: 'e' } as const
  await keepDead(sql, lane, [item], NOW)
  await park(sql, lane, [{ bucket: BUCKET, id, message: 'e' }], NOW)
  await dropChunks(sql, lane, chunks)
  await dropItems(sql, lane, [item])
  await renewLeases(sql, held, { owner: 'one', now: NOW, ttl: 1000 })
  // What goes out is claimed by bucket, too; the table of suppressed addresses, by value, is no part of it.
  const claimant = { owner: 'one', wall: NOW, ttl: 1000, now: NOW, limit: 10, busy: [] }
  const [send] = await claimSends(sql, lane, claimant)
  expect(await claimEffects(sql, lane, claimant)).toHaveLength(1)
  await dispatchFacts(sql, lane, send ? [send] : [])
  expect([...new Set(sent.map(({ text }) => text))].filter((text) => lintSql(text, placement).refused.length > 0)).toEqual([])

  const spread = await spreading(sent)
  expect(spread).toEqual([])
  expect(sent.length).toBeGreaterThan(25)

  // The check has teeth: the form for one machine reads them all.
  sent.length = 0
  await dueChunks(sql, { kind: 'span', from: 0, to: 1023 }, NOW, 10)
  expect(await spreading(sent)).toHaveLength(1)
  await releaseLeases(handle, held, 'one')
})

/** The statements that read more than one partition. */
async function spreading(statements: readonly { text: string; params: unknown[] }[]): Promise<string[]> {
  const found: string[] = []
  for (const { text, params } of statements) {
    if (!hot.some((name) => new RegExp(`\\b${name}\\b`).test(text))) continue
    const rows = await handle.query<{ 'QUERY PLAN': unknown }>(`explain (format json) ${text}`, params)
    if (partitions(rows[0]?.['QUERY PLAN']).size > 1) found.push(text)
  }
  return found
}
