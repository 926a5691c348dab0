import { type Handle, listCalendars } from '@baton/db'
import { behaviour, FORECAST, type TeamFacts, teamFacts } from '@baton/engine'
import { z } from 'zod'
import type { basisOf } from '../forecast/basis.ts'
import type { ForecastSetting, PastSetting } from '../forecast/run.ts'

/** So many people are played on the server at most: beyond, a sample says no more, and they would not fit into memory. */
export const MOST_PEOPLE = 200_000

const id = z.string().min(1).max(64)
const instant = z.int().min(0).max(8.64e15)
const days = z.int().min(1).max(FORECAST.days)
const seed = z.string().min(1).max(64)
const size = z.int().min(1).max(MOST_PEOPLE)
const node = z.string().min(1).max(400)

const intake = z.discriminatedUnion('how', [
  z.strictObject({ node, how: z.literal('matching') }),
  z.strictObject({ node, how: z.literal('everybody'), days: z.number().min(0).max(366) }),
  z.strictObject({ node, how: z.literal('happening') }),
  z.strictObject({ node, how: z.literal('rate'), perWeek: z.number().min(0).max(1000) }),
])

/** What somebody chooses for a forecast; the rest is as this workspace knows it. */
export const forecastAsk = z.object({
  kind: z.literal('forecast'),
  ...{ from: instant, days, seed, size, behaviour },
  intake: z.array(intake).max(100),
  /** Of teams: in which calendar all of them work (null: at all hours; absent: each in their own), what they promise, who is away for the whole time. */
  teams: z
    .array(z.object({ id, calendarId: id.nullable().optional(), levelMinutes: z.number().min(0).nullable(), away: z.array(id).max(500) }))
    .max(200),
})

/** What somebody chooses for a back-test. */
export const backtestAsk = z.object({ kind: z.literal('backtest'), from: instant, days, seed, size, matching: z.boolean() })

/** A forecast as it is stored: all that it takes to make it again. */
export const storedForecast = forecastAsk.extend({
  people: z.int().min(0),
  draws: z.int().min(1).max(100),
  teams: z.array(teamFacts),
  pressure: z.object({
    mailsPerWeek: z.number().min(0),
    leadsPerWeek: z.record(z.string(), z.number()),
    flows: z.array(z.string()),
  }),
})
const storedBacktest = backtestAsk.extend({ population: z.int().min(0), behaviour, teams: z.array(teamFacts) })
export const storedSetting = z.discriminatedUnion('kind', [storedForecast, storedBacktest])
export type StoredSetting = z.infer<typeof storedSetting>

type Basis = Awaited<ReturnType<typeof basisOf>>

/** Puts together what was chosen and what is known, so that the same can be made again later. */
export async function settled(
  db: Handle,
  ask: z.infer<typeof forecastAsk> | z.infer<typeof backtestAsk>,
  basis: Basis,
): Promise<StoredSetting> {
  const size = Math.min(ask.size, Math.max(1, basis.people))
  if (ask.kind === 'backtest') return { ...ask, size, population: basis.people, behaviour: basis.behaviour, teams: basis.teams }
  const calendars = new Map((await listCalendars(db)).map((it) => [it.id, it]))
  const teams = basis.teams.map((team): TeamFacts => {
    const chosen = ask.teams.find((it) => it.id === team.id)
    if (!chosen) return team
    const absences = [{ from: ask.from, to: ask.from + ask.days * 86_400_000 + 1 }]
    const away = team.reps.map((it) => (chosen.away.includes(it.id) ? { ...it, absences } : it))
    const { levelMinutes, calendarId } = chosen
    if (calendarId === undefined) return { ...team, levelMinutes, reps: away }
    const calendar = calendarId === null ? undefined : calendars.get(calendarId)
    const hours = calendar ? { zone: calendar.zone, hours: calendar.hours, holidays: calendar.holidays } : null
    return { ...team, levelMinutes, hours, reps: away.map((it) => ({ ...it, hours: null })) }
  })
  return {
    ...{ ...ask, size, people: basis.people, draws: FORECAST.draws, teams },
    pressure: { ...basis.pressure, flows: [...basis.pressure.flows] },
  }
}

/** As it is played. */
export const forecastOf = ({ kind: _, ...of }: z.infer<typeof storedForecast>): ForecastSetting => of
export const pastOf = ({ kind: _, ...of }: z.infer<typeof storedBacktest>): PastSetting => of
