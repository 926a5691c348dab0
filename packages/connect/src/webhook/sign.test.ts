import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { signWebhook, verifyWebhook, WEBHOOK_TOLERANCE_MS } from './sign.ts'

const secret = `whsec_${Buffer.from('a secret of this test, 24+ bytes').toString('base64')}`
const now = new Date('2026-03-01T10:00:00Z')
const body = '{"contact":"7"}'

test('the signature is HMAC-SHA256 over id.timestamp.body with the decoded secret', () => {
  const mac = createHmac('sha256', 'a secret of this test, 24+ bytes').update(`msg_1.1772359200.${body}`).digest('base64')
  expect(signWebhook(secret, { id: 'msg_1', now, body })).toEqual({
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1772359200',
    'webhook-signature': `v1,${mac}`,
  })
})

test('what was signed verifies, with or without whsec_, and only unchanged', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.uuid(), (one, other, id) => {
      const headers = signWebhook(secret, { id, now, body: one })
      expect(verifyWebhook(secret.slice(6), { headers, now, body: one })).toEqual({ ok: true })
      if (one !== other) expect(verifyWebhook(secret, { headers, now, body: other })).toEqual({ refused: 'bad-signature' })
      expect(verifyWebhook(secret, { headers: { ...headers, 'webhook-id': `${id}x` }, now, body: one })).toEqual({
        refused: 'bad-signature',
      })
    }),
    { seed: 7, numRuns: 200 },
  )
})

test('five minutes either way, not a second more', () => {
  const headers = signWebhook(secret, { id: 'm', now, body })
  const at = (ms: number) => verifyWebhook(secret, { headers, now: new Date(now.getTime() + ms), body })
  expect(at(WEBHOOK_TOLERANCE_MS)).toEqual({ ok: true })
  expect(at(-WEBHOOK_TOLERANCE_MS)).toEqual({ ok: true })
  expect(at(WEBHOOK_TOLERANCE_MS + 1000)).toEqual({ refused: 'too-old' })
  expect(at(-WEBHOOK_TOLERANCE_MS - 1000)).toEqual({ refused: 'too-new' })
})

test('any v1 of several signatures is enough; other versions are not', () => {
  const headers = signWebhook(secret, { id: 'm', now, body })
  const signature = headers['webhook-signature']
  const verify = (text: string) => verifyWebhook(secret, { headers: { ...headers, 'webhook-signature': text }, now, body })
  expect(verify(`v1,AAAA v2,xyz ${signature}`)).toEqual({ ok: true })
  expect(verify(signature.replace('v1', 'v2'))).toEqual({ refused: 'bad-signature' })
})

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const)('without %s it is refused', (name) => {
  const headers = { ...signWebhook(secret, { id: 'm', now, body }), [name]: '' }
  expect(verifyWebhook(secret, { headers, now, body })).toEqual({ refused: 'missing-header' })
})

test('an empty secret is a mistake of the set-up', () => {
  expect(() => signWebhook('whsec_', { id: 'm', now, body })).toThrow('empty')
})

test('the reference library accepts what we sign at this moment, and refuses it after five minutes', () => {
  const webhook = new Webhook(secret)
  const current = new Date()
  expect(webhook.verify(body, signWebhook(secret, { id: 'msg_1', now: current, body }))).toEqual({ contact: '7' })
  const old = new Date(current.getTime() - WEBHOOK_TOLERANCE_MS - 60_000)
  expect(() => webhook.verify(body, signWebhook(secret, { id: 'msg_1', now: old, body }))).toThrow(/too old/)
})

test('we accept what the reference library signs', () => {
  const signature = new Webhook(secret).sign('msg_2', now, body)
  const headers = { ...signWebhook(secret, { id: 'msg_2', now, body }), 'webhook-signature': signature }
  expect(verifyWebhook(secret, { headers, now, body })).toEqual({ ok: true })
})
