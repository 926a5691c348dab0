import { dueSchedules, type Handle, type Scheduled, settleSchedules, takeSchedule } from '@baton/db'
import type { CompiledTrigger, Plan } from '@baton/engine'
import { latestTime } from './times.ts'

interface Planned extends Scheduled {
  next(after: number): number | null
}

/** The triggers by schedule of flows that let people in. */
function scheduledIn(plan: Plan): Planned[] {
  return [...plan.flows.values()].flatMap(({ flowId, state, entry }) => {
    if (!entry || (state !== 'live' && state !== 'paused')) return []
    return entry.triggers.flatMap(({ node, trigger }) => planned(flowId, node, trigger))
  })
}

function planned(flowId: string, node: string, { on, nextTime, atTime }: CompiledTrigger): Planned[] {
  if (on.kind !== 'schedule' || !nextTime) return []
  // The reason of a time names recurrence and zone: another text, another plan.
  const reason = atTime?.(0).reason
  return [{ flowId, node, segmentId: on.segmentId, every: JSON.stringify({ ...reason, occurrence: null }), next: nextTime }]
}

/** Lets the members of segments in at the times of schedules, by background passes. */
export interface Schedules {
  /** Starts the pass of every time that has come; of missed ones only the latest. @returns true when there was any */
  run(plan: Plan, now: number): Promise<boolean>
}

export function createSchedules(handle: Handle): Schedules {
  let settled: Plan | undefined
  let all: Planned[] = []

  return {
    async run(plan, now) {
      if (plan !== settled) {
        all = scheduledIn(plan)
        await settleSchedules(
          handle,
          all.map((it) => ({ ...it, nextAt: it.next(now) })),
        )
        settled = plan
      }
      if (all.length === 0) return false
      let busy = false
      for (const { flowId, node, nextAt } of await dueSchedules(handle, now)) {
        const of = all.find((it) => it.flowId === flowId && it.node === node)
        if (!of) continue
        busy = (await takeSchedule(handle, of, nextAt, latestTime(of.next, nextAt, now), now)) || busy
      }
      return busy
    },
  }
}
