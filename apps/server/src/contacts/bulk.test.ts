import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addBulk, addContacts, bulkJob, createIds, type Handle, openDatabase } from '@baton/db'
import { freshDatabase, noteDatabase } from '@baton/db/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createBulk } from './bulk.ts'

const PEOPLE = 2500

describe.each(['pg', 'pglite'] as const)('a job for many contacts (%s)', (kind) => {
  let db: Handle
  let drop = async () => {}
  let ids: number[] = []
  const dir = mkdtempSync(join(tmpdir(), 'baton-bulk-'))

  beforeAll(async () => {
    if (kind === 'pg') {
      const fresh = await freshDatabase(inject('postgres'))
      drop = fresh.drop
      db = await openDatabase({ url: fresh.url })
    } else db = await openDatabase({ memory: true })
    await db.migrate()
    const people = Array.from({ length: PEOPLE }, (_, i) => ({
      ...{ email: `b${i}@bulk.example`, external: null, consent: {} },
      fields: { email: `b${i}@bulk.example` },
    }))
    const made = await addContacts(db, createIds(db), people, { at: 1, textKeys: [] })
    if (made !== 'taken') ids = made
  })
  afterAll(async () => {
    await db.close()
    await drop()
    rmSync(dir, { recursive: true })
    noteDatabase('server', kind)
  })

  test('is carried on by one of two processes that start at once: an export has everybody once', async () => {
    const id = await addBulk(db, {
      action: { do: 'export', fields: [] },
      target: { ids },
      total: PEOPLE,
      by: { id: 'u', name: 'Nora' },
      at: 1,
    })
    let chunks = 0
    const process = () =>
      createBulk({ db, clock: { now: () => 2 }, nudge: () => chunks++, log: { error: (data) => expect(data).toBeUndefined() }, dir })
    const both = [process(), process()]
    await Promise.all(both.map((one) => one.resume()))
    await expect.poll(async () => (await bulkJob(db, id))?.status).toBe('done')
    await Promise.all(both.map((one) => one.stop()))
    const job = await bulkJob(db, id)
    expect(job).toMatchObject({ done: PEOPLE, total: PEOPLE, error: null })
    expect(chunks).toBe(Math.ceil(PEOPLE / (kind === 'pg' ? 1000 : 250)))
    expect(readFileSync(job?.path ?? '', 'utf8').match(/@bulk\.example/g)).toHaveLength(2 * PEOPLE)
    expect(readdirSync(dir)).toHaveLength(1)
  })
})
