import type { IncomingMessage } from '@baton/db'
import { type ClientMessage, clientMessage, plainMessage } from './client-message.ts'
import { bytesAtMost } from './size.ts'

/** Limits of the Segment specification; what exceeds them is refused by itself, the rest of a batch is kept. */
export const MAX_EVENT_BYTES = 32 * 1024
export const MAX_BATCH_BYTES = 500 * 1024
export const MAX_BATCH_EVENTS = 2500

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
  at: { index: number; receivedAt: number; batchSentAt: unknown; fallbackId: () => string; forcedType?: string | undefined },
): { ok: IncomingMessage } | { refused: RefusedMessage } {
  const refuse = (say: string) => ({ refused: { index: at.index, messageId: messageIdOf(raw), say } })
  if (!isObject(raw)) return refuse('A message is a JSON object; this is something else.')
  if (bytesAtMost(raw) > MAX_EVENT_BYTES && Buffer.byteLength(JSON.stringify(raw)) > MAX_EVENT_BYTES)
    return refuse(`This message has more than ${MAX_EVENT_BYTES / 1024} KB. Send less in properties or traits.`)
  const read = readMessage(at.forcedType === undefined ? raw : { ...raw, type: at.forcedType })
  if ('say' in read) return refuse(read.say)
  const m = read.ok
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
      messageId: m.messageId ?? at.fallbackId(),
      kind: m.type,
      eventType: m.type === 'track' ? (m.event ?? 'track') : m.type,
      userId,
      anonymousId,
      previousId: m.previousId || null,
      groupId: m.groupId || null,
      props: m.name && m.type !== 'track' ? { ...m.properties, name: m.name } : (m.properties ?? {}),
      traits,
      occurredAt: correctedTime(m, at.receivedAt, at.batchSentAt),
      receivedAt: at.receivedAt,
    },
  }
}

const isObject = (raw: unknown): raw is Record<string, unknown> => typeof raw === 'object' && raw !== null && !Array.isArray(raw)

function readMessage(raw: Record<string, unknown>): { ok: ClientMessage } | { say: string } {
  const plain = plainMessage(raw)
  if (plain) return { ok: plain }
  const parsed = clientMessage.safeParse(raw)
  if (parsed.success) return { ok: parsed.data }
  const [issue] = parsed.error.issues
  return { say: `${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'not readable'}` }
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
