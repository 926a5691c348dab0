import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph } from '../../testing/build.ts'
import { type CheckCase, type CheckRow, proved, sends, told } from '../../testing/check.ts'
import { carriedInMail } from '../values/placeholder.ts'
import { checkFlow } from './check-flow.ts'

type Nodes = CheckCase['nodes']
const asks = (key: string): Nodes[number] => [
  'b',
  'branch',
  {
    cases: [
      {
        id: 'c',
        name: 'C',
        when: { combinator: 'and', rules: [{ subject: { kind: 'carried', key, type: 'number' }, op: 'ge', value: 1 }] },
      },
    ],
  },
]
const end: Nodes[number] = ['end', 'exit', { label: '' }]
const start = (on: Record<string, unknown>): Nodes[number] => ['in', 'trigger', { v: 2, on }]
const order = (keep: string[]) => start({ kind: 'event', type: 'order.paid', where: [], key: null, keep, historic: false })
const hook: Nodes[number] = ['h', 'webhook', { url: 'https://example.com/', save: [{ path: 'a', as: 'total', type: 'number' }] }]
const row = (name: string, nodes: Nodes, ways: readonly string[], found: string[]): CheckRow => [name, { nodes, ways }, found]

const mails = (first: Nodes[number], takes: string[]): CheckCase => ({
  nodes: [first, sends('m', 'receipt'), end],
  ways: ['in.out>m', 'm.sent>end'],
  catalog: { templates: [{ id: 'receipt', name: 'Receipt', purpose: 'transactional', takes }] },
})

test('a mail takes what its text names, in values and in tags', () => {
  expect(carriedInMail('{{ carried.total | money }} {% if carried.count > 1 and carried.total %}x{% endif %} not carried. Then')).toEqual([
    'total',
    'count',
  ])
})

describe('E-221 a carried value that nothing before keeps', () => {
  const ways = ['in.out>b', 'b.c>end', 'b.otherwise>end']
  const behind = ['in.out>h', 'h.answered>b', 'h.failed>end', 'b.c>end', 'b.otherwise>end']
  test.each(
    proved('carriedUnset', [
      row('is warned of', [order([]), asks('total'), end], ways, ['carried-unset b']),
      row('unless the start keeps it', [order(['total']), asks('total'), end], ways, []),
      row('or a webhook before', [order([]), hook, asks('total'), end], behind, []),
      row('under that very name', [order([]), hook, asks('totals'), end], behind, ['carried-unset b']),
      row(
        'a webhook behind does not help',
        [order([]), hook, asks('total'), end],
        ['in.out>b', 'b.c>h', 'b.otherwise>end', 'h.answered>end', 'h.failed>end'],
        ['carried-unset b'],
      ),
      row('where a program lets people in, nobody can tell', [start({ kind: 'api' }), asks('total'), end], ways, []),
      row(
        'texts and fields count as well',
        [
          order([]),
          ['n', 'notify', { to: { kind: 'user', id: 'u' }, text: '{{carried.total}}' }],
          ['u', 'update-field', { field: 'job', action: { do: 'carried', key: 'total' } }],
          end,
        ],
        ['in.out>n', 'n.out>u', 'u.out>end'],
        ['carried-unset n', 'carried-unset u'],
      ),
      ['a mail that uses it counts as well', mails(order([]), ['total']), ['carried-unset m']],
      ['unless the start keeps it for the mail', mails(order(['total']), ['total']), []],
      ['of another mail nothing is asked', mails(order([]), []), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['carried-unset'])).toEqual(expected))

  test('is a warning: a program may keep it yet', () => {
    const graph = buildGraph([order([]), asks('total'), end], ways)
    expect(checkFlow(graph, sampleCatalog).find((it) => it.code === 'carried-unset')?.severity).toBe('warning')
  })
})
