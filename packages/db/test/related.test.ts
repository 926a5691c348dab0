import type { InboxItem } from '@baton/engine'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  appendItems,
  companyById,
  companyChange,
  createIds,
  domainOf,
  holdersOf,
  joinCompanies,
  listCompanies,
  membersOf,
  peopleOf,
  planRevision,
  removeCompany,
  saveCompanies,
  tellCompany,
} from '../src/index.ts'
import { NOW, person } from './busy.ts'
import { onBothDrivers } from './drivers.ts'

describe('what is said of a company', () => {
  test('is read from traits: name and domain apart, only values that may be kept', () => {
    const traits = {
      name: ' Acme ',
      website: 'https://www.Acme.com/about',
      employees: 50,
      plan: null,
      nested: {},
      list: [1],
      bad: Number.NaN,
      __proto__x: 'ok',
    }
    expect(companyChange('a', traits)).toEqual({
      ...{ id: 'a', name: 'Acme', domain: 'acme.com' },
      data: { employees: 50, plan: null, __proto__x: 'ok' },
    })
    expect(companyChange('a', JSON.parse('{"__proto__": "x", "a\\u0000": 1, "b": "c\\u0000"}'))).toEqual({ id: 'a', data: {} })
  })

  test.each([
    ['acme.com', 'acme.com'],
    ['HTTP://www.acme.com:80/x?y', 'acme.com'],
    ['ada@acme.com', 'acme.com'],
    ['', null],
  ])('the domain of %j', (text, expected) => expect(domainOf(text)).toBe(expected))
})

onBothDrivers('companies', (handle) => {
  let people: number[] = []
  beforeEach(async () => {
    for (const table of ['contact', 'inbox', 'related', 'company']) await handle().query(`delete from ${table}`)
    people = await createIds(handle()).take([3, 5, 700])
    for (const id of people) {
      const facts = { f: { first_name: 'P', last_name: String(id % 1024) }, k: {}, c: {} }
      await handle().query('insert into contact (bucket, id, key, facts, created_at) values ($1, $2, $3, $4::jsonb, $5)', [
        ...[id % 1024, id, person(id).key, JSON.stringify(facts), NOW],
      ])
    }
  })
  const save = (id: string, record: object, at = NOW) =>
    handle().transaction(async (tx) => (await saveCompanies(tx, [companyChange(id, { ...record })], at)).get(id))
  const related = (id: number, company: string, at = NOW) =>
    handle().query(`insert into related (bucket, contact_id, kind, id, data, at) values ($1, $2, 'company', $3, '{}', $4)`, [
      id % 1024,
      id,
      company,
      at,
    ])
  const inbox = () => handle().query<{ contact_id: number; payload: InboxItem }>('select contact_id, payload from inbox order by seq')

  test('what is not named stays, null takes away; the first one makes workers plan anew', async () => {
    const rev = await planRevision(handle())
    expect(await save('a', { name: 'Acme', employees: 50, plan: 'gold' })).toMatchObject({ made: true, changed: true })
    expect(await planRevision(handle())).toBe(rev + 1)
    expect(await save('a', { domain: 'acme.com', plan: null }, NOW + 1)).toMatchObject({ made: false, changed: true })
    expect(await save('a', { employees: 50 }, NOW + 2)).toMatchObject({ changed: false })
    expect(await companyById(handle(), 'a')).toEqual({
      ...{ id: 'a', name: 'Acme', domain: 'acme.com', data: { employees: 50 } },
      ...{ createdAt: NOW, updatedAt: NOW + 1 },
    })
    expect(await save('b', {})).toMatchObject({ company: { name: 'b' } })
    expect(await planRevision(handle())).toBe(rev + 1)
  })

  test('a change is told to all its people once, in chunks; a new one to nobody', async () => {
    await save('a', { name: 'Acme' })
    expect(await tellCompany(handle(), NOW)).toBeNull()
    for (const id of people) await related(id, 'a')
    await save('a', { country: 'DE' })
    expect(await tellCompany(handle(), NOW + 5)).toBe(3)
    expect(await tellCompany(handle(), NOW + 5)).toBeNull()
    const told = await inbox()
    expect(told.map((row) => row.contact_id).sort()).toEqual([...people].sort())
    expect(told[0]?.payload).toEqual({
      ...{ kind: 'related', at: NOW + 5, of: 'company', id: 'a', occurredAt: NOW + 5, known: true },
      data: { country: 'DE', name: 'Acme' },
    })
  })

  test('a change while it is told begins anew; who is about to join hears of it too', async () => {
    await save('a', { name: 'Acme' })
    const many = await createIds(handle()).take(Array.from({ length: 501 }, (_, i) => i))
    for (const id of many) await related(id, 'a')
    await save('a', { country: 'DE' })
    expect(await tellCompany(handle(), NOW)).toBe(500)
    await save('a', { country: 'FR' })
    const [first = 0] = people
    const join: InboxItem = { kind: 'related', at: NOW, of: 'company', id: 'a', data: { name: 'Acme' }, occurredAt: NOW }
    await handle().query('delete from inbox')
    await handle().transaction((tx) => appendItems(tx, [{ contactId: first, item: join }]))
    expect(await tellCompany(handle(), NOW)).toBe(501)
    expect(await tellCompany(handle(), NOW)).toBe(1)
    expect(await tellCompany(handle(), NOW)).toBeNull()
    const told = (await inbox()).filter(({ payload }) => payload.kind === 'related' && payload.known)
    expect(new Set(told.map((row) => row.contact_id))).toEqual(new Set([...many, first]))
    expect(told.every(({ payload }) => payload.kind === 'related' && payload.data?.country === 'FR')).toBe(true)
  })

  test('one that goes is told, then its row goes; named again before that it is there again', async () => {
    await save('a', { name: 'Acme', country: 'DE' })
    const [first = 0] = people
    await related(first, 'a')
    expect(await handle().transaction((tx) => removeCompany(tx, 'a', NOW))).toBe('Acme')
    expect(await handle().transaction((tx) => removeCompany(tx, 'a', NOW))).toBeUndefined()
    expect(await companyById(handle(), 'a')).toBeUndefined()
    expect(await save('a', { name: 'New' })).toMatchObject({ made: true, company: { data: {} } })
    await tellCompany(handle(), NOW)
    expect((await inbox()).map((row) => row.payload)).toMatchObject([{ data: { name: 'New' } }])
    await handle().transaction((tx) => removeCompany(tx, 'a', NOW))
    await tellCompany(handle(), NOW)
    expect((await inbox()).at(-1)?.payload).toMatchObject({ data: null, known: true })
    expect(await handle().query('select id from company')).toEqual([])
  })

  test('who joins gets all that is known of it, and makes it where nobody knew it', async () => {
    await save('a', { name: 'Acme', employees: 50 })
    const joining = (id: string, data: Record<string, unknown>) => ({
      contactId: 1,
      item: { kind: 'related', at: NOW, of: 'company', id, data, occurredAt: NOW } satisfies InboxItem,
    })
    const entries = [joining('a', { country: 'DE' }), joining('b', { name: 'Bee' }), joining('a', { employees: 60 })]
    const filled = await handle().transaction((tx) => joinCompanies(tx, entries, NOW))
    expect(filled.map(({ item }) => item.data)).toEqual([
      { employees: 60, country: 'DE', name: 'Acme' },
      { name: 'Bee' },
      { employees: 60, country: 'DE', name: 'Acme' },
    ])
  })

  test('are listed by name, found by the beginning of name or domain, with how many people they have', async () => {
    for (const [id, name] of [
      ['1', 'beta'],
      ['2', 'Alpha'],
      ['3', 'Gamma %'],
    ] as const)
      await save(id, { name, domain: `${name.charAt(0)}.example` })
    for (const id of people) await related(id, '2')
    const first = await listCompanies(handle(), { search: '', after: null, limit: 2 })
    expect(first).toMatchObject({
      companies: [
        { name: 'Alpha', people: 3 },
        { name: 'beta', people: 0 },
      ],
      more: true,
    })
    const rest = await listCompanies(handle(), { search: '', after: { name: 'beta', id: '1' }, limit: 2 })
    expect(rest).toMatchObject({ companies: [{ name: 'Gamma %' }], more: false })
    const found = async (search: string) => (await listCompanies(handle(), { search, after: null, limit: 9 })).companies.map((it) => it.id)
    expect([await found('AL'), await found('b.ex'), await found('gamma %'), await found('%')]).toEqual([['2'], ['1'], ['3'], []])
  })

  test('their people are seen by those who may; whoever holds a record is found before its item is handled', async () => {
    await save('a', { name: 'Acme' })
    const [one = 0, two = 0, three = 0] = people
    await related(one, 'a')
    await related(two, 'a', NOW - 5)
    const all = await peopleOf(handle(), { companyId: 'a', scope: { all: true }, after: 0, limit: 9 })
    expect(all.map(({ id, name, since }) => [id, name, since]).sort()).toEqual(
      [
        [one, 'P 3', NOW],
        [two, 'P 5', NOW - 5],
      ].sort(),
    )
    expect(await peopleOf(handle(), { companyId: 'a', scope: { repId: 'r' }, after: 0, limit: 9 })).toEqual([])
    const item: InboxItem = { kind: 'related', at: NOW, of: 'company', id: 'a', data: {}, occurredAt: NOW }
    await handle().transaction((tx) => appendItems(tx, [{ contactId: three, item }]))
    expect((await holdersOf(handle(), 'company', 'a')).sort()).toEqual([...people].sort())
    expect(await membersOf(handle(), 'a', 2)).toHaveLength(2)
  })
})
