import { addContacts, createIds, prepareEvents } from '@baton/db'
import type { Rule } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runRetention } from '../src/index.ts'
import { KINDS, openApi, type TestApi } from './harness.ts'

const DAY = 86_400_000

describe.each(KINDS)('what is kept (%s)', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())

  const person = async (email: string): Promise<number> => {
    const made = await addContacts(
      api.db,
      createIds(api.db),
      [{ email, external: null, fields: { email, first_name: 'Zoe' }, consent: { marketing: true } }],
      { at: api.clock.now(), textKeys: [] },
    )
    if (made === 'taken') throw new Error('taken')
    return made[0] ?? 0
  }
  const saw = async (contactId: number, type: string, at: number) => {
    await prepareEvents(api.db, [{ type, occurredAt: at }], at)
    await api.db.query(`insert into event (bucket, at, id, contact_id, type, props, received_at) values ($1, $2, $3, $4, $5, '{}', $2)`, [
      contactId % 1024,
      at,
      `${type}-${at}`,
      contactId,
      type,
    ])
  }

  test('of one person is counted, taken out and erased by an admin; both stand in the audit log and name nobody', async () => {
    const id = await person('zoe@kept.example')
    await saw(id, 'Clicked', api.clock.now())
    const admin = api.as('admin')
    expect(await admin.person.losses({ id })).toMatchObject({ events: 1, mails: 0, passages: 0, stopped: 0 })
    const all = await admin.person.takeOut({ id })
    expect(all.about.parts).toMatchObject({ events: expect.stringContaining('What happened') })
    expect(all.events).toMatchObject([{ type: 'Clicked' }])
    await expect(admin.person.erase({ id, confirm: 'zoe' })).rejects.toThrow('Write zoe@kept.example to erase')
    const nudges = api.nudges()
    expect(await admin.person.erase({ id, confirm: ' ZOE@kept.example' })).toEqual({ kept: 0, stillNamed: [] })
    expect(api.nudges()).toBe(nudges + 1)
    await expect(admin.person.takeOut({ id })).rejects.toThrow('no such contact')
    await expect(admin.person.erase({ id, confirm: 'zoe@kept.example' })).rejects.toThrow('no such contact')
    const audit = await api.db.query(`select action, subject_id, detail from audit where subject_kind = 'contact' order by action`)
    expect(audit).toEqual([
      { action: 'contact.erased', subject_id: String(id), detail: { keptStopped: 0 } },
      { action: 'contact.exported', subject_id: String(id), detail: {} },
    ])
  })

  test('is dropped by its age, but not what a segment looks at, which is named', async () => {
    const id = await person('old@kept.example')
    const now = api.clock.now()
    for (const type of ['Visited', 'Rated']) for (const days of [10, 200, 500]) await saw(id, type, now - days * DAY)
    const marketer = api.as('marketer')
    const rule: Rule = { subject: { kind: 'event', type: 'Rated', where: [], window: { kind: 'days', days: 365 } }, op: 'ge', value: 1 }
    await marketer.segments.create({ name: 'Rated lately', condition: { combinator: 'and', rules: [rule] } })
    const admin = api.as('admin')
    const { types, settings } = await admin.retention.get()
    expect(settings).toEqual({ eventDays: null, typeDays: {}, journalDays: null })
    expect(types.find((it) => it.type === 'Rated')?.needed).toMatchObject({ days: 365, by: [{ kind: 'segment', name: 'Rated lately' }] })
    expect(types.find((it) => it.type === 'Visited')?.needed).toBeNull()
    const wanted = { eventDays: 90, typeDays: {}, journalDays: 30 }
    expect(await admin.retention.preview(wanted)).toEqual({
      events: [
        { type: 'Rated', n: 1 },
        { type: 'Visited', n: 2 },
      ],
      journals: 0,
      exact: true,
    })
    await expect(admin.retention.change({ ...wanted, eventDays: 5 })).rejects.toThrow('At least 30 days')
    await admin.retention.change(wanted)
    expect((await admin.retention.get()).settings).toEqual(wanted)
    expect(await runRetention(api.db, now)).toMatchObject({ journals: 0 })
    const left = await api.db.query(`select type, count(*)::int as n from event where type in ('Rated', 'Visited') group by 1 order by 1`)
    expect(left).toEqual([
      { type: 'Rated', n: 2 },
      { type: 'Visited', n: 1 },
    ])
    const [line] = await api.db.query(`select actor_name, detail from audit where action = 'retention.dropped'`)
    expect(line).toMatchObject({ actor_name: 'Retention', detail: { journals: 0 } })
    expect(await runRetention(api.db, now)).toEqual({ events: 0, months: 0, journals: 0 })
    expect(await api.db.query(`select count(*)::int as n from audit where action = 'retention.dropped'`)).toEqual([{ n: 1 }])
  })
})
