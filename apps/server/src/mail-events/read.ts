import { z } from 'zod'

/** So many events one request may bring. */
export const MOST_EVENTS = 1_000

const address = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, 'An address such as ada@example.com.')

/** One thing that a mail provider has to tell. By `messageId` the mail is found, by `email` the person; both are best. */
const mailEvent = z
  .object({
    type: z.enum(['delivered', 'bounce', 'complaint'], 'The type is "delivered", "bounce" or "complaint".'),
    email: address.optional(),
    messageId: z.string().trim().min(3).max(500).optional(),
    /** Of a bounce: the address will not take mail later either. */
    permanent: z.boolean().default(true),
    /** What the other mail server said. */
    reason: z.string().max(1_000).default(''),
    at: z.iso.datetime({ offset: true, message: 'A time such as 2026-03-02T09:00:00Z.' }).optional(),
    /** The provider's own id of this event: the same id again changes nothing. */
    id: z.string().min(1).max(200).optional(),
  })
  .refine((it) => it.email !== undefined || it.messageId !== undefined, 'Give "email", "messageId" or both.')
  .refine((it) => it.type !== 'delivered' || it.messageId !== undefined, 'Give the "messageId" of what was delivered.')

export type ProviderEvent = z.infer<typeof mailEvent>

const body = z.object({ events: z.array(z.unknown()).min(1, 'The list "events" is empty.').max(MOST_EVENTS) })

export interface ReadEvents {
  events: { index: number; event: ProviderEvent }[]
  refused: { index: number; say: string }[]
}

/** Reads a request; events that cannot be read are told one by one, the others are kept. @returns a sentence when nothing can be read */
export function readMailEvents(json: unknown): ReadEvents | string {
  const read = body.safeParse(json)
  if (!read.success) return `Send {"events": [...]} with 1 to ${MOST_EVENTS} events.`
  const events: ReadEvents['events'] = []
  const refused: ReadEvents['refused'] = []
  for (const [index, raw] of read.data.events.entries()) {
    const event = mailEvent.safeParse(raw)
    if (event.success) events.push({ index, event: event.data })
    else refused.push({ index, say: event.error.issues.map((it) => [it.path.join('.'), it.message].filter(Boolean).join(': ')).join(' ') })
  }
  return { events, refused }
}
