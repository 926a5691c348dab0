import type { Catalog, TeamFacts } from '@baton/engine'
import { AS_KNOWN } from './chosen-teams.ts'
import type { Setting, TeamChoice } from './protocol.ts'
import { countWords } from './words.ts'

const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

type Props = {
  /** As they are known. */
  teams: readonly TeamFacts[]
  chosen: Setting['chosen']
  catalog: Catalog
  /** The time that is played. */
  from: number
  days: number
  onChange: (chosen: Setting['chosen']) => void
}

/** Teams that the flow hands over to: when they work, what they promise, who is away for the whole time. */
export function TeamsChoice({ teams, chosen, catalog, from, days, onChange }: Props) {
  const put = (id: string, next: TeamChoice) => onChange({ ...chosen, [id]: next })
  return (
    <ul className="forecast-teams">
      {teams.map((team) => {
        const choice = chosen[team.id] ?? AS_KNOWN
        return (
          <li key={team.id}>
            <b>{team.name}</b>
            <div className="row wrap">
              <label className="row">
                works{' '}
                <select
                  className="field-input"
                  value={choice.works}
                  onChange={(event) => put(team.id, { ...choice, works: event.currentTarget.value })}
                >
                  <option value="own">in their own hours</option>
                  <option value="always">at all hours</option>
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
                  value={choice.levelMinutes === null ? '' : choice.levelMinutes / 60}
                  onChange={(event) => {
                    const { value } = event.currentTarget
                    put(team.id, { ...choice, levelMinutes: value === '' ? null : Math.max(0, Number(value)) * 60 })
                  }}
                />{' '}
                hours
              </label>
            </div>
            <div className="row wrap">
              {team.reps.map((rep) => {
                const away = choice.away.includes(rep.id)
                return (
                  <label key={rep.id} className="row forecast-rep">
                    <input
                      type="checkbox"
                      checked={!away && rep.active}
                      disabled={!rep.active}
                      onChange={() =>
                        put(team.id, { ...choice, away: away ? choice.away.filter((it) => it !== rep.id) : [...choice.away, rep.id] })
                      }
                    />
                    {rep.name}
                    <span className="small muted">{aboutRep(rep, { away, from, until: from + days * 86_400_000 })}</span>
                  </label>
                )
              })}
              {team.reps.length === 0 && <span className="small muted">Nobody is in this team: all its leads overflow.</span>}
            </div>
            {team.territories.length > 0 && (
              <p className="small muted">
                {`${countWords(team.territories.length, 'territory', 'territories')} come first: ${team.territories.map((it) => it.name).join(', ')}.`}
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** What of a rep matters for the time that is played. */
function aboutRep(
  { active, cap, absences }: TeamFacts['reps'][number],
  { away, from, until }: { away: boolean; from: number; until: number },
): string {
  if (!active) return 'takes none'
  if (away) return 'away'
  const room = cap === null ? [] : [`at most ${cap} open`]
  const gone = absences
    .filter((it) => it.to > from && it.from < until)
    .map((it) => `away ${dates.format(Math.max(it.from, from))}–${dates.format(Math.min(it.to, until) - 1)}`)
  return [...room, ...gone].join(', ')
}
