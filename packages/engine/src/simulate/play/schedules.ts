import type { Plan } from '../../plan.ts'
import type { InboxItem } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'

/** More times than this of one schedule are not looked at: a minute's schedule over five years. */
const MOST_TIMES = 3_000_000

/** A time at which a schedule lets its segment in. */
export interface ScheduledTime {
  at: Instant
  segmentId: string
  /** What each of its members is told. */
  item: InboxItem
}

/** The times at which schedules let their segments in, the earliest first; of one instant by flow, then by trigger. S-13, E-161. */
export function scheduledTimes(plan: Plan, from: Instant, until: Instant): ScheduledTime[] {
  const times = [...plan.flows.values()].sort(by('flowId')).flatMap(({ flowId, state, entry }) => {
    if (!entry || (state !== 'live' && state !== 'paused')) return []
    return [...entry.triggers].sort(by('node')).flatMap(({ node, trigger }) => {
      const found: ScheduledTime[] = []
      if (trigger.on.kind !== 'schedule') return found
      const { segmentId } = trigger.on
      const of = { flowId, node, key: '', source: { kind: 'system', id: 'schedule' } } as const
      let next = trigger.nextTime?.(from) ?? null
      for (let left = MOST_TIMES; next !== null && next <= until && left > 0; left--) {
        found.push({ at: next, segmentId, item: { kind: 'enrol', at: next, ...of, occurrence: next } })
        next = trigger.nextTime?.(next) ?? null
      }
      return found
    })
  })
  return times.sort((a, b) => a.at - b.at)
}

const by =
  <Key extends string>(key: Key) =>
  (a: Readonly<Record<Key, string>>, b: Readonly<Record<Key, string>>): number =>
    a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0
