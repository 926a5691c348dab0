import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { freshDatabase, noteDatabase, type TestDatabase } from '@baton/db/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { addContacts, backup, copyDatabase, createIds, ensureMonths, type Handle, openDatabase, type Place, restore } from '../src/index.ts'

const NOW = Date.UTC(2026, 2, 2, 9)
const dir = mkdtempSync(join(tmpdir(), 'baton-dump-'))
const made: TestDatabase[] = []
const quiet = { progress: () => {}, signal: new AbortController().signal }
const options = { version: '9.9.9', at: NOW, ...quiet }

afterAll(async () => {
  for (const database of made) await database.drop()
  rmSync(dir, { recursive: true })
})

let n = 0
const emptyDir = (): { dir: string } => ({ dir: join(dir, `d${++n}`) })
async function emptyPostgres(): Promise<{ url: string }> {
  const database = await freshDatabase(inject('postgres'))
  made.push(database)
  return { url: database.url }
}

const at = async <T>(place: Place, work: (handle: Handle) => Promise<T>): Promise<T> => {
  const handle = await openDatabase(place)
  try {
    return await work(handle)
  } finally {
    await handle.close()
  }
}

/** Texts that a careless writer of rows would break. */
const nasty = fc.sample(
  fc.string({ unit: 'grapheme' }).filter((it) => !it.includes('\0')),
  { numRuns: 200, seed: 7 },
)
const awkward = ['', '\\N', '\\.', 'a\tb\nc\r\nd\\e', '\b\f\v', '"{}', '’𝛑\u{1F600}', ...nasty]

/** People, events of several months, a huge row, counters that have moved. */
async function fill(handle: Handle): Promise<void> {
  await handle.migrate()
  const people = awkward.map((text, i) => ({
    ...{ email: `p${i}@dump.example`, external: null, consent: { marketing: true } },
    fields: { email: `p${i}@dump.example`, first_name: text },
  }))
  const ids = await addContacts(handle, createIds(handle), people, { at: NOW, textKeys: ['first_name'] })
  if (ids === 'taken') throw new Error('taken')
  const instants = [Date.UTC(2003, 4, 5), Date.UTC(2025, 11, 31), NOW]
  await ensureMonths(handle, instants)
  for (const [i, id] of ids.entries()) {
    await handle.query(
      `insert into event (bucket, at, id, contact_id, type, props, received_at, seq) values ($1, $2, $3, $4, 'Said', $5::jsonb, $2, nextval('inbox_seq'))`,
      [id % 1024, instants[i % 3], `e${i}`, id, JSON.stringify({ text: awkward[i] })],
    )
  }
  await handle.query(
    `insert into node_delta (bucket, flow_id, node, port, hour, n) values (1, 'f', 'n', '', 1, 1), (2, 'f', 'n', '', 1, 2)`,
  )
  await handle.query(`insert into team (id, name, created_at) values ('t', 'T', 0)`)
  await handle.query(`insert into team_member (team_id, user_id) values ('t', 'u')`)
  await handle.query(
    `insert into send (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, template_id, purpose, status, at, html)
     values (1, 1025, 1025, 'k', 'f', '', 1, 1, 'n', 't', 'marketing', 'sent', 1, $1)`,
    ['x'.repeat(3_000_000)],
  )
  await handle.query(`update lease set owner = 'somebody', expires_at = 99, epoch = 7 where bucket = 5`)
}

const TABLES = ['contact', 'identity', 'event', 'node_delta', 'team', 'team_member', 'send', 'field', 'topic', 'audit']

/** What a database holds, table by table, whatever order it lies in. */
const contents = (place: Place) =>
  at(place, async (handle) => {
    const all: Record<string, unknown> = {}
    for (const name of TABLES) {
      const rows = await handle.query<{ n: number; sum: string }>(
        `select count(*)::int as n, md5(coalesce(string_agg(t::text, '|' order by t::text collate "C"), '')) as sum from "${name}" t`,
      )
      all[name] = rows[0]
    }
    const settings = await handle.query(`select settings - 'none' as settings from workspace`)
    return { ...all, settings }
  })

const save = async (from: Place, file: string) => {
  await backup(from, createWriteStream(file, { mode: 0o600 }), options)
  return file
}
const bring = (file: string, to: Place) => restore(() => createReadStream(file), to, { now: NOW, ...quiet })

describe.each(['pg', 'pglite'] as const)('a backup (%s)', (kind) => {
  let source: Place
  let file = ''
  const target = async (): Promise<Place> => (kind === 'pg' ? emptyPostgres() : emptyDir())

  beforeAll(async () => {
    source = await target()
    await at(source, fill)
    file = await save(source, join(dir, `${kind}.backup`))
  }, 120_000)
  afterAll(() => noteDatabase('db', kind))

  test('restored elsewhere holds the same to the byte, on either database', async () => {
    const expected = await contents(source)
    for (const to of [await emptyPostgres(), emptyDir()]) {
      const { manifest, rows } = await bring(file, to)
      expect(manifest).toMatchObject({ version: '9.9.9', made: '2026-03-02T09:00:00.000Z' })
      expect(rows.get('event')).toBe(awkward.length)
      expect(await contents(to)).toEqual(expected)
    }
  }, 240_000)

  test('continues every counter, frees the leases with a new number, and makes workers compile anew', async () => {
    const to = await target()
    const before = await at(source, (handle) =>
      handle.query(`select nextval('id_block') as block, (select max(id) from node_delta) as delta`),
    )
    await bring(file, to)
    await at(to, async (handle) => {
      const [delta] = await handle.query<{ id: number }>(
        `insert into node_delta (bucket, flow_id, node, port, hour, n) values (3, 'f', 'n', '', 1, 1) returning id`,
      )
      expect(delta?.id).toBe(Number(before[0]?.delta) + 1)
      expect(await handle.query(`select nextval('id_block') as block`)).toEqual([{ block: before[0]?.block }])
      expect(await handle.query(`select owner, expires_at, epoch from lease where bucket = 5`)).toEqual([
        { owner: '', expires_at: 0, epoch: 8 },
      ])
      expect(await handle.query('select plan_rev from workspace')).toEqual([{ plan_rev: 2 }])
      await handle.migrate()
      expect(await handle.query('select count(*) as n from contact')).toEqual([{ n: awkward.length }])
    })
  }, 120_000)

  test('fills an empty database only, and says what is there', async () => {
    await expect(bring(file, source)).rejects.toThrow(/not empty: it holds .*people/)
    const used = await target()
    await at(used, async (handle) => {
      await handle.migrate()
    })
    await bring(file, used)
    await expect(bring(file, used)).rejects.toThrow('nothing was changed')
  }, 120_000)

  test('that is cut off, altered, newer or something else is refused before anything is written', async () => {
    const bytes = readFileSync(file)
    const plain = gunzipSync(bytes)
    const wrong = async (name: string, content: Buffer, say: RegExp) => {
      const path = join(dir, `${kind}-${name}`)
      writeFileSync(path, content)
      const to = emptyDir()
      await expect(bring(path, to), name).rejects.toThrow(say)
      expect(() => statSync(to.dir), name).toThrow()
    }
    for (const part of [0.1, 0.5, 0.99])
      await wrong(`cut-${part}`, bytes.subarray(0, Math.floor(bytes.length * part)), /not whole|not a backup/)
    await wrong('empty', Buffer.alloc(0), /not a backup|not whole/)
    await wrong('text', Buffer.from('hello'), /not a backup/)
    await wrong('cut-tar', gzipSync(plain.subarray(0, Math.floor(plain.length / 2))), /not whole/)
    const flipped = Buffer.from(plain)
    const spot = flipped.indexOf('p1@dump.example')
    flipped.write('q', spot)
    await wrong('altered', gzipSync(flipped), /altered/)
    const text = plain.toString('latin1')
    await wrong('format', gzipSync(Buffer.from(text.replace('"format":1', '"format":2'), 'latin1')), /newer Baton 9\.9\.9/)
    const revision = /"revision":(\d+)/.exec(text)?.[1] ?? ''
    const later = String(Number(revision) + 1)
    await wrong(
      'revision',
      gzipSync(Buffer.from(text.replace(`"revision":${revision}`, `"revision":${later}`), 'latin1')),
      /altered|newer Baton/,
    )
  }, 240_000)

  test('stops when it is told to', async () => {
    const stop = new AbortController()
    const out = createWriteStream(join(dir, `${kind}-stopped`))
    const progress = () => stop.abort(new Error('stopped'))
    await expect(backup(source, out, { ...options, signal: stop.signal, progress })).rejects.toThrow()
    const to = await target()
    const again = new AbortController()
    const halt = { now: NOW, progress: () => again.abort(new Error('stopped')), signal: again.signal }
    await expect(restore(() => createReadStream(file), to, halt)).rejects.toThrow('stopped')
    await bring(file, to)
  }, 120_000)

  test('goes straight into an empty PostgreSQL', async () => {
    const to = await emptyPostgres()
    await copyDatabase(source, to, { now: NOW, ...quiet })
    expect(await contents(to)).toEqual(await contents(source))
    await expect(copyDatabase(source, to, { now: NOW, ...quiet })).rejects.toThrow('not empty')
  }, 120_000)
})
