import type { FlowGraph } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'

/** What the flows of the soaks name: ids of the workspace, and an address that counts calls. */
export interface Named {
  templateId: string
  teamId: string
  hook: string
}

/** The flow that is published while a round runs: everybody of the segment is let in by a pass. */
export const SCANNED = 'flw_scan'
export const SEGMENT = 'seg_even'
/** So many pass the line in an hour: all but a few. */
const LINE = 12

/**
 * A step of every sort that a fault could lose or repeat: points, a mail, a call that is waited for, a timer, a line in which people
 * wait for their turn, a lead; short passages by events, and a pass over a segment. On sales' behalf, so that whether a mail goes out
 * depends on no other flow.
 */
export function flows({ templateId, teamId, hook }: Named): Record<string, FlowGraph> {
  const mail = ['mail', 'send-email', { templateId, ifNotSent: 'skip', onSalesBehalf: true }] as const
  const end = ['end', 'exit', { label: 'Done', finished: true }] as const
  const score = (id: string, points: number) => [id, 'score', { dimension: 'fit', points }] as const
  const sales = { teamId, why: 'A soak', note: '', fields: ['email'], leaveAt: 'first-answer' }
  const event = (type: string) => ({ on: { kind: 'event', type, where: [], key: null } })
  return {
    flw_path: buildGraph(
      [
        ['in', 'trigger', event('Started')],
        score('points', 10),
        mail,
        ['call', 'webhook', { url: hook, body: { kind: 'chosen', fields: ['email'] } }],
        ['hour', 'wait', { until: { kind: 'duration', amount: 1, unit: 'hours' } }],
        ['line', 'throttle', { count: LINE, per: 'hour' }],
        score('more', 5),
        ['sales', 'hand-to-sales', sales],
        end,
        ['gave-up', 'exit', { label: 'The call failed' }],
      ],
      [
        'in.out>points',
        'points.out>mail',
        'mail.sent>call',
        'call.answered>hour',
        'call.failed>gave-up',
        'hour.out>line',
        'line.out>more',
        'more.out>sales',
        'sales.accepted>end',
        'sales.rejected>end',
        'sales.overflow>end',
      ],
    ),
    flw_ping: buildGraph([['in', 'trigger', event('Pinged')], score('point', 1), end], ['in.out>point', 'point.out>end'], {
      reentry: { when: 'always' },
    }),
    [SCANNED]: buildGraph(
      [['in', 'trigger', { on: { kind: 'segment', segmentId: SEGMENT } }], score('points', 5), mail, end],
      ['in.out>points', 'points.out>mail', 'mail.sent>end'],
    ),
  }
}
