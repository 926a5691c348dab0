import { z } from 'zod'
import { type Condition, condition, propertyRule } from '../../condition/schema.ts'
import { configBase } from '../base.ts'

/** Minutes and hours are elapsed; days, weeks and months keep the time on the wall where the person lives. */
export const waitUnit = z.enum(['minutes', 'hours', 'days', 'weeks', 'months'])
export type WaitUnit = z.infer<typeof waitUnit>

/** What an arrival after the time of day does: the next valid day; on at once if at most so many minutes late; on at once. */
export const latePolicy = z.discriminatedUnion('do', [
  z.object({ do: z.literal('next') }),
  z.object({ do: z.literal('grace'), minutes: z.number().nullable() }),
  z.object({ do: z.literal('skip') }),
])
export type LatePolicy = z.infer<typeof latePolicy>

/** What an arrival after a date does: on by the same way; by a way of its own; the passage ends. */
export const pastPolicy = z.enum(['go-on', 'too-late', 'exit'])
export type PastPolicy = z.infer<typeof pastPolicy>

const time = z.string().max(5).nullable()
const weekdays = z.array(z.number().int().min(1).max(7)).max(7).default([])
const length = z.object({ amount: z.number().nullable(), unit: waitUnit })

/** So far before or after a date. Days, weeks and months on the calendar, minutes and hours elapsed. */
export const dateOffset = z.object({ amount: z.number(), unit: waitUnit, side: z.enum(['before', 'after']) })
export type Offset = z.infer<typeof dateOffset>

/** Which events count: from arriving at the step on, from entering the flow on (with the event that let them in), or N × 24 h before arriving. */
export const counts = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('after-arriving') }),
  z.object({ kind: z.literal('since-entering') }),
  z.object({ kind: z.literal('within-days'), days: z.number().nullable() }),
])
export type Counts = z.infer<typeof counts>

export const waitBranch = z.object({
  /** The port; it stays when the name changes. */
  id: z.string().min(1).max(64),
  name: z.string().max(80),
  match: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('event'), type: z.string().max(200).nullable(), where: z.array(propertyRule).max(20).default([]) }),
    z.object({ kind: z.literal('condition'), when: condition }),
  ]),
})
export type WaitBranch = z.infer<typeof waitBranch>

export const waitConfig = z.object({
  ...configBase(2),
  until: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('duration'), ...length.shape }),
    /** Until it is `time` ('HH:MM', the contact's zone) on one of `weekdays` (1 Monday … 7 Sunday; empty: every day). */
    z.object({ kind: z.literal('time'), time, weekdays, late: latePolicy.default({ do: 'next' }) }),
    /** A date and a time of day, where the person lives or in a zone that the author names. */
    z.object({
      kind: z.literal('date'),
      date: z.string().max(20).nullable(),
      time: time.default('09:00'),
      zone: z.string().max(64).nullable().default(null),
      past: pastPolicy.default('go-on'),
    }),
    /** A date of the person, so far before or after it, once or every year. A date without a time means `time`. */
    z.object({
      kind: z.literal('date-field'),
      field: z.string().max(64).nullable(),
      offset: dateOffset.default({ amount: 0, unit: 'days', side: 'before' }),
      time: time.default('09:00'),
      yearly: z.boolean().default(false),
      past: pastPolicy.default('go-on'),
    }),
    /** Until it is open: hours on weekdays where the person lives (they may run over midnight), or a calendar of the workspace. */
    z.object({
      kind: z.literal('window'),
      hours: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('own'), weekdays, from: time, to: time }),
        z.object({ kind: z.literal('calendar'), calendarId: z.string().max(64).nullable() }),
      ]),
    }),
    /** Until something happens or becomes true: the first branch that matches is the way, the time-out is another. */
    z.object({
      kind: z.literal('event'),
      branches: z.array(waitBranch).max(20),
      timeOut: length.nullable().default(null),
      counts: counts.default({ kind: 'after-arriving' }),
      /** Let go at the first match, or hold the full time and branch then. */
      release: z.enum(['at-once', 'hold']).default('at-once'),
    }),
  ]),
  /** Wake-ups are rounded up to full 1, 5, 15 or 60 minutes. */
  slot: z.union([z.literal(1), z.literal(5), z.literal(15), z.literal(60)]),
})
export type WaitConfig = z.infer<typeof waitConfig>
export type Until = WaitConfig['until']
export type UntilOf<K extends Until['kind']> = Extract<Until, { kind: K }>

/** The conditions of the branches that wait for one. */
export const branchConditions = (until: Until): readonly Condition[] =>
  until.kind === 'event' ? until.branches.flatMap(({ match }) => (match.kind === 'condition' ? [match.when] : [])) : []
