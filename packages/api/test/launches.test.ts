import { addContacts, appendItems, createIds, dueLaunches, notificationsOf, prepareEvents, updateWorkspace } from '@baton/db'
import type { FlowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { carryOutLaunches, type RefusedLaunch } from '../src/index.ts'
import { type Caller, codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const HOUR = 3_600_000
const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const graph = (days: number): FlowGraph => ({
  format: 1,
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  nodes: [
    node('in', 'trigger', { on: { kind: 'manual' } }),
    node('w', 'wait', { v: 2, slot: 1, until: { kind: 'duration', amount: days, unit: 'days' } }),
    node('end', 'exit', { label: 'Done', finished: true }),
  ],
  edges: [
    { id: 'a', source: 'in', sourceHandle: 'out', target: 'w' },
    { id: 'b', source: 'w', sourceHandle: 'out', target: 'end' },
  ],
})

describe.each(KINDS)('drafts that go live at an instant, and versions (%s)', (kind) => {
  let api: TestApi
  let marketer: Caller
  let flowId: string
  beforeAll(async () => {
    api = await openApi(kind)
    marketer = api.as('marketer')
  })
  afterAll(() => api.close())

  const rev = async () => (await marketer.flows.get({ id: flowId })).draftRev
  const draw = async (days: number) => marketer.flows.saveDraft({ id: flowId, rev: await rev(), graph: graph(days) })
  const plan = async (dueAt: number, more: object = {}) =>
    marketer.flows.publishAt({ id: flowId, rev: await rev(), enrolMatching: false, dueAt, ...more })
  const liveVersion = async () => (await marketer.flows.get({ id: flowId })).liveVersion
  const told = async () => (await notificationsOf(api.db, api.users.marketer.id, { before: null, limit: 20 })).map((it) => it.text)

  test('it goes live at its time, once, by whoever is there, and whoever planned it is told', async () => {
    flowId = (await marketer.flows.create({ name: 'Later' })).id
    await draw(1)
    const dueAt = api.clock.now() + HOUR
    await plan(dueAt, { notes: 'At last.' })
    expect((await marketer.flows.get({ id: flowId })).launch).toEqual({ dueAt, byName: 'The marketer' })
    expect((await marketer.flows.publishPreview({ id: flowId })).launch).toEqual({ dueAt, byName: 'The marketer', same: true })
    expect(await carryOutLaunches(api.db, api.clock.now())).toEqual([])
    api.clock.advance(HOUR)
    const [one, two] = await Promise.all([0, 1].map(() => carryOutLaunches(api.db, api.clock.now())))
    expect([...(one ?? []), ...(two ?? [])]).toEqual([flowId])
    expect(await carryOutLaunches(api.db, api.clock.now())).toEqual([])
    const [version, ...others] = await marketer.flows.versions({ id: flowId })
    expect([version?.version, version?.publishedBy, version?.notes, others]).toEqual([1, 'The marketer', 'At last.', []])
    expect(await told()).toEqual(['Version 1 of Later went live as planned.'])
    expect((await marketer.flows.get({ id: flowId })).launch).toBeNull()
  })

  test('after a time in which nothing ran it is made up for, and said so', async () => {
    await draw(2)
    await plan(api.clock.now() + HOUR)
    api.clock.advance(5 * HOUR)
    expect(await carryOutLaunches(api.db, api.clock.now())).toEqual([flowId])
    expect((await told())[0]).toMatch(/Version 2 of Later went live, later than planned: the server was not running then/)
  })

  test('called off it does not go live; planned anew, the new time counts', async () => {
    await draw(3)
    await plan(api.clock.now() + HOUR)
    await plan(api.clock.now() + 2 * HOUR)
    api.clock.advance(HOUR)
    expect(await carryOutLaunches(api.db, api.clock.now())).toEqual([])
    await marketer.flows.callOff({ id: flowId })
    expect(await codeOf(marketer.flows.callOff({ id: flowId }))).toBe('CONFLICT')
    api.clock.advance(2 * HOUR)
    expect(await carryOutLaunches(api.db, api.clock.now())).toEqual([])
    expect(await liveVersion()).toBe(2)
  })

  const mailed: RefusedLaunch[] = []
  const refused = async (why: RegExp) => {
    api.clock.advance(2 * HOUR)
    mailed.length = 0
    expect(await carryOutLaunches(api.db, api.clock.now(), async (it) => void mailed.push(it))).toEqual([])
    expect(await liveVersion()).toBe(2)
    expect((await told())[0]).toMatch(why)
    expect(await dueLaunches(api.db, api.clock.now())).toEqual([])
  }

  test('a draft that was changed since is another one', async () => {
    await draw(4)
    await plan(api.clock.now() + HOUR)
    await draw(5)
    expect((await marketer.flows.publishPreview({ id: flowId })).launch?.same).toBe(false)
    await refused(/Later did not go live as planned: The draft was changed since The marketer planned this\./)
  })

  test('approvals and a simulation are asked for at that time', async () => {
    await plan(api.clock.now() + HOUR)
    await updateWorkspace(api.db, { review: { approvals: 1, salesApproves: false } })
    await refused(/One approval is missing/)
    await plan(api.clock.now() + HOUR)
    await updateWorkspace(api.db, { review: { approvals: 0, salesApproves: false, simulation: true } })
    await refused(/A simulation of this very draft is missing/)
    await updateWorkspace(api.db, { review: { approvals: 0, salesApproves: false } })
  })

  test('whoever was asked for the review hears that it did not go live too, each once, and what to do', async () => {
    await marketer.reviews.ask({ flowId, note: '', reviewers: [api.users.reviewer.id] })
    await plan(api.clock.now() + HOUR)
    await updateWorkspace(api.db, { review: { approvals: 1, salesApproves: false } })
    await refused(/One approval is missing.*publish it or plan it anew\./)
    await carryOutLaunches(api.db, api.clock.now())
    const heard = await notificationsOf(api.db, api.users.reviewer.id, { before: null, limit: 20 })
    expect(heard.filter((it) => /Later did not go live as planned/.test(it.text))).toHaveLength(1)
    const to = (role: 'marketer' | 'reviewer') => api.users[role].email
    expect(mailed.map((it) => [it.to.email, it.flowName]).sort()).toEqual(
      [to('marketer'), to('reviewer')].sort().map((it) => [it, 'Later']),
    )
    expect(mailed[0]?.text).toMatch(/^Later did not go live as planned: One approval is missing/)
    await updateWorkspace(api.db, { review: { approvals: 0, salesApproves: false } })
  })

  test('whoever may not publish any more does not', async () => {
    await plan(api.clock.now() + HOUR)
    const activate = (active: boolean) => api.db.query('update "user" set active = $2 where id = $1', [api.users.marketer.id, active])
    await activate(false)
    await refused(/The marketer may not publish any more/)
    await activate(true)
  })

  test('what cannot be planned is said at once', async () => {
    await expect(plan(api.clock.now())).rejects.toThrow(/has passed/)
    await expect(plan(api.clock.now() + 400 * 24 * HOUR)).rejects.toThrow(/within a year/)
    expect(await codeOf(marketer.flows.publishAt({ id: flowId, rev: 0, enrolMatching: false, dueAt: api.clock.now() + HOUR }))).toBe(
      'CONFLICT',
    )
    await marketer.flows.saveDraft({ id: flowId, rev: await rev(), graph: { ...graph(5), edges: [] } })
    await expect(plan(api.clock.now() + HOUR)).rejects.toThrow(/Not planned: /)
    const ask = { id: flowId, rev: 0, enrolMatching: false, dueAt: api.clock.now() + HOUR }
    expect(await codeOf(api.as('reviewer').flows.publishAt(ask))).toBe('FORBIDDEN')
  })

  test('who comes in within the next seven days: by date, and as often as it was of late', async () => {
    const now = api.clock.now()
    const day = (days: number) => new Date(now + days * 24 * HOUR).toISOString().slice(0, 10)
    const people = [1, 3, 20].map((days, i) => ({ email: `d${i}@example.com`, external: null, consent: {}, fields: { renews: day(days) } }))
    await api.as('admin').fields.create({ label: 'Renews', type: 'date', options: [] })
    const made = await api.db.transaction((tx) => addContacts(tx, createIds(api.db), people, { at: now, textKeys: [] }))
    if (made === 'taken') throw new Error('taken')
    const events = made.flatMap((contactId, i) =>
      [1, 2].map((n) => {
        const event = { id: `e${i}${n}`, type: 'demo.asked', props: {}, occurredAt: now - n * 24 * HOUR, receivedAt: now - n * 24 * HOUR }
        return { contactId, item: { kind: 'event' as const, at: event.receivedAt, event } }
      }),
    )
    await prepareEvents(
      api.db,
      events.map((it) => it.item.event),
      now,
    )
    await api.db.transaction((tx) => appendItems(tx, events))
    const on = { kind: 'date', field: 'renews', amount: 0, unit: 'days', side: 'before', time: '09:00', yearly: false }
    const nodes = [
      node('d', 'trigger', { v: 2, on }),
      node('e', 'trigger', { v: 2, on: { kind: 'event', type: 'demo.asked', where: [], key: null } }),
      ...graph(1).nodes,
    ]
    const edges = ['d', 'e'].map((id) => ({ id, source: id, sourceHandle: 'out', target: 'w' }))
    await marketer.flows.saveDraft({ id: flowId, rev: await rev(), graph: { ...graph(1), nodes, edges: [...graph(1).edges, ...edges] } })
    const { week } = await marketer.flows.publishPreview({ id: flowId })
    expect(week).toEqual([
      { node: 'd', how: 'dates', name: 'Renews', people: 2 },
      // Three people within four weeks.
      { node: 'e', how: 'events', name: 'demo.asked', people: 1 },
    ])
  })

  test('every version can be looked at as it was drawn, with its ids', async () => {
    const { graph: first } = await marketer.flows.version({ id: flowId, version: 1 })
    expect(first.nodes.map((it) => [it.id, it.data.until])).toContainEqual(['w', { kind: 'duration', amount: 1, unit: 'days' }])
    expect(await codeOf(marketer.flows.version({ id: flowId, version: 9 }))).toBe('NOT_FOUND')
  })
})
