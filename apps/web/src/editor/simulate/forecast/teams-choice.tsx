import type { Catalog, ForecastTeam } from '@baton/engine'
import { BusinessHoursSchema, businessCalendar } from '@baton/leads'

const DAY = 86_400_000

type Props = {
  teams: readonly ForecastTeam[]
  catalog: Catalog
  from: number
  days: number
  onChange: (teams: readonly ForecastTeam[]) => void
}

/** Teams that the flow hands over to: when they work, what they promise, who is away for the whole time. */
export function TeamsChoice({ teams, catalog, from, days, onChange }: Props) {
  const put = (next: ForecastTeam) => onChange(teams.map((it) => (it.id === next.id ? next : it)))
  return (
    <ul className="forecast-teams">
      {teams.map((team) => (
        <li key={team.id}>
          <b>{team.name}</b>
          <div className="row wrap">
            <label className="row">
              works{' '}
              <select
                className="field-input"
                value={hoursOf(team, catalog)}
                onChange={(event) => put({ ...team, hours: calendarOf(catalog, event.currentTarget.value) })}
              >
                <option value="">at all hours</option>
                {catalog.calendars.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <label className="row">
              answers within{' '}
              <input
                className="field-input num"
                type="number"
                min={0}
                placeholder="–"
                value={team.levelMinutes === null ? '' : team.levelMinutes / 60}
                onChange={(event) => {
                  const { value } = event.currentTarget
                  put({ ...team, levelMinutes: value === '' ? null : Math.max(0, Number(value)) * 60 })
                }}
              />{' '}
              hours
            </label>
          </div>
          <div className="row wrap">
            {team.reps.map((rep) => {
              const away = rep.absences.length > 0
              return (
                <label key={rep.id} className="row forecast-rep">
                  <input
                    type="checkbox"
                    checked={!away && rep.active}
                    disabled={!rep.active}
                    onChange={() => {
                      const absences = away ? [] : [{ from, to: from + days * DAY + 1 }]
                      put({ ...team, reps: team.reps.map((it) => (it.id === rep.id ? { ...it, absences } : it)) })
                    }}
                  />
                  {rep.name}
                  <span className="small muted">
                    {rep.active ? (away ? 'away' : rep.cap === null ? '' : `at most ${rep.cap} open`) : 'takes none'}
                  </span>
                </label>
              )
            })}
            {team.reps.length === 0 && <span className="small muted">Nobody is in this team: all its leads overflow.</span>}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** Calendars that were made ready, by the id they were made of. */
const made = new WeakMap<object, string>()

function calendarOf(catalog: Catalog, id: string): ForecastTeam['hours'] {
  const found = catalog.calendars.find((it) => it.id === id)
  const parsed = found && BusinessHoursSchema.safeParse({ ...found, holidays: found.holidays.map((date) => ({ date, name: '' })) })
  if (!parsed?.success) return null
  const calendar = businessCalendar(parsed.data)(catalog.workspaceZone)
  made.set(calendar, id)
  return calendar
}

/** The calendar that a team was given here; empty: at all hours. */
export const hoursOf = ({ hours }: ForecastTeam, catalog: Catalog): string => {
  const id = hours === null ? '' : (made.get(hours) ?? '')
  return catalog.calendars.some((it) => it.id === id) ? id : ''
}
