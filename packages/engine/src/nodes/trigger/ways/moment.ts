import { type DateOffset, type DateValue, dateMoment, nextAnniversary, readDate } from '@baton/leads'
import type { Instant } from '../../../state/person.ts'
import type { On } from '../schema.ts'

/** What an author says about a date: how far from it, at which time of day, once or every year. */
export type Moment = Pick<On<'date'>, 'amount' | 'unit' | 'side' | 'time' | 'yearly'>

const offsetOf = ({ amount, unit, side }: Moment): DateOffset => ({ [unit]: side === 'before' ? -amount : amount })

/** A stored date; undefined where it is none. */
export function dateOf(value: unknown): DateValue | undefined {
  if (typeof value !== 'string') return undefined
  const read = readDate(value)
  return 'ok' in read ? read.ok : undefined
}

/** The first instant later than `after` at which the moment of this date is, in `zone`; null: never, or not again. LT-17, LT-20. */
export function momentAfter(value: DateValue, moment: Moment, zone: string, after: Instant): Instant | null {
  const asked = { offset: offsetOf(moment), time: moment.time }
  if (moment.yearly) return nextAnniversary(value, asked, zone, after + 1)
  const at = dateMoment(value, asked, zone)
  return at > after ? at : null
}
