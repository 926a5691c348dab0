import { webSink } from '@baton/connect/testing'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { onBoth, type World } from '../runner/programme.ts'
import { type Bureau, openBureau } from './bureau.ts'

const MINUTE = 60_000
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const call = (url: string, more: object = {}) => ({ url: `${url}/hook`, body: { kind: 'chosen', fields: ['email'] }, ...more })
const PORTS = ['answered', 'failed'] as const

async function calling(world: World, url: string, more: object = {}, bureau?: Bureau): Promise<Bureau> {
  const made = bureau ?? (await openBureau(world))
  await made.flow('flw_w', 'webhook', call(url, more), PORTS)
  return made
}

onBoth('calls of web addresses', (open) => {
  test('go out once, signed, and the answer leads on', async () => {
    await using sink = await webSink((response) => response.end('{"plan":"gold"}'))
    const world = await open()
    const bureau = await openBureau(world)
    await bureau.secret('hook', SECRET)
    await bureau.secret('token', 'Bearer abc')
    const headers = [{ name: 'Authorization', value: { from: 'secret', name: 'token' } }]
    await calling(world, sink.url, { sign: 'hook', headers, save: [{ path: 'plan', as: 'plan', type: 'text' }] }, bureau)
    await bureau.ask('zoë@example.com')
    expect(await bureau.settle()).toBe(1)
    expect(await bureau.courier.deliverDue()).toBe(0)

    const [received] = sink.received
    expect(sink.received).toHaveLength(1)
    expect(received).toMatchObject({ method: 'POST', path: '/hook', headers: { authorization: 'Bearer abc' } })
    const verified = new Webhook(SECRET).verify(received?.body ?? '', received?.headers as Record<string, string>)
    expect(verified).toMatchObject({ data: { contact: { email: 'zoë@example.com' } } })
    const [effect] = await bureau.effects()
    expect(effect).toMatchObject({ status: 'done', attempts: 1, next: null, error: null, answer: { status: 200, data: { plan: 'gold' } } })
    expect(received?.headers['webhook-id']).toBe(encodeURI(String(effect?.key)))
    expect(await bureau.left()).toMatchObject([{ port: 'answered', reason: { saved: { plan: 'gold' } } }])
    expect(await world.rows('select vars from enrolment')).toMatchObject([{ vars: { data: { plan: 'gold' } } }])
    expect(JSON.stringify(await world.rows('select * from effect'))).not.toContain('Bearer')
    await bureau.courier.stop()
  })

  test('are tried again with growing distance and the same id, then given up', async () => {
    await using sink = await webSink((response) => response.writeHead(503).end())
    const world = await open()
    const bureau = await calling(world, sink.url, { giveUpAfter: { amount: 10, unit: 'minutes' } })
    await bureau.ask('zoe@example.com')
    const start = world.clock.now()
    const times: number[] = []
    for (let tries = 0; tries < 20; tries++) {
      const [before] = await bureau.effects()
      if (before?.status !== 'queued') break
      world.clock.advance(Number(before.next) - world.clock.now())
      times.push(world.clock.now() - start)
      await bureau.settle()
    }
    expect(times).toEqual([0, 10_000, 70_000, 370_000, 10 * MINUTE])
    expect(new Set(sink.received.map((it) => it.headers['webhook-id'])).size).toBe(1)
    expect(await bureau.effects()).toMatchObject([
      {
        status: 'failed',
        attempts: 5,
        next: null,
        error: 'It answered 503. Something is wrong over there. It was given up after 5 attempts.',
      },
    ])
    expect(await bureau.left()).toMatchObject([{ port: 'failed', reason: { status: 503 } }])
    await bureau.courier.stop()
  })

  test.each([
    [404, {}, /There is nothing at this address/],
    [302, { location: 'https://example.com/' }, /Redirects are not followed/],
    [400, {}, /did not understand/],
  ] as const)('that are answered %s fail at once', async (status, headers, error) => {
    await using sink = await webSink((response) => response.writeHead(status, headers).end())
    const world = await open()
    const bureau = await calling(world, sink.url)
    await bureau.ask('zoe@example.com')
    await bureau.settle()
    expect(await bureau.effects()).toMatchObject([
      { status: 'failed', attempts: 1, error: expect.stringMatching(error), answer: { status } },
    ])
    expect(await bureau.left()).toMatchObject([{ port: 'failed', reason: { status } }])
    expect(sink.received).toHaveLength(1)
    await bureau.courier.stop()
  })

  test('come back when the other side says, and hang up on who does not answer', async () => {
    await using sink = await webSink((response, _call, n) => {
      if (n === 1) response.writeHead(429, { 'retry-after': '300' }).end()
      else if (n === 3) response.end('x'.repeat(100_000))
    })
    const world = await open()
    const bureau = await openBureau(world, { time: 2_000 })
    await calling(world, sink.url, {}, bureau)
    await bureau.ask('zoe@example.com')
    const start = world.clock.now()
    await bureau.settle()
    expect(await bureau.effects()).toMatchObject([{ status: 'queued', next: start + 5 * MINUTE, error: expect.stringContaining('429') }])
    world.clock.advance(5 * MINUTE)
    await bureau.settle()
    expect(await bureau.effects()).toMatchObject([{ status: 'queued', error: expect.stringContaining('did not answer') }])
    world.clock.advance(MINUTE)
    await bureau.settle()
    expect(await bureau.effects()).toMatchObject([{ status: 'done', answer: { status: 200, data: null } }])
    await bureau.courier.stop()
  })

  test('never reach into the own network', async () => {
    await using sink = await webSink()
    const world = await open()
    const bureau = await openBureau(world, { allowed: () => false })
    await calling(world, sink.url, {}, bureau)
    await bureau.ask('zoe@example.com')
    await bureau.settle()
    expect(await bureau.effects()).toMatchObject([{ status: 'failed', error: expect.stringContaining('inside a private network') }])
    expect(sink.received).toEqual([])
    await bureau.courier.stop()
  })

  test('wait for a secret that is not there, and say which', async () => {
    await using sink = await webSink()
    const world = await open()
    const bureau = await openBureau(world)
    await bureau.secret('hook', SECRET)
    await calling(world, sink.url, { sign: 'hook' }, bureau)
    await bureau.ask('zoe@example.com')
    await world.rows('delete from secret')
    await bureau.settle()
    expect(await bureau.effects()).toMatchObject([{ status: 'queued', error: expect.stringContaining('no secret “hook”') }])
    await bureau.secret('hook', SECRET)
    world.clock.advance(MINUTE)
    await bureau.settle()
    expect(await bureau.effects()).toMatchObject([{ status: 'done' }])
    expect(await world.rows('select name from secret where last_used_at is not null')).toEqual([{ name: 'hook' }])
    await bureau.courier.stop()
  })

  test('that were taken back never go; a paused flow makes none', async () => {
    await using sink = await webSink()
    const world = await open()
    const bureau = await calling(world, sink.url)
    await bureau.ask('zoe@example.com')
    const source = { kind: 'user' as const, id: 'u' }
    await world.tell('zoe@example.com', { kind: 'remove', at: world.clock.now(), flowId: 'flw_w', key: '', source })
    await world.runner.drainUntilIdle()
    expect(await bureau.effects()).toMatchObject([{ status: 'cancelled' }])
    await bureau.ask('ida@example.com')
    await world.rows(`update flow set status = 'paused'`)
    expect(await bureau.courier.deliverDue()).toBe(0)
    expect(sink.received).toEqual([])
    await world.rows(`update flow set status = 'live'`)
    expect(await bureau.courier.deliverDue()).toBe(1)
    await bureau.courier.stop()
  })

  test('go side by side, a few at a time for each host; held, none goes', async () => {
    await using slow = await webSink(async (response) => {
      await new Promise((go) => setImmediate(go))
      response.end('{}')
    })
    const world = await open()
    const bureau = await openBureau(world, { perHost: 2 })
    await calling(world, slow.url, {}, bureau)
    for (let n = 0; n < 7; n++) await bureau.ask(`p${n}@example.com`)
    const go = await bureau.courier.hold()
    const delivered = bureau.courier.deliverDue()
    await new Promise((next) => setImmediate(next))
    expect(slow.received).toEqual([])
    go()
    expect(await delivered).toBe(7)
    expect(slow.received).toHaveLength(7)
    expect(slow.open.most).toBeLessThanOrEqual(2)
    await bureau.courier.stop()
  })

  test('of two processes each is made by one; what one left behind is done by the other, with the same id', async () => {
    await using sink = await webSink()
    const world = await open()
    let wall = 1_000_000
    const bureau = await openBureau(world, { wall: () => wall })
    await calling(world, sink.url, {}, bureau)
    for (let n = 0; n < 6; n++) await bureau.ask(`p${n}@example.com`)
    const other = bureau.another({ wall: () => wall })
    await Promise.all([bureau.courier.deliverDue(), other.deliverDue()])
    expect(sink.received).toHaveLength(6)
    expect(new Set(sink.received.map((it) => it.headers['webhook-id'])).size).toBe(6)

    // As a process leaves it that dies while it calls.
    await world.rows(
      `update effect set status = 'sending', claimed_by = 'dead', next_attempt_at = 1, claimed_until = $1 where id = (select min(id) from effect)`,
      [wall + 1],
    )
    wall += 2
    await other.start()
    await expect.poll(() => sink.received.length).toBe(7)
    expect(new Set(sink.received.map((it) => it.headers['webhook-id'])).size).toBe(6)
    await other.stop()
    await bureau.courier.stop()
  })
})
