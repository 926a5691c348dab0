import { describe, expect, test } from 'vitest'
import { type CheckCase, end, handsOver, joins, proved, told } from '../../testing/check.ts'

const flow = (more: Record<string, unknown>) => ({
  id: 'other',
  name: 'Other',
  version: 1,
  startable: true,
  runs: { entrances: ['segment seg_trial joined'], starts: [], handsOver: true, mails: 0, ...more },
})
const beside = (more: Record<string, unknown>, context: CheckCase['context'] = { flowId: 'this' }): CheckCase => ({
  nodes: [joins('seg_trial'), handsOver('h'), end],
  ways: ['in.out>h', 'h.accepted>end', 'h.rejected>end', 'h.overflow>end'],
  catalog: { flows: [flow(more)] },
  context,
})
const starts: CheckCase = {
  nodes: [joins('seg_quiet'), ['s', 'start-flow', { flowId: 'other' }], handsOver('h'), end],
  ways: ['in.out>s', 's.out>h', 'h.accepted>end', 'h.rejected>end', 'h.overflow>end'],
  catalog: { flows: [flow({})] },
}

describe('E-332 two flows that hand over the same people', () => {
  test.each(
    proved('sharedHandOff', [
      ['by the same segment', beside({}), ['shared-hand-off h']],
      ['one starts the other', starts, ['shared-hand-off h']],
      ['it is started by the other', beside({ entrances: [], starts: ['this'] }), ['shared-hand-off h']],
      ['the other hands nobody over', beside({ handsOver: false }), []],
      ['by another segment', beside({ entrances: ['segment seg_quiet joined'] }), []],
      ['it is this flow, which is live', beside({}, { flowId: 'other' }), []],
      ['this one hands nobody over', { ...beside({}), nodes: [joins('seg_trial'), end], ways: ['in.out>end'] }, []],
      ['the other does not run', { ...beside({}), catalog: { flows: [{ id: 'other', name: 'Other', version: 1, startable: false }] } }, []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['shared-hand-off'])).toEqual(expected))
})
