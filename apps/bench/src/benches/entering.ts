import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { addKey, type Handle, openDatabase } from '@baton/db'
import { freshDatabase, startPostgres } from '@baton/db/testing'
import { becomeAdmin, type Visitor } from '../entering/visitor.ts'
import { addMembers, launch, progressOf } from '../entering/world.ts'
import { type Figure, figure, median } from '../figures.ts'
import { type How, sizesOf } from '../findings.ts'
import { startServer } from '../server.ts'

const SMALL = { full: 2_000, quick: 50 }
const PROBES = { full: 40, quick: 3 }

/** The share of sorted values that is not above the answer. */
const at = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Seconds until everybody of a flow is in. */
async function untilIn(handle: Handle, flowId: string): Promise<number> {
  const from = performance.now()
  while (!(await progressOf(handle, flowId)).over) await pause(5)
  return (performance.now() - from) / 1000
}

/** What a small flow and the pages feel: milliseconds from an event to the step that it starts, and of pages. */
async function feel(handle: Handle, url: string, visitor: Visitor, flowId: string, probes: number) {
  const lags: number[] = []
  const pages: number[] = []
  const authorization = `Basic ${Buffer.from('sk_bench:').toString('base64')}`
  for (let i = 0; i < probes; i++) {
    const userId = `probe-${flowId}-${probes}-${i}-${Date.now()}`
    const from = performance.now()
    const sent = await fetch(`${url}/v1/track`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'track', userId, event: 'Probe' }),
    })
    if (!sent.ok) throw new Error(`The event was not taken: ${sent.status}`)
    const there = () =>
      handle.query(
        `select 1 from identity i join enrolment e on e.bucket = i.contact_id & 1023 and e.contact_id = i.contact_id
         where i.value = $1 and e.flow_id = 'flw_probe'`,
        [userId],
      )
    while ((await there()).length === 0) await pause(2)
    lags.push(performance.now() - from)
    pages.push(await visitor.ask('live.counts', { flowId }), await visitor.ask('live.scans', { flowId }))
    pages.push(await visitor.ask('flows.list'), await visitor.ask('contacts.list', {}))
  }
  return { lags, pages }
}

const memoryOf = async (url: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? 0) / 2 ** 20
}

/**
 * Very many people come into a flow when it is published, on the real server with a durable PostgreSQL: how fast, and what a small flow
 * and the pages feel of it, held against the same with nothing else going on.
 */
export async function entering(how: How): Promise<Figure[]> {
  const [people = 0] = sizesOf(how, [1_000_000], [3_000])
  const size = how.quick ? 'quick' : 'full'
  const dir = mkdtempSync(join(tmpdir(), 'baton-entering-'))
  const postgres = await startPostgres({ durable: true, settings: ['shared_buffers=1GB', 'max_wal_size=4GB'] })
  try {
    const source = await freshDatabase(postgres.url)
    const handle = await openDatabase({ url: source.url })
    try {
      await handle.migrate()
      console.error(`${people} people who match …`)
      await handle.query(`insert into field (key, label, type, created_at) values ('crowd', 'Crowd', 'text', 0)`)
      const small = SMALL[size]
      await addMembers(handle, 'seg_huge', 0, people)
      for (const [i, name] of ['seg_alone', 'seg_beside'].entries())
        await addMembers(handle, name, people + i * small, people + (i + 1) * small)
      await handle.executeSql('vacuum analyze')
      const hash = createHash('sha256').update('sk_bench').digest('hex')
      const key = { name: 'bench', kind: 'server' as const, hash, last4: 'ench', origins: [], createdBy: 'bench', createdAt: 0 }
      await handle.transaction((tx) => addKey(tx, key))
      const server = await startServer({ DATABASE_URL: source.url, DATA_DIR: dir })
      try {
        const visitor = await becomeAdmin(handle, server.url)
        await launch(handle, 'flw_probe', { event: 'Probe' })
        console.error('alone …')
        await feel(handle, server.url, visitor, 'flw_probe', 3)
        const alone = await feel(handle, server.url, visitor, 'flw_probe', PROBES[size])
        await launch(handle, 'flw_alone', { segment: 'seg_alone' })
        const aloneSeconds = await untilIn(handle, 'flw_alone')
        console.error('beside many …')
        await launch(handle, 'flw_huge', { segment: 'seg_huge' })
        const from = performance.now()
        const all = untilIn(handle, 'flw_huge')
        const beside = await feel(handle, server.url, visitor, 'flw_huge', PROBES[size])
        await launch(handle, 'flw_beside', { segment: 'seg_beside' })
        const besideSeconds = await untilIn(handle, 'flw_beside')
        const early = !(await progressOf(handle, 'flw_huge')).over
        const memory = await memoryOf(server.url)
        await all
        const seconds = (performance.now() - from) / 1000
        if (!early && !how.quick) throw new Error('Everybody was in before the small flow was measured: take more people.')
        const [count] = await handle.query<{ n: number }>(`select count(*) as n from enrolment where flow_id = 'flw_huge'`)
        if (count?.n !== people) throw new Error(`${count?.n} of ${people} came in`)
        return [
          figure({ name: 'people coming in at publish', value: people / seconds, unit: 'people/s', better: 'larger' }),
          figure({
            ...{ name: 'a small flow beside it, until all its people are in', value: besideSeconds, baseline: aloneSeconds },
            ...{ unit: 's', goal: 2, better: 'smaller' },
          }),
          figure({
            ...{ name: 'an event beside it, until its step, half of them', value: median(beside.lags), baseline: median(alone.lags) },
            ...{ unit: 'ms', goal: 2, better: 'smaller' },
          }),
          figure({
            ...{ name: 'an event beside it, until its step, 95 of 100', value: at(beside.lags, 0.95), baseline: at(alone.lags, 0.95) },
            ...{ unit: 'ms', better: 'smaller' },
          }),
          figure({
            ...{ name: 'a page beside it, 95 of 100', value: at(beside.pages, 0.95), baseline: at(alone.pages, 0.95) },
            ...{ unit: 'ms', better: 'smaller' },
          }),
          figure({ name: 'memory of the server meanwhile', value: memory, unit: 'MB', better: 'smaller' }),
        ]
      } finally {
        await server.stop()
      }
    } finally {
      await handle.close()
      await source.drop()
    }
  } finally {
    await postgres.stop()
    rmSync(dir, { recursive: true })
  }
}
