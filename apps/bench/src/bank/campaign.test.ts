import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@baton/db'
import { freshDatabase, noteDatabase } from '@baton/db/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { writeBankFile } from '../people.ts'
import { runCampaign } from './campaign.ts'
import { readPlain } from './plain.ts'

const dir = mkdtempSync(join(tmpdir(), 'baton-bank-'))
const file = join(dir, 'bank.csv')

beforeAll(() => writeBankFile(file, 3000, 20_261_122))
afterAll(() => rmSync(dir, { recursive: true }))

test.each(['pg', 'pglite'] as const)('imports a bank file and hands over whom a plain script would (%s)', async (kind) => {
  const fresh = kind === 'pg' ? await freshDatabase(inject('postgres')) : undefined
  const handle = await openDatabase(fresh ? { url: fresh.url } : { memory: true })
  try {
    await handle.migrate()
    const plain = readPlain(readFileSync(file, 'utf8'))
    expect(plain.rows).toBe(3000)
    expect(plain.handed).toBeGreaterThan(20)
    expect(await runCampaign(handle, file)).toEqual(plain)
    noteDatabase('bench', kind)
  } finally {
    await handle.close()
    await fresh?.drop()
  }
})
