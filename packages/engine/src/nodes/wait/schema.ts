import { z } from 'zod'
import { configBase } from '../base.ts'

export const waitUnit = z.enum(['minutes', 'hours', 'days', 'weeks'])
export type WaitUnit = z.infer<typeof waitUnit>

/** What an arrival after the time of day does: the next valid day; on at once if at most so many minutes late; on at once. */
export const latePolicy = z.discriminatedUnion('do', [
  z.object({ do: z.literal('next') }),
  z.object({ do: z.literal('grace'), minutes: z.number().nullable() }),
  z.object({ do: z.literal('skip') }),
])
export type LatePolicy = z.infer<typeof latePolicy>

export const waitConfig = z.object({
  ...configBase(1),
  until: z.discriminatedUnion('kind', [
    /** Minutes and hours are elapsed time; days and weeks keep the time of day in the contact's zone. */
    z.object({ kind: z.literal('duration'), amount: z.number().nullable(), unit: waitUnit }),
    /** Until it is `time` ('HH:MM', the contact's zone) on one of `weekdays` (1 Monday … 7 Sunday; empty: every day). */
    z.object({
      kind: z.literal('time'),
      time: z.string().max(5).nullable(),
      weekdays: z.array(z.number().int().min(1).max(7)).max(7).default([]),
      late: latePolicy.default({ do: 'next' }),
    }),
  ]),
})
export type WaitConfig = z.infer<typeof waitConfig>
export type DurationWait = Extract<WaitConfig['until'], { kind: 'duration' }>
export type TimeWait = Extract<WaitConfig['until'], { kind: 'time' }>
