import { z } from 'zod'

/**
 * A note to users of the workspace: the payload of an outgoing effect of the kind `notify`. Who is meant by "the owner" is decided
 * by the step, who is in a team when it is delivered. The text is plain, ready to be shown; the contact is the effect's own.
 */
export const notifyPayload = z.strictObject({
  to: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('user'), id: z.string().min(1).max(64) }),
    z.strictObject({ kind: z.literal('team'), id: z.string().min(1).max(64) }),
  ]),
  inApp: z.boolean(),
  email: z.boolean(),
  text: z.string().min(1).max(1000),
})
export type NotifyPayload = z.infer<typeof notifyPayload>
