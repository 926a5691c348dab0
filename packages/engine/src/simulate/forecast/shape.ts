import type { CompiledFlow } from '../../plan.ts'
import type { Instant } from '../../state/person.ts'

const DAY = 86_400_000
/** Up to so many days a day is a stretch of its own; beyond, a week is. */
const DAILY = 92

/** What is counted, and into which stretches of time: the same for every draw of a forecast. */
export interface Shape {
  flowId: string
  from: Instant
  /** The last instant that still belongs to it. */
  until: Instant
  /** How long a stretch is, in ms, and how many there are. */
  stretch: number
  stretches: number
  nodes: readonly string[]
  nodeAt: ReadonlyMap<string, number>
  /** Ways out: the ports of each node, and the two ways that every node has. */
  ways: readonly { node: string; port: string }[]
  /** Node → port → place among the ways. */
  wayAt: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** The passage ended at the node; somebody was put elsewhere by a goal or by hand. */
export const ALWAYS_PORTS = ['end', 'away'] as const

export function shapeOf(flow: CompiledFlow, from: Instant, days: number): Shape {
  const stretch = days <= DAILY ? DAY : 7 * DAY
  const nodes = [...flow.nodes.keys()]
  const ways = nodes.flatMap((node) => [...(flow.next.get(node)?.keys() ?? []), ...ALWAYS_PORTS].map((port) => ({ node, port })))
  const wayAt = new Map<string, Map<string, number>>(nodes.map((node) => [node, new Map()]))
  for (const [place, { node, port }] of ways.entries()) wayAt.get(node)?.set(port, place)
  return {
    flowId: flow.flowId,
    from,
    until: from + days * DAY,
    stretch,
    stretches: Math.max(1, Math.ceil((days * DAY) / stretch)),
    nodes,
    nodeAt: new Map(nodes.map((node, place) => [node, place])),
    ways,
    wayAt,
  }
}

/** The stretch in which an instant lies; what lies before the first belongs to it. */
export const stretchOf = ({ from, stretch, stretches }: Shape, at: Instant): number =>
  Math.min(stretches - 1, Math.max(0, Math.floor((at - from) / stretch)))
