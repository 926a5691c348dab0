import { addContacts, createIds, ensureMonths } from '@baton/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const DAY = 86_400_000

describe.each(KINDS)('opportunities on %s', (kind) => {
  let api: TestApi
  let ids: number[]
  const at = (daysAgo: number) => api.clock.now() - daysAgo * DAY
  const related = (contact: number, of: string, id: string, data: object, daysAgo: number) =>
    api.db.query(`insert into related (bucket, contact_id, kind, id, data, at) values ($1, $2, $3, $4, $5::jsonb, $6)`, [
      ...[contact % 1024, contact, of, id, JSON.stringify(data), at(daysAgo)],
    ])
  beforeAll(async () => {
    api = await openApi(kind)
    await ensureMonths(api.db, [api.clock.now(), at(3)])
    const people = ['ann', 'ben', 'cid'].map((name) => ({
      email: `${name}@example.com`,
      external: null,
      fields: { email: `${name}@example.com`, first_name: name },
      consent: {},
    }))
    const made = await addContacts(api.db, createIds(api.db), people, { at: at(60), textKeys: [] })
    if (made === 'taken') throw new Error('taken')
    ids = made
    const [ann = 0, ben = 0, cid = 0] = ids
    const rep = api.users.sales_rep.id
    await related(ann, 'company', 'acme', { name: 'Acme' }, 50)
    await related(ben, 'company', 'acme', { name: 'Acme' }, 50)
    // The CRM told it of a company, so two people have it: one opportunity.
    for (const one of [ann, ben])
      await related(one, 'opportunity', 'o1', { name: 'Rollout', stage: 'Offer', amount: 5000, currency: 'EUR', owner_id: rep }, 40)
    await related(ben, 'opportunity', 'o2', { name: 'Pilot', stage: 'Demo', owner: 'Somebody in the CRM' }, 30)
    await related(cid, 'opportunity', 'o3', { name: 'Renewal', stage: 'Closed Won', amount: 900 }, 35)
    await related(cid, 'opportunity', 'o4', { name: 'Gone', won: false }, 35)
    await api.db.query(
      `insert into event (bucket, at, id, contact_id, type, props, received_at) values ($1, $2, 'e1', $3, 'page.viewed', '{}'::jsonb, $2)`,
      [ann % 1024, at(3), ann],
    )
  })
  afterAll(() => api.close())

  test('each is one row whoever it belongs to, with owner, worth, company and last activity', async () => {
    const { rows, stages, owners, quiet } = await api.as('reviewer').opportunities.list({})
    expect(rows).toMatchObject([
      { id: 'o2', ownerName: 'Somebody in the CRM', amount: null, people: 1, quiet: true, activeAt: at(30) },
      {
        ...{ id: 'o1', stage: 'Offer', amount: 5000, currency: 'EUR', ownerName: 'The sales_rep', people: 2, companyName: 'Acme' },
        ...{ won: null, quiet: false, activeAt: at(3) },
      },
    ])
    expect(stages.map((it) => it.stage)).toEqual(['Closed Won', 'Demo', 'Offer'])
    expect(owners).toEqual([{ id: api.users.sales_rep.id, name: 'The sales_rep' }])
    expect(quiet).toBe(1)
  })

  test('by state, stage, owner, name, and where nothing moves', async () => {
    const list = async (asked: Parameters<ReturnType<typeof api.as>['opportunities']['list']>[0]) =>
      (await api.as('sales_manager').opportunities.list(asked)).rows.map((it) => it.id)
    expect(await list({ state: 'won' })).toEqual(['o3'])
    expect(await list({ state: 'lost' })).toEqual(['o4'])
    expect(new Set(await list({ state: 'all' }))).toEqual(new Set(['o1', 'o2', 'o3', 'o4']))
    expect(await list({ stage: 'Demo' })).toEqual(['o2'])
    expect(await list({ ownerId: api.users.sales_rep.id })).toEqual(['o1'])
    expect(await list({ search: 'BEN' })).toEqual(['o2', 'o1'])
    expect(await list({ search: 'roll_' })).toEqual([])
    expect(await list({ quiet: true })).toEqual(['o2'])
    expect(await list({ quiet: true, quietDays: 2 })).toEqual(['o2', 'o1'])
  })

  test('those of a company and of a person; a rep sees none of people that are not with him', async () => {
    const { opportunities } = api.as('marketer')
    expect((await opportunities.ofCompany({ companyId: 'acme' })).map((it) => it.id)).toEqual(['o2', 'o1'])
    expect((await opportunities.ofContact({ contactId: ids[2] ?? 0 })).map((it) => it.id).sort()).toEqual(['o3', 'o4'])
    expect(await codeOf(api.as('sales_rep').opportunities.ofContact({ contactId: ids[2] ?? 0 }))).toBe('NOT_FOUND')
    expect(await codeOf(api.as('sales_rep').opportunities.list({}))).toBe('FORBIDDEN')
  })

  test('the life of somebody who never was with sales begins and ends with a name', async () => {
    expect(await api.as('marketer').contacts.life({ id: ids[0] ?? 0 })).toMatchObject([
      { what: 'added', stage: 'name', ownerSide: 'marketing' },
    ])
    expect(await codeOf(api.as('sales_rep').contacts.life({ id: ids[0] ?? 0 }))).toBe('FORBIDDEN')
  })
})
