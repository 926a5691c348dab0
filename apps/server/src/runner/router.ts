import {
  failpoint,
  type Handle,
  type Ids,
  keepLevels,
  type QueuedLead,
  queueHandoffs,
  type RoutingTable,
  routeTeam,
  takeDuty,
  teamsToLookAt,
  waitingTeams,
} from '@baton/db'
import type { Catalog } from '@baton/engine'
import { type Assignment, ROTATION_WINDOW, route, type TeamLoad } from '@baton/leads'

/** Leads decided for in one transaction. */
const LEADS = 200

/** Who gets a lead, as things stand. */
export function decide(teamId: string, { reps }: RoutingTable, load: TeamLoad, lead: QueuedLead, now: number): Assignment {
  const { hadBy, queueUntil, route: found } = lead
  return route(
    { id: teamId, reps, maxAttempts: null, window: ROTATION_WINDOW },
    load,
    { hadBy, queueUntil: queueUntil ?? undefined, owners: found?.owners, territory: found?.territory },
    now,
  )
}

export interface RouterPorts {
  handle: Handle
  ids: Ids
  owner: string
  now: number
  wall: () => number
  ttl: number
  /** For the conditions of territories. */
  catalog: () => Promise<Catalog>
  /** What the queues looked like in which nobody could be given anything, by team: kept from round to round. */
  stuck: Map<string, string>
}

/** One process at a time routes a team's leads and keeps their levels: both write the rotation's memory. */
const dutyOf = (teamId: string) => `router:${teamId}`

/**
 * Keeps the levels of leads whose time has come, takes fresh hand-offs to their team's queue and gives out what waits: one process per team
 * at a time.
 * @returns how many leads were looked at, queued or given out
 */
export async function routeLeads(ports: RouterPorts): Promise<number> {
  const { handle, ids, owner, now, catalog, stuck } = ports
  const holder = () => ({ owner, now: ports.wall(), ttl: ports.ttl })
  let moved = 0
  failpoint('levels.before-look')
  for (const teamId of await teamsToLookAt(handle, now)) {
    if (!(await takeDuty(handle, dutyOf(teamId), holder()))) continue
    moved += await keepLevels(handle, { teamId, duty: dutyOf(teamId), owner, now, limit: LEADS, ids })
    failpoint('levels.after-look')
  }
  failpoint('router.before-queue')
  moved += (await queueHandoffs(handle, now)).length
  const waiting = await waitingTeams(handle)
  if (waiting.length === 0) return moved
  const order = { owner, now, page: LEADS, catalog: await catalog(), ids }
  for (const id of waiting) {
    const duty = dutyOf(id)
    if (!(await takeDuty(handle, duty, holder()))) continue
    failpoint('router.before-assign')
    const done = await routeTeam(handle, { ...order, id, duty }, (table, load, lead) => decide(id, table, load, lead, now), stuck.get(id))
    moved += done.moved
    if (done.stuck === undefined) stuck.delete(id)
    else stuck.set(id, done.stuck)
    failpoint('router.after-assign')
  }
  return moved
}
