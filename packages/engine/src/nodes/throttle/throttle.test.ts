import { HOUR } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, runInMemory, samplePerson } from '../../../testing/index.ts'
import { type EffectNews, emptyState, type InboxItem, throttlePayload } from '../../index.ts'

const enrol: InboxItem = { kind: 'enrol', at: 0, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }
const graph = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'manual' } }],
    ['t', 'throttle', { count: 10, per: 'hour' }],
    ['end', 'exit', { label: '' }],
  ],
  ['in.out>t', 't.out>end'],
)
const run = (news: EffectNews, key?: string) =>
  runInMemory(planOf({ f: graph }), [{ state: emptyState(samplePerson({ key: 'ada', fields: {} })), items: [enrol] }], 10 * HOUR, {
    react: ({ effects }) => effects.map((it): InboxItem => ({ kind: 'effect', at: 3 * HOUR, effect: key ?? it.key, news })),
  })

describe('holding the pace', () => {
  test('E-195 people take a place in the line and wait for their turn', () => {
    const { journal, turns } = run({ outcome: 'released' })
    const [effect] = turns.flatMap((it) => it.result.effects)
    expect(effect).toMatchObject({ kind: 'throttle', node: 't' })
    expect(throttlePayload.parse(effect?.payload)).toEqual({ rate: { count: 10, per: 'hour' } })
    expect(journal.find((it) => it.node === 't')).toMatchObject({
      port: 'out',
      reason: { code: 'throttle.released', count: 10, per: 'hour', arrived: 0, now: 3 * HOUR },
    })
  })

  test('E-195 only their own turn lets them through', () => {
    expect(run({ outcome: 'released' }, 'somebody/else').journal.some((it) => it.node === 't')).toBe(false)
    expect(run({ outcome: 'failed', status: null, why: 'x' }).journal.some((it) => it.node === 't')).toBe(false)
  })
})
