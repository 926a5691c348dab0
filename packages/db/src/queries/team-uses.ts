import { conditionReferences, type Reference } from '@baton/engine'
import type { Sql } from '../open/handle.ts'
import { territoryConditions } from './territories.ts'

/** A team that names something: by its hours or those of a member, or by the condition of a territory. */
export interface TeamUse {
  by: 'team'
  id: string
  name: string
  live: boolean
}

/** The teams that name a thing, each once, by name. */
export async function byTeams(sql: Sql, what: { kind: Reference['kind']; id: string }): Promise<TeamUse[]> {
  if (what.kind === 'calendar') {
    return sql.query(
      `select 'team' as by, t.id, t.name, true as live from team t
       where t.calendar_id = $1 or exists (select 1 from team_member m where m.team_id = t.id and m.calendar_id = $1) order by t.name, t.id`,
      [what.id],
    )
  }
  const found = new Map<string, TeamUse>()
  for (const { teamId, teamName, condition } of await territoryConditions(sql)) {
    if (conditionReferences(condition).some((it) => it.kind === what.kind && it.id === what.id))
      found.set(teamId, { by: 'team', id: teamId, name: teamName, live: true })
  }
  return [...found.values()]
}
