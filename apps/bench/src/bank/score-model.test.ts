import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@baton/db'
import { freshDatabase, noteDatabase } from '@baton/db/testing'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { writeBankFile } from '../people.ts'
import { runCampaign } from './campaign.ts'
import { judgeBank, prepareFields, scoreBank } from './score-model.ts'

const dir = mkdtempSync(join(tmpdir(), 'baton-bank-scores-'))
const file = join(dir, 'bank.csv')

beforeAll(() => writeBankFile(file, 300, 20_261_122))
afterAll(() => rmSync(dir, { recursive: true }))

test.each(['pg', 'pglite'] as const)(
  'scores a bank file by a model made through the API, and warns of what is known only afterwards (%s)',
  async (kind) => {
    const fresh = kind === 'pg' ? await freshDatabase(inject('postgres')) : undefined
    const handle = await openDatabase(fresh ? { url: fresh.url } : { memory: true })
    try {
      await handle.migrate()
      const api = await prepareFields(handle)
      await runCampaign(handle, file)
      const found = await scoreBank(handle, api)
      // What was made up is as good as chance, and is told to be: the real file is asked for more.
      expect(found.auc).toBeGreaterThan(0.35)
      expect(found.auc).toBeLessThan(0.65)
      expect(found.warned).toContain('“Duration” is known only after the outcome')
      expect(found.leakTold).toEqual([expect.stringContaining('“Duration”')])
      expect(judgeBank(found)).toMatchObject({ good: false, say: expect.stringContaining('and the product warns') })
      expect(judgeBank({ ...found, auc: 0.76, low: 0.75, lift: 3.5, leaking: 0.9 }).good).toBe(true)
      noteDatabase('bench', kind)
    } finally {
      await handle.close()
      await fresh?.drop()
    }
  },
  120_000,
)
