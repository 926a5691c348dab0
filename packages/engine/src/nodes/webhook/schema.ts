import { z } from 'zod'
import { carriedType } from '../../values/carried.ts'
import { configBase } from '../base.ts'

export const webhookConfig = z.object({
  ...configBase(1),
  url: z.string().max(2000).default(''),
  method: z.enum(['POST', 'PUT']).default('POST'),
  body: z
    .discriminatedUnion('kind', [
      /** What is chosen, in the usual form: {type, timestamp, data: {contact, scores, carried}}. */
      z.object({
        kind: z.literal('chosen'),
        fields: z.array(z.string().min(1).max(64)).max(100).default([]),
        scores: z.array(z.string().min(1).max(40)).max(20).default([]),
        carried: z.array(z.string().min(1).max(64)).max(50).default([]),
      }),
      /** A JSON text in which {{contact.email}}, {{score.fit}} and {{carried.name}} may stand within texts. */
      z.object({ kind: z.literal('template'), json: z.string().max(20_000) }),
    ])
    .prefault({ kind: 'chosen' }),
  /** A value in clear, or the name of a secret. */
  headers: z
    .array(
      z.object({
        name: z.string().max(100),
        value: z.discriminatedUnion('from', [
          z.object({ from: z.literal('text'), text: z.string().max(1000) }),
          z.object({ from: z.literal('secret'), name: z.string().max(64).nullable() }),
        ]),
      }),
    )
    .max(20)
    .default([]),
  /** Name of the secret that signs the call (Standard Webhooks); null: not signed. */
  sign: z.string().max(64).nullable().default(null),
  /** What of the answer the passage carries from here on: the place in the JSON, and under which name. */
  save: z
    .array(z.object({ path: z.string().max(200), as: z.string().max(64), type: carriedType.default('text') }))
    .max(20)
    .default([]),
  /** How long it is tried again before it counts as failed. */
  giveUpAfter: z.object({ amount: z.number().nullable(), unit: z.enum(['minutes', 'hours']) }).default({ amount: 1, unit: 'hours' }),
})
export type WebhookConfig = z.infer<typeof webhookConfig>

/** Three days, the longest time a call is tried. */
export const LONGEST_MINUTES = 4320

export const minutesOf = ({ amount, unit }: WebhookConfig['giveUpAfter']): number => (amount ?? 0) * (unit === 'hours' ? 60 : 1)
