/** A graph as arrows: what leads where. Small helpers for checks and the compiler; all linear. */
export type Arrows = ReadonlyMap<string, readonly string[]>

/** Arrows from (from, to) pairs. */
export function arrows(pairs: Iterable<readonly [string, string]>): Arrows {
  const map = new Map<string, string[]>()
  for (const [from, to] of pairs) {
    const list = map.get(from)
    if (list) list.push(to)
    else map.set(from, [to])
  }
  return map
}

/** Everything that can be reached from `starts`, these included. */
export function reach(starts: Iterable<string>, next: Arrows): ReadonlySet<string> {
  const seen = new Set<string>(starts)
  const open = [...seen]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const to of next.get(at) ?? []) {
      if (seen.has(to)) continue
      seen.add(to)
      open.push(to)
    }
  }
  return seen
}

/** The circles among `nodes`, each as its members in the order given: strongly connected parts of two or more, and self-loops. Tarjan, without recursion. */
export function circles(nodes: readonly string[], next: Arrows): string[][] {
  const inside = new Set(nodes)
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const found: string[][] = []
  const rank = new Map(nodes.map((id, i) => [id, i]))
  const open = (id: string) => {
    index.set(id, index.size)
    low.set(id, index.size - 1)
    stack.push(id)
    onStack.add(id)
    return { id, ways: (next.get(id) ?? []).filter((to) => inside.has(to)), at: 0 }
  }
  for (const root of nodes) {
    if (index.has(root)) continue
    const calls = [open(root)]
    for (let call = calls.at(-1); call; call = calls.at(-1)) {
      const { id } = call
      const to = call.ways[call.at++]
      if (to !== undefined) {
        if (!index.has(to)) calls.push(open(to))
        else if (onStack.has(to)) low.set(id, Math.min(low.get(id) ?? 0, index.get(to) ?? 0))
        continue
      }
      calls.pop()
      const up = calls.at(-1)
      if (up) low.set(up.id, Math.min(low.get(up.id) ?? 0, low.get(id) ?? 0))
      if (low.get(id) !== index.get(id)) continue
      const part = stack.splice(stack.indexOf(id))
      for (const member of part) onStack.delete(member)
      if (part.length > 1 || call.ways.includes(id)) found.push(part.sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0)))
    }
  }
  return found
}
