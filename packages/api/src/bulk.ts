import { condition } from '@baton/engine'
import { z } from 'zod'

/** Which contacts a page looks at. */
export const contactFilter = z.strictObject({
  search: z.string().max(200).optional(),
  condition: condition.optional(),
  /** Only people of this segment. */
  segmentId: z.string().max(64).optional(),
})
export type ContactFilterInput = z.infer<typeof contactFilter>

const contactId = z.int().positive()

/** Whom to do something to: those chosen, or all that the filter shows. */
export const bulkTarget = z.union([
  z.strictObject({ ids: z.array(contactId).min(1, 'Choose somebody first.').max(5000) }),
  z.strictObject({ filter: contactFilter }),
  /** People in a flow: at a step, or anywhere in it; with `parked` those who stand still with an error. */
  z.strictObject({
    at: z.strictObject({
      flowId: z.string().min(1).max(64),
      node: z.string().min(1).max(400).nullable(),
      parked: z.boolean().default(false),
    }),
  }),
])
export type BulkTargetInput = z.infer<typeof bulkTarget>

const scalar = z.union([z.string().max(2000), z.number(), z.boolean()])

/** What to do to them. */
export const bulkAction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('set-field'), key: z.string().min(1).max(64), value: scalar.nullable() }),
  z.strictObject({
    do: z.literal('consent'),
    topic: z.string().min(1).max(64).default('marketing'),
    source: z.string().trim().min(3, 'Write where and when they agreed.').max(500),
  }),
  z.strictObject({ do: z.literal('enrol'), flowId: z.string().min(1).max(64), node: z.string().min(1).max(64) }),
  z.strictObject({ do: z.literal('leave'), flowId: z.string().min(1).max(64) }),
  z.strictObject({ do: z.literal('move'), flowId: z.string().min(1).max(64), node: z.string().min(1).max(400) }),
  z.strictObject({ do: z.literal('retry'), flowId: z.string().min(1).max(64) }),
  /** On a list, or off it. */
  z.strictObject({ do: z.literal('list'), segmentId: z.string().min(1).max(64), on: z.boolean() }),
  z.strictObject({ do: z.literal('remove') }),
  /** Empty: every field. */
  z.strictObject({ do: z.literal('export'), fields: z.array(z.string().max(64)).max(500).default([]) }),
])

/** Bulk work of this process; the server implements it. */
export interface Bulk {
  /** Begins to carry out a job that was stored. */
  run(jobId: string): void
}
