import { type FlowGraph, parseNode, type SendingRules } from '@baton/engine'

/** Mails that one person may get without waiting anywhere: at most so many of each purpose on one way. */
interface Burst {
  marketing: number
  transactional: number
}

const NONE: Burst = { marketing: 0, transactional: 0 }

/**
 * How many mails one person may get within an hour of coming in: the most on any way from a start on which nobody rests, marketing mail
 * at most as often as the caps allow. An upper bound, in whole mails.
 */
export function mailsEach(
  graph: FlowGraph,
  purposeOf: (templateId: string) => 'marketing' | 'transactional',
  { caps }: SendingRules,
): number {
  const nodes = new Map(
    graph.nodes.map((node) => {
      const parsed = parseNode(node)
      return [node.id, 'ok' in parsed ? parsed.ok : undefined] as const
    }),
  )
  const next = new Map<string, string[]>()
  for (const { source, target } of graph.edges) next.set(source, [...(next.get(source) ?? []), target])
  const known = new Map<string, Burst>()
  const from = (id: string, way: ReadonlySet<string>): Burst => {
    const done = known.get(id)
    const node = nodes.get(id)
    if (done) return done
    if (!node || way.has(id)) return NONE
    const mails = node.kind.references(node.config).filter((it) => it.kind === 'template')
    const marketing = mails.filter((it) => purposeOf(it.id) === 'marketing').length
    const own = { marketing, transactional: mails.length - marketing }
    // Where people rest the hour is over, as far as a bound can know.
    const after = node.kind.rests ? [] : (next.get(id) ?? []).map((to) => from(to, new Set([...way, id])))
    const most = (of: keyof Burst) => Math.max(0, ...after.map((it) => it[of]))
    const burst = { marketing: own.marketing + most('marketing'), transactional: own.transactional + most('transactional') }
    known.set(id, burst)
    return burst
  }
  const starts = [...nodes].filter(([, node]) => node?.kind.category === 'trigger').map(([id]) => from(id, new Set()))
  const cap = Math.min(Number.POSITIVE_INFINITY, ...caps.filter((it) => it.hours >= 1).map((it) => it.count))
  return Math.max(0, ...starts.map((it) => Math.min(it.marketing, cap) + it.transactional))
}
