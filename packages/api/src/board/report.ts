import { contactTimes, dayTallies, listTeams, listUsers, logTallies, repTimes, type Sql, workspaceSettings } from '@baton/db'
import { previousWeek, type ReportWeek } from '@baton/leads'
import { allFigures, type Figures, flowFigures, reasonsOf, repFigures } from './figures.ts'

/** What became of a team's leads in a week, beside the week before. */
export interface WeeklyReport {
  /** Null: all teams. */
  teamId: string | null
  teamName: string | null
  zone: string
  week: ReportWeek
  now: Figures
  before: Figures
  reasons: { why: string; n: number; before: number }[]
  flows: (Figures & { flowId: string; name: string })[]
  reps: (Figures & { repId: string; name: string })[]
  /** Of each day of the week. */
  days: { handedOver: number; accepted: number; breached: number }[]
}

/** The report of a week, counted from the log of the leads. */
export async function weeklyReport(sql: Sql, teamId: string | null, week: ReportWeek): Promise<WeeklyReport> {
  const { zone } = await workspaceSettings(sql)
  const span = { teamId, from: week.from, to: week.to }
  const earlier = previousWeek(week, zone)
  const then = { teamId, from: earlier.from, to: earlier.to }
  const lines = await logTallies(sql, span)
  const before = await logTallies(sql, then)
  const times = await contactTimes(sql, span)
  const days = await dayTallies(sql, span)
  const users = new Map((await listUsers(sql)).map((it) => [it.id, it.name]))
  const flows = await sql.query<{ id: string; name: string }>('select id, name from flow')
  const nameOf = new Map(flows.map((it) => [it.id, it.name]))
  return {
    ...{ teamId, zone, week },
    teamName: (await listTeams(sql)).find((it) => it.id === teamId)?.name ?? null,
    now: allFigures(lines, times),
    before: allFigures(before, await contactTimes(sql, then)),
    reasons: reasonsOf(lines, before),
    flows: flowFigures(lines, times).map((it) => ({ ...it, name: nameOf.get(it.flowId) ?? 'A flow that is gone' })),
    reps: repFigures(lines, await repTimes(sql, span))
      .map((it) => ({ ...it, name: users.get(it.repId) ?? 'Somebody who is gone' }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en')),
    days: Array.from({ length: 7 }, (_, day) => {
      const { handedOver = 0, accepted = 0, breached = 0 } = days.find((it) => it.day === day) ?? {}
      return { handedOver, accepted, breached }
    }),
  }
}
