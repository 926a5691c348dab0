import type { Catalog, TeamFacts } from '@baton/engine'
import { BusinessHoursSchema } from '@baton/leads'
import type { Setting, TeamChoice } from './protocol.ts'

const DAY = 86_400_000

/** Each in their own hours, nothing promised but by steps, nobody away but by what is written down. */
export const AS_KNOWN: TeamChoice = { works: 'own', levelMinutes: null, away: [] }

/** The hours of a calendar of the workspace; null: at all hours. */
function hoursOf(catalog: Catalog, id: string): TeamFacts['hours'] {
  const found = catalog.calendars.find((it) => it.id === id)
  const parsed = found && BusinessHoursSchema.safeParse({ ...found, holidays: found.holidays.map((date) => ({ date, name: '' })) })
  return parsed?.success ? parsed.data : null
}

/** Teams as they are played: as they are known, with what was chosen of them. */
export function teamsWith(
  { teams, chosen, from, days }: Pick<Setting, 'teams' | 'chosen' | 'from' | 'days'>,
  catalog: Catalog,
): TeamFacts[] {
  return teams.map((team) => {
    const choice = chosen[team.id]
    if (!choice) return team
    const { works, levelMinutes, away } = choice
    const absences = [{ from, to: from + days * DAY + 1 }]
    const reps = team.reps.map((it) => (away.includes(it.id) ? { ...it, absences } : it))
    if (works === 'own') return { ...team, levelMinutes, reps }
    return { ...team, levelMinutes, hours: hoursOf(catalog, works), reps: reps.map((it) => ({ ...it, hours: null })) }
  })
}

/** What was chosen, for the server. */
export const askedTeams = ({ chosen }: Pick<Setting, 'chosen'>) =>
  Object.entries(chosen).map(([id, { works, levelMinutes, away }]) => ({
    ...{ id, levelMinutes, away: [...away] },
    ...(works === 'own' ? {} : { calendarId: works === 'always' ? null : works }),
  }))
