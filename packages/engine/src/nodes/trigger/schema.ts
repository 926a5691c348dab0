import { parseTimeOfDay, RecurrenceSchema } from '@baton/leads'
import { z } from 'zod'
import { operator, propertyRule, ruleValue } from '../../condition/schema.ts'
import { configBase } from '../base.ts'

/** A comparison with one value of a field: what it was, or what it is now. */
export const valueRule = z.strictObject({ op: operator, value: ruleValue.optional() })
export type ValueRule = z.infer<typeof valueRule>

/** What sales does, or where people come to stand. Each is an event of ours. */
export const MOMENTS = [
  'stage',
  'handed-over',
  'accepted',
  'rejected',
  'disqualified',
  'breached',
  'no-response',
  'overflow',
  'attempted',
  'contacted',
  'given-back',
  'opportunity',
  'converted',
  'lost',
] as const

const STAGES = ['name', 'lead', 'accepted', 'opportunity', 'customer', 'disqualified', 'lost'] as const

const id = z.string().max(64).nullable()
const where = z.array(propertyRule).max(20).default([])
/** Names of properties that the passage carries from the event on. */
const keep = z.array(z.string().min(1).max(100)).max(20).default([])
const timeOfDay = z.string().refine((text) => parseTimeOfDay(text) !== undefined, 'a time of day such as 09:00')

/** How people come in, one schema for each way. */
export const triggerOn = z.discriminatedUnion('kind', [
  /** They become a member of a segment, or are one no longer. */
  z.object({ kind: z.literal('segment'), segmentId: id, way: z.enum(['joined', 'left']).default('joined') }),
  /**
   * Something happens. `key` names a property whose value is the business object: one passage per order, booking …
   * `historic`: also by events that are imported or more than a day old.
   */
  z.object({
    kind: z.literal('event'),
    type: z.string().max(200).nullable(),
    where,
    key: z.string().max(100).nullable().default(null),
    keep,
    historic: z.boolean().default(false),
  }),
  /** A field gets another value. Absent rules: whatever it was, whatever it is. */
  z.object({ kind: z.literal('field'), field: id, from: valueRule.nullable().default(null), to: valueRule.nullable().default(null) }),
  /** A score comes to a threshold from below, or falls under it; by points or by age. In points. */
  z.object({
    kind: z.literal('score'),
    dimension: z.string().max(40).nullable(),
    way: z.enum(['up', 'down']).default('up'),
    points: z.number().nullable(),
  }),
  /** Something of the life cycle or of sales. `stage` counts for the moment of that name. */
  z.object({ kind: z.literal('sales'), what: z.enum(MOMENTS), stage: z.enum(STAGES).default('customer'), where }),
  /** So far from a date of theirs, once or every year. A date without a time fires at `time`, a date-time at its own. */
  z.object({
    kind: z.literal('date'),
    field: id,
    amount: z.number().int().min(0).max(3650),
    unit: z.enum(['hours', 'days', 'weeks', 'months']).default('days'),
    side: z.enum(['before', 'after']).default('before'),
    time: timeOfDay.default('09:00'),
    yearly: z.boolean().default(false),
  }),
  /** Everybody in a segment comes in, again and again, by the workspace's clock. */
  z.object({ kind: z.literal('schedule'), segmentId: id, every: RecurrenceSchema }),
  /** They send a form. */
  z.object({ kind: z.literal('form'), formId: id, keep }),
  /** A program lets them in. */
  z.object({ kind: z.literal('api') }),
  /** A step of another flow lets them in. */
  z.object({ kind: z.literal('flow') }),
  /** Somebody adds them. */
  z.object({ kind: z.literal('manual') }),
])
export type TriggerOn = z.infer<typeof triggerOn>
export type On<K extends TriggerOn['kind']> = Extract<TriggerOn, { kind: K }>

export const triggerConfig = z.object({ ...configBase(2), on: triggerOn })
