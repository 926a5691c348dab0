import { addContacts, claimJob, createIds, schema, stepBulk } from '@baton/db'
import type { EnrolmentVars, FlowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const settings: FlowGraph['settings'] = { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' }
const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const edge = (way: string) => {
  const [source = '', sourceHandle = '', target = ''] = way.split(/[.>]/)
  return { id: way, source, sourceHandle, target }
}
const score = (id: string) => node(id, 'score', { dimension: 'fit', points: 1 })
const graph: FlowGraph = {
  format: 1,
  settings,
  nodes: [
    node('in', 'trigger', { on: { kind: 'manual' } }),
    score('a'),
    score('b'),
    node('end', 'exit', { label: 'Done', finished: true }),
  ],
  edges: ['in.out>a', 'a.out>b', 'b.out>end'].map(edge),
}

describe.each(KINDS)('people in flows (%s)', (kind) => {
  let api: TestApi
  let marketer: Caller
  let flowId: string
  let ids: number[] = []
  const ran: string[] = []
  const inbox = async () => {
    const rows = await api.db.query<{ contactId: number; payload: Record<string, unknown> }>(
      'select contact_id as "contactId", payload from inbox order by seq',
    )
    await api.db.query('delete from inbox')
    return rows.map(({ contactId, payload }) => ({ contactId, ...payload }))
  }

  beforeAll(async () => {
    api = await openApi(kind)
    marketer = api.as('marketer', { bulk: { run: (id) => void ran.push(id) } })
    const at = api.clock.now()
    const people = ['ada', 'bob', 'cyd', 'dan'].map((name) => ({
      ...{ email: `${name}@example.com`, external: null, consent: {} },
      fields: { email: `${name}@example.com`, first_name: name },
    }))
    const made = await api.db.transaction((tx) => addContacts(tx, createIds(tx), people, { at, textKeys: ['first_name'] }))
    if (made === 'taken') throw new Error('taken')
    ids = made
    flowId = (await marketer.flows.create({ name: 'Nurture' })).id
    const { rev } = await marketer.flows.saveDraft({ id: flowId, rev: 0, graph })
    await marketer.flows.publish({ id: flowId, rev, enrolMatching: false })
    const parked = { code: 'step-failed' as const, message: 'The moon is out.', at, during: 'enter' as const }
    const passages: [number, string, string, EnrolmentVars][] = [
      [0, '', 'a', { visits: { in: 1, a: 1 }, here: {}, held: [], frozenMs: 0, parked }],
      [1, '', 'a', { visits: { in: 1, a: 1 }, here: {}, held: [], frozenMs: 0 }],
      [1, 'order-2', 'b', { visits: { in: 1, a: 1, b: 1 }, here: {}, held: [], frozenMs: 0, parked }],
      [2, '', 'b/inner', { visits: {}, here: {}, held: [], frozenMs: 0 }],
    ]
    for (const [i, [who, key, at2, vars]] of passages.entries()) {
      const contactId = ids[who] ?? 0
      const place = { bucket: contactId % 1024, id: contactId + 1024 * (i + 1), contactId, flowId, key, gen: 0, entry: 1, version: 1 }
      await api.db.db.insert(schema.enrolment).values({ ...place, node: at2, nodeSince: at, enteredAt: at, vars, seq: 1 })
    }
  })
  afterAll(() => api.close())

  test('somebody is put at another step of their version: through the inbox, by whom, and the audit log says it', async () => {
    await marketer.contacts.move({ id: ids[0] ?? 0, flowId, key: '', node: 'b' })
    expect(await inbox()).toMatchObject([
      { contactId: ids[0], kind: 'move', flowId, key: '', node: 'b', source: { kind: 'user', name: 'The marketer' } },
    ])
    for (const wrong of ['nowhere', 'in']) {
      await expect(marketer.contacts.move({ id: ids[0] ?? 0, flowId, key: '', node: wrong })).rejects.toThrow('has no such step')
    }
    await expect(marketer.contacts.move({ id: ids[3] ?? 0, flowId, key: '', node: 'b' })).rejects.toThrow('not in the flow any more')
    expect(await codeOf(api.as('reviewer').contacts.move({ id: ids[0] ?? 0, flowId, key: '', node: 'b' }))).toBe('FORBIDDEN')
    const told = await api.db.query('select action, detail from audit where action = $1', ['contact.move'])
    expect(told).toEqual([{ action: 'contact.move', detail: { flowId, key: '', node: 'b' } }])
  })

  test('somebody is added for one business object, with values to carry', async () => {
    await marketer.contacts.enter({ id: ids[3] ?? 0, flowId, node: 'in', key: 'order-7', data: { amount: 12 } })
    expect(await inbox()).toMatchObject([{ kind: 'enrol', key: 'order-7', data: { amount: 12 }, node: 'in' }])
  })

  test('whoever stands still is found at whatever step, a stretch at a time', async () => {
    const { rows, next } = await api.as('reviewer').live.standStill({ flowId })
    expect(rows.map((it) => [it.name, it.node, it.objectKey, it.parked.message]).sort()).toEqual([
      ['ada', 'a', '', 'The moon is out.'],
      ['bob', 'b', 'order-2', 'The moon is out.'],
    ])
    expect(next).toBeNull()
  })

  test.each([
    [
      'those who stand still',
      { node: null, parked: true },
      { do: 'retry' as const },
      [
        ['retry', ''],
        ['retry', 'order-2'],
      ],
    ],
    [
      'those at a step',
      { node: 'a', parked: false },
      { do: 'leave' as const },
      [
        ['remove', ''],
        ['remove', ''],
      ],
    ],
    [
      'those at a step and in the flow inside it',
      { node: 'b', parked: false },
      { do: 'move' as const, node: 'a' },
      [
        ['move', ''],
        ['move', 'order-2'],
      ],
    ],
  ])('many at once: %s, each passage by its key', async (_, place, deed, expected) => {
    const target = { at: { flowId, ...place } }
    const { id, total } = await marketer.contacts.bulk({ target, action: { ...deed, flowId } })
    expect(total).toBe(2)
    expect(ran.at(-1)).toBe(id)
    await claimJob(api.db, 'bulk_job', { id, owner: 'o', now: 0, until: 1e9 })
    const rows = await stepBulk(api.db, id, target, { at: 5, limit: 10, owner: 'o' })
    expect(rows).toHaveLength(2)
    const items = await inbox()
    expect(items.map((it) => [Reflect.get(it, 'kind'), Reflect.get(it, 'key')]).sort()).toEqual(expected)
    expect(items[0]).toMatchObject({ source: { kind: 'user', name: 'The marketer' }, flowId })
  })

  test('many are moved only to a step of the live version', async () => {
    const target = { at: { flowId, node: 'a' } }
    await expect(marketer.contacts.bulk({ target, action: { do: 'move', flowId, node: 'gone' } })).rejects.toThrow('has no such step')
  })

  test('what would happen to somebody is told, with reasons, and nothing is written', async () => {
    const told = await api.as('reviewer').contacts.explain({ id: ids[3] ?? 0, flowId, which: 'live' })
    expect(told).toMatchObject({ entered: 'in', refused: null, end: { how: 'over', ended: 'finished', label: 'Done' } })
    expect(told.steps.map((it) => [it.node, it.reason.code])).toEqual([
      ['in', 'trigger.manual'],
      ['a', 'score.added'],
      ['b', 'score.added'],
      ['end', 'exit'],
    ])
    expect(told.triggers).toMatchObject([{ node: 'in', kind: 'manual', when: 'if' }])
    expect(told.nodes.map((it) => it.id)).toEqual(['in', 'a', 'b', 'end'])
    expect(await inbox()).toEqual([])
    const inside = await marketer.contacts.explain({ id: ids[1] ?? 0, flowId, which: 'draft' })
    expect(inside.entered).toBeNull()
    const open = await marketer.flows.create({ name: 'Open', graph: { ...graph, edges: [] } })
    await expect(marketer.contacts.explain({ id: ids[3] ?? 0, flowId: open.id, which: 'draft' })).rejects.toThrow(
      'This draft cannot be tried yet',
    )
    await expect(marketer.contacts.explain({ id: ids[3] ?? 0, flowId: open.id, which: 'live' })).rejects.toThrow(
      'has not been published yet',
    )
  })
})
