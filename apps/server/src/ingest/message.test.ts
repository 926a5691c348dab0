import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BodyError, readBody } from './body.ts'
import { clientMessage, plainMessage } from './client-message.ts'
import { MAX_EVENT_BYTES, parseMessage } from './message.ts'
import { bytesAtMost } from './size.ts'

const receivedAt = Date.UTC(2026, 2, 13, 10)
const at: Parameters<typeof parseMessage>[1] = { index: 0, receivedAt, batchSentAt: undefined, fallbackId: () => 'sha256:x:0' }
const taken = (raw: unknown, over: Partial<typeof at> = {}) => {
  const read = parseMessage(raw, { ...at, ...over })
  if (!('ok' in read)) throw new Error(`refused: ${read.refused.say}`)
  return read.ok
}
const refused = (raw: unknown) => {
  const read = parseMessage(raw, at)
  if ('ok' in read) throw new Error('taken')
  return read.refused.say
}

describe('a tracking message', () => {
  test('a track message keeps its name, properties and ids', () => {
    const m = taken({ type: 'track', messageId: 'm1', userId: 'u1', event: 'Demo booked', properties: { plan: 'pro' } })
    expect(m).toMatchObject({ messageId: 'm1', kind: 'track', eventType: 'Demo booked', userId: 'u1', props: { plan: 'pro' } })
  })

  test.each([
    ['neither id', { type: 'track', event: 'x' }, /Neither userId nor anonymousId/],
    ['empty ids', { type: 'track', event: 'x', userId: ' ', anonymousId: '' }, /Neither userId nor anonymousId/],
    ['no event name', { type: 'track', userId: 'u' }, /needs "event"/],
    ['a name of ours', { type: 'track', userId: 'u', event: 'mail.clicked' }, /Baton's own/],
    ['a form that nobody sent', { type: 'track', userId: 'u', event: 'form.submitted' }, /Baton's own/],
    ['a consent that nobody confirmed', { type: 'track', userId: 'u', event: 'Consent.confirmed' }, /Baton's own/],
    ['another name of ours', { type: 'track', userId: 'u', event: 'Sales.accepted' }, /Baton's own/],
    ['alias without previousId', { type: 'alias', userId: 'u' }, /previousId/],
    ['unknown type', { type: 'purchase', userId: 'u' }, /^type:/],
    ['no object', 'hello', /JSON object/],
    ['too large', { type: 'track', userId: 'u', event: 'x', properties: { text: 'x'.repeat(MAX_EVENT_BYTES) } }, /32 KB/],
  ])('%s is refused with what to do', (_, raw, say) => expect(refused(raw)).toMatch(say))

  test.each([
    ['no times: as received', {}, undefined, receivedAt],
    ['timestamp alone stands', { timestamp: '2026-03-13T09:00:00Z' }, undefined, receivedAt - 3_600_000],
    [
      'a client clock that is 2 h ahead cancels out (per batch)',
      { timestamp: '2026-03-13T11:59:00Z' },
      '2026-03-13T12:00:00Z',
      receivedAt - 60_000,
    ],
    ['the same, sentAt per message', { timestamp: '2026-03-13T11:59:00Z', sentAt: '2026-03-13T12:00:00Z' }, undefined, receivedAt - 60_000],
    ['never later than received', { timestamp: '2027-01-01T00:00:00Z' }, undefined, receivedAt],
    ['a fraction of a millisecond is rounded', { timestamp: receivedAt - 1000.4 }, undefined, receivedAt - 1000],
    ['unreadable time: as received', { timestamp: 'yesterday' }, undefined, receivedAt],
    [
      'originalTimestamp wins',
      { originalTimestamp: '2026-03-13T08:00:00Z', timestamp: '2026-03-13T09:00:00Z' },
      undefined,
      receivedAt - 7_200_000,
    ],
  ])('SEMANTICS 2, when it happened: %s', (_, times, batchSentAt, expected) => {
    expect(taken({ type: 'track', userId: 'u', event: 'x', ...times }, { batchSentAt }).occurredAt).toBe(expected)
  })

  test('without a messageId the fallback made of the bytes is used', () => {
    expect(taken({ type: 'page', anonymousId: 'a' }).messageId).toBe('sha256:x:0')
  })

  test('traits in the context of a track message are found', () => {
    expect(taken({ type: 'track', userId: 'u', event: 'x', context: { traits: { email: 'a@b.example' } } }).traits).toEqual({
      email: 'a@b.example',
    })
  })

  test('the type comes from the address where there is one', () => {
    expect(taken({ anonymousId: 'a', name: 'Pricing' }, { forcedType: 'page' })).toMatchObject({
      eventType: 'page',
      props: { name: 'Pricing' },
    })
  })
})

/** Values that clients send, and such as no client should. */
const odd = fc.constantFrom(
  null,
  '',
  ' x',
  'x'.repeat(256),
  7,
  Number.POSITIVE_INFINITY,
  true,
  [],
  {},
  [1],
  '2026-03-13T09:00:00Z',
  'y'.repeat(65),
)
const text = fc.oneof(
  { weight: 15, arbitrary: fc.constantFrom('u1', 'Demo booked', '2026-03-13', undefined) },
  { weight: 1, arbitrary: odd },
)
const properties = fc.oneof(
  { weight: 12, arbitrary: fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(JSON.parse('{"__proto__":{"x":1}}'), null, [], 'x', 5) },
)
const anyMessage = fc.record(
  {
    type: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('track', 'identify', 'page', 'alias') }, { weight: 1, arbitrary: odd }),
    ...{ messageId: text, userId: text, anonymousId: text, previousId: text, groupId: text, event: text, name: text },
    ...{ properties, traits: properties, context: properties, timestamp: text, originalTimestamp: text, sentAt: text },
  },
  { requiredKeys: ['type'] },
)

describe('the short way to read a message', () => {
  test('reads what the schema reads, in the same way, or leaves it to the schema', () => {
    let short = 0
    fc.assert(
      fc.property(anyMessage, (raw) => {
        const plain = plainMessage(raw)
        if (!plain) return
        short++
        const whole = (m: object) => Object.fromEntries(Object.entries(m).filter(([, value]) => value !== undefined))
        expect(whole(plain)).toEqual(whole(clientMessage.parse(raw)))
      }),
      { seed: 20260313, numRuns: 5000 },
    )
    expect(short).toBeGreaterThan(500)
  })

  test('a bound on the size of what is written is never too small', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(bytesAtMost(value)).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(value)))
      }),
      { seed: 20260313, numRuns: 2000 },
    )
    expect(bytesAtMost('\0'.repeat(100))).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify('\0'.repeat(100))))
  })
})

describe('a request body', () => {
  test('gzipped JSON is recognised by its bytes', async () => {
    const { json } = await readBody(Readable.from([gzipSync('{"batch":[]}')]))
    expect(json).toEqual({ batch: [] })
  })

  test.each([
    ['no JSON', Buffer.from('hello'), 400],
    ['nested a hundred deep', Buffer.from('['.repeat(100) + ']'.repeat(100)), 400],
    ['broken gzip', gzipSync('{"batch":[]}').subarray(0, 15), 400],
    ['too large', Buffer.alloc(600 * 1024, 'a'), 413],
    ['too large once unpacked', gzipSync(Buffer.alloc(5_000_000, 'a')), 413],
  ])('%s is refused', async (_, bytes, status) => {
    await expect(readBody(Readable.from([bytes]))).rejects.toSatisfy((e) => e instanceof BodyError && e.status === status)
  })
})
