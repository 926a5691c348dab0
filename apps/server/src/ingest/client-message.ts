import { z } from 'zod'

const TYPES = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const
const ID = 255
const EVENT = 200
const NAME = 500
const STAMP = 64

/** A message as the tracking clients send it. Clients differ in what they leave out, so everything but the type may be absent. */
const id = z.union([z.string().trim().max(ID), z.number().transform(String)]).nullish()
const record = z.record(z.string(), z.unknown()).nullish()
const stamp = z.union([z.string().max(STAMP), z.number()]).nullish()
export const clientMessage = z.object({
  type: z.enum(TYPES),
  messageId: z.string().trim().min(1).max(ID).nullish(),
  userId: id,
  anonymousId: id,
  previousId: id,
  groupId: id,
  event: z.string().trim().max(EVENT).nullish(),
  name: z.string().trim().max(NAME).nullish(),
  properties: record,
  traits: record,
  context: record,
  timestamp: stamp,
  originalTimestamp: stamp,
  sentAt: stamp,
})
export type ClientMessage = z.infer<typeof clientMessage>

const isType = (value: unknown): value is ClientMessage['type'] => TYPES.some((type) => type === value)

type Text = string | null | undefined
const isText = (value: unknown, most: number, least = 0): value is Text =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.length >= least && value.length <= most && value.trim().length === value.length)

type Stamp = string | number | null | undefined
const isStamp = (value: unknown): value is Stamp =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' ? value.length <= STAMP : typeof value === 'number' && Number.isFinite(value))

type Properties = Record<string, unknown> | null | undefined
const isProperties = (value: unknown): value is Properties =>
  value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value) && !Object.hasOwn(value, '__proto__'))

/**
 * Reads a message in which nothing is to be mended: nearly all are so, and this costs a tenth of the schema. Whatever it reads, the
 * schema reads likewise; for anything else it gives undefined, and the schema has the word.
 */
export function plainMessage(raw: Readonly<Record<string, unknown>>): ClientMessage | undefined {
  const { type, messageId, userId, anonymousId, previousId, groupId, event, name } = raw
  const { properties, traits, context, timestamp, originalTimestamp, sentAt } = raw
  if (!isType(type) || !isText(messageId, ID, 1)) return undefined
  if (!isText(userId, ID) || !isText(anonymousId, ID) || !isText(previousId, ID) || !isText(groupId, ID)) return undefined
  if (!isText(event, EVENT) || !isText(name, NAME)) return undefined
  if (!isProperties(properties) || !isProperties(traits) || !isProperties(context)) return undefined
  if (!isStamp(timestamp) || !isStamp(originalTimestamp) || !isStamp(sentAt)) return undefined
  const said = { properties, traits, context, timestamp, originalTimestamp, sentAt, event, name }
  return Object.assign(said, { type, messageId, userId, anonymousId, previousId, groupId })
}
