import { z } from 'zod'
import { WorkingHoursSchema } from './calendar.ts'
import { parseTimeOfDay } from './time-of-day.ts'

const time = z.string().refine((text) => parseTimeOfDay(text) !== undefined, 'a time of day such as 09:00')
const weekday = z.number().int().min(1).max(7)
const date = WorkingHoursSchema.shape.holidays.element

/**
 * When something comes again and again, as an author says it; read on the wall of the zone that is given with each question.
 * Weekdays are 1 (Monday) to 7. Days of a month clamp to its last. Rule LT-24.
 */
export const RecurrenceSchema = z.discriminatedUnion('every', [
  z.object({ every: z.literal('day'), time }),
  /** Every `weeks`-th week, counted from the week (Monday first) that holds `from`. */
  z.object({
    every: z.literal('week'),
    weekdays: z.array(weekday).min(1).max(7),
    weeks: z.number().int().min(1).max(52).default(1),
    from: date.nullable().default(null),
    time,
  }),
  z.object({
    every: z.literal('month'),
    on: z.union([
      z.object({ day: z.number().int().min(1).max(31) }),
      z.object({ nth: z.union([z.number().int().min(1).max(4), z.literal('last')]), weekday }),
    ]),
    time,
  }),
  z.object({ every: z.literal('year'), month: z.number().int().min(1).max(12), day: z.number().int().min(1).max(31), time }),
  /** A cron pattern of five parts. */
  z.object({ every: z.literal('cron'), pattern: z.string().max(200) }),
])
export type Recurrence = z.infer<typeof RecurrenceSchema>
