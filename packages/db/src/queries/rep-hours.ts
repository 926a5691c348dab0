import type { BusinessHours } from '@baton/leads'
import type { Sql } from '../open/handle.ts'

/** What a team works by that chose no hours: Monday to Friday from 9 to 17 in the zone of whoever asks. */
export const USUAL_HOURS: BusinessHours = {
  zone: null,
  hours: Object.fromEntries((['1', '2', '3', '4', '5'] as const).map((day) => [day, [{ from: '09:00', to: '17:00' }]])),
  holidays: [],
}

interface Row extends BusinessHours {
  teamId: string
  repId: string | null
}

/** When the reps of these teams work: by their own calendar, else the team's, else the usual week. */
export async function repCalendars(sql: Sql, teamIds: readonly string[]): Promise<(teamId: string, repId: string) => BusinessHours> {
  const rows = await sql.query<Row>(
    `select t.id as "teamId", null as "repId", c.zone, c.hours, c.holidays from team t join calendar c on c.id = t.calendar_id where t.id = any($1::text[])
     union all
     select m.team_id, m.user_id, c.zone, c.hours, c.holidays from team_member m join calendar c on c.id = m.calendar_id where m.team_id = any($1::text[])`,
    [[...teamIds]],
  )
  const known = new Map(rows.map(({ teamId, repId, ...hours }) => [`${teamId}/${repId ?? ''}`, hours]))
  return (teamId, repId) => known.get(`${teamId}/${repId}`) ?? known.get(`${teamId}/`) ?? USUAL_HOURS
}
