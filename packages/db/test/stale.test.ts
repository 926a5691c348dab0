import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Handle, loadStates, openDatabase, type Sql } from '../src/index.ts'

const PEOPLE = 6_000
const HOUR = 3_600_000
const NOW = Date.UTC(2026, 0, 5, 9)
let handle: Handle

beforeAll(async () => {
  handle = await openDatabase({ memory: true })
  await handle.migrate()
  await handle.executeSql(`
    insert into contact (bucket, id, key, facts, created_at)
      select i % 1024, 1024 * i + i % 1024, 'p' || i, '{"f":{},"k":{},"c":{}}', 0 from generate_series(1, ${PEOPLE}) i;
    insert into enrolment (bucket, id, contact_id, flow_id, key, gen, entry, version, node, node_since, entered_at, due_at, vars, seq)
      select c.bucket, c.id, c.id, 'flow', '', 0, 1, 1, 'wait', 0, 0, ${NOW}, '{}', 1 from contact c;
    analyze;
    update enrolment set gen = entry, ended_at = ${NOW - HOUR} where id % 3 = 0;`)
}, 240_000)
afterAll(() => handle.close())

/** Most rows of one table that a step of a plan had in hands. */
function touched(plan: unknown): number {
  if (Array.isArray(plan)) return Math.max(0, ...plan.map(touched))
  if (typeof plan !== 'object' || plan === null) return 0
  const number = (key: string) => Number(Reflect.get(plan, key) ?? 0)
  const own = 'Relation Name' in plan ? (number('Actual Rows') + number('Rows Removed by Filter')) * number('Actual Loops') : 0
  return Math.max(own, ...Object.values(plan).map(touched))
}

test('what a batch reads is only what its contacts have, also when the statistics are from before people ended', async () => {
  const sent: { text: string; params: unknown[] }[] = []
  const noting: Sql = {
    ...handle,
    query(text, params = []) {
      sent.push({ text, params: [...params] })
      return handle.query(text, params)
    },
  }
  const ids = (await handle.query<{ id: number }>('select id from contact order by id limit 30')).map((row) => row.id)
  const needs = {
    events: new Map([['seen', 30]]),
    now: NOW,
    horizon: null,
    mails: new Set<string>(),
    related: new Set(['order']),
    drawn: true,
  }
  const states = await loadStates(noting, { kind: 'span', from: 0, to: 1023 }, ids, needs)
  expect([...states.values()].filter((it) => it.past.length === 1)).toHaveLength(10)
  for (const { text, params } of sent) {
    const [row] = await handle.query<Record<string, unknown>>(`explain (analyze, format json) ${text}`, params)
    expect(touched(row), text).toBeLessThanOrEqual(2 * ids.length)
  }
})
