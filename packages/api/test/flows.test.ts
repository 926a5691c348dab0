import { createTemplate, schema } from '@baton/db'
import type { FlowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const settings: FlowGraph['settings'] = { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' }
const at = (x: number, y: number) => ({ x, y })

/** The shortest flow that can run: people of a segment come in, wait, and leave. */
const graphOf = (segmentId: string | null): FlowGraph => ({
  format: 1,
  settings,
  nodes: [
    { id: 'in', type: 'trigger', position: at(0, 0), data: { v: 1, on: { kind: 'segment', segmentId } } },
    { id: 'rest', type: 'wait', position: at(0, 88), data: { v: 1, until: { kind: 'duration', amount: 2, unit: 'days' } } },
    { id: 'out', type: 'exit', position: at(0, 176), data: { v: 1, label: 'Done', finished: true } },
  ],
  edges: [
    { id: 'e1', source: 'in', sourceHandle: 'out', target: 'rest' },
    { id: 'e2', source: 'rest', sourceHandle: 'out', target: 'out' },
  ],
})

describe.each(KINDS)('flows on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
    const now = api.clock.now()
    const warm = { id: 'seg_warm', name: 'Warm', condition: { combinator: 'and' as const, rules: [] }, status: 'ready' as const }
    await api.db.db.insert(schema.segment).values({ ...warm, createdAt: now, updatedAt: now })
    await api.db.db.insert(schema.member).values([1, 2, 3].map((n) => ({ bucket: n, contactId: 1024 + n, segmentId: warm.id, since: now })))
  })
  afterAll(() => api.close())

  test('flows that nobody named yet are told apart by a number', async () => {
    const author = api.as('marketer')
    const nameOf = async (id: string) => (await author.flows.get({ id })).name
    const first = await author.flows.create({})
    const second = await author.flows.create({})
    expect([await nameOf(first.id), await nameOf(second.id)]).toEqual(['New flow', 'New flow 2'])
    await author.flows.rename({ id: first.id, name: 'Welcome' })
    const third = await author.flows.create({})
    expect(await nameOf(third.id)).toBe('New flow')
    await author.flows.archive({ id: second.id })
    await author.flows.archive({ id: third.id })
  })

  const draft = async (graph: FlowGraph) => {
    const author = api.as('marketer')
    const { id } = await author.flows.create({ name: 'Nurture' })
    const { rev } = await author.flows.saveDraft({ id, rev: 0, graph })
    return { id, rev }
  }

  test('a save names the revision it started from; the later of two is refused, and nothing is lost', async () => {
    const { id, rev } = await draft(graphOf('seg_warm'))
    const mine = graphOf(null)
    await api.as('admin').flows.saveDraft({ id, rev, graph: mine })
    await expect(api.as('marketer').flows.saveDraft({ id, rev, graph: graphOf('seg_warm') })).rejects.toThrow('The admin changed this flow')
    expect((await api.as('marketer').flows.get({ id })).draft).toEqual(mine)
  })

  test('a graph is parsed at the door, and faults are told with their place', async () => {
    const { id, rev } = await draft(graphOf('seg_warm'))
    const double = { ...graphOf('seg_warm'), nodes: [...graphOf('seg_warm').nodes, ...graphOf('seg_warm').nodes.slice(0, 1)] }
    await expect(api.as('marketer').flows.saveDraft({ id, rev, graph: double })).rejects.toThrow('The id “in” is there twice')
    expect(await codeOf(api.as('marketer').flows.import({ file: { baton: 'flow', name: 'X', graph: { nodes: 7 } } }))).toBe('BAD_REQUEST')
  })

  test('a message that was put away keeps its name in the draft that has it, and the draft is not published', async () => {
    const author = api.as('marketer')
    const text = { subject: 'Spring', preheader: '', body: '<mjml></mjml>', text: '', purpose: 'transactional' as const }
    await api.db.query(`update workspace set settings = settings || '{"senderAddress":"n@example.com","postalAddress":"Lane 1"}'::jsonb`)
    const made = { name: 'Spring offer', text, by: api.users.marketer.id, at: api.clock.now() }
    const templateId = await api.db.transaction((tx) => createTemplate(tx, made))
    const graph = graphOf('seg_warm')
    const send = {
      id: 'rest',
      type: 'send-email',
      position: at(0, 88),
      data: { v: 1, templateId, ifNotSent: 'skip', onSalesBehalf: false },
    }
    const mails = {
      ...graph,
      nodes: graph.nodes.map((node) => (node.id === 'rest' ? send : node)),
      edges: graph.edges.map((edge) => (edge.source === 'rest' ? { ...edge, sourceHandle: 'sent' } : edge)),
    }
    const { id, rev } = await draft(mails)
    expect(await author.flows.check({ graph: mails })).toEqual([])
    await author.templates.archive({ id: templateId })
    expect((await author.flows.catalog()).templates).toContainEqual(expect.objectContaining({ name: 'Spring offer', archived: true }))
    expect((await author.flows.check({ graph: mails })).map(({ code }) => code)).toEqual(['missing-template'])
    await expect(author.flows.publish({ id, rev, enrolMatching: false })).rejects.toThrow('“Spring offer” was put away')
  })

  test('a flow with problems is not published, and says the first of them', async () => {
    const { id, rev } = await draft(graphOf(null))
    await expect(api.as('marketer').flows.publish({ id, rev, enrolMatching: false })).rejects.toThrow('Choose the segment')
    expect((await api.as('marketer').flows.get({ id })).liveVersion).toBeNull()
  })

  test('publishing tells who matches, stores a version, wakes the runner and lets those people in', async () => {
    const { id, rev } = await draft(graphOf('seg_warm'))
    const preview = await api.as('marketer').flows.publishPreview({ id })
    expect(preview).toMatchObject({
      version: 1,
      issues: [],
      same: false,
      matching: [{ node: 'in', name: 'Warm', people: 3, building: false }],
    })
    const woken = api.nudges()
    const done = await api.as('marketer').flows.publish({ id, rev, enrolMatching: true })
    expect(done.version).toBe(1)
    expect(api.nudges()).toBe(woken + 1)
    expect(await api.as('reviewer').live.scans({ flowId: id })).toMatchObject([{ kind: 'publish', status: 'running', total: 3 }])
    expect(await api.as('marketer').flows.get({ id })).toMatchObject({ status: 'live', liveVersion: 1 })
    expect(await codeOf(api.as('marketer').flows.publish({ id, rev, enrolMatching: false }))).toBe('CONFLICT')
    await api.as('marketer').live.cancelScan({ id: done.scans[0]! })
    expect(await codeOf(api.as('marketer').live.cancelScan({ id: done.scans[0]! }))).toBe('CONFLICT')
    await api.as('marketer').live.resumeScan({ id: done.scans[0]! })
    expect(api.nudges()).toBe(woken + 2)
    expect(await api.as('reviewer').live.scans({ flowId: id })).toMatchObject([{ status: 'running', endedAt: null }])
    expect(await codeOf(api.as('marketer').live.resumeScan({ id: done.scans[0]! }))).toBe('CONFLICT')
    const log = await api.as('admin').system.audit({})
    const kept = log.rows.filter((it) => it.subject.id === id && it.action.startsWith('flow.pass-'))
    expect(Object.fromEntries(kept.map(({ action, detail }) => [action, detail]))).toEqual({
      'flow.pass-resumed': {},
      'flow.pass-stopped': { kind: 'publish', people: 0 },
    })
  })

  test('a published version stays as it was while the draft goes on', async () => {
    const { id, rev } = await draft(graphOf('seg_warm'))
    await api.as('marketer').flows.publish({ id, rev, enrolMatching: false })
    const changed = graphOf('seg_warm')
    changed.nodes[1]!.data = { v: 1, until: { kind: 'duration', amount: 5, unit: 'days' } }
    const saved = await api.as('marketer').flows.saveDraft({ id, rev, graph: changed })
    expect((await api.as('marketer').flows.get({ id })).liveGraph).toEqual(graphOf('seg_warm'))
    expect((await api.as('marketer').flows.publishPreview({ id })).changes).toMatchObject({ changed: ['rest'], added: [], removed: [] })
    expect((await api.as('marketer').flows.publish({ id, rev: saved.rev, enrolMatching: false })).version).toBe(2)
  })

  test('pause, resume, stop, archive: each from where it makes sense, and refused with words elsewhere', async () => {
    const { id, rev } = await draft(graphOf('seg_warm'))
    const author = api.as('marketer')
    expect(await codeOf(author.flows.pause({ id }))).toBe('CONFLICT')
    await author.flows.publish({ id, rev, enrolMatching: false })
    expect(await codeOf(author.flows.archive({ id }))).toBe('CONFLICT')
    await author.flows.pause({ id })
    expect((await author.flows.get({ id })).pausedAt).toBe(api.clock.now())
    await author.flows.resume({ id })
    await author.flows.stop({ id, how: 'leave' })
    await author.flows.archive({ id })
    expect(await codeOf(author.flows.saveDraft({ id, rev, graph: graphOf(null) }))).toBe('FORBIDDEN')
    await author.flows.unarchive({ id })
    expect((await author.flows.get({ id })).status).toBe('stopped')
  })

  test('a launch tells of dates and schedules before it is done, and plans the dates', async () => {
    const author = api.as('marketer')
    const now = api.clock.now()
    await api.db.db.insert(schema.field).values({ key: 'renewal', label: 'Renewal', type: 'date', createdAt: now })
    const day = (n: number) => new Date(now + n * 86_400_000).toISOString().slice(0, 10)
    await api.db.db.insert(schema.contact).values(
      [3, 20, 90].map((n) => ({
        bucket: n,
        id: 2048 + n,
        key: `r${n}@example.com`,
        facts: { f: { renewal: day(n) }, k: {}, c: {} },
        createdAt: now,
      })),
    )
    const base = graphOf('seg_warm')
    const starts = [
      { kind: 'date', field: 'renewal', amount: 1, unit: 'days', side: 'before', time: '09:00', yearly: false },
      { kind: 'schedule', segmentId: 'seg_warm', every: { every: 'day', time: '08:00' } },
    ].map((on, i) => ({ id: `t${i}`, type: 'trigger', position: at(0, -100 * i), data: { v: 2, on } }))
    const edges = starts.map(({ id }) => ({ id: `e-${id}`, source: id, sourceHandle: 'out', target: 'rest' }))
    const { id, rev } = await draft({ ...base, nodes: [...base.nodes.slice(1), ...starts], edges: [...base.edges.slice(1), ...edges] })
    const preview = await author.flows.publishPreview({ id })
    expect(preview.issues).toEqual([])
    expect(preview.dates).toEqual([{ node: 't0', label: 'Renewal', people: 3, soon: 2 }])
    expect(preview.times).toMatchObject([{ node: 't1', name: 'Warm', people: 3 }])
    expect(preview.times[0]?.next.map((it) => it - (preview.times[0]?.next[0] ?? 0))).toEqual([0, 1, 2].map((n) => n * 86_400_000))
    await author.flows.publish({ id, rev, enrolMatching: false })
    expect(await author.live.scans({ flowId: id })).toMatchObject([{ kind: 'dates', node: 't0', status: 'running', total: 3 }])
  })

  test('a staged roll-out begins with a share and grows; what waits comes in by a pass', async () => {
    const author = api.as('marketer')
    const { id, rev } = await draft(graphOf('seg_warm'))
    await expect(author.flows.setShare({ id, share: 0.1 })).rejects.toThrow('Only a live or paused flow')
    await author.flows.publish({ id, rev, enrolMatching: false, share: 0.01 })
    expect((await author.flows.get({ id })).share).toBe(0.01)
    expect(await author.live.scans({ flowId: id })).toEqual([])
    await author.flows.setShare({ id, share: 0.1 })
    expect(await author.live.scans({ flowId: id })).toMatchObject([{ kind: 'publish', node: 'in', segmentId: 'seg_warm' }])
    await author.flows.setShare({ id, share: 0.05 })
    expect(await author.live.scans({ flowId: id })).toHaveLength(1)
    expect(await codeOf(author.flows.setShare({ id, share: 1.1 }))).toBe('BAD_REQUEST')
    expect(await author.live.notLetIn({ flowId: id })).toEqual({ counts: [], latest: [] })
  })

  test('a copy does the same with steps of its own', async () => {
    const { id } = await draft(graphOf('seg_warm'))
    const copy = await api.as('marketer').flows.duplicate({ id })
    const { draft: made } = await api.as('marketer').flows.get({ id: copy.id })
    expect(made.nodes.map((it) => it.data)).toEqual(graphOf('seg_warm').nodes.map((it) => it.data))
    expect(made.nodes.map((it) => it.id)).not.toContain('rest')
    const { id: again } = await api.as('marketer').flows.import({ file: await api.as('reviewer').flows.export({ id }) })
    expect((await api.as('marketer').flows.get({ id: again })).name).toBe('Nurture')
  })

  test('the list counts problems, people inside, and who entered by day', async () => {
    const { id, rev } = await draft(graphOf('seg_warm'))
    await api.as('marketer').flows.publish({ id, rev, enrolMatching: false })
    const hour = Math.floor(api.clock.now() / 3_600_000)
    const delta = (node: string, port: string, n: number, ago = 0) => ({ bucket: 1, flowId: id, node, port, hour: hour - ago, n })
    await api.db.db
      .insert(schema.nodeDelta)
      .values([
        delta('in', '', 5),
        delta('in', 'out', 5),
        delta('rest', '', 5),
        delta('rest', 'out', 2),
        delta('rest', '?', 4),
        delta('out', '', 2),
        delta('out', 'end', 2),
      ])
    await api.db.db.insert(schema.nodeDelta).values([delta('in', '', 4, 30), delta('in', 'end', 4, 30)])
    const line = (await api.as('sales_manager').flows.list()).find((it) => it.id === id)
    expect(line).toMatchObject({ status: 'live', errors: 0, inside: 3, changed: false })
    expect(line?.entered?.slice(-2)).toEqual([4, 5])
    expect(await api.as('reviewer').live.counts({ flowId: id })).toMatchObject({
      inside: 3,
      enteredToday: 5,
      nodes: { in: { passed: 9, here: 0, undecided: 0 }, rest: { passed: 5, here: 3, undecided: 4, ports: { out: 2 } } },
    })
    expect(await api.as('reviewer').live.people({ flowId: id, node: 'rest' })).toEqual({ rows: [], next: null })
  })
})
