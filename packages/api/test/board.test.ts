import { addContacts, createIds } from '@baton/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const MIN = 60_000
const HOUR = 60 * MIN
const DAY = 24 * HOUR

type Line = readonly [kind: string, ago: number, data?: Record<string, unknown>, by?: string]

/** A lead in a state, with the lines of its log: each so many ms ago. */
async function lead(api: TestApi, of: { email: string; state: string; set?: Record<string, unknown>; log: readonly Line[] }) {
  const now = api.clock.now()
  const ids = createIds(api.db)
  const fields = { email: of.email, first_name: 'Ingrid', last_name: of.email.slice(0, 3) }
  const made = await addContacts(api.db, ids, [{ email: of.email, external: null, fields, consent: {} }], { at: now, textKeys: [] })
  if (made === 'taken') throw new Error('taken')
  const contactId = made[0]!
  const bucket = contactId % 1024
  const [id] = await ids.take([bucket])
  const row: Record<string, unknown> = {
    ...{ bucket, id, contact_id: contactId, key: of.email, flow_id: 'flw_1', object_key: '', entry: 1, version: 1, node: 'n1' },
    ...{ team_id: 'team_1', state: of.state, packet: JSON.stringify({ why: 'Asked twice', fields: {}, scores: {}, note: null }) },
    ...{ created_at: now - (of.log[0]?.[1] ?? 0), ...of.set },
  }
  const names = Object.keys(row)
  await api.db.query(
    `insert into handoff (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    Object.values(row),
  )
  for (const [kind, ago, data = {}, by] of of.log) {
    await api.db.query(
      `insert into handoff_log (bucket, id, handoff_id, contact_id, at, kind, by_id, by_name, data)
       values ($1, nextval('handoff_log_seq'), $2, $3, $4, $5, $6, 'Somebody', $7::jsonb)`,
      [bucket, id, contactId, now - ago, kind, by ?? null, JSON.stringify(data)],
    )
  }
  return { id: id!, contactId }
}

describe.each(KINDS)('the board on %s', (kind) => {
  let api: TestApi
  let ann: string
  let bob: string
  beforeAll(async () => {
    api = await openApi(kind)
    ann = api.users.sales_rep.id
    bob = api.users.sales_manager.id
    const now = api.clock.now()
    for (const id of ['team_1', 'team_2']) {
      await api.db.query('insert into team (id, name, created_at) values ($1, $1, 0)', [id])
      await api.db.query('insert into team_member (team_id, user_id, cap) values ($1, $2, 5)', [id, ann])
    }
    await api.db.query(`insert into team_member (team_id, user_id) values ('team_1', $1)`, [bob])
    await api.db.query(`insert into absence (id, user_id, from_at, to_at, created_at) values ('a', $1, $2, $3, 0)`, [
      bob,
      now - 1,
      now + DAY,
    ])
    // Given to Ann, breached, taken back, given to Bob, who was in touch after an hour and won it.
    await lead(api, {
      email: 'won@example.com',
      state: 'won',
      set: { rep_id: bob },
      log: [
        ['created', 5 * DAY],
        ['assigned', 5 * DAY, { repId: ann }],
        ['breached', 4 * DAY, { repId: ann }],
        ['clawed-back', 4 * DAY, { repId: ann }],
        ['assigned', 4 * DAY, { repId: bob }],
        ['accepted', 4 * DAY - HOUR, { repId: bob }, bob],
        ['won', DAY, { repId: bob, amount: 12_500 }, bob],
      ],
    })
    // Ann called after 30 minutes; a voicemail before does not count.
    await lead(api, {
      email: 'call@example.com',
      state: 'accepted',
      set: { rep_id: ann, opportunity_id: 'o1' },
      log: [
        ['created', 2 * DAY],
        ['assigned', 2 * DAY, { repId: ann }],
        ['voicemail', 2 * DAY - 10 * MIN, { repId: ann }, ann],
        ['call', 2 * DAY - 30 * MIN, { repId: ann, how: 'connected' }, ann],
        ['accepted', 2 * DAY - 40 * MIN, { repId: ann }, ann],
      ],
    })
    await lead(api, {
      email: 'no@example.com',
      state: 'rejected',
      set: { rep_id: ann },
      log: [
        ['created', 9 * DAY],
        ['assigned', 9 * DAY, { repId: ann }],
        ['rejected', 8 * DAY, { repId: ann, why: 'No budget' }, ann],
      ],
    })
    await lead(api, {
      email: 'due@example.com',
      state: 'assigned',
      set: { rep_id: ann, deadline: now + HOUR, assigned_at: now - HOUR },
      log: [
        ['created', HOUR],
        ['assigned', HOUR, { repId: ann }],
      ],
    })
    await lead(api, {
      email: 'late@example.com',
      state: 'assigned',
      set: { rep_id: ann, deadline: now - MIN, assigned_at: now - 2 * HOUR },
      log: [
        ['created', 2 * HOUR],
        ['assigned', 2 * HOUR, { repId: ann }],
      ],
    })
    await lead(api, { email: 'wait@example.com', state: 'queued', set: { manager_queue: true }, log: [['created', HOUR]] })
    await lead(api, { email: 'else@example.com', state: 'queued', set: { team_id: 'team_2' }, log: [['created', HOUR]] })
  })
  afterAll(() => api.close())

  test('who has what, and what they made of the days behind', async () => {
    const board = await api.as('sales_manager').board.look({ teamId: 'team_1', days: 30 })
    const row = (id: string) => board.reps.find((it) => it.userId === id)
    expect(row(ann)).toMatchObject({
      ...{ cap: 5, away: null, takes: true },
      now: { open: 3, fresh: 2, working: 1, sleeping: 0, today: 1, late: 1, opportunities: 1 },
      period: { given: 5, accepted: 1, rejected: 1, breached: 1, won: 0, revenue: 0 },
      onTime: { kept: 1, of: 2 },
      contactMs: 30 * MIN,
    })
    expect(row(bob)).toMatchObject({
      ...{ cap: null, away: { to: api.clock.now() + DAY } },
      now: { open: 0 },
      period: { given: 1, accepted: 1, won: 1, revenue: 12_500 },
      onTime: { kept: 1, of: 1 },
      contactMs: HOUR,
    })
    expect(board.queue).toEqual({ queued: 0, since: null, manager: 1, managerSince: api.clock.now() - HOUR })
    expect(board.deadlines.map((it) => [it.name, it.repName])).toEqual([
      ['Ingrid lat', 'The sales_rep'],
      ['Ingrid due', 'The sales_rep'],
    ])
    expect(board.period).toMatchObject({ handedOver: 6, accepted: 2, rejected: 1, breached: 1, clawedBack: 1, won: 1, revenue: 12_500 })
    expect((await api.as('admin').board.look({ teamId: null, days: 30 })).period.handedOver).toBe(7)
    expect((await api.as('admin').board.look({ teamId: 'team_2', days: 30 })).queue).toMatchObject({ queued: 1, manager: 0 })
  })

  test('the leads of a rep, those with the nearest deadline first; and what waits for a manager', async () => {
    const names = async (of: 'queue' | 'manager' | { repId: string }, teamId: string | null = 'team_1') =>
      (await api.as('sales_manager').board.leads({ teamId, of })).map((it) => it.name)
    expect(await names({ repId: ann })).toEqual(['Ingrid lat', 'Ingrid due', 'Ingrid cal'])
    expect(await names('manager')).toEqual(['Ingrid wai'])
    expect(await names('queue')).toEqual([])
    expect(await names('queue', null)).toEqual(['Ingrid els'])
  })

  test('a rep gets the own row only', async () => {
    const mine = await api.as('sales_rep').board.mine({})
    expect(mine).toMatchObject({ userId: ann, now: { open: 3 }, period: { accepted: 1 } })
    expect(JSON.stringify(mine)).not.toContain(bob)
  })

  test('a week beside the week before, by reason, flow and rep', async () => {
    // 2026-03-02 is a Monday: the week before it has everything but what was done today.
    const week = await api.as('sales_manager').board.week({ teamId: 'team_1', from: null })
    expect(week).toMatchObject({
      week: { key: '2026-02-23' },
      running: false,
      now: { handedOver: 2, accepted: 2, rejected: 0, breached: 1, clawedBack: 1, won: 1, revenue: 12_500 },
      before: { handedOver: 1, accepted: 0, rejected: 1, breached: 0 },
      reasons: [{ why: 'No budget', n: 0, before: 1 }],
      flows: [{ flowId: 'flw_1', name: 'A flow that is gone', handedOver: 2 }],
    })
    expect(week.reps.map((it) => [it.repId, it.handedOver, it.accepted, it.breached])).toEqual(
      expect.arrayContaining([
        [ann, 2, 1, 1],
        [bob, 1, 1, 0],
      ]),
    )
    expect(week.days.map((it) => it.handedOver)).toEqual([0, 0, 1, 0, 0, 1, 0])
    const now = await api.as('sales_manager').board.week({ teamId: 'team_1', from: '2026-03-02' })
    expect(now).toMatchObject({ running: true, now: { handedOver: 3 }, before: { handedOver: 2 } })
  })

  test('what the board says agrees with the log counted by itself, line by line', async () => {
    const { period } = await api.as('admin').board.look({ teamId: null, days: 30 })
    const [row] = await api.db.query<Record<string, number>>(
      `select (select count(*) from handoff_log where kind = 'created') as "handedOver",
              (select count(*) from handoff_log where kind = 'accepted') as accepted,
              (select count(*) from handoff_log where kind = 'rejected') as rejected,
              (select sum((data->>'amount')::int)::int from handoff_log where kind = 'won') as revenue`,
    )
    expect(period).toMatchObject(row ?? {})
  })
})

describe.each(KINDS)('moving leads on %s', (kind) => {
  let api: TestApi
  let ann: string
  let bob: string
  let nth = 0
  beforeAll(async () => {
    api = await openApi(kind)
    ann = api.users.sales_rep.id
    bob = api.users.sales_manager.id
    const members = [{ userId: ann }, { userId: bob }]
    await api.db.query(`insert into team (id, name, created_at) values ('team_1', 'North', 0)`)
    await api.as('admin').workspace.saveTeam({ id: 'team_1', name: 'North', members })
  })
  afterAll(() => api.close())

  const contract = { level: { minutes: 60, remindBefore: 15 } }
  const make = (state: string, set: Record<string, unknown> = {}) =>
    lead(api, {
      email: `m${nth++}@example.com`,
      state,
      set: { ...(state === 'queued' || state === 'routing' ? {} : { rep_id: ann, assigned_at: api.clock.now() }), contract, ...set },
      log: [['created', HOUR]],
    })
  const stored = async (id: number) => {
    const [row] = await api.db.query<Record<string, unknown>>(
      `select state, rep_id as "repId", rev, deadline, next_look as "nextLook", manager_queue as manager, had_by as "hadBy", accepted_at as "acceptedAt"
       from handoff where id = $1`,
      [id],
    )
    return row
  }
  const log = (id: number) =>
    api.db.query<{ kind: string; byName: string; data: Record<string, unknown> }>(
      `select kind, by_name as "byName", data from handoff_log where handoff_id = $1 and kind <> 'created' order by id`,
      [id],
    )
  const told = async (id: number) =>
    (
      await api.db.query<{ payload: { what: string; to: { id: string }; email: boolean; data: object } }>(
        `select payload from effect where kind = 'notify' and (payload->>'lead')::bigint = $1 order by id`,
        [id],
      )
    ).map(({ payload: { what, to, email, data } }) => ({ to: to.id, what, email, data }))
  const news = async (contactId: number) =>
    (
      await api.db.query<{ payload: { news?: { outcome: string } } }>(
        `select payload from inbox where contact_id = $1 and kind = 'handoff' order by seq`,
        [contactId],
      )
    ).map((it) => it.payload.news?.outcome)

  test('to a rep: the whole time of the level begins again, the rep is told, the log says who did it', async () => {
    const one = await make('assigned', { deadline: 5 })
    const done = await api
      .as('sales_manager')
      .board.move({ leads: [{ id: one.id, rev: 0 }], to: { kind: 'rep', userId: bob }, note: 'Knows them' })
    expect(done).toEqual({ moved: 1, missed: [] })
    // It is Monday, 09:00 UTC, and the team works from 9 to 17.
    const now = api.clock.now()
    expect(await stored(one.id)).toMatchObject({
      state: 'assigned',
      repId: bob,
      rev: 1,
      deadline: now + HOUR,
      nextLook: now + 45 * MIN,
      hadBy: [ann],
    })
    expect(await log(one.id)).toEqual([
      { kind: 'reassigned', byName: 'The sales_manager', data: expect.objectContaining({ repId: bob, from: ann, note: 'Knows them' }) },
    ])
    expect(await news(one.contactId)).toEqual(['assigned'])
  })

  test('somebody else’s accepted lead is answered anew; to the team it waits for the router; to the manager for a decision', async () => {
    const accepted = await make('accepted', { accepted_at: 5 })
    const given = await make('assigned')
    const kept = await make('assigned')
    const admin = api.as('admin')
    await admin.board.move({ leads: [{ id: accepted.id, rev: 0 }], to: { kind: 'rep', userId: bob } })
    expect(await stored(accepted.id)).toMatchObject({ state: 'assigned', repId: bob, acceptedAt: null })
    expect(await news(accepted.contactId)).toEqual(['given-back', 'assigned'])
    await admin.board.move({ leads: [{ id: given.id, rev: 0 }], to: { kind: 'team' } })
    expect(await stored(given.id)).toMatchObject({ state: 'routing', repId: null, hadBy: [ann] })
    expect(await news(given.contactId)).toEqual(['given-back'])
    await admin.board.move({ leads: [{ id: kept.id, rev: 0 }], to: { kind: 'manager' } })
    expect(await stored(kept.id)).toMatchObject({ state: 'queued', repId: null, manager: true })
    expect((await admin.board.leads({ teamId: 'team_1', of: 'manager' })).map((it) => it.id)).toEqual([kept.id])
    await admin.board.move({ leads: [{ id: kept.id, rev: 1 }], to: { kind: 'rep', userId: ann } })
    expect(await stored(kept.id)).toMatchObject({ state: 'assigned', repId: ann, manager: false })
    expect(await told(kept.id)).toEqual([
      { to: ann, what: 'moved-on', email: true, data: { by: 'The admin' } },
      { to: ann, what: 'moved-here', email: true, data: { by: 'The admin', to: 'The sales_rep' } },
    ])
    // Who gets it and who loses it.
    expect((await told(accepted.id)).map((it) => [it.to, it.what])).toEqual([
      [bob, 'moved-here'],
      [ann, 'moved-on'],
    ])
  })

  test('back to marketing: with a reason, the flow hears that nobody answered, the deal loses its owner, its rep is told', async () => {
    const admin = api.as('sales_manager')
    const one = await make('accepted', { accepted_at: 5, opportunity_id: 'opp_1' })
    const two = await make('assigned', { deadline: 5, next_look: 5 })
    const data = { name: 'Group close', stage: 'Demo', owner_id: ann, owner: 'Ann' }
    await api.db.query(
      `insert into related (bucket, contact_id, kind, id, data, at) values ($1, $2, 'opportunity', 'opp_1', $3::jsonb, 0)`,
      [...[one.contactId % 1024, one.contactId, JSON.stringify(data)]],
    )
    const leads = [one, two].map(({ id }) => ({ id, rev: 0 }))
    await expect(admin.board.move({ leads, to: { kind: 'marketing' }, note: ' ' })).rejects.toThrow('Say why')
    await admin.board.move({ leads, to: { kind: 'marketing' }, note: 'Budget is in autumn' })
    expect(await stored(one.id)).toMatchObject({ state: 'no-response', repId: null, hadBy: [ann], acceptedAt: 5 })
    expect(await stored(two.id)).toMatchObject({ state: 'no-response', repId: null, deadline: null, nextLook: null })
    expect(await news(two.contactId)).toEqual(['no-response'])
    expect((await log(one.id)).map((it) => [it.kind, it.byName, it.data.note])).toEqual([
      ['clawed-back', 'The sales_manager', 'Budget is in autumn'],
      ['no-response', 'The sales_manager', undefined],
    ])
    const [deal] = await api.db.query<{ payload: { data: object } }>(
      `select payload from inbox where contact_id = $1 and kind = 'related'`,
      [one.contactId],
    )
    expect(deal?.payload.data).toEqual({ name: 'Group close', stage: 'Demo' })
    // One mail tells of both.
    const by = { by: 'The sales_manager', note: 'Budget is in autumn' }
    expect([...(await told(one.id)), ...(await told(two.id))]).toEqual(
      expect.arrayContaining([
        { to: ann, what: 'to-marketing', email: true, data: { ...by, more: 1 } },
        { to: ann, what: 'to-marketing', email: false, data: by },
      ]),
    )
    await expect(codeOf(api.as('sales_rep').board.move({ leads, to: { kind: 'marketing' }, note: 'Mine' }))).resolves.toBe('FORBIDDEN')
  })

  test('of those that somebody was faster with the names come back, the others are moved', async () => {
    const [one, two] = [await make('assigned'), await make('assigned')]
    const moved = await api.as('admin').board.move({
      leads: [
        { id: one.id, rev: 7 },
        { id: two.id, rev: 0 },
      ],
      to: { kind: 'rep', userId: bob },
    })
    expect(moved).toEqual({ moved: 1, missed: [expect.stringContaining('Ingrid')] })
    expect(await stored(one.id)).toMatchObject({ repId: ann, rev: 0 })
  })

  test('who is not in the team, or gone, gets none', async () => {
    const one = await make('assigned')
    const to = (userId: string) => api.as('admin').board.move({ leads: [{ id: one.id, rev: 0 }], to: { kind: 'rep', userId } })
    await expect(to(api.users.marketer.id)).rejects.toThrow('is not in the team North')
    await expect(to('nobody')).rejects.toThrow('deactivated or gone')
    expect(await stored(one.id)).toMatchObject({ repId: ann, rev: 0 })
  })

  test('who leaves the team with open leads, or is deactivated, leaves them to somebody', async () => {
    const admin = api.as('admin')
    const save = (more: object) => admin.workspace.saveTeam({ id: 'team_1', name: 'North', members: [{ userId: bob }], ...more })
    const [row] = await admin.teams.openLeads({ userId: ann })
    expect(row).toMatchObject({ teamId: 'team_1', teamName: 'North' })
    await expect(save({})).rejects.toThrow(`The sales_rep still has ${row?.count} open leads`)
    await expect(save({ leaving: [{ userId: ann, to: { kind: 'rep', userId: ann } }] })).rejects.toThrow('who stays')
    await save({ leaving: [{ userId: ann, to: { kind: 'rep', userId: bob } }] })
    expect(await admin.teams.openLeads({ userId: ann })).toEqual([])
    await expect(admin.users.change({ id: bob, active: false })).rejects.toThrow('still has')
    expect((await admin.users.names()).find((it) => it.id === bob)?.active).toBe(true)
    await admin.users.change({ id: bob, active: false, leads: { kind: 'team' } })
    const open = await api.db.query(`select state from handoff where state in ('assigned', 'accepted', 'sleeping')`)
    expect(open).toEqual([])
    await admin.users.change({ id: bob, active: true })
  })
})
