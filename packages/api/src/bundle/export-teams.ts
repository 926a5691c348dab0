import { listTeams, listTerritories, type Sql } from '@baton/db'
import type { z } from 'zod'
import type { team } from './parts.ts'

type BundledTeam = z.infer<typeof team>

/**
 * Teams as they leave the house: how many take leads, with which share, room and hours, and whose territories there are. Nobody's name, address or id is
 * in it, nor when somebody is away.
 */
export async function teamsToExport(sql: Sql, ids: readonly string[]): Promise<BundledTeam[]> {
  const made: BundledTeam[] = []
  for (const { id, name, calendarId, members } of (await listTeams(sql)).filter((it) => ids.includes(it.id))) {
    const territories = await listTerritories(sql, id)
    // Turns of the same length go by id: they stay in their order.
    const ordered = members.map((it) => it.userId).sort()
    const alias = new Map(ordered.map((userId, i) => [userId, `${id}.${String(i + 1).padStart(String(ordered.length).length, '0')}`]))
    const people = members.map(({ userId, weight, cap, active, userActive, calendarId: own }) => ({
      ...{ id: alias.get(userId) ?? '', weight, cap, active: active && userActive, calendar: own, absences: [] },
    }))
    const alike = territories.length === 0 && people.every((it) => it.weight === 1 && it.cap === null && it.active && it.calendar === null)
    made.push({
      ...{ id, name, ...(calendarId === null ? {} : { calendar: calendarId }) },
      members: alike ? people.length : people.sort((a, b) => (a.id < b.id ? -1 : 1)),
      ...(territories.length > 0
        ? {
            territories: territories
              .map((it) => ({
                ...{ id: it.id, name: it.name, condition: it.condition },
                members: it.repIds.flatMap((userId) => alias.get(userId) ?? []),
              }))
              .filter((it) => it.members.length > 0),
          }
        : {}),
    })
  }
  return made
}

/** The calendars that teams work by. */
export const calendarsOf = (teams: readonly BundledTeam[]): string[] => [
  ...new Set(
    teams.flatMap((it) =>
      [it.calendar, ...(typeof it.members === 'number' ? [] : it.members.map((one) => one.calendar))].flatMap((id) => id ?? []),
    ),
  ),
]
