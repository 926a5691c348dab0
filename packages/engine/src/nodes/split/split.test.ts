import { hash01 } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, recompute, samplePerson } from '../../../testing/index.ts'
import { advance, type ContactState, emptyState, type FlowGraph, type InboxItem } from '../../index.ts'

const enrol = (at: number): InboxItem => ({ kind: 'enrol', at, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } })
const graph = (weights: Readonly<Record<string, number>>): FlowGraph =>
  buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['s', 'split', { ways: Object.entries(weights).map(([id, weight]) => ({ id, name: id, weight })) }],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>s', ...Object.keys(weights).map((id) => `s.${id}>end`)],
    { reentry: { when: 'always' } },
  )
const start = (key: string) => emptyState(samplePerson({ key, fields: {} }))

function go(state: ContactState, weights: Readonly<Record<string, number>>, at = 1, seed = 'x') {
  const result = advance(planOf({ f: graph(weights) }), state, { now: at, items: [enrol(at)] }, { now: at, seed })
  const step = result.enrolments.flatMap((it) => it.steps).find((it) => it.node === 's')
  if (!step) throw new Error('no step')
  expect(recompute(step.reason)).toBe(step.port)
  return { way: step.port, reason: step.reason, state: result.state, drawn: result.drawn }
}

describe('a random split', () => {
  test('E-184 the way follows from contact, flow and node alone, not from entry or seed', () => {
    const dice = hash01(['ada', 'f', 's'])
    const first = go(start('ada'), { a: 50, b: 50 })
    expect(first.reason).toMatchObject({ code: 'split.drawn', dice, before: null })
    expect(first.way).toBe(dice < 0.5 ? 'a' : 'b')
    expect(go(start('ada'), { a: 50, b: 50 }, 99, 'another').way).toBe(first.way)
    expect(first.drawn).toEqual([{ flowId: 'f', node: 's', way: first.way, at: 1 }])
  })

  test('E-184 many people fall on the ways by their shares', () => {
    const ways = Array.from({ length: 2000 }, (_, i) => go(start(`p${i}`), { a: 20, b: 80 }).way)
    const share = ways.filter((it) => it === 'a').length / ways.length
    expect(share).toBeGreaterThan(0.17)
    expect(share).toBeLessThan(0.23)
  })

  test('E-184 neither new shares nor coming again move anybody', () => {
    for (let i = 0; i < 50; i++) {
      const first = go(start(`p${i}`), { a: 50, b: 50 })
      const other = first.way === 'a' ? { a: 0, b: 100 } : { a: 100, b: 0 }
      const again = go(first.state, other, 2)
      expect(again).toMatchObject({ way: first.way, reason: { code: 'split.kept', way: first.way }, drawn: [] })
    }
  })

  test('E-185 a way that is no longer there is drawn anew, and the new one kept', () => {
    const first = go(start('ada'), { a: 50, b: 50 })
    const rest = first.way === 'a' ? 'b' : 'a'
    const again = go(first.state, { [rest]: 60, c: 40 }, 2)
    expect(again.reason).toMatchObject({ code: 'split.drawn', before: first.way })
    expect(again.drawn).toHaveLength(1)
    expect(go(again.state, { [rest]: 60, c: 40 }, 3)).toMatchObject({ way: again.way, drawn: [] })
  })
})
