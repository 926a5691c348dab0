import type { IncomingMessage } from '@baton/db'
import { z } from 'zod'

/** Limits of the Segment specification; what exceeds them is refused by itself, the rest of a batch is kept. */
export const MAX_EVENT_BYTES = 32 * 1024
export const MAX_BATCH_BYTES = 500 * 1024
export const MAX_BATCH_EVENTS = 2500

/** A message as the tracking clients send it. Clients differ in what they leave out, so everything but the type may be absent. */
const id = z.union([z.string().trim().max(255), z.number().transform(String)]).nullish()
const record = z.record(z.string(), z.unknown()).nullish()
const stamp = z.union([z.string().max(64), z.number()]).nullish()
const message = z.object({
  type: z.enum(['track', 'identify', 'page', 'screen', 'group', 'alias']),
  messageId: z.string().trim().min(1).max(255).nullish(),
  userId: id,
  anonymousId: id,
  previousId: id,
  groupId: id,
  event: z.string().trim().max(200).nullish(),
  name: z.string().trim().max(500).nullish(),
  properties: record,
  traits: record,
  context: record,
  timestamp: stamp,
  originalTimestamp: stamp,
  sentAt: stamp,
})

/** A message that cannot be taken, and why: said to the client, which will not try it again. */
export interface RefusedMessage {
  /** Place in the batch, from 0. */
  index: number
  messageId: string | null
  say: string
}

const RESERVED = /^(baton|mail|sales|lifecycle|contact|form|consent)\./i

/**
 * Reads one message. `sentAt` of the batch corrects the clock where the message has none of its own: Segment sends it per batch,
 * RudderStack per message. `fallbackId` is used when a client sends no messageId; it must be derived from the bytes, so that a
 * repeated request is still recognised.
 */
export function parseMessage(
  raw: unknown,
  at: { index: number; receivedAt: number; batchSentAt: unknown; fallbackId: string; forcedType?: string | undefined },
): { ok: IncomingMessage } | { refused: RefusedMessage } {
  const refuse = (say: string) => ({ refused: { index: at.index, messageId: messageIdOf(raw), say } })
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return refuse('A message is a JSON object; this is something else.')
  if (Buffer.byteLength(JSON.stringify(raw)) > MAX_EVENT_BYTES)
    return refuse(`This message has more than ${MAX_EVENT_BYTES / 1024} KB. Send less in properties or traits.`)
  const parsed = message.safeParse(at.forcedType === undefined ? raw : { ...raw, type: at.forcedType })
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return refuse(`${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'not readable'}`)
  }
  const m = parsed.data
  const userId = m.userId || null
  const anonymousId = m.anonymousId || null
  if (userId === null && anonymousId === null) return refuse('Neither userId nor anonymousId: nobody did this. Send one of them.')
  if (m.type === 'track' && !m.event) return refuse('A track message needs "event", the name of what happened.')
  if (m.type === 'track' && m.event && RESERVED.test(m.event))
    return refuse(`Names that begin with "${m.event.split('.')[0]}." are Baton's own. Choose another name for this event.`)
  if (m.type === 'alias' && (!m.previousId || userId === null)) return refuse('An alias message needs "previousId" and "userId".')
  const traits = m.traits ?? traitsOf(m.context)
  return {
    ok: {
      messageId: m.messageId ?? at.fallbackId,
      kind: m.type,
      eventType: m.type === 'track' ? (m.event ?? 'track') : m.type,
      userId,
      anonymousId,
      previousId: m.previousId || null,
      groupId: m.groupId || null,
      props: { ...(m.properties ?? {}), ...(m.name && m.type !== 'track' ? { name: m.name } : {}) },
      traits,
      occurredAt: correctedTime(m, at.receivedAt, at.batchSentAt),
      receivedAt: at.receivedAt,
    },
  }
}

/** Some clients put the traits of a track or page message into its context. */
function traitsOf(context: Record<string, unknown> | null | undefined): Record<string, unknown> {
  const traits = context?.traits
  return typeof traits === 'object' && traits !== null && !Array.isArray(traits) ? { ...traits } : {}
}

function messageIdOf(raw: unknown): string | null {
  const value = typeof raw === 'object' && raw !== null && 'messageId' in raw ? raw.messageId : null
  return typeof value === 'string' ? value : null
}

/** received − (sent − happened): the client's clock cancels out. Without sentAt the client's own time stands, never later than now. */
function correctedTime(
  m: { timestamp?: unknown; originalTimestamp?: unknown; sentAt?: unknown },
  receivedAt: number,
  batchSentAt: unknown,
): number {
  const happened = instant(m.originalTimestamp) ?? instant(m.timestamp)
  if (happened === null) return receivedAt
  const sent = instant(m.sentAt) ?? instant(batchSentAt)
  const corrected = sent === null ? happened : receivedAt - (sent - happened)
  return Math.round(Math.max(0, Math.min(corrected, receivedAt)))
}

function instant(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string' || value === '') return null
  const ms = Date.parse(value)
  return Number.isNaN(ms) ? null : ms
}
