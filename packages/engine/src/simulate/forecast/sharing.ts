import type { CompiledFlow, Plan } from '../../plan.ts'

/** What contacts of a flow share, so that one may keep another waiting. */
export interface Shared {
  /** Steps that hand over to a team: its rotation, its room and its queue. */
  leads: readonly string[]
  /** Steps that let only so many people through. */
  places: readonly string[]
}

/**
 * What contacts share in a plan. Nothing: each can be played to the end before the next begins, which is faster and takes room for one; otherwise all
 * are played at once in the order of time. Caps, quiet hours and holds are each contact's own. S-20.
 */
export function sharedIn({ flows }: Plan): Shared {
  const versions = [...flows.values()].flatMap((it): CompiledFlow[] => [
    ...new Set([...it.versions.values(), ...(it.entry ? [it.entry] : [])]),
  ])
  const asking = (of: 'lead' | 'place') =>
    versions.flatMap((it) => [...it.nodes].flatMap(([node, { asks }]) => (asks?.of === of ? [node] : [])))
  return { leads: asking('lead'), places: asking('place') }
}
