import { z } from 'zod'

/** What an answer may weigh. Whoever delivers reads no further; a longer answer counts as one without content. */
export const MAX_ANSWER_BYTES = 32_768

/** What a body may weigh when it goes out. */
export const MAX_BODY_BYTES = 65_536

/** The answer's value, or a header's, under a name: a secret is fetched by its name when the call is made, and is never stored here. */
const header = z.union([
  z.strictObject({ name: z.string().min(1).max(100), value: z.string().max(1000) }),
  z.strictObject({ name: z.string().min(1).max(100), secret: z.string().min(1).max(64) }),
])

/**
 * A call that a step asks for: the payload of an outgoing effect of the kind `webhook`. The body is made when the step runs, so
 * that facts are as of the step and every attempt sends the same. Whoever delivers adds `content-type: application/json`, the
 * headers of Standard Webhooks where `sign` names a secret (with the effect's key as the id), and answers through the inbox:
 * `answered` for a status of 200 to 299 with `data` the JSON of the answer (null where it is none, or too long), `failed` otherwise
 * or when `giveUpAfter` has passed. Numbers, secrets and hosts are the deliverer's to guard.
 */
export const webhookPayload = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  method: z.enum(['POST', 'PUT']),
  headers: z.array(header).max(20),
  body: z.json(),
  /** Name of the secret that signs; null: not signed. */
  sign: z.string().min(1).max(64).nullable(),
  /** Minutes from the step on during which it is tried again. */
  giveUpAfter: z.number().int().min(1).max(4320),
})
export type WebhookPayload = z.infer<typeof webhookPayload>
