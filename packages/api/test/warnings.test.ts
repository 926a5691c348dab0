import { schema } from '@baton/db'
import { type FlowGraph, issueKey } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const at = (y: number) => ({ x: 0, y })

/** People wait for a visit without an end, then for another: a warning for each. */
const graphOf = (name = 'A visit'): FlowGraph => ({
  format: 1,
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  nodes: [
    { id: 'in', type: 'trigger', position: at(0), data: { v: 2, on: { kind: 'manual' } } },
    ...['one', 'two'].map((id, i) => ({
      id,
      type: 'wait',
      position: at(88 * (i + 1)),
      data: {
        v: 2,
        slot: 1,
        until: { kind: 'event', timeOut: null, branches: [{ id: 'x', name, match: { kind: 'event', type: 'mail.opened' } }] },
      },
    })),
    { id: 'out', type: 'exit', position: at(300), data: { v: 1, label: 'Done', finished: true } },
  ],
  edges: [
    { id: 'e1', source: 'in', sourceHandle: 'out', target: 'one' },
    { id: 'e2', source: 'one', sourceHandle: 'x', target: 'two' },
    { id: 'e3', source: 'two', sourceHandle: 'x', target: 'out' },
  ],
})

describe.each(KINDS)('warnings on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())

  const draft = async (graph: FlowGraph = graphOf()) => {
    const author = api.as('marketer')
    const { id } = await author.flows.create({ name: 'Visits' })
    const { rev } = await author.flows.saveDraft({ id, rev: 0, graph })
    return { id, rev }
  }
  const preview = (id: string) => api.as('marketer').flows.publishPreview({ id })
  const publish = (input: { id: string; rev: number; reasons?: Record<string, string> }) =>
    api.as('marketer').flows.publish({ enrolMatching: false, ...input })

  test('a publish without reasons is refused with a list of what has none', async () => {
    const { id, rev } = await draft()
    const { warnings } = await preview(id)
    expect(warnings.map((it) => [it.issue.code, it.issue.nodes, it.given])).toEqual([
      ['wait.no-time-out', ['one'], null],
      ['wait.no-time-out', ['two'], null],
      ['relies-on-opens', ['one'], null],
      ['relies-on-opens', ['two'], null],
    ])
    await expect(publish({ id, rev })).rejects.toThrow(
      /^Not published: 4 warnings have no reason yet. \(1\) Whoever it never happens to .*\(4\) Whether a mail/,
    )
    const [first] = warnings
    expect(await codeOf(publish({ id, rev, reasons: { [first?.key ?? '']: 'They come back every week.' } }))).toBe('PRECONDITION_FAILED')
    expect((await api.as('marketer').flows.get({ id })).liveVersion).toBeNull()
  })

  test('reasons stay with the version, with who gave them, and in the log', async () => {
    const { id, rev } = await draft()
    const { warnings } = await preview(id)
    const [first, ...rest] = warnings
    await api.as('admin').flows.acknowledge({ id, key: first?.key ?? '', reason: '  They come back every week. ' })
    expect((await preview(id)).warnings[0]?.given).toMatchObject({ reason: 'They come back every week.', byName: api.users.admin.name })
    await publish({ id, rev, reasons: Object.fromEntries(rest.map((it) => [it.key, 'Tried on last month’s people.'])) })
    const [version] = await api.as('reviewer').flows.versions({ id })
    expect(version?.acknowledged.map((it) => [it.code, it.nodes, it.reason, it.byName])).toEqual([
      ['wait.no-time-out', ['one'], 'They come back every week.', api.users.admin.name],
      ['wait.no-time-out', ['two'], 'Tried on last month’s people.', api.users.marketer.name],
      ['relies-on-opens', ['one'], 'Tried on last month’s people.', api.users.marketer.name],
      ['relies-on-opens', ['two'], 'Tried on last month’s people.', api.users.marketer.name],
    ])
    const log = await api.db.db.select().from(schema.audit)
    expect(log.filter((it) => it.subjectId === id).map((it) => it.action)).toEqual(
      expect.arrayContaining(['flow.warning-acknowledged', 'flow.published']),
    )
    expect(log.find((it) => it.subjectId === id && it.action === 'flow.published')?.detail).toMatchObject({
      warnings: expect.arrayContaining([{ code: 'wait.no-time-out', nodes: ['one'], reason: 'They come back every week.' }]),
    })
  })

  test('a reason holds for the draft as long as its warning is the same', async () => {
    const { id, rev } = await draft()
    const all = (await preview(id)).warnings
    for (const it of all) await api.as('marketer').flows.acknowledge({ id, key: it.key, reason: 'It is meant so.' })
    const moved = graphOf()
    const { rev: next } = await api
      .as('marketer')
      .flows.saveDraft({ id, rev, graph: { ...moved, nodes: moved.nodes.map((it) => ({ ...it, position: at(9) })) } })
    expect((await preview(id)).warnings.every((it) => it.given?.reason === 'It is meant so.')).toBe(true)
    const gone = {
      ...moved,
      nodes: moved.nodes.map((it) => (it.id === 'two' ? { ...it, id: 'three' } : it)),
      edges: moved.edges.map((it) => ({ ...it, source: it.source.replace('two', 'three'), target: it.target.replace('two', 'three') })),
    }
    await api.as('marketer').flows.saveDraft({ id, rev: next, graph: gone })
    expect((await preview(id)).warnings.map((it) => [it.issue.nodes[0], it.given === null])).toEqual([
      ['one', false],
      ['three', true],
      ['one', false],
      ['three', true],
    ])
  })

  test('a reason can be taken back, has words, and only authors give one', async () => {
    const { id } = await draft()
    const [first] = (await preview(id)).warnings
    const key = first?.key ?? ''
    expect(key).toBe(first && issueKey(first.issue))
    await api.as('marketer').flows.acknowledge({ id, key, reason: 'Meant so.' })
    await api.as('marketer').flows.acknowledge({ id, key, reason: null })
    expect(await api.as('reviewer').flows.reasons({ id })).toEqual({})
    expect(await codeOf(api.as('marketer').flows.acknowledge({ id, key, reason: ' ' }))).toBe('BAD_REQUEST')
    expect(await codeOf(api.as('reviewer').flows.acknowledge({ id, key, reason: 'Meant so.' }))).toBe('FORBIDDEN')
    expect(await codeOf(api.as('marketer').flows.acknowledge({ id: 'gone', key, reason: 'Meant so.' }))).toBe('NOT_FOUND')
  })

  test('flows that run beside a draft are part of what is checked', async () => {
    const enters: FlowGraph = {
      ...graphOf(),
      nodes: [
        { id: 'in', type: 'trigger', position: at(0), data: { v: 2, on: { kind: 'event', type: 'demo.asked' } } },
        { id: 'h', type: 'hand-to-sales', position: at(88), data: { v: 1, teamId: 'team_a', why: 'Asked' } },
        { id: 'out', type: 'exit', position: at(300), data: { v: 1, label: 'Done', finished: true } },
      ],
      edges: [
        { id: 'e1', source: 'in', sourceHandle: 'out', target: 'h' },
        ...['accepted', 'rejected', 'overflow'].map((port) => ({ id: port, source: 'h', sourceHandle: port, target: 'out' })),
      ],
      settings: { reentry: { when: 'always' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
    }
    const now = api.clock.now()
    await api.db.db.insert(schema.team).values({ id: 'team_a', name: 'A', createdAt: now })
    await api.db.db
      .insert(schema.teamMember)
      .values({ teamId: 'team_a', userId: api.users.sales_rep.id, weight: 1, cap: null, active: true })
    const first = await draft(enters)
    expect((await preview(first.id)).warnings).toEqual([])
    await publish(first)
    const second = await draft({
      ...enters,
      nodes: enters.nodes.map((it) => ({ ...it, id: `${it.id}2` })),
      edges: enters.edges.map((it) => ({ ...it, source: `${it.source}2`, target: `${it.target}2` })),
    })
    expect((await preview(second.id)).warnings.map((it) => it.issue.code)).toEqual(['shared-hand-off'])
    expect((await preview(first.id)).warnings).toEqual([])
  })
})
