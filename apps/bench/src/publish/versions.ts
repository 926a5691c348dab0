import { type FlowGraph, type ParsedNode, parseNode } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'

/** What the flow names of its workspace. */
export interface Named {
  templateId: string
  teamId: string
  hook: string
}

export const FLOW = 'flw_changing'
/** The field of the date that some wait for. */
export const DATE_FIELD = 'renews'
/** What lets people in, and what some wait for. */
export const BEGUN = 'Begun'
export const ANSWERED = 'Answered'

type Spot = readonly [string, string, Record<string, unknown>]

const hours = (amount: number) => ({ kind: 'duration', amount, unit: 'hours' })
const condition = { combinator: 'and', rules: [{ subject: { kind: 'score', dimension: 'fit' }, op: 'gt', value: 20 }] }

/** A wait of every sort; each version may make another of the same step. */
const waits = (n: number): readonly object[] => [
  hours(1 + n),
  { kind: 'duration', amount: 1 + (n % 3), unit: 'days' },
  { kind: 'time', time: '18:00' },
  { kind: 'window', hours: { kind: 'own', weekdays: [2, 4], from: '09:00', to: '17:00' } },
  { kind: 'date', date: n % 2 === 0 ? '2026-03-04' : '2026-03-06' },
  { kind: 'date-field', field: DATE_FIELD },
  {
    kind: 'event',
    timeOut: { amount: 20 + n, unit: 'hours' },
    branches: [{ id: 'yes', name: 'Yes', match: { kind: 'event', type: ANSWERED, where: [] } }],
    release: n % 3 === 0 ? 'hold' : 'at-once',
  },
  {
    kind: 'event',
    timeOut: { amount: 2, unit: 'days' },
    branches: [{ id: 'warm', name: 'Warm', match: { kind: 'condition', when: condition } }],
  },
]

/** The sorts of waits, as a round says which it met. */
export const WAITS = ['duration', 'time', 'window', 'date', 'date-field', 'event'] as const

/** Every step that versions are put together from: its id keeps its kind for ever. */
function spots(random: () => number, { templateId, teamId, hook }: Named): Spot[] {
  const n = Math.floor(random() * 12)
  const wait = (id: string): Spot => {
    const all = waits(Math.floor(random() * 12))
    return [id, 'wait', { v: 2, slot: 1, until: all[Math.floor(random() * all.length)] }]
  }
  return [
    ...['w0', 'w1', 'w2', 'w3'].map(wait),
    ...['m0', 'm1'].map((id): Spot => [id, 'send-email', { templateId, ifNotSent: 'skip', onSalesBehalf: true }]),
    ['points', 'score', { dimension: 'fit', points: 5 + n }],
    ['line', 'throttle', { count: 2 + n, per: 'hour' }],
    ['call', 'webhook', { url: hook, body: { kind: 'chosen', fields: ['email'] } }],
    ['sales', 'hand-to-sales', { teamId, why: 'A soak', note: '', fields: ['email'] }],
  ]
}

const isWait = (id: string): boolean => /^w\d$/.test(id)

function readSpot([id, type, data]: Spot): ParsedNode {
  const parsed = parseNode({ id, type, data: { v: 1, ...data } })
  if (!('ok' in parsed)) throw new Error(`${id} cannot be read`)
  return parsed.ok
}

/** A version: some of the steps in some order, one behind the other, with at least one wait. */
export function drawVersion(random: () => number, named: Named): FlowGraph {
  const all = spots(random, named)
  const chosen = all.filter((spot) => random() < (readSpot(spot).kind.category === 'sales' ? 0.2 : 0.6))
  const taken = chosen.some(([id]) => isWait(id)) ? chosen : [...chosen, ...all.slice(0, 1)]
  const order = taken.map((spot) => ({ spot, at: random() })).sort((a, b) => a.at - b.at)
  const nodes: Spot[] = [
    ['in', 'trigger', { v: 2, on: { kind: 'event', type: BEGUN, where: [], key: null } }],
    ...order.map(({ spot }) => spot),
    ['end', 'exit', { label: 'Done', finished: true }],
  ]
  const ways = nodes.flatMap((spot, i) => {
    const next = nodes[i + 1]?.[0]
    const { kind, config } = readSpot(spot)
    return next === undefined ? [] : kind.ports(config).map((port) => `${spot[0]}.${port.id}>${next}`)
  })
  return buildGraph(nodes, ways, { reentry: { when: 'always' } })
}

/** The steps at which people can go on. */
export const stepsOf = (graph: FlowGraph): string[] => graph.nodes.flatMap(({ id }) => (id === 'in' ? [] : [id]))
