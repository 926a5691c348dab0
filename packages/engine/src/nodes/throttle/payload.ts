import { z } from 'zod'

/** At most so many people in each slot of that length. */
export const throttleRate = z.strictObject({
  count: z.number().int().min(1).max(1_000_000),
  per: z.enum(['minute', 'hour', 'day']),
})
export type ThrottleRate = z.infer<typeof throttleRate>

/**
 * A place in the line of a step that lets only so many people through: the payload of an outgoing effect of the kind `throttle`.
 * The line is that of (flow, node), over all versions and contacts, in the order in which effects were stored; the rate of the
 * latest arrival holds. Whoever serves it answers `released` when it is this person's turn (`nextRelease` of @baton/leads).
 */
export const throttlePayload = z.strictObject({ rate: throttleRate })
export type ThrottlePayload = z.infer<typeof throttlePayload>
