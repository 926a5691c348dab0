import { USUAL_HOURS } from '@baton/db'
import { canonicalJson, type GraphError, type TeamFacts } from '@baton/engine'
import type { BusinessHours } from '@baton/leads'
import type { z } from 'zod'
import type { calendar, team } from './parts.ts'

type BundledTeam = z.infer<typeof team>
type BundledCalendar = z.infer<typeof calendar>
type Member = Exclude<BundledTeam['members'], number>[number]

const AS_MANY = { weight: 1, cap: null, active: true, calendar: null }

/** The people of a team; where only their number stands, as many made-up ones. */
export const membersOf = ({ id, members }: Pick<BundledTeam, 'id' | 'members'>): readonly Member[] =>
  typeof members === 'number' ? Array.from({ length: members }, (_, i) => ({ ...AS_MANY, absences: [], id: `${id}.${i + 1}` })) : members

/** How many of them take leads. */
export const takers = (team: Pick<BundledTeam, 'id' | 'members'>): number => membersOf(team).filter((it) => it.active).length

/** By which calendars those work who take leads; null is the usual week. */
export const worksBy = (team: Pick<BundledTeam, 'id' | 'members' | 'calendar'>): (string | null)[] => [
  ...new Set(membersOf(team).flatMap((it) => (it.active ? [it.calendar ?? team.calendar ?? null] : []))),
]

/** How somebody is called and written to of whom nothing but an id is known. */
export const personOf = ({ id, name, email }: Member, at: number, of: { name: string }): { name: string; email: string } => ({
  name: name ?? `${of.name} ${at + 1}`,
  email: email ?? `${id.replace(/[^A-Za-z0-9._-]/g, '_')}@rep.invalid`,
})

/** What simulations know of the teams of a bundle. A team without hours of its own works the usual week, as in a workspace. */
export function teamFactsIn({ teams, calendars }: { teams: readonly BundledTeam[]; calendars: readonly BundledCalendar[] }): TeamFacts[] {
  const hoursOf = (id: string | null = null): BusinessHours | null => {
    const found = id === null ? undefined : calendars.find((it) => it.id === id)
    return found ? { zone: found.zone, hours: found.hours, holidays: found.holidays } : null
  }
  return teams.map(
    (team): TeamFacts => ({
      ...{ id: team.id, name: team.name, queueMinutes: null, levelMinutes: null },
      hours: hoursOf(team.calendar) ?? USUAL_HOURS,
      reps: membersOf(team).map((member, at) => {
        const { id, weight, cap, active, calendar, absences } = member
        return { id, weight, cap, active, ...personOf(member, at, team), hours: hoursOf(calendar), absences: absences.map(span) }
      }),
      territories: (team.territories ?? []).map(({ id, name, condition, members }) => ({ id, name, condition, repIds: members })),
    }),
  )
}

/** From when until when somebody is away. */
export const span = ({ from, to }: Member['absences'][number]): { from: number; to: number } => ({
  from: Date.parse(from),
  to: Date.parse(to),
})

/** What is wrong with teams, each fault with its path and what to do. */
export function teamFaults(teams: readonly BundledTeam[], calendars: readonly { id: string }[]): GraphError[] {
  const known = new Set(calendars.map((it) => it.id))
  return teams.flatMap((team, at) => faultsOf(team, `teams.${at}`, known))
}

function faultsOf(team: BundledTeam, path: string, calendars: ReadonlySet<string>): GraphError[] {
  const faults: GraphError[] = []
  const say = (where: string, message: string) => faults.push({ path: `${path}.${where}`, message })
  const { territories = [] } = team
  const missing = (id: string | null | undefined, where: string) => {
    if (id != null && !calendars.has(id)) say(where, `names the calendar “${id}”, which is not in calendars. Add it, or leave it out.`)
  }
  missing(team.calendar, 'calendar')
  const members = membersOf(team)
  const ids = members.map((it) => it.id)
  for (const id of twice(ids)) say('members', `has “${id}” twice. Somebody is in a team once.`)
  for (const [i, { calendar, absences }] of members.entries()) {
    missing(calendar, `members.${i}.calendar`)
    for (const [j, absence] of absences.map(span).entries()) {
      if (absence.from >= absence.to) say(`members.${i}.absences.${j}`, 'ends before it begins. Exchange from and to.')
      const other = absences.map(span).findIndex((it, k) => k < j && it.from < absence.to && absence.from < it.to)
      if (other !== -1) say(`members.${i}.absences.${j}`, `overlaps absence ${other}. Make one of both.`)
    }
  }
  for (const id of twice(territories.map((it) => it.id))) say('territories', `has “${id}” twice. Give each its own.`)
  for (const [i, { name, condition, members: of }] of territories.entries()) {
    const where = `territories.${i}`
    for (const id of of.filter((one) => !ids.includes(one)))
      say(`${where}.members`, `names “${id}”, who is not in the team. Add them to members.`)
    if (of.length === 0)
      say(`${where}.members`, `names nobody: no lead would ever go to “${name}”. Name members, or take the territory away.`)
    const first = territories.slice(0, i).find((it) => covers(it.condition, condition))
    if (first) {
      const text = `overlaps “${first.name}”, which comes first and takes everybody whom it is for. Change the condition, or the order.`
      say(`${where}.condition`, text)
    }
  }
  return faults
}

/** Whether a condition is true of everybody of whom the other is, as far as that can be told: it is the same, asks for nothing, or for a part of it. */
function covers(one: TerritoryCondition, other: TerritoryCondition): boolean {
  if (one.not || other.not) return canonicalJson(one) === canonicalJson(other)
  const [mine, theirs] = [one, other].map((it) => it.rules.map((rule) => canonicalJson(rule)))
  if (!mine || !theirs) return false
  if (canonicalJson({ ...one, rules: [...mine].sort() }) === canonicalJson({ ...other, rules: [...theirs].sort() })) return true
  // Who fulfils all of more rules fulfils all of fewer; who fulfils one of fewer fulfils one of more.
  if (one.combinator === 'and' && other.combinator === 'and') return mine.every((rule) => theirs.includes(rule))
  return one.combinator === 'or' && other.combinator === 'or' && theirs.every((rule) => mine.includes(rule)) && theirs.length > 0
}

type TerritoryCondition = NonNullable<BundledTeam['territories']>[number]['condition']

const twice = (ids: readonly string[]): string[] => [...new Set(ids.filter((one, i) => ids.indexOf(one) < i))]
