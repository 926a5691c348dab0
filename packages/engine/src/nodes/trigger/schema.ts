import { z } from 'zod'
import { propertyRule } from '../../condition/schema.ts'
import { configBase } from '../base.ts'

export const triggerConfig = z.object({
  ...configBase(1),
  on: z.discriminatedUnion('kind', [
    /** They become a member of a segment. */
    z.object({ kind: z.literal('segment'), segmentId: z.string().max(64).nullable() }),
    /** Something happens. `key` names a property whose value is the business object: one passage per order, booking … */
    z.object({
      kind: z.literal('event'),
      type: z.string().max(200).nullable(),
      where: z.array(propertyRule).max(20).default([]),
      key: z.string().max(100).nullable().default(null),
    }),
    /** Somebody adds them, or a program does. */
    z.object({ kind: z.literal('manual') }),
  ]),
})
export type TriggerConfig = z.infer<typeof triggerConfig>
