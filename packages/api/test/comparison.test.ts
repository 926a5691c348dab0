import { addContacts, appendItems, createFlow, createIds, ensureMonths } from '@baton/db'
import { type FlowGraph, flowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, KINDS, openApi, type TestApi } from './harness.ts'

const DAY = 86_400_000
const graph = (goal: unknown): FlowGraph =>
  flowGraph.parse({
    nodes: [
      {
        id: 's',
        type: 'split',
        position: { x: 0, y: 0 },
        data: {
          v: 1,
          ways: [
            { id: 'a', name: 'New', weight: 50 },
            { id: 'b', name: '', weight: 25 },
            { id: 'h', name: 'Left alone', weight: 25, holdOut: goal !== null },
          ],
          goal,
        },
      },
    ],
    edges: [],
  })

describe.each(KINDS)('an experiment in numbers (%s)', (kind) => {
  let api: TestApi
  let marketer: Caller
  let now = 0
  const goal = { type: 'order.paid', where: [{ key: 'amount', op: 'ge', value: 10 }], days: 7 }

  beforeAll(async () => {
    api = await openApi(kind)
    marketer = api.as('marketer')
    now = api.clock.now()
    const by = { id: 'u', name: 'U' }
    const people = Array.from({ length: 5 }, (_, i) => ({ email: `p${i}@example.com`, external: null, fields: {}, consent: {} }))
    await ensureMonths(api.db, [now - 25 * DAY, now - 12 * DAY, now])
    await api.db.transaction(async (tx) => {
      await createFlow(tx, { id: 'flw_exp', name: 'Experiment', graph: graph(goal), by, at: now })
      await createFlow(tx, { id: 'flw_plain', name: 'Random', graph: graph(null), by, at: now })
      const ids = await addContacts(tx, createIds(tx), people, { at: now, textKeys: [] })
      if (ids === 'taken') throw new Error('taken')
      // Four were drawn 20 days ago, the last one yesterday.
      const ways = ['a', 'a', 'h', 'h', 'a']
      for (const [i, contactId] of ids.entries()) {
        for (const flow of ['flw_exp', 'flw_plain']) {
          const values = [contactId % 1024, contactId, flow, 's', ways[i], now - (i === 4 ? 1 : 20) * DAY]
          await tx.query('insert into drawn (bucket, contact_id, flow_id, node, way, at) values ($1, $2, $3, $4, $5, $6)', values)
        }
      }
      const paid = (i: number, daysAgo: number, amount: unknown, more: object = {}) => {
        const at = now - daysAgo * DAY
        const event = { id: `e${i}-${daysAgo}-${amount}`, type: 'order.paid', props: { amount }, occurredAt: at, receivedAt: at, ...more }
        return { contactId: ids[i] ?? 0, item: { kind: 'event' as const, at, event } }
      }
      await appendItems(tx, [
        paid(0, 15, 30),
        paid(0, 14, 30),
        // Too small; before the draw; too late; a machine's.
        paid(1, 15, 5),
        paid(2, 25, 30),
        paid(2, 12, 30),
        paid(3, 15, 30, { machine: true }),
      ])
    })
  })
  afterAll(() => api.close())

  test('counts people per way, and who did it in time after the draw', async () => {
    const { goal: shown, ways } = await marketer.live.comparison({ flowId: 'flw_exp', node: 's' })
    expect(shown).toEqual({ type: 'order.paid', days: 7 })
    expect(ways.map(({ id, name, people, converted, open }) => [id, name, people, converted, open])).toEqual([
      ['a', 'New', 3, 1, 1],
      ['b', 'Way B', 0, 0, 0],
      ['h', 'Left alone', 2, 0, 0],
    ])
    expect(ways.map((it) => it.against?.verdict ?? null)).toEqual(['too-few', 'too-few', null])
  })

  test('without a goal only people are counted; what is no split has no numbers', async () => {
    const { goal: none, ways } = await marketer.live.comparison({ flowId: 'flw_plain', node: 's' })
    expect(none).toBeNull()
    expect(ways.map((it) => [it.people, it.converted])).toEqual([
      [3, 0],
      [0, 0],
      [2, 0],
    ])
    await expect(marketer.live.comparison({ flowId: 'flw_plain', node: 'x' })).rejects.toThrow(/not part of the live version/)
  })
})
