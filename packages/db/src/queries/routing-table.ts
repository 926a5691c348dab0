import type { Catalog, HandoffContract } from '@baton/engine'
import {
  type BusinessHours,
  businessCalendar,
  type Rep,
  type RepLoad,
  ROTATION_WINDOW,
  type TeamLoad,
  WINDOWS_THAT_COUNT,
  type WorkingCalendar,
} from '@baton/leads'
import type { Ids } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import type { LeadRoute } from '../schema/handoff.ts'
import { repCalendars } from './rep-hours.ts'
import { workspaceSettings } from './workspace.ts'

/** When the reps of these teams work; '' for a rep: when the team does. */
export async function teamHours(tx: Sql, teamIds: readonly string[]): Promise<(teamId: string, repId: string) => WorkingCalendar> {
  const { zone } = await workspaceSettings(tx)
  const of = await repCalendars(tx, teamIds)
  const made = new Map<BusinessHours, WorkingCalendar>()
  return (teamId, repId) => {
    const hours = of(teamId, repId)
    const known = made.get(hours) ?? businessCalendar(hours)(zone)
    made.set(hours, known)
    return known
  }
}

export interface QueuedLead {
  seq: number
  bucket: number
  id: number
  contactId: number
  key: string
  rev: number
  hadBy: string[]
  bounces: number
  queueUntil: number | null
  route: LeadRoute | null
  contract: Partial<HandoffContract>
  /** Why it waits, where that was written down. */
  assignReason: { code?: string | undefined } | null
}

export interface RoutingTable {
  reps: (Rep & { name: string; email: string })[]
  load: TeamLoad
}

/**
 * What the router of a team decides by. Open leads are those that wait for the rep's answer; the rolling count is of those, of leads that
 * sleep, and of accepted ones (LR-7): all counted from the hand-offs themselves, so they cannot drift.
 */
export async function routingTable(tx: Sql, teamId: string, now: number): Promise<RoutingTable> {
  const members = await tx.query<{ id: string; name: string; email: string; weight: number; cap: number | null; active: boolean }>(
    `select m.user_id as id, u.name, u.email, m.weight, m.cap, m.active and u.active as active from team_member m join "user" u on u.id = m.user_id where m.team_id = $1`,
    [teamId],
  )
  const counts = await tx.query<{ repId: string; open: number; count: number }>(
    `select rep_id as "repId", count(*) filter (where state = 'assigned') as open, sum(exp(least(0, assigned_at - $2::bigint) / $3::float8)) as count
     from handoff where team_id = $1 and rep_id is not null and (state in ('assigned', 'sleeping') or accepted_at > $4) group by 1`,
    [teamId, now, ROTATION_WINDOW, now - WINDOWS_THAT_COUNT * ROTATION_WINDOW],
  )
  const kept = await tx.query<Pick<RepLoad, 'credit' | 'creditAt' | 'present' | 'lastAt'> & { repId: string }>(
    'select rep_id as "repId", credit, credit_at as "creditAt", present, last_at as "lastAt" from rep_load where team_id = $1',
    [teamId],
  )
  const absences = await tx.query<{ userId: string; from: number; to: number }>(
    'select user_id as "userId", from_at as "from", to_at as "to" from absence where user_id = any($1::text[]) and to_at > $2 order by from_at',
    [members.map((it) => it.id), now],
  )
  const load: Record<string, RepLoad> = {}
  for (const { id } of members) {
    const had = kept.find((row) => row.repId === id)
    const has = counts.find((row) => row.repId === id)
    load[id] = {
      open: has?.open ?? 0,
      count: has?.count ?? 0,
      credit: had?.credit ?? 0,
      creditAt: had?.creditAt ?? null,
      present: had?.present ?? false,
      lastAt: had?.lastAt ?? null,
    }
  }
  return {
    reps: members.map((row) => ({
      ...row,
      absences: absences.filter((it) => it.userId === row.id).map(({ from, to }) => ({ from, to })),
    })),
    load,
  }
}

export interface RouteOrder {
  id: string
  duty: string
  owner: string
  now: number
  /** Leads looked at in one go, and given out in one transaction at most. */
  page: number
  /** For the conditions of territories. */
  catalog: Catalog
  ids: Ids
}
