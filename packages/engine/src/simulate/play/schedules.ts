import type { Plan } from '../../plan.ts'
import type { InboxItem } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'

/** More times than this of one schedule are not looked at: a minute's schedule over five years. */
const MOST_TIMES = 3_000_000

/** The times at which schedules let their segments in: the same for every contact; whoever is no member then is not let in. S-13. */
export function scheduledTimes(plan: Plan, from: Instant, until: Instant): InboxItem[] {
  const times = [...plan.flows.values()].flatMap(({ flowId, state, entry }) => {
    if (!entry || (state !== 'live' && state !== 'paused')) return []
    return entry.triggers.flatMap(({ node, trigger }) => {
      const found: InboxItem[] = []
      if (trigger.on.kind !== 'schedule') return found
      let next = trigger.nextTime?.(from) ?? null
      for (let left = MOST_TIMES; next !== null && next <= until && left > 0; left--) {
        found.push({ kind: 'enrol', at: next, flowId, node, key: '', source: { kind: 'system', id: 'schedule' }, occurrence: next })
        next = trigger.nextTime?.(next) ?? null
      }
      return found
    })
  })
  return times.sort((a, b) => a.at - b.at)
}
