import { agreementContent, condition, EMPTY_AGREEMENT, flowTest as ownTest } from '@baton/engine'
import { BusinessHoursSchema, canonicalZone } from '@baton/leads'
import { z } from 'zod'
import { formContent } from '../forms/content.ts'

const id = z.string().min(1).max(64)
const named = { id, name: z.string().trim().min(1).max(200) }

export const zoneName = z.string().refine((name) => canonicalZone(name) !== undefined, 'is no time zone. Write it as Europe/Berlin')

export const field = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'has small letters, digits and _ only, and starts with a letter'),
  label: z.string().trim().min(1).max(100),
  type: z.enum(['text', 'number', 'boolean', 'date', 'datetime', 'choice', 'tags']),
  options: z.array(z.string().min(1).max(200)).max(200).optional(),
  afterOutcome: z.boolean().optional(),
})

const nobody = { combinator: 'and' as const, rules: [] }

/** With a condition; or a list, on which people are put (who is on it stays at home). */
export const segment = z
  .strictObject({ ...named, condition: condition.optional(), list: z.literal(true).optional() })
  .refine(
    (it) => (it.list === true ? (it.condition?.rules.length ?? 0) === 0 : it.condition !== undefined),
    'needs a condition, or list: true',
  )
  .transform(({ condition: when = nobody, ...it }) => ({ ...it, condition: when }))

export const template = z.strictObject({
  ...named,
  purpose: z.enum(['marketing', 'transactional']).default('marketing'),
  topic: id.nullable().optional(),
  subject: z.string().max(1000).default(''),
  preheader: z.string().max(1000).default(''),
  body: z.string().max(1_000_000).default(''),
  text: z.string().max(1_000_000).default(''),
})

const time = z.iso.datetime({ offset: true })

/** Somebody who takes leads. Who that is stays at home when a workspace exports a flow; a file made by hand may name them. */
const member = z.strictObject({
  id,
  name: z.string().trim().min(1).max(200).optional(),
  /** By which records of companies and opportunities name them as their owner, beside the id. */
  email: z.email().max(320).optional(),
  weight: z.int().min(0).max(100).default(1),
  /** How many open leads at once; null: no limit. */
  cap: z.int().min(1).max(10_000).nullable().default(null),
  active: z.boolean().default(true),
  /** By which they work; null: by the team's. */
  calendar: id.nullable().default(null),
  absences: z
    .array(z.strictObject({ from: time, to: time }))
    .max(1000)
    .default([]),
})

/** Whose leads go to some of the members, in the order in which they are tried. */
const territory = z.strictObject({ ...named, condition, members: z.array(id).max(1000) })

/** `members`: how many take leads, or who. */
export const team = z.strictObject({
  ...named,
  members: z.union([z.int().min(0).max(1000), z.array(member).max(1000)]).default(1),
  /** Absent: Monday to Friday from 9 to 17 in the zone of the bundle. */
  calendar: id.optional(),
  territories: z.array(territory).max(200).optional(),
})

export const calendar = z.strictObject({ ...named, ...BusinessHoursSchema.shape })

/** A score model: a dimension and how its lines count. `cap` in hundredths. */
export const dimension = z.strictObject({
  id,
  name: z.string().trim().min(1).max(60),
  halfLifeDays: z.number().positive().max(3650).nullable().optional(),
  expiryDays: z.number().int().positive().max(3650).nullable().optional(),
  cap: z.int().positive().nullable().optional(),
})

export const topic = z.strictObject({ ...named, description: z.string().max(500).default(''), doubleOptIn: z.boolean().default(false) })

export const form = z.strictObject({ id, ...formContent.shape })

/**
 * What marketing and sales agreed on. It arrives as a draft: signatures are given where people work. Files from before there were any
 * carry a `definition`, who is a lead, and at most a `note`.
 */
export const agreement = z
  .strictObject({
    ...named,
    content: agreementContent.optional(),
    definition: condition.optional(),
    level: z.record(z.string().max(64), z.unknown()).optional(),
    signedAt: z.iso.datetime({ offset: true }).optional(),
    note: z.string().max(4000).optional(),
  })
  .transform(({ id, name, content, definition, note }) => ({
    id,
    name,
    content: content ?? { ...EMPTY_AGREEMENT, ...(definition ? { fit: definition } : {}), ...(note ? { note } : {}) },
  }))

/** A test and the flow whose it is. */
export const flowTest = ownTest.extend({ flow: id })

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day. Write it as 21:00')

/** The rules for all marketing mail. A run keeps them; an import leaves the workspace's own. */
export const sending = z.strictObject({
  caps: z
    .array(z.strictObject({ count: z.int().min(1).max(1000), hours: z.int().min(1).max(8760) }))
    .max(10)
    .default([]),
  quiet: z.strictObject({ from: clock, to: clock }).nullable().default(null),
})
