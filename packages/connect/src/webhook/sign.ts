import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far a timestamp may be off, both ways: five minutes, as Standard Webhooks says. */
export const WEBHOOK_TOLERANCE_MS = 300_000

export type WebhookHeaders = { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string }

/** Why a webhook was not believed. */
export type WebhookRefusal = 'missing-header' | 'bad-timestamp' | 'too-old' | 'too-new' | 'bad-signature'

function keyOf(secret: string): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  if (key.length === 0) throw new Error('A webhook secret is base64, with or without whsec_ before it. This one is empty.')
  return key
}

const signatureOf = (key: Buffer, id: string, seconds: string, body: string): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`

/**
 * The three headers of Standard Webhooks for a body.
 * @param id the same for every delivery of the same effect, so that the receiver can drop repetitions
 * @param body exactly what is sent
 * @throws when the secret is empty
 */
export function signWebhook(secret: string, { id, now, body }: { id: string; now: Date; body: string }): WebhookHeaders {
  const seconds = String(Math.floor(now.getTime() / 1000))
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatureOf(keyOf(secret), id, seconds, body) }
}

/**
 * Checks a received webhook. Any of several space-separated v1 signatures may match.
 * @throws when the secret is empty
 */
export function verifyWebhook(
  secret: string,
  { headers, now, body }: { headers: Partial<WebhookHeaders>; now: Date; body: string },
): { ok: true } | { refused: WebhookRefusal } {
  const key = keyOf(secret)
  const { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures } = headers
  if (!id || !seconds || !signatures) return { refused: 'missing-header' }
  if (!/^\d{1,12}$/.test(seconds)) return { refused: 'bad-timestamp' }
  const age = now.getTime() - Number(seconds) * 1000
  if (age > WEBHOOK_TOLERANCE_MS) return { refused: 'too-old' }
  if (age < -WEBHOOK_TOLERANCE_MS) return { refused: 'too-new' }
  const expected = Buffer.from(signatureOf(key, id, seconds, body))
  const matches = signatures.split(' ').some((one) => {
    const given = Buffer.from(one)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
  return matches ? { ok: true } : { refused: 'bad-signature' }
}
