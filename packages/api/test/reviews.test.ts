import { createUser, lockFlow, schema, type UserRow, updateWorkspace } from '@baton/db'
import type { FlowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const at = (y: number) => ({ x: 0, y })
const graphOf = (days: number, sales = false): FlowGraph => ({
  format: 1,
  settings: { reentry: { when: 'always' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  nodes: [
    { id: 'in', type: 'trigger', position: at(0), data: { v: 2, on: { kind: 'manual' } } },
    { id: 'rest', type: 'wait', position: at(88), data: { v: 2, slot: 1, until: { kind: 'duration', amount: days, unit: 'days' } } },
    ...(sales ? [{ id: 'hand', type: 'hand-to-sales', position: at(140), data: { v: 1, teamId: 'team_a', why: 'Ready' } }] : []),
    { id: 'out', type: 'exit', position: at(176), data: { v: 1, label: 'Done', finished: true } },
  ],
  edges: [
    { id: 'e1', source: 'in', sourceHandle: 'out', target: 'rest' },
    { id: 'e2', source: 'rest', sourceHandle: 'out', target: sales ? 'hand' : 'out' },
    ...(sales ? ['accepted', 'rejected', 'overflow'].map((port) => ({ id: port, source: 'hand', sourceHandle: port, target: 'out' })) : []),
  ],
})

describe.each(KINDS)('reviews on %s', (kind) => {
  let api: TestApi
  let other: UserRow
  beforeAll(async () => {
    api = await openApi(kind)
    const now = api.clock.now()
    other = await createUser(api.db, { name: 'Ines', email: 'ines@example.com', role: 'reviewer', passwordHash: 'x', at: now })
    await api.db.db.insert(schema.team).values({ id: 'team_a', name: 'A', createdAt: now })
    await api.db.db
      .insert(schema.teamMember)
      .values({ teamId: 'team_a', userId: api.users.sales_rep.id, weight: 1, cap: null, active: true })
    await updateWorkspace(api.db, { review: { approvals: null, salesApproves: true } })
  })
  afterAll(() => api.close())

  const draft = async (graph = graphOf(2)) => {
    const author = api.as('marketer')
    const { id: flowId } = await author.flows.create({ name: 'Nurture' })
    const { rev } = await author.flows.saveDraft({ id: flowId, rev: 0, graph })
    return { flowId, rev }
  }
  const publish = ({ flowId: id, rev }: { flowId: string; rev: number }) =>
    api.as('marketer').flows.publish({ id, rev, enrolMatching: false })
  const askFor = (flowId: string, ...reviewers: UserRow[]) =>
    api.as('marketer').reviews.ask({ flowId, note: 'Before Friday.', reviewers: reviewers.map((it) => it.id) })
  const answers = (
    role: 'reviewer' | 'admin' | 'sales_manager',
    it: { flowId: string; rev: number },
    answer: 'approved' | 'changes' = 'approved',
  ) => api.as(role).reviews.answer({ ...it, answer, note: '' })
  const notesOf = async (role: 'reviewer' | 'marketer' | 'admin') => (await api.as(role).notifications.list({})).rows.map((it) => it.text)

  test('with more than one person a draft needs one approval; the server refuses without', async () => {
    const it = await draft()
    await expect(publish(it)).rejects.toThrow('Not published: One approval is missing. Ask for a review.')
    expect((await api.as('marketer').flows.publishPreview({ id: it.flowId })).lacks).toEqual(['One approval is missing.'])
    expect(await codeOf(answers('reviewer', it))).toBe('CONFLICT')
    await askFor(it.flowId, api.users.reviewer)
    expect(await notesOf('reviewer')).toContain('The marketer asks you to review Nurture. “Before Friday.”')
    await answers('reviewer', it)
    expect(await notesOf('marketer')).toContain('The reviewer approves Nurture.')
    expect((await publish(it)).version).toBe(1)
    expect((await api.as('admin').reviews.state({ flowId: it.flowId })).review).toBeNull()
    const [version] = await api.as('admin').flows.versions({ id: it.flowId })
    expect(version?.approvedBy.map((one) => one.name)).toEqual(['The reviewer'])
    const log = (await api.db.db.select().from(schema.audit)).filter((one) => one.subjectId === it.flowId).map((one) => one.action)
    expect(log).toEqual(expect.arrayContaining(['flow.review-asked', 'flow.approved', 'flow.published']))
  })

  test('any change voids an approval, moving a step does not', async () => {
    const it = await draft()
    await askFor(it.flowId, api.users.reviewer)
    await answers('reviewer', it)
    const moved = graphOf(2)
    const { rev } = await api
      .as('marketer')
      .flows.saveDraft({ id: it.flowId, rev: it.rev, graph: { ...moved, nodes: moved.nodes.map((one) => ({ ...one, position: at(7) })) } })
    expect((await api.as('reviewer').reviews.state({ flowId: it.flowId })).approval.lacks).toEqual([])
    const next = await api.as('marketer').flows.saveDraft({ id: it.flowId, rev, graph: graphOf(3) })
    const state = await api.as('reviewer').reviews.state({ flowId: it.flowId })
    expect(state.approval.lacks).toEqual(['One approval is missing.'])
    expect(state.review?.reviewers).toMatchObject([{ answer: 'approved', outdated: true }])
    expect(await codeOf(answers('reviewer', it))).toBe('CONFLICT')
    await answers('reviewer', { flowId: it.flowId, rev: next.rev })
    expect((await publish({ flowId: it.flowId, rev: next.rev })).version).toBe(1)
  })

  test('published twice at once it goes live once, whoever comes second is told, and the reviews say the same', async () => {
    const it = await draft()
    await askFor(it.flowId, api.users.reviewer)
    await answers('reviewer', it)
    const both = await Promise.allSettled([publish(it), publish(it)])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const [lost] = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(lost).toMatchObject({ code: 'CONFLICT' })
    expect((await api.as('admin').flows.versions({ id: it.flowId })).map((one) => one.version)).toEqual([1])
    expect((await api.as('admin').reviews.state({ flowId: it.flowId })).review).toBeNull()
  })

  // The embedded database does one after another anyway.
  if (kind === 'pg')
    test('both at the door before either has begun, one goes through it', async () => {
      const it = await draft()
      await askFor(it.flowId, api.users.reviewer)
      await answers('reviewer', it)
      const waiting = async () => {
        const [row] = await api.db.query<{ n: number }>(
          `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return row?.n
      }
      let open = () => {}
      const released = new Promise<void>((resolve) => {
        open = resolve
      })
      const door = api.db.transaction(async (tx) => {
        await lockFlow(tx, it.flowId)
        await released
      })
      const both = Promise.allSettled([publish(it), publish(it)])
      await expect.poll(waiting).toBe(2)
      open()
      await door
      expect((await both).map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
      expect((await api.as('admin').flows.versions({ id: it.flowId })).map((one) => one.version)).toEqual([1])
    })

  test('gone under a reviewer, by a launch or into the archive, a draft is neither approved nor lost', async () => {
    const it = await draft()
    await askFor(it.flowId, api.users.reviewer)
    await answers('reviewer', it)
    await publish(it)
    await expect(answers('reviewer', it)).rejects.toMatchObject({ code: 'CONFLICT' })
    const next = await api.as('marketer').flows.saveDraft({ id: it.flowId, rev: it.rev, graph: graphOf(9) })
    await askFor(it.flowId, api.users.reviewer)
    await api.as('marketer').flows.stop({ id: it.flowId, how: 'leave' })
    await api.as('marketer').flows.archive({ id: it.flowId })
    await expect(answers('reviewer', { flowId: it.flowId, rev: next.rev })).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(publish({ flowId: it.flowId, rev: next.rev })).rejects.toThrow(/archive/)
    const kept = await api.as('reviewer').flows.get({ id: it.flowId })
    expect([kept.status, kept.liveVersion, kept.draftRev]).toEqual(['archived', 1, next.rev])
    expect((await api.as('reviewer').reviews.drawn({ flowId: it.flowId })).draft).toEqual(graphOf(9))
  })

  test('nobody approves what they changed themselves', async () => {
    const it = await draft()
    const { rev } = await api.as('admin').flows.saveDraft({ id: it.flowId, rev: it.rev, graph: graphOf(4) })
    expect(await codeOf(askFor(it.flowId, api.users.admin))).toBe('BAD_REQUEST')
    await askFor(it.flowId, other)
    expect(await codeOf(answers('admin', { flowId: it.flowId, rev }))).toBe('FORBIDDEN')
    expect((await api.as('admin').reviews.state({ flowId: it.flowId })).mayNotAnswer).toContain('somebody else')
    await answers('reviewer', { flowId: it.flowId, rev })
    expect((await publish({ flowId: it.flowId, rev })).version).toBe(1)
  })

  test('who asks for changes stops it until they approve or the draft is another', async () => {
    const it = await draft()
    await askFor(it.flowId, api.users.reviewer, api.users.admin)
    await answers('admin', it)
    await answers('reviewer', it, 'changes')
    await expect(publish(it)).rejects.toThrow('The reviewer asked for changes.')
    await answers('reviewer', it)
    expect((await publish(it)).version).toBe(1)
  })

  test('hand-offs need a sales manager, an admin counts', async () => {
    const one = await draft(graphOf(2, true))
    await askFor(one.flowId, api.users.reviewer)
    await answers('reviewer', one)
    await expect(publish(one)).rejects.toThrow('a sales manager or an admin has to approve it')
    await answers('sales_manager', one)
    expect((await publish(one)).version).toBe(1)
  })

  test('the workspace says how many, and who may say so', async () => {
    expect(await codeOf(api.as('marketer').reviews.setPolicy({ approvals: 0, salesApproves: false }))).toBe('FORBIDDEN')
    await api.as('admin').reviews.setPolicy({ approvals: 2, salesApproves: false })
    const it = await draft()
    await askFor(it.flowId, api.users.reviewer)
    await answers('reviewer', it)
    await expect(publish(it)).rejects.toThrow('One approval is missing.')
    await answers('admin', it)
    expect((await publish(it)).version).toBe(1)
    await api.as('admin').reviews.setPolicy({ approvals: 0, salesApproves: true })
    expect((await publish(await draft(graphOf(2, true)))).version).toBe(1)
    await api.as('admin').reviews.setPolicy({ approvals: null, salesApproves: true })
  })

  test('what is said about a step stands in threads; those named are told', async () => {
    const { flowId } = await draft()
    const { id } = await api
      .as('reviewer')
      .reviews.comment({ flowId, thread: null, node: 'rest', text: 'Why two days?', mentions: [api.users.marketer.id, 'gone'] })
    expect(await notesOf('marketer')).toContain('The reviewer on Nurture: “Why two days?”')
    await api.as('marketer').reviews.comment({ flowId, thread: id, node: null, text: 'They sleep on it.' })
    expect(await notesOf('reviewer')).toContain('The marketer on Nurture: “They sleep on it.”')
    await api.as('marketer').reviews.resolve({ flowId, thread: id, resolved: true })
    expect(
      (await api.as('admin').reviews.comments({ flowId })).map((it) => [
        it.text,
        it.node,
        it.thread === id,
        it.mentions.length,
        it.resolvedBy,
      ]),
    ).toEqual([
      ['Why two days?', 'rest', true, 1, 'The marketer'],
      ['They sleep on it.', 'rest', true, 0, null],
    ])
    await api.as('reviewer').reviews.comment({ flowId, thread: id, node: null, text: 'All of them?' })
    expect((await api.as('admin').reviews.comments({ flowId }))[0]?.resolvedBy).toBeNull()
    expect(await codeOf(api.as('admin').reviews.comment({ flowId, thread: 'gone', node: null, text: 'Hm' }))).toBe('CONFLICT')
    expect(await codeOf(api.as('admin').reviews.comment({ flowId: 'gone', thread: null, node: null, text: 'Hm' }))).toBe('NOT_FOUND')
    expect(await codeOf(api.as('sales_rep').reviews.comments({ flowId }))).toBe('FORBIDDEN')
  })

  test('a review is withdrawn, and of a flow that is gone nothing is told', async () => {
    const { flowId } = await draft()
    await askFor(flowId, api.users.reviewer)
    await api.as('marketer').reviews.withdraw({ flowId })
    expect((await api.as('marketer').reviews.state({ flowId })).review).toBeNull()
    expect(await notesOf('reviewer')).toContainEqual(expect.stringMatching(/ does not ask you to review .* any more\.$/))
    expect(await codeOf(api.as('marketer').reviews.withdraw({ flowId }))).toBe('CONFLICT')
    expect(await codeOf(api.as('reviewer').reviews.state({ flowId: 'gone' }))).toBe('NOT_FOUND')
    expect(await codeOf(api.as('reviewer').reviews.drawn({ flowId: 'gone' }))).toBe('NOT_FOUND')
    expect((await api.as('reviewer').reviews.drawn({ flowId })).live).toBeNull()
  })
})
