import type { Condition, TeamFacts } from '@baton/engine'
import type { Sql } from '../open/handle.ts'
import { repCalendars } from './rep-hours.ts'
import { routingTable } from './routing-table.ts'
import { listTeams } from './teams.ts'

/**
 * What a simulation knows of teams: who takes leads, when, how many, and whose territories there are. Absences from `now` on, without why.
 * Addresses are for finding the owner of a record, and stay on the server.
 */
export async function teamFactsOf(sql: Sql, now: number): Promise<TeamFacts[]> {
  const teams = await listTeams(sql)
  const ids = teams.map((it) => it.id)
  const hours = await repCalendars(sql, ids)
  const emails = await sql.query<{ id: string; email: string }>(
    'select distinct u.id, u.email from "user" u join team_member m on m.user_id = u.id where m.team_id = any($1::text[])',
    [ids],
  )
  const absences = await sql.query<{ userId: string; from: number; to: number }>(
    'select user_id as "userId", from_at as "from", to_at as "to" from absence where user_id = any($1::text[]) and to_at > $2 order by from_at, id limit 5000',
    [emails.map((it) => it.id), now],
  )
  const territories = await sql.query<{ id: string; teamId: string; name: string; repIds: string[]; condition: Condition }>(
    `select id, team_id as "teamId", name, rep_ids as "repIds", condition from territory where team_id = any($1::text[])
     order by team_id, position, created_at, id`,
    [ids],
  )
  return teams.map(({ id, name, members }): TeamFacts => {
    const own = hours(id, '')
    return {
      ...{ id, name, hours: own, queueMinutes: null, levelMinutes: null },
      reps: members.map(({ userId, name: repName, weight, cap, active, userActive }) => {
        const theirs = hours(id, userId)
        return {
          ...{ id: userId, name: repName, weight, cap, active: active && userActive },
          email: emails.find((it) => it.id === userId)?.email,
          absences: absences.filter((it) => it.userId === userId).map(({ from, to }) => ({ from, to })),
          hours: theirs === own ? null : theirs,
        }
      }),
      territories: territories.filter((it) => it.teamId === id).map(({ teamId: _, ...it }) => it),
    }
  })
}

/** The teams with what they carry now: leads that reps have not answered, those that wait for somebody, and whose turn it is. */
export async function withDesks(sql: Sql, teams: readonly TeamFacts[], now: number): Promise<TeamFacts[]> {
  const queued = await sql.query<{ teamId: string; n: number }>('select team_id as "teamId", count(*)::int as n from team_queue group by 1')
  const made: TeamFacts[] = []
  for (const team of teams) {
    const { load } = await routingTable(sql, team.id, now)
    made.push({
      ...team,
      waiting: queued.find((it) => it.teamId === team.id)?.n ?? 0,
      reps: team.reps.map((rep) => ({ ...rep, carries: load[rep.id] })),
    })
  }
  return made
}
