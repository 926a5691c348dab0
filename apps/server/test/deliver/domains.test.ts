import { smtpTransport } from '@baton/connect'
import { reply, smtpSink } from '@baton/connect/testing'
import { DEFAULT_SENDING, updateWorkspace } from '@baton/db'
import { expect, test } from 'vitest'
import { onBoth } from '../runner/programme.ts'
import { openPost } from './post.ts'

const MINUTE = 60_000

onBoth('how fast a domain is written to', (open) => {
  test('a domain that hangs keeps only its own mail waiting, and gets one at a time once it is back', async () => {
    const hung = new Set<() => void>()
    let hangs = true
    await using sink = await smtpSink({
      onRcptTo: ({ address }, _, done) => (hangs && address.endsWith('@hangs.test') ? void hung.add(done) : done()),
    })
    const world = await open()
    const post = await openPost(world, null)
    const delivery = post.another({ transport: smtpTransport(sink.url, { socketMs: 1_000 }) })
    for (let i = 0; i < 6; i++) await post.ask(`p${i}@hangs.test`)
    for (let i = 0; i < 4; i++) await post.ask(`p${i}@quick.test`)
    const due = delivery.deliverDue()
    await expect.poll(() => sink.received.length).toBe(4)
    // Three at a time for one domain, of five in all.
    expect(hung.size).toBe(3)
    await due
    const at = (domain: string) =>
      world.rows(
        `select s.status, s.last_error as error from send s join contact c on c.bucket = s.bucket and c.id = s.contact_id where c.key like '%' || $1`,
        [domain],
      )
    const waiting = await at('hangs.test')
    expect(waiting.map((mail) => mail.status)).toEqual(Array.from({ length: 6 }, () => 'queued'))
    expect(waiting.filter((mail) => String(mail.error).includes('fell silent when this address was named'))).toHaveLength(3)
    hangs = false
    expect(await delivery.deliverDue()).toBe(0)
    world.clock.advance(MINUTE)
    await delivery.deliverDue()
    await delivery.deliverDue()
    expect((await at('hangs.test')).map((mail) => mail.status)).toEqual(Array.from({ length: 6 }, () => 'sent'))
    expect(await world.rows('select name, strikes from destination')).toEqual([{ name: 'mail hangs.test', strikes: 0 }])
    await delivery.stop()
  })

  test('a domain that asks for less gets nothing for a while, longer each time; others get theirs', async () => {
    let busy = true
    await using sink = await smtpSink({
      onRcptTo: ({ address }, _, done) =>
        done(busy && address.endsWith('@big.test') ? reply(421, '4.7.0 Too many messages from you') : null),
    })
    const world = await open()
    const post = await openPost(world, sink.url)
    const pace = { connections: 5, each: { connections: 1, perMinute: null }, domains: [] }
    await updateWorkspace(world.handle, { sending: { ...DEFAULT_SENDING, pace } })
    for (let i = 0; i < 3; i++) await post.ask(`p${i}@big.test`)
    await post.ask('zoe@small.test')
    await post.delivery.deliverDue()
    expect(sink.received.flatMap((mail) => mail.to)).toEqual(['zoe@small.test'])
    // One was asked; the others did not try in vain.
    expect((await post.mails()).map((mail) => mail.attempts).sort()).toEqual([0, 0, 1, 1])
    world.clock.advance(MINUTE)
    await post.delivery.deliverDue()
    const start = world.clock.now()
    expect(await world.rows('select strikes, slow_until - $1::bigint as rest from destination', [start])).toEqual([
      { strikes: 2, rest: 2 * MINUTE },
    ])
    busy = false
    world.clock.advance(2 * MINUTE)
    await post.delivery.deliverDue()
    world.clock.advance(10 * MINUTE)
    await post.delivery.deliverDue()
    await post.delivery.stop()
    expect(sink.received).toHaveLength(4)
  })

  test('a domain gets no more mails a minute than it may, from two processes together', async () => {
    await using sink = await smtpSink()
    const world = await open()
    const post = await openPost(world, sink.url)
    const domains = [{ domain: 'slow.test', connections: 5, perMinute: 6 }]
    await updateWorkspace(world.handle, {
      sending: { ...DEFAULT_SENDING, pace: { connections: 5, each: { connections: 5, perMinute: null }, domains } },
    })
    const other = post.another({ transport: smtpTransport(sink.url) })
    for (let i = 0; i < 8; i++) await post.ask(`p${i}@slow.test`)
    for (let second = 0; second < 60; second++) {
      await Promise.all([post.delivery.deliverDue(), other.deliverDue()])
      world.clock.advance(1_000)
    }
    expect(sink.received.length).toBeGreaterThanOrEqual(6)
    expect(sink.received.length).toBeLessThanOrEqual(7)
    await post.delivery.stop()
    await other.stop()
  })
})
