import { DAY, localToInstant } from '@baton/leads'
import { z } from 'zod'

const exists = (text: string) => {
  const at = Date.parse(text)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text
}

/** A day as it comes in: YYYY-MM-DD. */
export const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'Choose a day.')
  .refine(exists, 'No calendar has this day. Choose another.')

/** 00:00 of a day, or of the one so many days later, on the wall of a zone. */
export function midnight(of: string, zone: string, later = 0): number {
  const date = new Date(Date.parse(of) + later * DAY)
  return localToInstant(zone, { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() })
}
