import { type Handle, type LeadRow, repCalendars, workspaceSettings } from '@baton/db'
import { businessCalendar, MINUTE, nextWorkingMinute, type WorkingCalendar, workingMinutesBetween } from '@baton/leads'

/** How much of a service level is left, in working time of the rep. */
export interface LeadClock {
  deadline: number
  /** Milliseconds of working time until the deadline; below 0: since it passed. */
  left: number
  whole: number
  /** It does not run now: outside of working hours, until then. */
  standsUntil: number | null
}

/** The clock of one lead, by the rep's calendar. */
export function clockOf(
  { deadline, levelMinutes }: { deadline: number; levelMinutes: number | null },
  calendar: WorkingCalendar,
  now: number,
): LeadClock {
  const next = nextWorkingMinute(now, calendar)
  const left =
    deadline >= now ? workingMinutesBetween(now, deadline, calendar) * MINUTE : -workingMinutesBetween(deadline, now, calendar) * MINUTE
  // A deadline that passed a moment ago, outside of hours, is late all the same.
  const late = deadline < now && left === 0 ? -1 : left
  return {
    deadline,
    left: late,
    whole: (levelMinutes ?? 0) * MINUTE,
    standsUntil: next !== undefined && next > now ? next : null,
  }
}

type Timed = Pick<LeadRow, 'id' | 'teamId' | 'repId' | 'state' | 'deadline' | 'levelMinutes' | 'firstActivityAt'>

/** The clocks of leads whose level runs, by lead. */
export async function leadClocks(db: Handle, leads: readonly Timed[], now: number): Promise<Map<number, LeadClock>> {
  const running = leads.flatMap(({ deadline, ...lead }) =>
    lead.state === 'assigned' && lead.repId !== null && lead.firstActivityAt === null && deadline !== null ? [{ ...lead, deadline }] : [],
  )
  const clocks = new Map<number, LeadClock>()
  if (running.length === 0) return clocks
  const { zone } = await workspaceSettings(db)
  const hours = await repCalendars(db, [...new Set(running.map((lead) => lead.teamId))])
  const made = new Map<string, WorkingCalendar>()
  for (const lead of running) {
    const key = `${lead.teamId}/${lead.repId}`
    const calendar = made.get(key) ?? businessCalendar(hours(lead.teamId, lead.repId ?? ''))(zone)
    made.set(key, calendar)
    clocks.set(lead.id, clockOf(lead, calendar, now))
  }
  return clocks
}
