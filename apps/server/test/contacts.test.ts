import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { becomeAdmin, KINDS, openServer, read, type TestServer, type Visitor, visitor } from './harness.ts'

const FILE = 'email,first name,city\nada@files.example,Ada,=HYPERLINK("x")\ngrace@files.example,Grace,Köln\nnobody,X,Y\n'

describe.each(KINDS)('files of people (%s)', (kind) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'baton-files-'))
  let server: TestServer
  let admin: Visitor

  beforeAll(async () => {
    server = await openServer(kind, { dataDir })
    admin = await becomeAdmin(server)
  })
  afterAll(async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true })
  })

  const upload = (who: Visitor, body: string | Buffer, name = 'people.csv') =>
    who.send(`/api/imports/upload?name=${encodeURIComponent(name)}`, { method: 'PUT', body })

  /** Asks until the job is over; each question waits for the server, which works on meanwhile. */
  async function over(procedure: string, id: string) {
    for (let i = 0; i < 2000; i++) {
      const { result } = await admin.query(procedure, { id })
      if (result.data.status !== 'running') return result.data
    }
    throw new Error('The job did not end.')
  }

  /** The file goes after its job is over. */
  async function emptied() {
    for (let i = 0; i < 500 && readdirSync(join(dataDir, 'uploads')).length > 0; i++) await admin.query('imports.list')
    expect(readdirSync(join(dataDir, 'uploads'))).toEqual([])
  }

  const importAll = async (text: string) => {
    const { id } = JSON.parse(await (await upload(admin, text)).text())
    const { result } = await admin.query('imports.preview', { id })
    const { encoding, delimiter, header, columns, proposedKey } = result.data
    const settings = {
      ...{ encoding, delimiter, header, key: proposedKey, consent: { who: 'nobody' } },
      columns: columns.flatMap((it: { proposal: object | null }) => it.proposal ?? []),
    }
    const started = await admin.mutate('imports.start', { id, settings })
    expect(started.status).toBe(200)
    return over('imports.get', id)
  }

  test('a file is uploaded, previewed, imported; its rejected rows can be fetched', async () => {
    const job = await importAll(FILE)
    expect(job).toMatchObject({ status: 'done', created: 2, rejected: 1, kept: false, error: null })
    await emptied()
    const file = await admin.send(`/api/imports/${job.id}/rejected.csv`)
    expect(file.headers.get('content-type')).toContain('text/csv')
    expect(await file.text()).toBe('line,reason,row\r\n4,“nobody” is not an e-mail address.,"nobody,X,Y"\r\n')
  })

  test('what was exported comes back as it was: the same file again changes nothing', async () => {
    const answer = await read(await admin.mutate('contacts.bulk', { target: { filter: {} }, action: { do: 'export' } }))
    const job = await over('contacts.job', answer.result.data.id)
    expect(job).toMatchObject({ status: 'done', done: 2, file: true })
    const text = await (await admin.send(`/api/exports/${job.id}.csv`)).text()
    expect(text).toContain(`"'=HYPERLINK(""x"")"`)
    expect(text).toContain('Köln')
    expect(await importAll(text)).toMatchObject({ created: 0, unchanged: 2, updated: 0, rejected: 0 })
    await emptied()
    expect((await visitor(server.url).send(`/api/exports/${job.id}.csv`)).status).toBe(401)
  })

  test('removing people takes them out of the hands of the runner, which goes on with everybody else', async () => {
    const target = { filter: { search: 'grace' } }
    const answer = await read(await admin.mutate('contacts.bulk', { target, action: { do: 'remove' } }))
    expect(await over('contacts.job', answer.result.data.id)).toMatchObject({ status: 'done', done: 1 })
    expect(await importAll(FILE)).toMatchObject({ created: 1, unchanged: 1 })
    await emptied()
    const waiting = async () => (await server.db.query<{ n: number }>('select count(*) as n from inbox'))[0]?.n
    // A bucket that was taken from the runner is its own again within a lease's length.
    for (let i = 0; i < 300 && (await waiting()) !== 0; i++) await pause(100)
    expect(await waiting()).toBe(0)
    expect((await admin.query('contacts.list', {})).result.data.rows.map((it: { key: string }) => it.key).sort()).toEqual([
      'ada@files.example',
      'grace@files.example',
    ])
  })

  test.each([
    ['a workbook', Buffer.from('504b0304140000', 'hex'), /Excel workbook or a zip file/],
    ['an empty file', '', /This file is empty/],
  ])('%s is refused with what to do, and nothing stays on the disk', async (_, body, say) => {
    const answer = await upload(admin, body)
    expect(answer.status).toBe(415)
    expect(await answer.text()).toMatch(say)
    expect(readdirSync(join(dataDir, 'uploads'))).toEqual([])
  })

  test('nobody uploads or fetches without signing in, nor from another site', async () => {
    const stranger = visitor(server.url)
    expect((await upload(stranger, FILE)).status).toBe(401)
    expect((await stranger.send('/api/imports/imp_x/rejected.csv')).status).toBe(401)
    const elsewhere = visitor(server.url, 'https://evil.example')
    expect((await upload(elsewhere, FILE)).status).toBe(403)
    expect(existsSync(join(dataDir, 'uploads')) ? readdirSync(join(dataDir, 'uploads')) : []).toEqual([])
  })
})
