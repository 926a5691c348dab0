import { readFileSync } from 'node:fs'
import { countRows, type Handle, openDatabase, type Row, type Sql } from '@baton/db'
import { citusUrl, emptyCitus, freshDatabase } from '@baton/db/testing'
import type { JournalLine } from '@baton/engine'
import { sampleRun } from '@baton/engine/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../src/cli/program.ts'
import { createDelivery, createTemplates } from '../../src/deliver/index.ts'
import { createLog } from '../../src/log.ts'
import { World } from '../runner/programme.ts'

const CITUS = citusUrl() ?? ''
const recorded = readFileSync(new URL('../../../../packages/engine/fixtures/sample-run.journal.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): JournalLine => JSON.parse(line))

async function baton(args: readonly string[], url: string) {
  let out = ''
  let err = ''
  const code = await run(args, {
    env: { DATABASE_URL: url, LOG_LEVEL: 'silent' },
    out: (text) => (out += text),
    err: (text) => (err += text),
  })
  return { code, out, err }
}

/** The recorded inputs at their instants, from one to another. */
async function replay(world: World, from: number, to: number): Promise<void> {
  const items = sampleRun.contacts.flatMap(({ state, items: own }) => own.map((item) => ({ key: state.person.key, item })))
  const instants = [...new Set(items.map(({ item }) => item.at))].filter((at) => at > from && at <= to).sort((a, b) => a - b)
  for (const at of instants) {
    await world.runUntil(at - 1)
    world.clock.advance(1)
    for (const { key, item } of items) if (item.at === at) await world.tell(key, item)
    await world.runner.drainUntilIdle()
  }
  await world.runUntil(to)
}

async function people(world: World): Promise<void> {
  for (const { state } of sampleRun.contacts) {
    const { key, fields, consent, zone, suppressed } = state.person
    await world.person(key, { fields, consent, zone, suppressed })
  }
}

const byFlow = (lines: readonly JournalLine[]) =>
  [...lines].sort((a, b) =>
    JSON.stringify([a.contact, a.time, a.flow, a.seq]) < JSON.stringify([b.contact, b.time, b.flow, b.seq]) ? -1 : 1,
  )

/** Statements that were sent to the machine of a bucket, each with parameters of one time. */
type Sent = Map<string, readonly unknown[]>

/** Notes what is sent straight to machines: the hot path. */
function noting(handle: Handle, sent: Sent): Handle {
  const note = (sql: Sql): Sql => ({
    ...{ spread: sql.spread, ended: sql.ended, home: sql.home, db: sql.db },
    copy: (statement, rows) => sql.copy(statement, rows),
    query: (text, params) => {
      sent.set(text, params ?? [])
      return sql.query(text, params)
    },
  })
  return {
    ...handle,
    near: (bucket) => {
      const node = handle.near(bucket)
      return { ...node, ...note(node), home: handle, transaction: (work) => node.transaction((tx) => work(note(tx))) }
    },
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const inArray = (value: unknown) => (value === null ? 'null' : `"${String(value).replace(/["\\]/g, '\\$&')}"`)

/** The parameters in their places: EXPLAIN makes no plan of some statements that have them, though they run. */
const filled = (text: string, params: readonly unknown[]) =>
  text.replace(/\$(\d+)/g, (_, n) => {
    const value = params[Number(n) - 1]
    if (value === null || value === undefined) return 'null'
    if (Array.isArray(value)) return quoted(`{${value.map(inArray).join(',')}}`)
    return quoted(typeof value === 'object' ? JSON.stringify(value) : String(value))
  })

/** Rows by table, but for the wheel, whose rows are cut anew. */
const countsOf = async (handle: Handle) => Object.fromEntries([...(await countRows(handle))].filter(([name]) => name !== 'wheel'))

describe('a database that people are under way in', () => {
  /** In the middle of what happens; the run is played long beyond it. */
  const half = Math.floor((sampleRun.from + Math.max(...sampleRun.contacts.flatMap(({ items }) => items.map(({ at }) => at)))) / 2)
  let url = ''
  let drop = async () => {}
  let handle: Handle
  const sent: Sent = new Map()

  beforeAll(async () => {
    const made = await emptyCitus(CITUS)
    url = made.url
    drop = made.drop
  })
  afterAll(async () => {
    await handle?.close()
    await drop()
  })

  test('is refused where Citus is not there, where somebody works on it, where a table is strange; nothing is changed', async () => {
    await using without = await freshDatabase(CITUS)
    const plain = await baton(['db', 'distribute'], without.url)
    expect(plain.code).not.toBe(0)
    const other = await openDatabase({ url })
    await other.migrate()
    expect(await baton(['db', 'distribute'], url)).toMatchObject({ code: 1, err: expect.stringContaining('Stop every "baton serve"') })
    await other.query('create table stray (id int primary key)')
    await other.close()
    expect(await baton(['db', 'distribute'], url)).toMatchObject({
      code: 1,
      err: expect.stringContaining('The table stray has no place in the placement map.'),
    })
    handle = await openDatabase({ url })
    await handle.query('drop table stray')
    expect(await handle.query('select 1 from pg_dist_partition')).toEqual([])
  })

  test('is distributed with every row, and everybody goes on where they were', async () => {
    const before = new World(handle, async () => {})
    await before.sample(undefined, { seed: sampleRun.seed })
    before.clock.advance(sampleRun.from - before.clock.now())
    await people(before)
    await replay(before, Number.NEGATIVE_INFINITY, half)
    await before.runner.stop()
    const counts = await countsOf(handle)
    expect(counts.enrolment).toBeGreaterThan(0)
    expect((await before.journal()).length).toBeLessThan(recorded.length)
    await handle.close()

    expect(await baton(['db', 'distribute', '--shards', '4'], url)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/tables with [\d,]+ rows over \d+ machines/),
    })
    expect(await baton(['db', 'distribute'], url)).toMatchObject({ code: 1, err: expect.stringContaining('spread over machines already') })
    expect(await baton(['db', 'migrate'], url)).toMatchObject({ code: 0, out: expect.stringContaining('each where it belongs') })

    handle = await openDatabase({ url })
    expect(handle.spread).toBe(true)
    expect(await countsOf(handle)).toEqual(counts)
    const world = new World(noting(handle, sent), async () => {})
    await world.knows(sampleRun.contacts.map(({ state }) => state.person.key))
    world.clock.advance(half - world.clock.now())
    await replay(world, half, sampleRun.until)
    const mail = createDelivery({
      ...{
        handle: world.handle,
        clock: world.clock,
        log: createLog('silent'),
        owner: 'post',
        templates: createTemplates(),
        transport: null,
      },
      ...{ baseUrl: 'http://localhost', nudge: () => {} },
    })
    await mail.deliverDue()
    await world.runner.stop()
    expect(byFlow(await world.journal())).toEqual(byFlow(recorded))
  })

  test('asks one machine once for every statement of the hot path', async () => {
    expect(sent.size).toBeGreaterThan(30)
    expect([...sent.keys()].filter((text) => text.includes('update send s set claimed_by'))).toHaveLength(1)
    const wide: string[] = []
    for (const [text, params] of sent) {
      if (/^\/\* one machine \*\//.test(text)) continue
      const plan = await handle.query<Row>(`explain ${filled(text, params)}`)
      const lines = plan.map((row) => String(row['QUERY PLAN']).trim())
      const tasks = lines.filter((line) => line.startsWith('Task Count:'))
      if (tasks.some((line) => line !== 'Task Count: 1') || (tasks.length !== 1 && !lines.some((line) => line.includes('Task')))) {
        wide.push(`${tasks.join(', ')} ${text}`)
      }
    }
    expect(wide).toEqual([])
  })
})
