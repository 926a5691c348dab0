import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

describe.each(KINDS)('merging two contacts on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())

  test('shows what stays of whom, then makes one of them, and the log says who did', async () => {
    const { contacts, merge } = api.as('marketer')
    const work = await contacts.create({ fields: { email: 'zoe@work.example', company: 'Acme' }, consent: true })
    const home = await contacts.create({ fields: { email: 'zoe@home.example', company: 'Home', phone: '123' }, consent: false })
    const pair = { survivor: work.id, loser: home.id }
    const shown = await merge.preview(pair)
    expect(shown).toMatchObject({
      survivor: { id: work.id, name: 'zoe@work.example' },
      loser: { id: home.id, key: 'zoe@home.example' },
      consent: [{ topic: 'marketing', given: false }],
      ...{ passages: [], joins: 0, stopped: null },
    })
    expect(Object.fromEntries(shown.fields.map((it) => [it.key, [it.mine, it.theirs]]))).toEqual({
      email: ['zoe@work.example', 'zoe@home.example'],
      company: ['Acme', 'Home'],
      phone: [null, '123'],
    })
    expect(await contacts.get({ id: home.id })).toMatchObject({ key: 'zoe@home.example' })
    const nudged = api.nudges()
    expect(await merge.run({ ...pair, fields: ['company'] })).toEqual({ id: work.id })
    expect(api.nudges()).toBe(nudged + 1)
    expect(await codeOf(contacts.get({ id: home.id }))).toBe('NOT_FOUND')
    const items = await api.db.query<{ payload: object }>(
      `select payload from inbox where contact_id = $1 and kind in ('fields', 'consent') order by seq`,
      [work.id],
    )
    expect(items.map((row) => row.payload)).toMatchObject([
      { kind: 'fields', set: { company: 'Home', phone: '123' }, source: { kind: 'user', name: 'The marketer' } },
      { kind: 'consent', topic: 'marketing', given: false },
    ])
    const log = await api.db.query(`select actor_name as who, subject_id as id from audit where action = 'contact.merged'`)
    expect(log).toEqual([{ who: 'The marketer', id: String(work.id) }])
    expect(await codeOf(merge.run(pair))).toBe('NOT_FOUND')
    expect(await codeOf(merge.preview({ survivor: work.id, loser: work.id }))).toBe('BAD_REQUEST')
  })
})
