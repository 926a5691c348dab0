import type { CheckSubject } from './subject.ts'

/** A place on a way: so long after its first mail, come from there. */
interface Mark {
  node: string
  at: number
  from: Mark | null
  /** It got a mail here. */
  mail: boolean
}

/** Steps looked at before the search gives up: far beyond any flow that people draw. */
const MOST_STEPS = 200_000

/**
 * The most marketing mails within `span` ms that any way through the flow brings, counted up to `enough`, and the steps of that way from its
 * first mail to its last. Waits last their least time; what happens, happens at once. Mail by mail: the soonest instant at which one may
 * come to each step having got so many, starting at any mail. A way back to a mail that nobody gets twice counts it once. E-334.
 */
export function mostMails(
  { nodes, edges, catalog }: CheckSubject,
  span: number,
  enough: number,
): { mails: number; path: readonly string[] } {
  const marketing = new Set(catalog.templates.flatMap((it) => (it.purpose === 'marketing' ? [it.id] : [])))
  const out = new Map<string, { port: string; to: string }[]>()
  for (const { source, sourceHandle: port, target: to } of edges) out.set(source, [...(out.get(source) ?? []), { port, to }])
  const sends = (id: string, port: string | null) => {
    const node = nodes.get(id)
    const mail = node?.kind.mails?.(node.config)
    return mail && mail.templateId !== null && marketing.has(mail.templateId) && (port === null || mail.port === port) ? mail : undefined
  }
  let layer: Mark[] = [...nodes.keys()].filter((id) => sends(id, null)).map((node) => ({ node, at: 0, from: null, mail: true }))
  if (layer.length === 0) return { mails: 0, path: [] }
  let budget = MOST_STEPS
  let mails = 1
  let best = layer[0]
  while (mails < enough) {
    const soonest = new Map<string, Mark>()
    const next = new Map<string, Mark>()
    const heap = queue()
    for (const mark of layer) heap.put(mark)
    for (let mark = heap.take(); mark && budget > 0; mark = heap.take(), budget--) {
      const node = nodes.get(mark.node)
      if (!node) continue
      for (const { port, to } of out.get(mark.node) ?? []) {
        // By another port than that of the mail, it was not sent.
        if (mark.mail && !sends(mark.node, port)) continue
        const at = mark.at + (node.kind.lasts?.(node.config, port) ?? 0)
        if (at >= span) continue
        const mail = sends(to, null)
        const here: Mark = { node: to, at, from: mark, mail: false }
        if (mail && !gotAlready(here, mail.onceIn, to)) {
          const known = next.get(to)
          if (!known || at < known.at) next.set(to, { ...here, mail: true })
        }
        const passed = soonest.get(to)
        if (passed && passed.at <= at) continue
        soonest.set(to, here)
        heap.put(here)
      }
    }
    if (next.size === 0) break
    layer = [...next.values()]
    best = layer.reduce((a, b) => (b.at < a.at ? b : a))
    mails++
  }
  const path: string[] = []
  for (let mark: Mark | null = best ?? null; mark; mark = mark.from) path.unshift(mark.node)
  return { mails, path }
}

/** Whether the way to here has this mail on it already, and nobody gets it twice within that time. */
function gotAlready(here: Mark, onceIn: number | null, node: string): boolean {
  if (onceIn === null) return false
  for (let mark = here.from; mark; mark = mark.from) if (mark.mail && mark.node === node) return true
  return false
}

/** The soonest first. */
function queue(): { put(mark: Mark): void; take(): Mark | undefined } {
  const heap: Mark[] = []
  const at = (i: number) => heap[i]?.at ?? Number.POSITIVE_INFINITY
  const swap = (i: number, j: number) => {
    const [a, b] = [heap[i], heap[j]]
    if (a && b) {
      heap[i] = b
      heap[j] = a
    }
  }
  return {
    put(mark) {
      heap.push(mark)
      for (let i = heap.length - 1; i > 0; ) {
        const up = (i - 1) >> 1
        if (at(up) <= at(i)) break
        swap(i, up)
        i = up
      }
    },
    take() {
      const [first] = heap
      const last = heap.pop()
      if (last && heap.length > 0) {
        heap[0] = last
        for (let i = 0; ; ) {
          const [left, right] = [2 * i + 1, 2 * i + 2]
          const least = at(right) < at(left) ? right : left
          if (at(least) >= at(i)) break
          swap(i, least)
          i = least
        }
      }
      return first
    },
  }
}
