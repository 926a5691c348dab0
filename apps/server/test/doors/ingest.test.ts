import { gzipSync } from 'node:zlib'
import { hashKey } from '@baton/api'
import { addKey } from '@baton/db'
import RudderAnalytics from '@rudderstack/rudder-sdk-node'
import { Analytics } from '@segment/analytics-node'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { ingestDoor } from '../../src/ingest/door.ts'
import { createMetrics } from '../../src/metrics.ts'
import { onBoth, START, type World } from '../runner/programme.ts'
import { serveDoors } from './house.ts'

const SERVER = 'sk_a_server_key'
const BROWSER = 'bk_a_browser_key'

/** The tracking API over a world, with a key of each kind. */
async function tracked(world: World) {
  for (const [kind, key] of [
    ['server', SERVER],
    ['browser', BROWSER],
  ] as const) {
    const made = { name: kind, kind, hash: hashKey(key), last4: key.slice(-4), origins: [], createdBy: 'usr_test', createdAt: START }
    await addKey(world.handle, made)
  }
  let nudges = 0
  const metrics = createMetrics(null)
  // Tracking clients live by the wall clock.
  const clock = { now: () => Date.now() }
  const door = ingestDoor({ db: world.handle, clock, log: pino({ level: 'silent' }), metrics, nudge: () => void nudges++ })
  const web = await serveDoors([door])
  const events = () =>
    world.rows<{ type: string; props: object; key: string }>(
      'select e.type, e.props, c.key from event e join contact c on c.bucket = e.bucket and c.id = e.contact_id order by e.seq',
    )
  const post = (body: string | Buffer, key = SERVER, headers: Record<string, string> = {}) =>
    fetch(`${web.url}/v1/batch`, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { authorization: `Basic ${btoa(`${key}:`)}`, 'content-type': 'application/json', ...headers },
    })
  return { web, events, post, nudges: () => nudges, [Symbol.asyncDispose]: () => web[Symbol.asyncDispose]() }
}
const batch = (...messages: object[]) => JSON.stringify({ batch: messages })

onBoth('a message with what no text in the database can hold', (open) => {
  test('is kept, with the sign for a broken character in its place', async () => {
    const world = await open()
    await using it = await tracked(world)
    const text = batch({
      type: 'track',
      userId: 'u1',
      messageId: 'm1',
      event: 'Read',
      properties: { title: 'a#b', 'k#': ['half !', '\\u0000'] },
    })
    const answer = await it.post(text.replaceAll('#', '\\u0000').replaceAll('!', '\\ud83d'))
    expect(answer.status).toBe(200)
    expect(await it.events()).toMatchObject([{ props: { title: 'a\ufffdb', 'k\ufffd': ['half \ufffd', '\\u0000'] } }])
  })
})

onBoth('tracking clients, unmodified', (open) => {
  test('@segment/analytics-node: identify, track, page and group land, each once', async () => {
    const world = await open()
    await using it = await tracked(world)
    const analytics = new Analytics({ writeKey: SERVER, host: it.web.url, flushAt: 4 })
    analytics.identify({ userId: 'u1', traits: { email: 'Zoe@Example.com', firstName: 'Zoë' } })
    analytics.track({ userId: 'u1', event: 'Demo requested', properties: { seats: 12 } })
    analytics.page({ userId: 'u1', name: 'Pricing', properties: { path: '/pricing' } })
    analytics.group({ userId: 'u1', groupId: 'g1', traits: { name: 'Acme' } })
    await analytics.closeAndFlush()
    expect(await it.events()).toMatchObject([
      { type: 'identify', key: 'zoe@example.com' },
      { type: 'Demo requested', props: { seats: 12 } },
      { type: 'page', props: { path: '/pricing', name: 'Pricing' } },
      { type: 'group' },
    ])
    expect(await world.rows(`select facts -> 'f' ->> 'first_name' as name from contact`)).toEqual([{ name: 'Zoë' }])
    expect(it.nudges()).toBeGreaterThan(0)
    expect(await world.rows('select last_used_at is not null as used from write_key order by kind')).toEqual([
      { used: false },
      { used: true },
    ])
  })

  test('@rudderstack/rudder-sdk-node: gzipped, as it sends it', async () => {
    const world = await open()
    await using it = await tracked(world)
    const rudder = new RudderAnalytics(SERVER, { dataPlaneUrl: it.web.url, flushAt: 2, gzip: true, logLevel: 'error' })
    rudder.identify({ userId: 'u2', traits: { email: 'amara@example.com' } })
    rudder.track({ userId: 'u2', event: 'Signed up', properties: { plan: 'pro' } })
    await rudder.flush()
    expect(await it.events()).toMatchObject([
      { type: 'identify', key: 'amara@example.com' },
      { type: 'Signed up', props: { plan: 'pro' } },
    ])
  })

  test('while the database does not answer: 503, the client repeats, and in the end everything is there once', async () => {
    const world = await open()
    await using it = await tracked(world)
    await world.rows('alter table seen rename to gone')
    const analytics = new Analytics({ writeKey: SERVER, host: it.web.url, flushAt: 1, maxRetries: 5 })
    const refused: number[] = []
    analytics.on('http_request', () => void refused.push(1))
    analytics.track({ userId: 'u3', event: 'Booked', messageId: 'm-booked' })
    while (refused.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect((await it.post(batch({ type: 'track', userId: 'u3', event: 'x' }))).status).toBe(503)
    await world.rows('alter table gone rename to seen')
    await analytics.closeAndFlush()
    expect(await it.events()).toMatchObject([{ type: 'Booked' }])
    expect(refused.length).toBeGreaterThan(1)
  })
})

onBoth('the door of events', (open) => {
  test('a wrong key, a revoked key, a server key in a page: refused with what to do', async () => {
    const world = await open()
    await using it = await tracked(world)
    const body = batch({ type: 'track', userId: 'u1', event: 'x' })
    const wrong = await it.post(body, 'sk_nobody')
    expect(wrong.status).toBe(401)
    expect(await wrong.json()).toMatchObject({ success: false, message: expect.stringContaining('Settings') })
    await world.rows(`update write_key set revoked_at = 1 where kind = 'browser'`)
    expect((await it.post(body, BROWSER)).status).toBe(401)
    expect((await it.post(body, SERVER, { origin: 'https://shop.test' })).status).toBe(403)
    expect(await it.events()).toEqual([])
  })

  test('a bad message is refused by itself, a repeated one is passed over, gzip is told by its bytes', async () => {
    const world = await open()
    await using it = await tracked(world)
    const body = batch(
      { type: 'track', userId: 'u1', event: 'Good', messageId: 'm1' },
      { type: 'track', userId: 'u1', event: 'mail.clicked' },
      { type: 'track', event: 'Nobody' },
      { type: 'track', userId: 'u1', event: 'Large', properties: { text: 'x'.repeat(33_000) } },
    )
    const answer = await it.post(body)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ stored: 1, refused: [{ index: 1 }, { index: 2 }, { index: 3 }] })
    const again = await it.post(gzipSync(batch({ type: 'track', userId: 'u1', event: 'Good', messageId: 'm1' })), SERVER, {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(await again.json()).toMatchObject({ stored: 0, repeated: 1 })
    expect(await it.events()).toMatchObject([{ type: 'Good' }])
    expect((await it.post('{"batch":')).status).toBe(400)
    expect((await it.post(batch(...Array.from({ length: 2_501 }, () => ({ type: 'track' }))))).status).toBe(413)
    expect((await it.post(Buffer.alloc(600 * 1024, 0x20))).status).toBe(413)
  })

  test('a key that asks too often is told when to come back, and the others go on', async () => {
    const world = await open()
    await using it = await tracked(world)
    const body = batch({ type: 'track', anonymousId: 'a1', event: 'x', messageId: 'm1' })
    let last = await it.post(body, BROWSER)
    for (let i = 0; i < 200; i++) last = await it.post(body, BROWSER)
    expect(last.status).toBe(429)
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await it.post(body, SERVER)).status).toBe(200)
  })
})
