import { z } from 'zod'
import { configBase } from '../base.ts'

export const updateFieldConfig = z.object({
  ...configBase(1),
  field: z.string().max(64).nullable(),
  action: z.discriminatedUnion('do', [
    z.object({ do: z.literal('set'), value: z.union([z.string().max(2000), z.number(), z.boolean()]).nullable() }),
    z.object({ do: z.literal('clear') }),
    /** From another field of the same person. */
    z.object({ do: z.literal('copy'), from: z.string().max(64).nullable() }),
    /** From what the passage carries: a property of the event, what a webhook answered. */
    z.object({ do: z.literal('carried'), key: z.string().max(64).nullable() }),
    /** Numbers only; nothing there counts as 0. */
    z.object({ do: z.literal('add'), amount: z.number().nullable() }),
    /** Dates: today where the person lives; dates with time: this instant. */
    z.object({ do: z.literal('now') }),
  ]),
})
export type UpdateFieldConfig = z.infer<typeof updateFieldConfig>
export type FieldAction = UpdateFieldConfig['action']
