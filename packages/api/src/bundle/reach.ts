import type { Bundle } from './schema.ts'

/** Somewhere outside that the flows of a bundle would reach once they run. */
export interface Reached {
  /** A host of a web address, or an e-mail address. */
  to: string
  kind: 'host' | 'address'
  /** Which flow, message or form names it. */
  by: string
}

const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
const WEB = /https?:\/\/[^\s"'<>\\)]+/gi

/** Every text anywhere in a value. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(texts)
}

function hostOf(address: string): string | undefined {
  try {
    return new URL(address).host
  } catch {
    return undefined
  }
}

function reachedIn(value: unknown, by: string): Reached[] {
  return texts(value).flatMap((text) => [
    ...[...text.matchAll(WEB)].flatMap(([address]): Reached[] => {
      const to = hostOf(address)
      return to === undefined ? [] : [{ to, kind: 'host', by }]
    }),
    ...[...text.replaceAll(WEB, ' ').matchAll(ADDRESS)].map(([to]): Reached => ({ to: to.toLowerCase(), kind: 'address', by })),
  ])
}

/**
 * Hosts and addresses that a bundle names: web addresses that steps call, links of messages, pages of forms, addresses that steps write
 * to. Shown before an import, since what runs later reaches them. Each once for each that names it, in order.
 */
export function reachOf({ flows, templates, forms }: Bundle): Reached[] {
  const all = [
    ...flows.flatMap(({ name, graph }) => graph.nodes.flatMap((node) => reachedIn(node.data, `flow ${name}`))),
    ...templates.flatMap(({ name, body, text, subject }) => reachedIn([body, text, subject], `message ${name}`)),
    ...forms.flatMap(({ name, thanks, origins }) => reachedIn([thanks, origins], `form ${name}`)),
  ]
  const seen = new Map(all.map((it) => [`${it.kind} ${it.to} ${it.by}`, it]))
  return [...seen.values()].sort((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : a.by < b.by ? -1 : 1))
}
