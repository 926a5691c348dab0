import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addKey, ensureMonths, type Handle, openDatabase } from '@baton/db'
import { freshDatabase, startPostgres } from '@baton/db/testing'
import { type Figure, figure, median } from '../figures.ts'
import type { How } from '../findings.ts'
import { BATCH, introductions, trackRequests } from '../ingest/batches.ts'
import { type Call, sendAll } from '../ingest/client.ts'
import { copyRows } from '../ingest/copy.ts'
import { startServer } from '../server.ts'

const AT_ONCE = 32
/** Requests of a round, rounds, requests of a page with one event each, people who are known. */
const FULL = { requests: 800, rounds: 5, pages: 6_000, people: 20_000 }
const QUICK = { requests: 3, rounds: 2, pages: 20, people: 300 }
/** One key may send 200 requests a second; a server behind a real load has as many keys as sources. */
const KEYS = 16

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`

async function addKeys(handle: Handle): Promise<{ server: string[]; browser: string }> {
  const server = Array.from({ length: KEYS }, (_, i) => `sk_bench${i}`)
  const keys = [...server.map((key) => ({ key, kind: 'server' as const })), { key: 'pk_bench', kind: 'browser' as const }]
  await handle.transaction(async (tx) => {
    for (const { key, kind } of keys) {
      const made = {
        name: key,
        kind,
        hash: createHash('sha256').update(key).digest('hex'),
        last4: key.slice(-4),
        origins: [],
        createdBy: 'bench',
        createdAt: 0,
      }
      await addKey(tx, made)
    }
  })
  return { server, browser: 'pk_bench' }
}

/** Where the rows of a round begin. */
async function mark(handle: Handle): Promise<{ seq: number; id: number }> {
  const [row] = await handle.query<{ seq: number; id: number }>(
    `select coalesce((select max(seq) from inbox), 0) as seq, coalesce((select max(id) from contact), 0) as id`,
  )
  return row ?? { seq: 0, id: 0 }
}

/** What ingestion writes. */
const parts = (from: { seq: number; id: number }, messages: string) => [
  { table: 'seen', where: `starts_with(message_id, '${messages}')` },
  { table: 'identity', where: `contact_id > ${from.id}` },
  { table: 'contact', where: `id > ${from.id}` },
  { table: 'event', where: `seq > ${from.seq}` },
  { table: 'inbox', where: `seq > ${from.seq}` },
]

/** Nobody drains the inboxes: turns are another benchmark's, and the rows are there to be copied. */
const holdLeases = (handle: Handle) => handle.query(`update lease set owner = 'bench', expires_at = 9e15`)
const freeLeases = (handle: Handle) => handle.query(`update lease set owner = '', expires_at = 0`)

/**
 * Events per second over HTTP into the real server, in requests of a hundred, against COPY of the very same rows into the same tables
 * with the same keys and indexes. Generator, server and database share the machine.
 */
export async function ingest({ quick }: How): Promise<Figure[]> {
  const { requests, rounds, pages, people } = quick ? QUICK : FULL
  const population = { people, strangers: 0.02 }
  const dir = mkdtempSync(join(tmpdir(), 'baton-ingest-'))
  const postgres = await startPostgres({ durable: true, settings: ['shared_buffers=1GB', 'max_wal_size=4GB'] })
  const seen = { speed: [] as number[], copy: [] as number[], p50: [] as number[], p99: [] as number[] }
  try {
    const [source, target] = [await freshDatabase(postgres.url), await freshDatabase(postgres.url)]
    const [handle, other] = [await openDatabase({ url: source.url }), await openDatabase({ url: target.url })]
    await handle.migrate()
    await other.migrate()
    await holdLeases(handle)
    await ensureMonths(other, [Date.now(), Date.parse('2026-03-13T09:00:00.000Z')])
    const keys = await addKeys(handle)
    const calls = (bodies: readonly Buffer[]): Call[] =>
      bodies.map((body, i) => ({ body, headers: { authorization: basic(keys.server[i % KEYS] ?? '') } }))
    const server = await startServer({ DATABASE_URL: source.url, DATA_DIR: dir, TRUST_PROXY: '1' })
    try {
      console.error(`${requests} requests of ${BATCH} events, ${AT_ONCE} at once; PostgreSQL with fsync, shared_buffers 1 GB`)
      await sendAll(`${server.url}/v1/batch`, calls(introductions(population)), AT_ONCE)
      await copyRows(source.url, target.url, parts({ seq: 0, id: 0 }, 'hello-'))
      for (let round = 1; round <= rounds; round++) {
        console.error(`round ${round} of ${rounds} …`)
        const from = await mark(handle)
        const bodies = calls(trackRequests(population, round, requests))
        const sent = await sendAll(`${server.url}/v1/batch`, bodies, AT_ONCE)
        const copied = await copyRows(source.url, target.url, parts(from, `r${round}-`))
        seen.speed.push((requests * BATCH) / sent.seconds)
        seen.copy.push((requests * BATCH) / copied)
        seen.p50.push(sent.p50)
        seen.p99.push(sent.p99)
      }
      const views: Call[] = Array.from({ length: pages }, (_, i) => ({
        body: Buffer.from(JSON.stringify({ type: 'page', messageId: `page-${i}`, anonymousId: `b${i % 3000}`, name: 'Pricing' })),
        headers: { authorization: basic(keys.browser), 'x-forwarded-for': `10.${(i >> 8) % 256}.${i % 256}.7` },
      }))
      console.error('single events of browsers …')
      const single = await sendAll(`${server.url}/v1/page`, views, 64)
      await freeLeases(handle)
      console.error('while the runner takes their turns …')
      const busy = await sendAll(`${server.url}/v1/batch`, calls(trackRequests(population, rounds + 1, requests)), AT_ONCE)
      return [
        figure({
          name: 'ingest over HTTP against COPY into the same tables',
          value: median(seen.speed),
          unit: 'events/s',
          baseline: median(seen.copy),
          goal: 0.25,
          next: 0.5,
          better: 'larger',
        }),
        figure({ name: 'ingest, time of an answer, half of them', value: median(seen.p50), unit: 'ms', better: 'smaller' }),
        figure({ name: 'ingest, time of an answer, 99 of 100', value: median(seen.p99), unit: 'ms', better: 'smaller' }),
        figure({ name: 'ingest, single events of browsers', value: pages / single.seconds, unit: 'events/s', better: 'larger' }),
        figure({
          name: 'ingest while the runner takes turns',
          value: (requests * BATCH) / busy.seconds,
          unit: 'events/s',
          better: 'larger',
        }),
      ]
    } finally {
      await server.stop()
      await Promise.all([handle.close(), other.close()])
      await Promise.all([source.drop(), target.drop()])
    }
  } finally {
    await postgres.stop()
    rmSync(dir, { recursive: true })
  }
}
