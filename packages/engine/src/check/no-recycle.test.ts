import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph } from '../../testing/build.ts'
import { type CheckCase, end, exitAt, handsOver, manual, proved, sends, told, waits } from '../../testing/check.ts'
import { checkFlow } from './check-flow.ts'

/** Rejected leads to `to`, overflow waits and tries again. */
const rejected = (
  to: string,
  more: readonly CheckCase['nodes'][number][] = [],
  ways: readonly string[] = [],
  rest: Partial<CheckCase> = {},
): CheckCase => ({
  nodes: [manual, handsOver('h'), waits('again', 3), end, exitAt('no'), ...more],
  ways: ['in.out>h', 'h.accepted>end', `h.rejected>${to}`, 'h.overflow>again', 'again.out>h', ...ways],
  ...rest,
})
/** Only overflow leads out of the flow, past everything. */
const overflowing = (queueMinutes: number | null): CheckCase => ({
  nodes: [manual, ['h', 'hand-to-sales', { v: 2, teamId: 'team_phone', why: 'x', queueMinutes }], waits('again', 3), end, exitAt('no')],
  ways: ['in.out>h', 'h.accepted>end', 'h.rejected>again', 'h.overflow>no', 'again.out>h'],
})
const set: CheckCase['nodes'][number] = ['set', 'update-field', { field: 'job', action: { do: 'clear' } }]
const runs = (entrances: string[]) => ({
  flows: [
    { id: 'back', name: 'Back from sales', version: 1, startable: false, runs: { entrances, starts: [], handsOver: false, mails: 0 } },
  ],
})

describe('E-329 leads that nothing brings back', () => {
  test.each(
    proved('noRecycle', [
      ['out of the flow', rejected('no'), ['no-recycle h']],
      ['past a step that does nothing for them', rejected('set', [set], ['set.out>no']), ['no-recycle h']],
      ['another flow takes up others', rejected('no', [], [], { catalog: runs(['event sales.accepted []']) }), ['no-recycle h']],
      [
        'both',
        { nodes: [manual, handsOver('h'), end, exitAt('no')], ways: ['in.out>h', 'h.accepted>end', 'h.rejected>no', 'h.overflow>no'] },
        ['no-recycle h'],
      ],
      ['to a mail', rejected('m', [sends('m', 'tpl_we_miss_you')], ['m.sent>no']), []],
      ['to a wait', rejected('w', [waits('w', 90)], ['w.out>no']), []],
      [
        'to a list',
        rejected('l', [['l', 'list', { segmentId: 'seg_list', on: true }]], ['l.out>no'], {
          catalog: { segments: [{ id: 'seg_list', name: 'L', list: true }] },
        }),
        [],
      ],
      ['they may come in again', rejected('no', [], [], { settings: { reentry: { when: 'after-days', days: 90 } } }), []],
      ['another flow takes them up', rejected('no', [], [], { catalog: runs(['event sales.rejected []']) }), []],
      ['another flow takes up whom nobody answered', rejected('no', [], [], { catalog: runs(['event sales.no-response []']) }), []],
      ['overflow, where leads wait in the queue for ever', overflowing(null), []],
      ['overflow, where the queue has an end', overflowing(60), ['no-recycle h']],
      [
        'lost deals and silence',
        {
          nodes: [
            manual,
            ['h', 'hand-to-sales', { v: 2, teamId: 'team_phone', why: 'x', leaveAt: 'final-outcome', level: { minutes: 60 } }],
            waits('w', 90),
            end,
          ],
          ways: ['in.out>h', 'h.converted>end', 'h.rejected>w', 'h.overflow>w', 'h.lost>end', 'h.no-response>end', 'w.out>end'],
        },
        ['no-recycle h'],
      ],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['no-recycle'])).toEqual(expected))

  test('names the ports', () => {
    const { nodes, ways } = rejected('no')
    expect(checkFlow(buildGraph(nodes, ways), sampleCatalog).find((it) => it.code === 'no-recycle')?.say).toContain('by Rejected')
  })
})
