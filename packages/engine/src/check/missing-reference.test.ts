import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { type CheckCase, end, handsOver, joins, manual, proved, sends, told } from '../../testing/check.ts'

const CODES = ['segment', 'field', 'template', 'team', 'dimension', 'user', 'secret'].map((it) => `missing-${it}`)
const holds = (node: CheckCase['nodes'][number], ports: readonly string[] = ['out'], catalog: CheckCase['catalog'] = {}): CheckCase => ({
  nodes: [manual, node, end],
  ways: ['in.out>n', ...ports.map((it) => `n.${it}>end`)],
  catalog,
})
const handed = ['accepted', 'rejected', 'overflow']
const old = { id: 'tpl_old', name: 'Spring offer', purpose: 'marketing' as const }

describe('E-106 what a step names is gone', () => {
  test.each(
    proved('missingReference', [
      ['a mail', holds(sends('n', 'tpl_gone'), ['sent']), ['missing-template n']],
      [
        'a mail that was put away',
        holds(sends('n', 'tpl_old'), ['sent'], { templates: [{ ...old, archived: true }] }),
        ['missing-template n'],
      ],
      ['a segment', { nodes: [joins('seg_gone'), end], ways: ['in.out>end'] }, ['missing-segment in']],
      ['a team', holds(handsOver('n'), handed, { teams: [] }), ['missing-team n']],
      [
        'two at once',
        holds(['n', 'hand-to-sales', { teamId: 'team_gone', why: 'x', fields: ['gone'] }], handed),
        ['missing-team n', 'missing-field n'],
      ],
      ['a mail that was taken out again', holds(sends('n', 'tpl_old'), ['sent'], { templates: [{ ...old, archived: false }] }), []],
      ['a team that is there', holds(handsOver('n'), handed), []],
      ['nothing is chosen yet, which the step tells itself', holds(['n', 'hand-to-sales', { teamId: null, why: '' }], handed), []],
      [
        'an event that nobody has declared',
        { nodes: [['in', 'trigger', { v: 2, on: { kind: 'event', type: 'never.seen' } }], end], ways: ['in.out>end'] },
        [],
      ],
      ['a field as it is written', holds(['n', 'update-field', { field: sampleCatalog.fields[0]?.key, action: { do: 'clear' } }]), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, CODES)).toEqual(expected))
})
