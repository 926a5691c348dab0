import { describe, expect, test } from 'vitest'
import { type CheckCase, checked, end, manual, proved, told } from '../../testing/check.ts'

const CODES = ['unknown-kind', 'newer-config', 'config']
const reads = (type: string, config: Record<string, unknown>, out = 'out'): CheckCase => ({
  nodes: [manual, ['x', type, config], end],
  ways: ['in.out>x', `x.${out}>end`],
})

describe('E-90 a step that cannot be read', () => {
  test.each(
    proved('unknownKind', [
      ['of an unknown kind', reads('teleport', { to: 'moon' }), ['unknown-kind x']],
      ['of a newer Baton', reads('score', { v: 99, magic: true }), ['newer-config x']],
      [
        'with a text for a number',
        reads('wait', { v: 2, slot: 1, until: { kind: 'duration', amount: 'ten', unit: 'days' } }),
        ['config x'],
      ],
      ['with a choice that there is not', reads('wait', { v: 2, slot: 1, until: { kind: 'for-ever' } }), ['config x']],
      ['of an older Baton', reads('wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }), []],
      ['with a choice still to be made', reads('score', { dimension: null, points: null }), []],
      ['with words that no kind knows', reads('score', { dimension: 'fit', points: 1, colour: 'red' }), []],
      ['named as the kind of another', reads('tag', { action: 'add', tags: ['teleport'] }), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, CODES)).toEqual(expected))

  test.each([
    ['for-ever', 'This step cannot be read: “until.kind” holds something that does not fit. Set it again, or make the step anew.'],
  ])('says where, and nothing of how it is read inside: %s', (kind, say) => {
    const issues = checked(reads('wait', { v: 2, slot: 1, until: { kind } }))
    expect(issues.filter((it) => it.code === 'config').map((it) => it.say)).toEqual([say])
  })
})
