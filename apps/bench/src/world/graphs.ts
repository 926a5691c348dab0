import { type FlowGraph, flowGraph } from '@baton/engine'

const node = (id: string, type: string, v: number, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v, ...data } })
const way = (source: string, sourceHandle: string, target: string) => ({ id: `${source}.${sourceHandle}`, source, sourceHandle, target })
const rule = (kind: object, op: string, value: unknown) => ({ combinator: 'and', rules: [{ subject: kind, op, value }] })

const start = node('start', 'trigger', 1, { on: { kind: 'manual' } })
/** What a third of the people come by each time: a field counts up, so that every round changes them. Nobody gets to the end. */
const round = [
  node('job', 'branch', 1, {
    name: 'Job',
    cases: [
      { id: 'office', name: 'office', when: rule({ kind: 'field', key: 'job' }, 'any-of', ['admin.', 'management']) },
      { id: 'over', name: 'over', when: rule({ kind: 'field', key: 'rounds' }, 'ge', 1_000_000) },
    ],
  }),
  node('count', 'update-field', 1, { field: 'rounds', action: { do: 'add', amount: 1 } }),
  node('end', 'exit', 1, { label: 'Done', finished: true }),
]
const roundWays = [
  way('start', 'out', 'wait'),
  way('job', 'office', 'count'),
  way('job', 'over', 'end'),
  way('job', 'otherwise', 'wait'),
  way('count', 'out', 'wait'),
]

/** Round and round: an hour's wait, a branch, for a third a field that changes. No rows are added beside the journal's and the counts. */
export const hourly = (): FlowGraph =>
  flowGraph.parse({
    nodes: [start, node('wait', 'wait', 1, { until: { kind: 'duration', amount: 1, unit: 'hours' } }), ...round],
    edges: [...roundWays, way('wait', 'out', 'job')],
  })

export const AWAITED = 'signal'

/** The same, but whoever waits waits for an event, for 30 days at most. */
export const awaiting = (): FlowGraph =>
  flowGraph.parse({
    nodes: [
      start,
      node('wait', 'wait', 2, {
        until: {
          kind: 'event',
          branches: [{ id: 'came', name: 'Signal', match: { kind: 'event', type: AWAITED } }],
          timeOut: { amount: 30, unit: 'days' },
        },
        slot: 1,
      }),
      ...round,
    ],
    edges: [...roundWays, way('wait', 'came', 'job'), way('wait', 'time-out', 'job')],
  })
