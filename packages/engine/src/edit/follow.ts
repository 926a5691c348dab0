/** Where a step went: its new id, and the new names of its ways out where they have other ones. */
export interface Successor {
  id: string
  ports?: Readonly<Record<string, string>>
}

/**
 * Whatever names steps, with their successors in their place. Steps are named as `node` everywhere, with the way as `port` beside it, and as
 * keys of what was drawn for a persona; a step within a called flow begins with the call, as in `call/step`. What names none stays the same
 * object, so that nothing is drawn anew for it.
 */
export function following<T>(value: T, steps: ReadonlyMap<string, Successor>): T
export function following(value: unknown, steps: ReadonlyMap<string, Successor>): unknown {
  if (Array.isArray(value)) {
    const next = value.map((it) => following(it, steps))
    return next.some((it, i) => it !== value[i]) ? next : value
  }
  if (typeof value !== 'object' || value === null) return value
  const old = Object.entries(value)
  const node = 'node' in value && typeof value.node === 'string' ? steps.get(value.node) : undefined
  const next = old.map(([key, it]): [string, unknown] => {
    if (key === 'node' && typeof it === 'string') return [key, renamed(it, steps)]
    if (key === 'port' && typeof it === 'string') return [key, node?.ports?.[it] ?? it]
    if (key === 'drawn' && typeof it === 'object' && it !== null) return [key, drawnAfter(it, steps)]
    return [key, following(it, steps)]
  })
  return next.some(([, it], i) => it !== old[i]?.[1]) ? Object.fromEntries(next) : value
}

function renamed(path: string, steps: ReadonlyMap<string, Successor>): string {
  const [first = '', ...rest] = path.split('/')
  const to = steps.get(first)
  return to ? [to.id, ...rest].join('/') : path
}

function drawnAfter(drawn: object, steps: ReadonlyMap<string, Successor>): object {
  const old = Object.entries(drawn)
  const next = old.map(([step, way]) => [renamed(step, steps), way] as const)
  return next.some(([step], i) => step !== old[i]?.[0]) ? Object.fromEntries(next) : drawn
}
