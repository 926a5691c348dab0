import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addList, beginImport, claimJob, createIds, endImport, type Handle, importJob, importRejects, openDatabase } from '@baton/db'
import { freshDatabase, noteDatabase } from '@baton/db/testing'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type CarryOut, carryOut } from './carry-out.ts'
import { type FileOptions, importFile } from './file.ts'

const NOW = Date.UTC(2026, 10, 22)

for (const kind of ['pg', 'pglite'] as const) {
  describe(`an import (${kind})`, () => {
    let db: Handle
    let drop = async () => {}
    let to: CarryOut
    const dir = mkdtempSync(join(tmpdir(), 'baton-import-'))

    beforeAll(async () => {
      if (kind === 'pg') {
        const fresh = await freshDatabase(inject('postgres'))
        drop = fresh.drop
        db = await openDatabase({ url: fresh.url })
      } else db = await openDatabase({ memory: true })
      await db.migrate()
      to = { db, ids: createIds(db), clock: { now: () => NOW }, nudge: () => {} }
    })
    afterAll(async () => {
      await db.close()
      await drop()
      rmSync(dir, { recursive: true })
      noteDatabase('server', kind)
    })

    const run = (name: string, text: string | Buffer, options?: FileOptions) => {
      const path = join(dir, name)
      writeFileSync(path, text)
      return importFile(to, path, options)
    }
    const inbox = async () => {
      const rows = await db.query<{ kind: string }>('select kind from inbox order by seq')
      await db.query('delete from inbox')
      return rows.map((row) => row.kind)
    }
    const facts = async (key: string) => {
      const [row] = await db.query<{ facts: object }>('select facts from contact where key = $1', [key])
      return row?.facts
    }

    test('takes new people in with typed fields, and the same file again changes nothing', async () => {
      const text =
        'E-mail;First name;Age;Joined;VIP;Turnover\r\nAda@Example.org;Ada;36;31.12.2025;yes;1.234,50\r\ngrace@example.org;"Grace; B.";;01.02.2026;no;\r\n'
      const first = await run('people.csv', text, { consentSource: 'Fair in Hanover, 2026' })
      expect(first).toMatchObject({ status: 'done', created: 2, updated: 0, unchanged: 0, rejected: 0, rowsRead: 2, error: null })
      expect(await facts('ada@example.org')).toEqual({
        f: { email: 'ada@example.org', first_name: 'Ada', age: 36, joined: '2025-12-31', vip: true, turnover: 1234.5 },
        k: { email: 'ada@example.org', first_name: 'ada' },
        c: { marketing: true },
      })
      expect(await inbox()).toEqual(['created', 'created'])
      const again = await run('people.csv', text, { consentSource: 'Fair in Hanover, 2026' })
      expect(again).toMatchObject({ status: 'done', created: 0, updated: 0, unchanged: 2, rejected: 0 })
      expect(await inbox()).toEqual([])
    })

    test('tells known people only what is different, once, while the first news still waits in the inbox', async () => {
      const text = 'email,first name,age\nada@example.org,Ada,37\ngrace@example.org,Grace,\n'
      expect(await run('news.csv', text)).toMatchObject({ created: 0, updated: 2, unchanged: 0 })
      expect(await run('news.csv', text)).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
      const rows = await db.query<{ payload: { set: object } }>('select payload from inbox order by seq')
      expect(rows.map((row) => row.payload.set)).toEqual([{ age: 37 }, { first_name: 'Grace' }])
      await inbox()
    })

    test('puts everybody of a file on a list, new or known', async () => {
      const list = await db.transaction((tx) => addList(tx, { name: 'Fair', by: { id: 'u' }, at: 0 }))
      const job = await run('list.csv', 'email\nada@example.org\nlisted@example.org\n', { list })
      expect(job).toMatchObject({ status: 'done', created: 1, unchanged: 1 })
      expect((await inbox()).sort()).toEqual(['created', 'list', 'list'])
      await expect(run('none.csv', 'email\nada@example.org\n', { list: 'seg_none' })).rejects.toThrow(/list was removed/)
    })

    test('refuses rows with line and reason, and takes the others', async () => {
      const text = [
        'email,age,note',
        'one@example.org,1,"two',
        'lines"',
        'not an address,2,',
        'two@example.org,many,',
        'One@example.org,3,again',
        'three@example.org,4',
        ',5,nobody',
        'four@example.org,6,"never closed',
        'five@example.org,7,fine',
      ].join('\n')
      const job = await run('bad.csv', text)
      expect(job).toMatchObject({ status: 'done', created: 2, rejected: 6, rowsRead: 8 })
      const rejects = await importRejects(db, { id: job.id, after: 0, limit: 100 })
      expect(rejects.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
        '4 “not an address” is not an e-mail address.',
        expect.stringMatching(/^5 Age: “many” is no number/),
        '6 Line 2 has the same key, “one@example.org”. Only the first counts.',
        '7 2 columns instead of 3: a delimiter or a quote is amiss.',
        '8 No e-mail address, which is the key of this import.',
        '9 A quote (") is opened and never closed.',
      ])
      expect(rejects[5]?.raw).toBe('four@example.org,6,"never closed')
      expect(await facts('one@example.org')).toMatchObject({ f: { note: 'two\nlines' } })
      await inbox()
    })

    test('finds the same key again in another chunk', async () => {
      const rows = Array.from({ length: 2500 }, (_, i) => `p${i}@example.net,${i}`)
      const job = await run('many.csv', ['email,n', ...rows, 'p7@example.net,0', ''].join('\n'))
      expect(job).toMatchObject({ created: 2500, rejected: 1 })
      expect(await importRejects(db, { id: job.id, after: 0, limit: 5 })).toEqual([
        { line: 2502, reason: 'Line 9 has the same key, “p7@example.net”. Only the first counts.', raw: 'p7@example.net,0' },
      ])
      expect(await db.query('select count(*) as n from import_key where job_id = $1', [job.id])).toEqual([{ n: 0 }])
      await inbox()
    })

    test('goes on where it was after the process ended between two chunks, and counts every row once', async () => {
      const rows = Array.from({ length: 5000 }, (_, i) => (i === 4321 ? 'nobody,x' : `r${i}@resume.example,${i}`))
      const path = join(dir, 'resume.csv')
      writeFileSync(path, ['email,n', ...rows, 'r3@resume.example,0'].join('\r\n'))
      const halt = new AbortController()
      const stopped = await importFile({ ...to, nudge: () => halt.abort(), signal: halt.signal }, path)
      expect(stopped.status).toBe('running')
      expect(stopped.rowsRead).toBeGreaterThan(0)
      expect(stopped.rowsRead).toBeLessThan(5000)
      const job = await carryOut(to, stopped.id)
      expect(job).toMatchObject({ status: 'done', created: 4999, updated: 0, unchanged: 0, rejected: 2, rowsRead: 5001 })
      const rejects = await importRejects(db, { id: job.id, after: 0, limit: 9 })
      expect(rejects.map((it) => it.line)).toEqual([4323, 5002])
      await inbox()
    })

    test('is carried on by one process at a time, and by another only after the claim of the first ran out', async () => {
      const path = join(dir, 'two.csv')
      writeFileSync(path, ['email', ...Array.from({ length: 5000 }, (_, i) => `t${i}@two.example`)].join('\n'))
      const halt = new AbortController()
      const { id } = await importFile({ ...to, nudge: () => halt.abort(), signal: halt.signal }, path)
      const now = Date.now()
      expect(await claimJob(db, 'import_job', { id, owner: 'elsewhere', now, until: now + 3_600_000 })).toBe(true)
      const held = await carryOut(to, id)
      expect(held).toMatchObject({ status: 'running', created: held.rowsRead })
      expect(held.rowsRead).toBeLessThan(5000)
      await db.query('update import_job set owned_until = $2 where id = $1', [id, now])
      await Promise.all([carryOut(to, id), carryOut(to, id)])
      expect(await importJob(db, id)).toMatchObject({ status: 'done', created: 5000, unchanged: 0, rejected: 0, rowsRead: 5000 })
      await inbox()
    })

    test('keeps what is in when it is cancelled, and goes on when asked to', async () => {
      const rows = Array.from({ length: 5000 }, (_, i) => `c${i}@cancel.example`)
      const path = join(dir, 'cancel.csv')
      writeFileSync(path, ['email', ...rows].join('\n'))
      let id = ''
      const cancel = async () => {
        const [row] = await db.query<{ id: string }>(`select id from import_job where status = 'running'`)
        id = row?.id ?? ''
        await endImport(db, { id, status: 'cancelled', at: NOW })
      }
      let asked: Promise<void> | undefined
      // Further chunks stand at the gate until the cancel is in: on a fast database they would all be in before it.
      const gated: Handle = {
        ...db,
        transaction: async (work) => {
          await asked
          return db.transaction(work)
        },
      }
      const nudge = () => {
        asked ??= cancel()
      }
      const job = await importFile({ ...to, db: gated, nudge }, path)
      await asked
      expect(job.status).toBe('cancelled')
      expect(job.created).toBeGreaterThan(0)
      expect(job.created).toBeLessThan(5000)
      await beginImport(db, { id, settings: job.settings, at: NOW })
      expect(await carryOut(to, id)).toMatchObject({ status: 'done', created: 5000, rejected: 0 })
      await inbox()
    })

    test.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])('reads %s', async (encoding) => {
      const text = `email,city\nnice-${encoding}@example.org,Åse in Köln – “quoted” for 5 €`
      const bytes = iconv.encode(text, encoding, { addBOM: encoding.startsWith('utf') })
      expect(await run(`${encoding}.csv`, bytes)).toMatchObject({ created: 1, rejected: 0 })
      expect(await facts(`nice-${encoding}@example.org`)).toMatchObject({ f: { city: 'Åse in Köln – “quoted” for 5 €' } })
      await inbox()
    })

    test('goes by a column, or by the number of the row; one person is one contact', async () => {
      const crm = 'Customer ID,email\nC-1,ada@example.org\nC-2,new@example.com\n'
      expect(await run('crm.csv', crm, { key: 'Customer ID' })).toMatchObject({ created: 1, updated: 1 })
      const known = await db.query(`select value from identity where kind = 'external' and contact_id =
        (select contact_id from identity where kind = 'email' and value = 'ada@example.org')`)
      expect(known).toEqual([{ value: 'C-1' }])
      const clash = await run('clash.csv', 'Customer ID,email\nC-9,ada@example.org\nC-2,ada@example.org\n', { key: 'Customer ID' })
      expect(clash).toMatchObject({ created: 0, rejected: 2 })
      const numbered = 'job;y\nclerk;no\nclerk;yes\n'
      expect(await run('bank.csv', numbered, { key: 'line:bank-' })).toMatchObject({ created: 2 })
      expect(await run('bank.csv', numbered, { key: 'line:bank-' })).toMatchObject({ created: 0, unchanged: 2 })
      expect(await facts('bank-2')).toMatchObject({ f: { job: 'clerk', y: true } })
      await inbox()
    })

    test('never gives back a consent that was withdrawn', async () => {
      await db.query(`update contact set facts = jsonb_set(facts, '{c}', '{"marketing": false}') where key = 'grace@example.org'`)
      expect(await run('all.csv', 'email\ngrace@example.org\n', { consentSource: 'says the list' })).toMatchObject({ unchanged: 1 })
      expect(await inbox()).toEqual([])
    })

    test.each<[string, string | Buffer, RegExp]>([
      ['empty.csv', '', /This file is empty/],
      ['head.csv', 'email,age\n', /names its columns and has no rows/],
      ['twice.csv', 'email,age,Age\na@b.example,1,2\n', /Two columns are called “Age”/],
      ['book.xlsx', Buffer.from('504b0304140000', 'hex'), /Excel workbook or a zip file/],
      ['photo.csv', Buffer.from([1, 2, 0, 4]), /not a text file/],
      ['pack.csv.gz', Buffer.from('1f8b08', 'hex'), /compressed/],
    ])('%s is refused with what to do', async (name, text, say) => {
      await expect(run(name, text)).rejects.toThrow(say)
    })
  })
}
