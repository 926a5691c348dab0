import { planRevision, planRows } from '@baton/db'
import type { FlowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogOf } from '../src/index.ts'
import { KINDS, openApi, type TestApi } from './harness.ts'

const week = [{ from: '09:00', to: '17:00' }]
const office = {
  name: 'Office',
  zone: 'Europe/Berlin',
  hours: { 1: week, 2: week, 3: [] },
  holidays: [
    { date: '2026-12-26', name: 'Boxing Day' },
    { date: '2026-12-25', name: 'Christmas' },
  ],
}
const waiting = (calendarId: string): FlowGraph => ({
  format: 1,
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  nodes: [
    {
      id: 'w',
      type: 'wait',
      position: { x: 0, y: 0 },
      data: { v: 2, slot: 1, until: { kind: 'window', hours: { kind: 'calendar', calendarId } } },
    },
  ],
  edges: [],
})

describe.each(KINDS)('calendars on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())

  test('are kept sorted, without empty days, and reach the plan', async () => {
    const [before, woken] = [await planRevision(api.db), api.nudges()]
    const { id } = await api.as('marketer').calendars.save(office)
    expect(id).toMatch(/^cal_/)
    const kept = await api.as('sales_rep').calendars.one({ id })
    expect(kept).toMatchObject({ name: 'Office', zone: 'Europe/Berlin', rev: 0, uses: [], updatedBy: 'The marketer' })
    expect(kept.hours).toEqual({ 1: week, 2: week })
    expect(kept.holidays.map((it) => it.date)).toEqual(['2026-12-25', '2026-12-26'])
    expect(await planRevision(api.db)).toBe(before + 1)
    expect(api.nudges()).toBe(woken + 1)
    const [inPlan] = catalogOf(await planRows(api.db)).calendars
    expect(inPlan).toEqual({
      id,
      name: 'Office',
      zone: 'Europe/Berlin',
      hours: { 1: week, 2: week },
      holidays: ['2026-12-25', '2026-12-26'],
    })
    await api.as('admin').calendars.remove({ id })
  })

  test('by which of them people who take leads work, reaches the plan', async () => {
    const [own, of] = [await api.as('admin').calendars.save({ ...office, name: 'Own' }), await api.as('admin').calendars.save(office)]
    await api.db.query(`insert into team (id, name, calendar_id, created_at) values ('t_a', 'A', $1, 0), ('t_b', 'B', null, 0)`, [of.id])
    const people = ['ann', 'bob', 'cara', 'dan']
    for (const name of people)
      await api.db.query(`insert into "user" (id, name, email, role) values ($1, $1, $1 || '@example.com', 'sales_rep')`, [name])
    const put = `insert into team_member (team_id, user_id, weight, cap, active, calendar_id) values ($1, $2, 1, null, $3, $4)`
    await api.db.query(put, ['t_a', 'ann', true, own.id])
    await api.db.query(put, ['t_a', 'bob', true, null])
    await api.db.query(put, ['t_b', 'cara', true, null])
    await api.db.query(put, ['t_b', 'dan', false, own.id])
    const { teams } = catalogOf(await planRows(api.db))
    expect(teams.map((it) => [it.id, it.members, new Set(it.calendarIds)])).toEqual([
      ['t_a', 2, new Set([own.id, of.id])],
      ['t_b', 1, new Set([null])],
    ])
    await api.db.query(`delete from team_member where team_id in ('t_a', 't_b')`)
    expect(catalogOf(await planRows(api.db)).teams.map((it) => [it.members, it.calendarIds])).toEqual([
      [0, null],
      [0, null],
    ])
    await api.db.query(`delete from team where id in ('t_a', 't_b')`)
    for (const { id } of [own, of]) await api.as('admin').calendars.remove({ id })
  })

  test('the later of two changes is refused', async () => {
    const { id } = await api.as('admin').calendars.save({ ...office, name: 'Two at once' })
    await api.as('sales_manager').calendars.save({ ...office, id: { id, rev: 0 }, name: 'Two at once', zone: null })
    await expect(api.as('admin').calendars.save({ ...office, id: { id, rev: 0 }, name: 'Late' })).rejects.toThrow(
      'Somebody changed this calendar',
    )
    expect((await api.as('admin').calendars.list()).find((it) => it.id === id)).toMatchObject({ zone: null, rev: 1 })
  })

  test.each([
    [{ name: ' ' }, 'Write a name'],
    [{ zone: 'Mars/Phobos' }, 'a time zone such as'],
    [{ hours: { 1: [{ from: '17:00', to: '09:00' }] } }, 'split hours over midnight'],
    [{ holidays: [{ date: '2026-02-30', name: '' }] }, 'a date such as'],
    [{ holidays: [{ date: '10000-01-01', name: '' }] }, 'a date such as'],
    [{ holidays: [...office.holidays, { date: '2026-12-25', name: 'again' }] }, 'stands there twice'],
    [{ name: 'two AT once' }, 'There is a calendar'],
  ])('refuses %j and says what to write', async (change, say) => {
    await expect(api.as('admin').calendars.save({ ...office, ...change })).rejects.toThrow(say)
  })

  test('one that a flow waits by stays, and says where it is used', async () => {
    const { id } = await api.as('admin').calendars.save({ ...office, name: 'Used' })
    const flow = await api.as('admin').flows.create({ name: 'Nurture' })
    await api.as('admin').flows.saveDraft({ id: flow.id, rev: 0, graph: waiting(id) })
    expect((await api.as('admin').calendars.one({ id })).uses).toEqual([{ by: 'flow', id: flow.id, name: 'Nurture', live: false }])
    await expect(api.as('admin').calendars.remove({ id })).rejects.toThrow('Used stays: it is used by 1 flow (Nurture)')
    await api.as('admin').flows.saveDraft({ id: flow.id, rev: 1, graph: { ...waiting(id), nodes: [] } })
    await api.as('admin').calendars.remove({ id })
    await expect(api.as('admin').calendars.one({ id })).rejects.toThrow('removed meanwhile')
    await expect(api.as('admin').calendars.remove({ id })).rejects.toThrow('removed meanwhile')
  })

  test('a pause keeps what becomes of those who wait', async () => {
    const { id } = await api.as('admin').flows.create({ name: 'Pausing' })
    await api.db.query(`insert into version (flow_id, version, graph, hash, published_at) values ($1, 1, '{}', 'h', 0)`, [id])
    await api.db.query(`update flow set status = 'live', live_version = 1 where id = $1`, [id])
    await api.as('marketer').flows.pause({ id, choice: 'drop' })
    api.clock.advance(1000)
    await api.as('marketer').flows.resume({ id })
    api.clock.advance(1000)
    await api.as('marketer').flows.pause({ id })
    const { pauses } = await planRows(api.db)
    expect(pauses.filter((it) => it.flowId === id).map((it) => [it.choice, it.to === null])).toEqual([
      ['drop', false],
      ['freeze', true],
    ])
  })
})

describe('public holidays', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi('pglite')
  })
  afterAll(() => api.close())
  const of = async (country: string, region: string | null, from = 2026, to = from) =>
    (await api.as('marketer').calendars.holidays({ country, region, from, to })).map((it) => it.date)

  test.each<[string, string | null, string[]]>([
    [
      'DE',
      null,
      ['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25', '2026-10-03', '2026-12-25', '2026-12-26'],
    ],
    [
      'DE',
      'BY',
      [
        '2026-01-01',
        '2026-01-06',
        '2026-04-03',
        '2026-04-06',
        '2026-05-01',
        '2026-05-14',
        '2026-05-25',
        '2026-06-04',
        '2026-10-03',
        '2026-11-01',
        '2026-12-25',
        '2026-12-26',
      ],
    ],
  ])('of %s %s', async (country, region, expected) => {
    expect(await of(country, region)).toEqual(expected)
  })

  test('of several years, in order, each day of a feast that lasts', async () => {
    const found = await of('TR', null, 2026, 2027)
    expect(found).toEqual([...found].sort())
    expect(new Set(found.map((it) => it.slice(0, 4)))).toEqual(new Set(['2026', '2027']))
    // The feast of Ramadan lasts three days.
    expect(found).toEqual(expect.arrayContaining(['2026-03-20', '2026-03-21', '2026-03-22']))
  })

  test('regions have names', async () => {
    expect(await api.as('admin').calendars.places({ country: 'DE' })).toContainEqual({ code: 'BY', name: 'Bayern' })
    expect((await api.as('admin').calendars.places({})).length).toBeGreaterThan(150)
  })

  test.each([
    ['ZZ', null, 2026, 2026, 'not known'],
    ['DE', 'XX', 2026, 2026, 'not known'],
    ['DE', null, 2026, 2040, 'at most eleven years'],
  ])('%s %s %i to %i: says what to do', async (country, region, from, to, say) => {
    await expect(of(country, region, from, to)).rejects.toThrow(say)
  })
})
