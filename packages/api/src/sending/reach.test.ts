import { flowGraph } from '@baton/engine'
import { expect, test } from 'vitest'
import { mailsEach } from './reach.ts'

/** A graph of steps by their ids: `m…` are marketing mails, `r…` receipts, `w…` waits, `b…` branches. */
function graph(ways: readonly string[]) {
  const ids = [...new Set(ways.flatMap((it) => it.split('>')))]
  const data = (id: string): [string, object] => {
    if (id.startsWith('m') || id.startsWith('r')) return ['send-email', { templateId: id.startsWith('m') ? 'news' : 'receipt' }]
    if (id.startsWith('w')) return ['wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }]
    if (id.startsWith('b')) return ['branch', { cases: [] }]
    return id === 'in' ? ['trigger', { on: { kind: 'manual' } }] : ['exit', { label: '' }]
  }
  return flowGraph.parse({
    nodes: ids.map((id, i) => ({ id, type: data(id)[0], position: { x: 0, y: i }, data: { v: 1, ...data(id)[1] } })),
    edges: ways.map((way, i) => ({ id: `e${i}`, source: way.split('>')[0], sourceHandle: `p${i}`, target: way.split('>')[1] })),
  })
}
const purpose = (id: string) => (id === 'receipt' ? ('transactional' as const) : ('marketing' as const))
const caps = (...all: { count: number; hours: number }[]) => ({ caps: all, quiet: null })

test.each([
  ['one mail at once', ['in>m1', 'm1>end'], caps(), 1],
  ['those behind a wait are another hour’s', ['in>m1', 'm1>w', 'w>m2', 'm2>end'], caps(), 1],
  ['the most on any way', ['in>b', 'b>m1', 'b>m2', 'm2>m3', 'm1>end', 'm3>end'], caps(), 2],
  ['a cap holds them back', ['in>m1', 'm1>m2', 'm2>m3', 'm3>end'], caps({ count: 2, hours: 24 }, { count: 9, hours: 720 }), 2],
  ['but not what is no marketing', ['in>m1', 'm1>m2', 'm2>r1', 'r1>end'], caps({ count: 1, hours: 24 }), 2],
  ['a circle ends', ['in>m1', 'm1>b', 'b>m1', 'b>end'], caps(), 1],
  ['no mail', ['in>end'], caps(), 0],
])('%s', (_, ways, rules, most) => expect(mailsEach(graph(ways), purpose, rules)).toBe(most))
