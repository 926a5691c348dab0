import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph } from '../../testing/index.ts'
import { checkFlow } from '../index.ts'

type Nodes = Parameters<typeof buildGraph>[0]
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
const warned = (nodes: Nodes, ways: string[]) =>
  checkFlow(buildGraph(nodes, ways), sampleCatalog).flatMap(({ code, nodes: at, severity }) =>
    code === 'carried-unset' ? [`${severity} ${at.join('+')}`] : [],
  )

describe('E-221 a carried value that nothing before keeps', () => {
  const ways = ['in.out>b', 'b.c>end', 'b.otherwise>end']
  const behind = ['in.out>h', 'h.answered>b', 'h.failed>end', 'b.c>end', 'b.otherwise>end']
  test.each<[string, Nodes, string[], string[]]>([
    ['is warned of', [order([]), asks('total'), end], ways, ['warning b']],
    ['unless the start keeps it', [order(['total']), asks('total'), end], ways, []],
    ['or a webhook before', [order([]), hook, asks('total'), end], behind, []],
    ['under that very name', [order([]), hook, asks('totals'), end], behind, ['warning b']],
    [
      'a webhook behind does not help',
      [order([]), hook, asks('total'), end],
      ['in.out>b', 'b.c>h', 'b.otherwise>end', 'h.answered>end', 'h.failed>end'],
      ['warning b'],
    ],
    ['where a program lets people in, nobody can tell', [start({ kind: 'api' }), asks('total'), end], ways, []],
    [
      'texts and fields count as well',
      [
        order([]),
        ['n', 'notify', { to: { kind: 'user', id: 'u' }, text: '{{carried.total}}' }],
        ['u', 'update-field', { field: 'job', action: { do: 'carried', key: 'total' } }],
        end,
      ],
      ['in.out>n', 'n.out>u', 'u.out>end'],
      ['warning n', 'warning u'],
    ],
  ])('%s', (_, nodes, edges, expected) => expect(warned(nodes, edges)).toEqual(expected))
})
