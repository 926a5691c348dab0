import { DAY, fromWall, localDate } from '@baton/leads'

/** Over which time an agreement is measured. */
export const PERIODS = ['quarter', 'last-quarter', 'year', 'all'] as const
export type PeriodName = (typeof PERIODS)[number]

export interface Measured {
  from: number
  to: number
  /** What it is compared with; null: with nothing. */
  before: { from: number; to: number } | null
}

/** The beginning of the quarter `back` quarters before that of an instant, in a zone. */
function quarterStart(now: number, zone: string, back: number): number {
  const [year = 1970, month = 1] = localDate(now, zone).split('-').map(Number)
  return fromWall(Date.UTC(year, Math.floor((month - 1) / 3) * 3 - back * 3, 1), zone)
}

/** A period as of now: quarters are those of the calendar, in the workspace's zone; a year is 365 days. */
export function periodOf(name: PeriodName, now: number, zone: string): Measured {
  switch (name) {
    case 'quarter':
      return { from: quarterStart(now, zone, 0), to: now, before: { from: quarterStart(now, zone, 1), to: quarterStart(now, zone, 0) } }
    case 'last-quarter':
      return {
        from: quarterStart(now, zone, 1),
        to: quarterStart(now, zone, 0),
        before: { from: quarterStart(now, zone, 2), to: quarterStart(now, zone, 1) },
      }
    case 'year':
      return { from: now - 365 * DAY, to: now, before: { from: now - 730 * DAY, to: now - 365 * DAY } }
    case 'all':
      return { from: 0, to: now, before: null }
  }
}
