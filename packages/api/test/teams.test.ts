import { addContacts, createIds, saveCalendar } from '@baton/db'
import type { Condition } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const DAY = 86_400_000
const of = (key: string, value: string): Condition => ({ combinator: 'and', rules: [{ subject: { kind: 'field', key }, op: 'is', value }] })
const away = { from: '2026-03-09', until: '2026-03-13' }

describe.each(KINDS)('teams on %s', (kind) => {
  let api: TestApi
  let teamId: string
  beforeAll(async () => {
    api = await openApi(kind)
    const { sales_rep: rep, sales_manager: manager, marketer } = api.users
    const members = [
      { userId: rep.id, cap: 5 },
      { userId: manager.id, weight: 2 },
      { userId: marketer.id, active: false },
    ]
    teamId = (await api.as('sales_manager').workspace.saveTeam({ name: 'North', members })).id
  })
  afterAll(() => api.close())

  test('how many mails a day a rep may write is set by managers, and stays where nothing is said of it', async () => {
    const manager = api.as('sales_manager')
    const { members } = await manager.teams.one({ id: teamId })
    const [first] = members
    const limit = async () =>
      (await manager.workspace.teams()).find((it) => it.id === teamId)?.members.find((it) => it.userId === first?.userId)?.mailsADay
    const save = (mailsADay?: number) =>
      manager.workspace.saveTeam({
        ...{ id: teamId, name: 'North' },
        members: members.map(({ mailsADay: _, ...it }) =>
          it.userId === first?.userId && mailsADay !== undefined ? { ...it, mailsADay } : it,
        ),
      })
    expect(await limit()).toBe(50)
    await save(7)
    expect(await limit()).toBe(7)
    await save()
    expect(await limit()).toBe(7)
    await expect(save(1001)).rejects.toThrow('More of them are a flow')
  })

  test('settings that are not named stay; a calendar that is gone and a manager who is none are refused', async () => {
    const manager = api.as('sales_manager')
    const { id: calendarId } = await manager.calendars.save({ name: 'Office', zone: 'Europe/Berlin', hours: {}, holidays: [] })
    const { members } = await manager.teams.one({ id: teamId })
    await manager.workspace.saveTeam({ id: teamId, name: 'North', members, calendarId, managerId: api.users.admin.id, quietDays: 21 })
    await manager.workspace.saveTeam({ id: teamId, name: 'North', members })
    const team = await api.as('reviewer').teams.one({ id: teamId })
    expect(team).toMatchObject({ calendarId, calendarName: 'Office', closed: true, managerId: api.users.admin.id, quietDays: 21 })
    const save = (more: object) => manager.workspace.saveTeam({ id: teamId, name: 'North', members, ...more })
    await expect(save({ calendarId: 'gone' })).rejects.toThrow('A calendar was removed')
    await expect(save({ managerId: api.users.sales_rep.id })).rejects.toThrow('active sales manager or admin')
    await save({ calendarId: null, managerId: null, quietDays: null })
    expect(await manager.teams.one({ id: teamId })).toMatchObject({ calendarId: null, closed: false, managerId: null })
    expect(await codeOf(manager.teams.one({ id: 'gone' }))).toBe('NOT_FOUND')
  })

  test('who gets the next leads is what the router says: by weight, and why others are passed over', async () => {
    const { sales_rep: rep, sales_manager: manager, marketer } = api.users
    const { names, next } = await api.as('marketer').teams.next({ id: teamId })
    expect(Object.keys(names).sort()).toEqual([rep.id, manager.id, marketer.id].sort())
    const got = (id: string) => next.filter((it) => it.repId === id).length
    expect([got(rep.id), got(manager.id)]).toEqual([2, 4])
    expect(next[0]?.skipped).toEqual([{ repId: marketer.id, code: 'inactive' }])
    expect(await api.db.query('select * from rep_load where team_id = $1', [teamId])).toEqual([])
  })

  test('an absence lasts whole days of the workspace; a rep has the own ones, managers all', async () => {
    const rep = api.as('sales_rep')
    const { sales_rep, sales_manager } = api.users
    await api.as('admin').workspace.change({ zone: 'Europe/Berlin' })
    const { id } = await rep.absences.save({ ...away, note: 'Lofoten' })
    await expect(rep.absences.save({ from: '2026-03-13', until: '2026-03-14' })).rejects.toThrow('away from 2026-03-09 to 2026-03-13')
    expect(await codeOf(rep.absences.save({ ...away, userId: sales_manager.id }))).toBe('FORBIDDEN')
    expect(await codeOf(rep.absences.save({ from: '2026-03-20', until: '2026-03-19' }))).toBe('BAD_REQUEST')
    expect(await codeOf(rep.absences.save({ from: '2026-02-30', until: '2026-03-19' }))).toBe('BAD_REQUEST')
    const other = await api.as('sales_manager').absences.save({ from: '2026-03-02', until: '2026-03-02' })
    const [row] = await api.db.query<{ from: number; to: number }>('select from_at as "from", to_at as "to" from absence where id = $1', [
      id,
    ])
    expect(row).toEqual({ from: Date.UTC(2026, 2, 8, 23), to: Date.UTC(2026, 2, 13, 23) })
    const plan = async (role: 'sales_rep' | 'sales_manager') => {
      const { people } = await api.as(role).absences.plan({ teamId, from: '2026-03-01', days: 28 })
      return people.map((it) => [it.userId, it.absences.map((one) => [one.firstDay, one.lastDay])])
    }
    expect(await plan('sales_rep')).toEqual([[sales_rep.id, [['2026-03-09', '2026-03-13']]]])
    expect(new Map(await plan('sales_manager').then((it) => it.map(([a, b]) => [a, b] as const)))).toEqual(
      new Map<unknown, unknown>([
        [api.users.marketer.id, []],
        [sales_manager.id, [['2026-03-02', '2026-03-02']]],
        [sales_rep.id, [['2026-03-09', '2026-03-13']]],
      ]),
    )
    expect(await codeOf(rep.absences.remove({ id: other.id }))).toBe('NOT_FOUND')
    const { next } = await api.as('sales_manager').teams.next({ id: teamId })
    expect(next[0]?.skipped).toContainEqual({ repId: sales_manager.id, code: 'absent' })
    await api.as('sales_manager').absences.save({ id, userId: sales_rep.id, from: '2026-03-10', until: '2026-03-13', note: '' })
    await rep.absences.remove({ id })
    await api.as('sales_manager').absences.remove({ id: other.id })
    expect(await codeOf(rep.absences.remove({ id }))).toBe('NOT_FOUND')
  })

  test('holidays of the calendar somebody works by are shown beside the absences', async () => {
    const hours = { '1': [{ from: '09:00', to: '17:00' }] }
    const saved = await api.db.transaction((tx) =>
      saveCalendar(tx, {
        ...{ name: 'Norway', zone: 'Europe/Oslo', hours, country: 'NO', region: null, by: api.users.admin, at: api.clock.now() },
        holidays: [
          { date: '2026-04-02', name: 'Maundy Thursday' },
          { date: '2026-05-17', name: 'Constitution Day' },
        ],
      }),
    )
    if (typeof saved === 'string') throw new Error(saved)
    const manager = api.as('sales_manager')
    const { members } = await manager.teams.one({ id: teamId })
    const own = members.map((it) => ({ ...it, calendarId: it.userId === api.users.sales_rep.id ? saved.id : null }))
    await manager.workspace.saveTeam({ id: teamId, name: 'North', members: own })
    const { people } = await manager.absences.plan({ teamId, from: '2026-03-30', days: 28 })
    expect(people.map((it) => [it.userId, it.holidays])).toContainEqual([
      api.users.sales_rep.id,
      [{ date: '2026-04-02', name: 'Maundy Thursday' }],
    ])
  })

  test('territories: the first that fits counts, and who fits two is shown', async () => {
    const ids = createIds(api.db)
    const people = [
      { country: 'NO', job_title: 'CFO' },
      { country: 'NO', job_title: 'Buyer' },
      { country: 'SE', job_title: 'CFO' },
      { country: 'DK', job_title: 'Buyer' },
    ].map((fields, i) => ({ email: `p${i}@example.com`, external: null, fields: { email: `p${i}@example.com`, ...fields }, consent: {} }))
    const made = await addContacts(api.db, ids, people, { at: api.clock.now(), textKeys: ['country', 'job_title'] })
    if (made === 'taken') throw new Error('taken')
    const manager = api.as('sales_manager')
    const rep = api.users.sales_rep.id
    const north = await manager.teams.saveTerritory({ teamId, name: 'Norway', condition: of('country', 'NO'), repIds: [rep] })
    const chiefs = await manager.teams.saveTerritory({ teamId, name: 'Chiefs', condition: of('job_title', 'CFO'), repIds: ['usr_gone'] })
    await expect(manager.teams.saveTerritory({ teamId, name: 'norway', condition: of('country', 'NO'), repIds: [] })).rejects.toThrow(
      'already',
    )
    await expect(manager.teams.saveTerritory({ teamId, name: 'X', condition: of('no_such', 'NO'), repIds: [] })).rejects.toThrow()
    // A slow machine counts in several portions.
    const covered = async () => {
      const parts = [await manager.teams.coverage({ id: teamId })]
      for (let last = parts[0]; last && last.next !== null; last = parts.at(-1)) {
        parts.push(await manager.teams.coverage({ id: teamId, cursor: last.next }))
      }
      const sum = (of: (part: (typeof parts)[number]) => number) => parts.reduce((total, part) => total + of(part), 0)
      const one = (id: string, what: 'people' | 'fits' | 'open') => sum((part) => part.territories[id]?.[what] ?? 0)
      return {
        of: (id: string) => [one(id, 'people'), one(id, 'fits'), one(id, 'open')],
        overlaps: parts.flatMap((part) => part.overlaps),
        both: parts.flatMap((part) => part.both.map(({ id, fits }) => ({ id, fits }))),
        nobody: sum((part) => part.nobody),
        total: sum((part) => part.total),
      }
    }
    const found = await covered()
    expect([found.of(north.id), found.of(chiefs.id)]).toEqual([
      [2, 2, 0],
      [1, 2, 0],
    ])
    expect(found).toMatchObject({
      overlaps: [{ first: north.id, second: chiefs.id, people: 1 }],
      both: [{ id: made[0], fits: [north.id, chiefs.id] }],
      nobody: 1,
      total: 4,
    })
    await manager.teams.orderTerritories({ teamId, ids: [chiefs.id, north.id] })
    const after = await covered()
    expect([after.of(north.id)[0], after.of(chiefs.id)[0]]).toEqual([1, 2])
    expect((await api.as('marketer').teams.one({ id: teamId })).territories.map((it) => it.name)).toEqual(['Chiefs', 'Norway'])
    expect(await codeOf(manager.teams.orderTerritories({ teamId, ids: [north.id] }))).toBe('CONFLICT')
    await manager.teams.removeTerritory({ teamId, id: chiefs.id })
    expect(await codeOf(manager.teams.removeTerritory({ teamId, id: chiefs.id }))).toBe('NOT_FOUND')
  })

  test('a calendar that a team or a member works by stays, and so does a field that a territory asks for', async () => {
    const manager = api.as('sales_manager')
    const { id: calendarId } = await manager.calendars.save({ name: 'Early', zone: 'UTC', hours: {}, holidays: [] })
    const { members, territories } = await manager.teams.one({ id: teamId })
    const [first, ...rest] = members
    await manager.workspace.saveTeam({ id: teamId, name: 'North', members: [{ ...first!, calendarId }, ...rest] })
    await expect(manager.calendars.remove({ id: calendarId })).rejects.toThrow('1 team (North)')
    await manager.workspace.saveTeam({ id: teamId, name: 'North', members, calendarId })
    await expect(manager.calendars.remove({ id: calendarId })).rejects.toThrow('1 team (North)')
    await manager.workspace.saveTeam({ id: teamId, name: 'North', members, calendarId: null })
    await manager.calendars.remove({ id: calendarId })
    expect(territories.map((it) => it.name)).toEqual(['Norway'])
    expect(await api.as('admin').uses.of({ kind: 'field', id: 'country' })).toMatchObject([{ by: 'team', id: teamId, name: 'North' }])
  })

  test('the weekly report goes to addresses, and keeps what it has sent when only they change', async () => {
    const manager = api.as('sales_manager')
    const digest = { weekday: 1, time: '08:00', recipients: ['Head@Example.com', 'head@example.com'] }
    await manager.teams.setDigest({ id: teamId, digest })
    const since = api.clock.now()
    const stored = async () => (await manager.teams.one({ id: teamId })).digest
    expect(await stored()).toEqual({ weekday: 1, time: '08:00', recipients: ['head@example.com'], since, done: null })
    api.clock.advance(DAY)
    await manager.teams.setDigest({ id: teamId, digest: { ...digest, recipients: ['a@example.com'] } })
    expect(await stored()).toMatchObject({ since, recipients: ['a@example.com'] })
    await manager.teams.setDigest({ id: teamId, digest: { ...digest, time: '09:00' } })
    expect(await stored()).toMatchObject({ since: api.clock.now() })
    expect(await codeOf(manager.teams.setDigest({ id: teamId, digest: { ...digest, recipients: ['nobody'] } }))).toBe('BAD_REQUEST')
    expect(await codeOf(manager.teams.setDigest({ id: teamId, digest: { ...digest, recipients: [] } }))).toBe('BAD_REQUEST')
    await manager.teams.setDigest({ id: teamId, digest: null })
    expect(await stored()).toBeNull()
  })
})
