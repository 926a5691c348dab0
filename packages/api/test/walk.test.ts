import { addContacts, createIds } from '@baton/db'
import type { FlowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const edge = (way: string) => {
  const [source = '', sourceHandle = '', target = ''] = way.split(/[.>]/)
  return { id: way, source, sourceHandle, target }
}
const rule = (key: string, value: string) => ({ subject: { kind: 'field', key }, op: 'is', value })
const graphWith = (over: Partial<FlowGraph> = {}): FlowGraph => ({
  format: 1,
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  nodes: [
    node('in', 'trigger', { on: { kind: 'manual' } }),
    node('b', 'branch', { cases: [{ id: 'de', name: 'In Berlin', when: { combinator: 'and', rules: [rule('company', 'Kiesel')] } }] }),
    node('end', 'exit', { label: 'Done', finished: true }),
  ],
  edges: ['in.out>b', 'b.de>end', 'b.otherwise>end'].map(edge),
  ...over,
})

describe.each(KINDS)('what a walk gets of a person (%s)', (kind) => {
  let api: TestApi
  let marketer: Caller
  let flowId: string
  let id: number
  beforeAll(async () => {
    api = await openApi(kind)
    marketer = api.as('marketer')
    const fields = { email: 'ada@example.com', first_name: 'Ada', company: 'Kiesel', phone: '+49 30 1', country: 'Germany' }
    const people = [{ email: 'ada@example.com', external: null, consent: { marketing: true }, fields }]
    const at = api.clock.now()
    const made = await api.db.transaction((tx) =>
      addContacts(tx, createIds(tx), people, { at, textKeys: ['first_name', 'company', 'phone'] }),
    )
    if (made === 'taken') throw new Error('taken')
    id = made[0] ?? 0
    flowId = (await marketer.flows.create({ name: 'Nurture' })).id
    await marketer.flows.saveDraft({ id: flowId, rev: 0, graph: graphWith() })
  })
  afterAll(() => api.close())

  test('only the fields that the draft reads, and where they live; not even the address', async () => {
    const { state, inFlow } = await api.as('reviewer').walk.person({ flowId, contactId: id })
    expect(state.person.fields).toEqual({ company: 'Kiesel', country: 'Germany', email: 'someone@example.com' })
    expect(JSON.stringify(state)).not.toMatch(/Ada|\+49/)
    expect(state.person).toMatchObject({ key: 'ada@example.com', consent: { marketing: true }, id: 0 })
    expect(inFlow).toBe(false)
  })

  test('nobody who is gone, nothing of a draft that does not hang together', async () => {
    expect(await codeOf(marketer.walk.person({ flowId, contactId: id + 1024 }))).toBe('NOT_FOUND')
    expect(await codeOf(marketer.walk.person({ flowId: 'gone', contactId: id }))).toBe('NOT_FOUND')
    const open = await marketer.flows.create({ name: 'Open' })
    await marketer.flows.saveDraft({ id: open.id, rev: 0, graph: graphWith({ edges: [edge('in.out>b')] }) })
    await expect(marketer.walk.person({ flowId: open.id, contactId: id })).rejects.toThrow(/cannot be walked yet/)
  })

  test('the segments that the draft names, with those that they name; no others', async () => {
    const when = (key: string, value: string) => ({ combinator: 'and' as const, rules: [rule(key, value) as never] })
    const inner = await marketer.segments.create({ name: 'Inner', condition: when('company', 'Kiesel') })
    const member = { subject: { kind: 'segment', segmentId: inner.id }, op: 'is' }
    const outer = await marketer.segments.create({ name: 'Outer', condition: { combinator: 'and', rules: [member as never] } })
    await marketer.segments.create({ name: 'Other', condition: when('company', 'x') })
    const made = await marketer.flows.create({ name: 'By segment' })
    const nodes = graphWith().nodes.map((it) =>
      it.id === 'in' ? node('in', 'trigger', { on: { kind: 'segment', segmentId: outer.id } }) : it,
    )
    await marketer.flows.saveDraft({ id: made.id, rev: 0, graph: graphWith({ nodes }) })
    const { segments } = await marketer.walk.around({ flowId: made.id })
    expect(segments.map((it) => it.id).sort()).toEqual([inner.id, outer.id].sort())
  })
})
