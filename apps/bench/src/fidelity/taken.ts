import { type JournalLine, kinds, parseNode } from '@baton/engine'
import { type Bundle, drawBundles } from '@baton/engine/testing'

/** Settings by which a kind does one thing or another: ways in, what is waited for, what becomes of who is refused. */
const MODES = ['until', 'on', 'ifNotSent', 'leaveAt', 'reached'] as const

function modeOf(config: unknown): string {
  const settings = new Map(Object.entries(config ?? {}))
  for (const name of MODES) {
    const mode: unknown = settings.get(name)
    if (typeof mode === 'string') return mode
    if (typeof mode !== 'object' || mode === null) continue
    if ('kind' in mode) return String(mode.kind)
    if ('do' in mode) return String(mode.do)
  }
  return ''
}

interface Ways {
  /** Kind and mode of a node, as read from the registry. */
  of: string
  ports: readonly string[]
}

/** A bundle's names end with its own. */
const nameOf = (of: string, port: string) => `${of} → ${port.replace(/_\d+$/, '')}`

function waysOf(node: Parameters<typeof parseNode>[0]): Ways | undefined {
  const parsed = parseNode(node)
  if (!('ok' in parsed)) return undefined
  const { kind, config } = parsed.ok
  const mode = modeOf(config)
  const ports = kind.ports(config).map((it) => it.id)
  return { of: mode === '' ? kind.type : `${kind.type} ${mode}`, ports: ports.length === 0 ? ['end'] : ports }
}

const nodesOf = (bundles: readonly Bundle[]) =>
  bundles.flatMap((it) => it.flows.flatMap(({ id, graph }) => graph.nodes.map((node) => ({ id, node }))))

/** How often each kind was left by each port in each of its modes. */
export function taken(bundles: readonly Bundle[], journal: readonly JournalLine[]): Record<string, number> {
  const places = new Map<string, Ways>()
  for (const { id, node } of nodesOf(bundles)) {
    const ways = waysOf(node)
    if (ways) places.set(`${id} ${node.id}`, ways)
  }
  const counts: Record<string, number> = {}
  for (const { flow, node, port } of journal) {
    const ways = places.get(`${flow} ${node}`)
    // Whoever is taken away or removed leaves by no port of the step.
    if (!ways?.ports.includes(port)) continue
    const name = nameOf(ways.of, port)
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

/** What becomes of leads beside the steps of people, as their logs say it. What only a hand at the desk does is no part of a bundle. */
const OF_LEADS = [
  ...['created', 'joined', 'queued', 'assigned', 'reminded', 'breached', 'clawed-back', 'escalated', 'overflow', 'no-response'],
  ...['accepted', 'rejected', 'disqualified', 'call', 'voicemail', 'slept', 'resumed', 'opportunity', 'won', 'lost', 'given-back'],
] as const

/** Under which name it is counted what became of leads. */
export const leadWay = (kind: string): string => `lead ${kind}`

/** So many bundles have every way in them that the generator makes. */
const ALL = 300

let ways: readonly string[] | undefined

/** Every way that the generator makes: kinds, modes and ports as the registry says them; and kinds that it never draws. */
export function allWays(): readonly string[] {
  if (ways) return ways
  const names = new Set<string>(OF_LEADS.map(leadWay))
  const drawn = new Set<string>()
  for (const { node } of nodesOf(drawBundles(1, ALL))) {
    drawn.add(node.type)
    const found = waysOf(node)
    for (const port of found?.ports ?? []) if (found) names.add(nameOf(found.of, port))
  }
  for (const kind of Object.keys(kinds)) if (!drawn.has(kind)) names.add(`${kind} is never drawn`)
  ways = [...names].sort()
  return ways
}
