import { addAgreement, createFlow, ensureMonths } from '@baton/db'
import { EMPTY_AGREEMENT } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'
import { lead } from './lead.ts'

const DAY = 86_400_000
const OTHER = 'usr_other'

describe.each(KINDS)('the desk on %s', (kind) => {
  let api: TestApi
  let own: { id: number; contactId: number }
  let others: typeof own
  let queued: typeof own
  let over: typeof own
  beforeAll(async () => {
    api = await openApi(kind)
    await api.db.query(`insert into team (id, name, created_at) values ('team_1', 'North', 0)`)
    const rep = api.users.sales_rep.id
    own = await lead(api, { email: 'own@example.com', repId: rep, state: 'assigned', ago: DAY })
    others = await lead(api, { email: 'others@example.com', repId: OTHER, state: 'assigned' })
    queued = await lead(api, { email: 'queued@example.com', repId: null, state: 'queued' })
    over = await lead(api, { email: 'over@example.com', repId: rep, state: 'rejected', ago: 2 * DAY })
    await lead(api, { email: 'older@example.com', repId: rep, state: 'assigned', ago: 3 * DAY })
    await lead(api, { email: 'long-ago@example.com', repId: rep, state: 'rejected', ago: 40 * DAY })
  })
  afterAll(() => api.close())

  test('a rep is listed the own leads only, who waits longest first; managers all', async () => {
    const mine = await api.as('sales_rep').desk.list({})
    expect(mine.leads.map((row) => [row.state, row.since])).toEqual([
      ['rejected', api.clock.now() - 2 * DAY],
      ['assigned', api.clock.now() - 3 * DAY],
      ['assigned', api.clock.now() - DAY],
    ])
    expect(mine.counts).toEqual({ waiting: 2, working: 0, sleeping: 0, back: 1, won: 0, queue: 0 })
    expect(await api.as('sales_rep').desk.counts()).toEqual(mine.counts)
    for (const role of ['admin', 'sales_manager'] as const) {
      const all = await api.as(role).desk.list({})
      expect(all.leads.map((row) => row.id)).toEqual(expect.arrayContaining([own.id, others.id, queued.id, over.id]))
      expect(all.counts).toEqual({ waiting: 3, working: 0, sleeping: 0, back: 1, won: 0, queue: 1 })
    }
    expect((await api.as('sales_manager').desk.list({ repId: OTHER })).leads.map((row) => row.id)).toEqual([others.id])
  })

  test('a rep who asks for the leads of another is given the own', async () => {
    const asked = await api.as('sales_rep').desk.list({ repId: OTHER })
    expect(asked.leads.map((row) => row.id)).not.toContain(others.id)
    expect(asked.counts.waiting).toBe(2)
  })

  const doors = ['lead', 'accept', 'reject'] as const
  const call = (door: (typeof doors)[number], role: 'admin' | 'sales_manager' | 'sales_rep', id: number, rev = 99) => {
    const { desk } = api.as(role)
    if (door === 'lead') return codeOf(desk.lead({ id }))
    return codeOf(door === 'accept' ? desk.accept({ id, rev }) : desk.reject({ id, rev, reason: 'No need' }))
  }

  // With a revision that is long gone, so that nothing changes: CONFLICT is the door that opened.
  test.each(doors)('%s: own or other, by role', async (door) => {
    const opened = door === 'lead' ? 'ok' : 'CONFLICT'
    expect(await call(door, 'sales_rep', own.id)).toBe(opened)
    expect(await call(door, 'sales_rep', others.id)).toBe('NOT_FOUND')
    expect(await call(door, 'sales_rep', queued.id)).toBe('NOT_FOUND')
    expect(await call(door, 'sales_rep', 12345)).toBe('NOT_FOUND')
    for (const role of ['admin', 'sales_manager'] as const) {
      expect(await call(door, role, own.id)).toBe(opened)
      expect(await call(door, role, others.id)).toBe(opened)
      expect(await call(door, role, 12345)).toBe('NOT_FOUND')
    }
  })

  test('shows the person while the lead is open, and to a rep nothing of it afterwards', async () => {
    const shown = await api.as('sales_rep').desk.lead({ id: own.id })
    expect(shown).toMatchObject({
      why: 'Asked twice',
      note: 'Call before noon',
      packetFields: [{ label: 'Phone', value: '+47 55' }],
      name: 'Ingrid Solheim',
      company: 'Kystfrakt',
    })
    expect(shown.contact).toMatchObject({ email: 'own@example.com', phone: '+47 55', consent: true })
    const after = await api.as('sales_rep').desk.lead({ id: over.id })
    expect(after.contact).toBeNull()
    expect(JSON.stringify(after)).not.toMatch(/over@example|\+47/)
    expect((await api.as('sales_manager').desk.lead({ id: over.id })).contact?.email).toBe('over@example.com')
  })

  test('the score is the sum of its reasons, and what happened is told without machine ids', async () => {
    const at = [own.contactId % 1024, own.contactId]
    const step = (id: string, name?: string) => ({ id, type: 'score', position: { x: 0, y: 0 }, data: { v: 1, ...(name ? { name } : {}) } })
    const settings = { reentry: { when: 'never' as const }, whileInside: 'ignore' as const, onLeavingSegment: 'stay' as const }
    const graph = { format: 1 as const, nodes: [step('n1', 'Finance Director'), step('n2')], edges: [], settings }
    const flowId = await createFlow(api.db, { name: 'Webinar', graph, by: api.users.admin, at: api.clock.now() })
    const line = (key: string, points: number, node: string) =>
      api.db.query(
        `insert into ledger (bucket, contact_id, key, dimension, points, at, rule, cause) values ($1, $2, $3, 'fit', $4, $5, 'step', $6)`,
        [...at, key, points, api.clock.now(), { flowId, node, visit: 1 }],
      )
    await line('a', 2500, 'n1')
    await line('b', 500, 'n2')
    await line('c', 500, 'n2')
    await ensureMonths(api.db, [api.clock.now()])
    const event = (id: string, type: string, ago: number, props: object) =>
      api.db.query('insert into event (bucket, at, id, contact_id, type, props, received_at) values ($1, $2, $3, $4, $5, $6, $2)', [
        ...[at[0], api.clock.now() - ago, id, at[1], type, props],
      ])
    await event('e2', 'page.viewed', 60_000, { name: 'Pricing', path: '/pricing' })
    await event('e1', 'demo.requested', 0, { from: 'pricing', order_id: 'x' })
    const { contact } = await api.as('sales_rep').desk.lead({ id: own.id })
    const fit = contact?.scores.find((score) => score.dimension === 'fit')
    expect(fit).toMatchObject({ total: 3500, cut: 0 })
    expect(fit?.reasons.map(({ rule, points, times }) => [rule, points, times])).toEqual([
      ['Finance Director', 2500, 1],
      ['Webinar', 1000, 2],
    ])
    expect(contact?.happenings.map(({ kind, about, detail }) => [kind, about, detail])).toEqual([
      ['did', 'Demo requested', 'from: pricing'],
      ['page', 'Pricing', null],
      ['assigned', 'North', null],
      ['handed-over', null, null],
      ['created', null, null],
    ])
  })

  test('a lead is shown against the thresholds that it qualified under, with whether both sides stand by them', async () => {
    const content = { ...EMPTY_AGREEMENT, thresholds: [{ dimension: 'fit', atLeast: 60 }] }
    await addAgreement(api.db, { id: 'agr_1', name: 'Ready', content, by: null, at: 0 })
    const { id } = await lead(api, { email: 'agreed@example.com', repId: api.users.sales_rep.id, state: 'assigned' })
    await api.db.query(`update handoff set agreement_id = 'agr_1', agreement_version = 1 where id = $1`, [id])
    const { agreement } = await api.as('sales_rep').desk.lead({ id })
    expect(agreement).toEqual({ id: 'agr_1', name: 'Ready', version: 1, signed: false, thresholds: [{ dimension: 'fit', atLeast: 6000 }] })
    expect((await api.as('sales_rep').desk.lead({ id: own.id })).agreement).toBeNull()
  })

  test('something else needs a note; an unknown reason is refused', async () => {
    const { desk } = api.as('sales_rep')
    expect(await codeOf(desk.reject({ id: own.id, rev: 0, reason: 'Something else' }))).toBe('BAD_REQUEST')
    expect(await codeOf(desk.reject({ id: own.id, rev: 0, reason: 'Because' as 'No need' }))).toBe('BAD_REQUEST')
  })

  test('a manager who answers for a rep is named, on the desk, in what happened and to the rep who comes late', async () => {
    const { sales_rep, sales_manager } = api.users
    const one = await lead(api, { email: 'for-a-rep@example.com', repId: sales_rep.id, state: 'assigned' })
    await api.as('sales_manager').desk.accept({ id: one.id, rev: 0 })
    await expect(api.as('sales_rep').desk.accept({ id: one.id, rev: 0 })).rejects.toThrow('Accepted by The sales_manager meanwhile')
    const { contact, ...shown } = await api.as('sales_rep').desk.lead({ id: one.id })
    expect(shown).toMatchObject({ repId: sales_rep.id, answeredBy: sales_manager.id, answeredByName: 'The sales_manager' })
    const told = contact?.happenings.filter(({ kind }) => kind === 'assigned' || kind === 'accepted')
    expect(told?.map(({ kind, by }) => [kind, by])).toEqual([
      ['accepted', 'The sales_manager'],
      ['assigned', 'The sales_rep'],
    ])
  })

  test('of two answers at once one is taken, the contact is told once, and the loser hears who was faster', async () => {
    const one = await lead(api, { email: `race@example.com`, repId: api.users.sales_rep.id, state: 'assigned' })
    const woken = api.nudges()
    const answers = await Promise.allSettled([
      api.as('sales_rep').desk.accept({ id: one.id, rev: 0 }),
      api.as('sales_manager').desk.reject({ id: one.id, rev: 0, reason: 'No need', note: 'Spoke to them' }),
    ])
    expect(answers.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
    const loser = answers.find((it) => it.status === 'rejected')
    const said = answers[0].status === 'fulfilled' ? 'Accepted by The sales_rep' : 'Rejected by The sales_manager'
    expect(String(loser?.reason)).toContain(`${said} meanwhile`)
    expect(api.nudges()).toBe(woken + 1)
    const inbox = await api.db.query(`select kind from inbox where contact_id = $1`, [one.contactId])
    expect(inbox).toEqual([{ kind: 'handoff' }])
  })
})
