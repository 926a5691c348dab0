import { addContacts, claimJob, createIds, planRows, stepBulk } from '@baton/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { currentCatalog } from '../src/flows/catalog.ts'
import { type Caller, KINDS, openApi, type TestApi } from './harness.ts'

const problem = async (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )

describe.each(KINDS)('lists (%s)', (kind) => {
  let api: TestApi
  let marketer: Caller
  let ada = 0
  let bo = 0
  const ran: string[] = []

  const told = async () => {
    const rows = await api.db.query<{ id: number; payload: unknown }>(
      `select contact_id as id, payload from inbox where kind = 'list' order by seq`,
    )
    await api.db.query('delete from inbox')
    return rows.map(({ id, payload }) => [id, payload])
  }
  const item = (segmentId: string, on: boolean) =>
    expect.objectContaining({ kind: 'list', segmentId, on, source: expect.objectContaining({ kind: 'user' }) })

  beforeAll(async () => {
    api = await openApi(kind)
    marketer = api.as('marketer', { bulk: { run: (id) => void ran.push(id) } })
    const whole = ['ada@example.com', 'bo@example.com'].map((email) => ({ email, external: null, fields: { email }, consent: {} }))
    const ids = await api.db.transaction((tx) => addContacts(tx, createIds(tx), whole, { at: api.clock.now(), textKeys: ['email'] }))
    if (ids === 'taken') throw new Error('taken')
    ada = ids[0] ?? 0
    bo = ids[1] ?? 0
  })
  afterAll(() => api.close())

  test('a list is a segment without a condition: no plan evaluates it, the catalog knows it for one', async () => {
    const { id } = await marketer.lists.create({ name: 'Webinar guests' })
    const rows = await planRows(api.db)
    expect(rows.lists).toContainEqual({ id, name: 'Webinar guests' })
    expect(rows.segments.map((it) => it.id)).not.toContain(id)
    expect((await currentCatalog(api.db)).segments).toContainEqual({ id, name: 'Webinar guests', list: true })
    const shown = (await marketer.segments.list()).find((it) => it.id === id)
    expect(shown).toMatchObject({ kind: 'list', status: 'ready', sentence: [{ text: 'Put on the list by hand, by a file or by a flow' }] })
    const { rev } = await marketer.segments.get({ id })
    await marketer.lists.rename({ id, rev, name: 'Guests' })
    expect(await problem(marketer.lists.rename({ id, rev, name: 'Late' }))).toMatch(/changed this list meanwhile/)
    const rule = { combinator: 'and' as const, rules: [{ subject: { kind: 'field' as const, key: 'email' }, op: 'not-empty' as const }] }
    expect(await problem(marketer.segments.change({ id, rev: rev + 1, name: 'Guests', condition: rule }))).toMatch(/changed this segment/)
    await marketer.segments.remove({ id })
    expect(await problem(marketer.lists.add({ id, text: 'ada@example.com' }))).toMatch(/was removed/)
  })

  test('people are put on it by their addresses; who is not known is told', async () => {
    const { id } = await marketer.lists.create({ name: 'By hand' })
    await told()
    const text = 'E-mail\n"Ada" <ADA@example.com>\nada@example.com\nno address\nbo@example.com\nnobody@example.com\n'
    expect(await marketer.lists.add({ id, text })).toEqual({ added: 2, unknown: 1, examples: ['nobody@example.com'], without: 1 })
    const put = await told()
    expect(put).toHaveLength(2)
    expect(put).toEqual(expect.arrayContaining([ada, bo].map((it) => [it, item(id, true)])))
    expect(await problem(marketer.lists.add({ id, text: 'Ada' }))).toMatch(/no e-mail address in it/)
    await marketer.lists.takeOff({ id, contactIds: [bo] })
    expect(await told()).toEqual([[bo, item(id, false)]])
  })

  test('many are put on it, or taken off, as bulk work', async () => {
    const { id } = await marketer.lists.create({ name: 'Bulk' })
    const { id: job } = await marketer.contacts.bulk({ target: { ids: [ada, bo] }, action: { do: 'list', segmentId: id, on: true } })
    expect(ran).toContain(job)
    await claimJob(api.db, 'bulk_job', { id: job, owner: 'me', now: api.clock.now(), until: api.clock.now() + 60_000 })
    await stepBulk(api.db, job, { ids: [ada, bo] }, { at: api.clock.now(), limit: 10, owner: 'me' })
    expect(await told()).toEqual(expect.arrayContaining([ada, bo].map((it) => [it, item(id, true)])))
    const gone = marketer.contacts.bulk({ target: { ids: [ada] }, action: { do: 'list', segmentId: 'seg_none', on: true } })
    expect(await problem(gone)).toMatch(/list was removed/)
  })
})
