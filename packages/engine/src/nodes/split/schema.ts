import { z } from 'zod'
import { propertyRule } from '../../condition/schema.ts'
import { configBase } from '../base.ts'

export const splitConfig = z.object({
  ...configBase(1),
  /** `id` is the port and stays when the name changes. Weights are shares in per cent, to two decimals. */
  ways: z
    .array(
      z.object({
        id: z.string().min(1).max(64),
        name: z.string().max(80),
        weight: z.number().nullable(),
        /** Nothing is tried on these people: what happens to them is what the other ways are compared with. */
        holdOut: z.boolean().default(false),
      }),
    )
    .max(20),
  /** What the ways are compared by: the event happens within so many days after the draw. Null: a random split, not an experiment. */
  goal: z
    .object({
      type: z.string().max(200).nullable(),
      where: z.array(propertyRule).max(20).default([]),
      days: z.number().nullable(),
    })
    .nullable()
    .default(null),
})
export type SplitConfig = z.infer<typeof splitConfig>
