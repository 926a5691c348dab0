import { type Decision, failpoint, type Handle, queueHandoffs, type RoutingTable, routeTeam, takeDuty, waitingTeams } from '@baton/db'
import { assign, ROTATION_WINDOW, type Team, type TeamLoad } from '@baton/leads'

const LEADS = 200

/** Gives the leads of one queue out, in order. Those behind one that has to wait wait too: the order is the promise. */
export function decide(teamId: string, { reps, load, queue }: RoutingTable, now: number): { decisions: Decision[]; load: TeamLoad } {
  const team: Team = { id: teamId, reps, maxAttempts: null, window: ROTATION_WINDOW }
  const decisions: Decision[] = []
  let carried = load
  for (const lead of queue) {
    const result = assign(team, carried, { hadBy: [] }, now)
    if (result.kind === 'queue') break
    carried = result.load
    const outcome =
      result.kind === 'rep'
        ? ({ kind: 'rep', repId: result.repId, repName: reps.find((rep) => rep.id === result.repId)?.name ?? result.repId } as const)
        : ({ kind: 'overflow' } as const)
    decisions.push({ lead, outcome, reason: result.reason })
  }
  return { decisions, load: carried }
}

/**
 * Takes fresh hand-offs to their team's queue and gives out what waits: one process per team at a time.
 * @returns how many leads were queued or given out
 */
export async function routeLeads(ports: { handle: Handle; owner: string; now: number; wall: () => number; ttl: number }): Promise<number> {
  const { handle, owner, now } = ports
  failpoint('router.before-queue')
  let moved = (await queueHandoffs(handle)).length
  for (const id of await waitingTeams(handle)) {
    const duty = `router:${id}`
    if (!(await takeDuty(handle, duty, { owner, now: ports.wall(), ttl: ports.ttl }))) continue
    failpoint('router.before-assign')
    moved += await routeTeam(handle, { id, duty, owner, now, limit: LEADS }, (table) => decide(id, table, now))
    failpoint('router.after-assign')
  }
  return moved
}
