import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../../fixtures/index.ts'
import { buildGraph, planOf, runInMemory, samplePerson } from '../../../testing/index.ts'
import { emptyState, type FieldValue, type InboxItem, kinds } from '../../index.ts'
import { runs } from '../runs.ts'

const flows = [
  { id: 'g', name: 'Renewal', version: 1, startable: true },
  { id: 'h', name: 'Closed', version: 1, startable: false },
]
const other = buildGraph(
  [
    ['in', 'trigger', { v: 2, on: { kind: 'flow' } }],
    ['w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }],
    ['end', 'exit', { label: '' }],
  ],
  ['in.out>w', 'w.out>end'],
)

/** What the other flow holds after one step that starts it: keys and what the passages carry. */
function started(data: Record<string, unknown>, fields: Readonly<Record<string, FieldValue>> = {}, props: Record<string, unknown> = {}) {
  const graph = buildGraph(
    [
      [
        'in',
        'trigger',
        { v: 2, on: { kind: 'event', type: 'order.paid', where: [], key: 'order', keep: ['amount', 'sku'], historic: false } },
      ],
      ['s', 'start-flow', { flowId: 'g', ...data }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>s', 's.out>end'],
  )
  const event = { id: 'e', type: 'order.paid', props: { order: 'o-1', ...props }, occurredAt: 0, receivedAt: 0 }
  const items: InboxItem[] = [{ kind: 'event', at: 0, event }]
  const plan = planOf({ f: graph, g: other }, [], { ...sampleCatalog, flows })
  const run = runInMemory(plan, [{ state: emptyState(samplePerson({ key: 'ada', fields })), items }], 1)
  const step = run.journal.find((it) => it.node === 's')
  return { step, inside: run.contacts[0]?.enrolments.map(({ flowId, key, vars }) => [flowId, key, vars.data ?? {}]), journal: run.journal }
}

describe('starting another flow', () => {
  test('E-196 lets the person in there, and goes on here', () => {
    const { step, inside, journal } = started({})
    expect(step).toMatchObject({ port: 'out', reason: { code: 'flow.started', flowId: 'g', key: '', data: {} } })
    expect(inside).toEqual([['g', '', {}]])
    expect(journal.map((it) => `${it.flow} ${it.node} ${it.reason.code}`)).toEqual(
      ['f in trigger.event', 'g in trigger.flow', 'f s flow.started', 'f end exit'].sort((a, b) => order(journal, a) - order(journal, b)),
    )
  })

  test.each<[string, Record<string, unknown>, unknown]>([
    ['the same object', { key: { from: 'same' } }, [['g', 'o-1', {}]]],
    ['a field', { key: { from: 'contact', key: 'job' } }, [['g', 'clerk', {}]]],
    ['a number', { key: { from: 'contact', key: 'age' } }, [['g', '41', {}]]],
    ['a carried value', { key: { from: 'carried', key: 'sku' } }, [['g', 'x7', {}]]],
    ['what goes along', { pass: ['amount', 'nothing'] }, [['g', '', { amount: 30 }]]],
    ['nothing to make a key of', { key: { from: 'contact', key: 'balance' } }, []],
    ['no text or number', { key: { from: 'contact', key: 'newsletter' } }, []],
  ])('E-196 by %s', (_, data, inside) => {
    const result = started(data, { job: 'clerk', age: 41, newsletter: true }, { amount: 30, sku: 'x7' })
    expect(result.inside).toEqual(inside)
    if (Array.isArray(inside) && inside.length === 0)
      expect(result.step).toMatchObject({ port: 'out', reason: { code: 'flow.not-started' } })
  })

  test('E-222 the other flow must have a start from another flow', () => {
    const said = (flowId: string | null, key: unknown = { from: 'none' }) =>
      runs['start-flow'].check(kinds['start-flow'].config.parse({ v: 1, flowId, key }), { ...sampleCatalog, flows }).map((it) => it.say)
    expect(said('g')).toEqual([])
    expect(said(null)).toEqual(['Choose the flow to start.'])
    expect(said('h')).toEqual(['Closed lets nobody in from another flow. Add a start “from another flow” there and publish it.'])
    expect(said('g', { from: 'contact', key: null })).toEqual([
      'Say what tells one passage from another, or choose that there is one only.',
    ])
  })
})

const order = (journal: readonly { flow: string; node: string; reason: { code: string } }[], line: string) =>
  journal.findIndex((it) => `${it.flow} ${it.node} ${it.reason.code}` === line)
