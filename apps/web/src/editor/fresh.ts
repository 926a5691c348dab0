import type { FlowGraph, Issue } from '@baton/engine'

/**
 * Steps that were just added and not left yet, each with the problems it had when it was first checked; null until it was. What a step lacks
 * from its birth is no mistake of anybody's: it is told quietly until the step is left, or somebody asks what stands in the way.
 */
export type Fresh = ReadonlyMap<string, ReadonlySet<string> | null>

export const noFresh: Fresh = new Map()

/** Without the words, which change with names. */
const keyOf = ({ code, path }: Issue) => `${code} ${path ?? ''}`

/** Notes what fresh steps lack that this graph was checked with for the first time. */
export function noteLacks(fresh: Fresh, issues: readonly Issue[], { nodes }: FlowGraph): Fresh {
  const news = [...fresh].filter(([id, lacks]) => lacks === null && nodes.some((it) => it.id === id))
  if (news.length === 0) return fresh
  return new Map([...fresh, ...news.map(([id]) => [id, new Set(issues.filter((it) => it.nodes.includes(id)).map(keyOf))] as const)])
}

/** Whether a problem is only that a fresh step is still to be set up. */
export const isLack = (fresh: Fresh, issue: Issue): boolean =>
  issue.nodes.some((id) => {
    const lacks = fresh.get(id)
    return lacks === null || lacks?.has(keyOf(issue)) === true
  })

/** What is left of the fresh steps when others are selected. */
export function stillFresh(fresh: Fresh, selected: ReadonlySet<string>): Fresh {
  const left = [...fresh].filter(([id]) => selected.has(id))
  return left.length === fresh.size ? fresh : new Map(left)
}
