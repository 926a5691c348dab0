import { DAY, localDate, localToInstant, zoneOfCountry } from '@baton/leads'

/** A day on which nobody works. */
export interface Holiday {
  /** Local date. */
  date: string
  name: string
}

export interface Place {
  /** ISO 3166: of a country, or of a region within it. */
  code: string
  name: string
}

/** The tables weigh some megabytes: read when somebody asks, not when the server starts. */
const tables = async () => (await import('date-holidays')).default

const byName = (a: Place, b: Place) => a.name.localeCompare(b.name, 'en')
const places = (found: Readonly<Record<string, string>> | undefined): Place[] =>
  Object.entries(found ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort(byName)

/** The countries whose public holidays are known. */
export async function holidayCountries(): Promise<Place[]> {
  const Tables = await tables()
  return places(new Tables().getCountries('en'))
}

/** The regions of a country that have holidays of their own; none where all are alike. */
export async function holidayRegions(country: string): Promise<Place[]> {
  const Tables = await tables()
  return places(new Tables().getStates(country, 'en'))
}

/**
 * The public holidays of a country, or of one of its regions, in these years: each day of those that last several. What only banks,
 * schools or some people keep is left out. Undefined for a country or region that is not known.
 */
export async function publicHolidays(country: string, region: string | null, years: readonly number[]): Promise<Holiday[] | undefined> {
  const Tables = await tables()
  const known = await holidayCountries()
  if (!known.some((it) => it.code === country)) return undefined
  if (region !== null && !(await holidayRegions(country)).some((it) => it.code === region)) return undefined
  const found = region === null ? new Tables(country) : new Tables(country, region)
  const zone = zoneOfCountry(country) ?? found.getTimezones()[0] ?? 'UTC'
  const days = new Map<string, string>()
  for (const year of years) {
    for (const holiday of found.getHolidays(year, 'en')) {
      if (holiday.type !== 'public') continue
      for (const date of datesOf(holiday, zone)) days.set(date, days.get(date) ?? holiday.name)
    }
  }
  return [...days]
    .filter(([date]) => years.includes(Number(date.slice(0, 4))))
    .map(([date, name]) => ({ date, name }))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
}

/** The local dates whose noon lies in a holiday: some begin the evening before, some last for days. */
function datesOf({ start, end }: { start: Date; end: Date }, zone: string): string[] {
  const dates: string[] = []
  for (let at = start.getTime() - DAY; at < end.getTime() + DAY; at += DAY) {
    const date = localDate(at, zone)
    const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
    const noon = localToInstant(zone, { year, month, day, hour: 12 })
    if (noon >= start.getTime() && noon < end.getTime() && !dates.includes(date)) dates.push(date)
  }
  return dates
}
