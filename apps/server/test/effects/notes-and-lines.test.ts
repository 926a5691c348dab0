import { smtpTransport } from '@baton/connect'
import { smtpSink } from '@baton/connect/testing'
import { notificationsOf, unreadCount, updateWorkspace } from '@baton/db'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { createStandIn } from '../../src/effects/index.ts'
import { createLines } from '../../src/effects/throttle.ts'
import { onBoth, type World } from '../runner/programme.ts'
import { BASE, openBureau } from './bureau.ts'

const MINUTE = 60_000

async function users(world: World, ...ids: string[]): Promise<void> {
  for (const id of ids) {
    await world.rows(`insert into "user" (id, name, email, role) values ($1, $1, $1 || '@acme.test', 'sales_rep')`, [id])
  }
}

onBoth('notes to users', (open) => {
  test('stand in the bell of the one who is meant, once', async () => {
    const world = await open()
    const bureau = await openBureau(world)
    await users(world, 'mara', 'noa')
    const told = { to: { kind: 'user', id: 'mara' }, inApp: true, email: false, text: '{{contact.first_name}} is back' }
    await bureau.flow('flw_n', 'notify', told, ['out'])
    const id = await bureau.ask('zoe@example.com')
    expect(await bureau.settle()).toBe(1)
    // As after a crash between the bell and the result.
    await world.rows(`update effect set status = 'queued', next_attempt_at = 0`)
    expect(await bureau.settle()).toBe(1)
    const [note, ...more] = await notificationsOf(world.handle, 'mara', { before: null, limit: 10 })
    expect(note).toMatchObject({ text: 'Zoë is back', contactId: id, flowId: 'flw_n', readAt: null })
    expect(more).toEqual([])
    expect(await unreadCount(world.handle, 'mara')).toBe(1)
    expect(await unreadCount(world.handle, 'noa')).toBe(0)
    expect(await world.rows('select * from inbox')).toEqual([])
    await bureau.courier.stop()
  })

  test('reach a whole team by e-mail; without a mail server the bell stands in', async () => {
    await using sink = await smtpSink()
    const world = await open()
    await updateWorkspace(world.handle, { name: 'Acme', senderName: 'Acme', senderAddress: 'news@acme.test' })
    const transport = smtpTransport(sink.url)
    const bureau = await openBureau(world, { transport })
    await users(world, 'mara', 'noa', 'gone')
    await world.rows(`update "user" set active = false where id = 'gone'`)
    await world.rows(`insert into team (id, name, created_at) values ('team_x', 'X', 0)`)
    await world.rows(`insert into team_member (team_id, user_id) select 'team_x', id from "user"`)
    await world.fields([])
    const told = { to: { kind: 'team', id: 'team_x' }, inApp: false, email: true, text: 'Call <{{contact.first_name}}>' }
    await bureau.flow('flw_n', 'notify', told, ['out'])
    const id = await bureau.ask('zoe@example.com')
    await bureau.settle()
    expect(await bureau.effects()).toMatchObject([{ status: 'done', error: null }])
    const mails = await Promise.all(sink.received.map((it) => PostalMime.parse(it.raw)))
    expect(mails.map((mail) => mail.to?.[0]?.address).sort()).toEqual(['mara@acme.test', 'noa@acme.test'])
    expect(mails[0]?.subject).toBe('Call <Zoë>')
    expect(mails[0]?.text).toContain(`${BASE}/contacts/${id}`)
    expect(mails[0]?.html).toContain('Call &lt;Zoë&gt;')
    expect(await unreadCount(world.handle, 'mara')).toBe(0)

    const without = bureau.another({ transport: null })
    await bureau.ask('ida@example.com')
    await without.deliverDue()
    expect(await unreadCount(world.handle, 'mara')).toBe(1)
    await without.stop()
    await bureau.courier.stop()
    await transport.close()
  })

  test('to nobody are listed as failed', async () => {
    const world = await open()
    const bureau = await openBureau(world)
    await users(world, 'mara')
    const told = { to: { kind: 'user', id: 'mara' }, inApp: true, email: false, text: 'Look' }
    await bureau.flow('flw_n', 'notify', told, ['out'])
    await bureau.ask('zoe@example.com')
    await world.rows(`update "user" set active = false`)
    await bureau.settle()
    expect(await bureau.effects()).toMatchObject([{ status: 'failed', error: 'Nobody to tell: this user is gone.' }])
    await bureau.courier.stop()
  })
})

onBoth('the line of a throttle', (open) => {
  // Of one instant the journal is in the order of contacts.
  test('lets so many through in each slot, in order of arrival, also after a restart', async () => {
    const world = await open()
    const bureau = await openBureau(world)
    await bureau.flow('flw_t', 'throttle', { count: 2, per: 'minute' }, ['out'])
    const start = world.clock.now()
    for (const [i, key] of ['e', 'd', 'c', 'b', 'a'].entries()) {
      world.clock.advance(i === 4 ? MINUTE : 1_000)
      await bureau.ask(`${key}@example.com`)
      if (i === 1) await bureau.settle()
    }
    await bureau.settle()
    const through = async () =>
      (await world.journal()).filter((line) => line.node === 'step').map((line) => [line.contact.charAt(0), Date.parse(line.time) - start])
    expect(await through()).toEqual([
      ['d', 2_000],
      ['e', 2_000],
      ['b', MINUTE + 4_000],
      ['c', MINUTE + 4_000],
    ])
    await bureau.courier.stop()
    const next = bureau.another({})
    expect(await next.deliverDue()).toBe(0)
    world.clock.advance(2 * MINUTE - (world.clock.now() - start))
    expect(await next.deliverDue()).toBe(1)
    await world.runner.drainUntilIdle()
    expect((await through()).at(-1)).toEqual(['a', 2 * MINUTE])
    await next.stop()
  })

  test('is kept by one process at a time, stands while its flow is paused, and forgets who left', async () => {
    const world = await open()
    const bureau = await openBureau(world)
    await bureau.flow('flw_t', 'throttle', { count: 1, per: 'hour' }, ['out'])
    for (const key of ['a', 'b', 'c', 'd']) await bureau.ask(`${key}@example.com`)
    const wall = () => 1_000
    const two = ['one', 'two'].map((owner) => createLines({ handle: world.handle, owner, wall, ttl: 60_000 }))
    const released = async () => Promise.all(two.map((lines) => lines.release(world.clock.now())))
    expect((await released()).sort()).toEqual([0, 1])
    expect(await released()).toEqual([0, 0])
    world.clock.advance(60 * MINUTE)
    await world.rows(`update flow set status = 'paused'`)
    expect(await released()).toEqual([0, 0])
    await world.rows(`update flow set status = 'live'`)
    const source = { kind: 'user' as const, id: 'u' }
    await world.tell('b@example.com', { kind: 'remove', at: world.clock.now(), flowId: 'flw_t', key: '', source })
    await world.runner.drainUntilIdle()
    world.clock.advance(2_000)
    expect((await released()).sort()).toEqual([0, 1])
    await world.runner.drainUntilIdle()
    const ways = (await world.journal()).filter((line) => line.node === 'step').map((line) => [line.contact.charAt(0), line.port])
    expect(ways).toEqual([
      ['a', 'out'],
      ['b', 'end'],
      ['c', 'out'],
    ])
    await bureau.courier.stop()
  })
})

onBoth('where nothing may go out', (open) => {
  test('calls fail at once, notes are taken as told, throttles keep their schedule', async () => {
    const world = await open()
    const bureau = await openBureau(world)
    await users(world, 'mara')
    await bureau.flow('flw_w', 'webhook', { url: 'https://example.com/hook', body: { kind: 'chosen' } }, ['answered', 'failed'])
    await bureau.flow('flw_n', 'notify', { to: { kind: 'user', id: 'mara' }, inApp: true, email: false, text: 'Look' }, ['out'])
    await bureau.flow('flw_t', 'throttle', { count: 1, per: 'hour' }, ['out'])
    await bureau.ask('a@example.com')
    await bureau.ask('b@example.com')
    const outside = createStandIn({ handle: world.handle, owner: 'run' })
    const start = world.clock.now()
    expect(await outside.settle(start)).toBe(5)
    expect(await outside.settle(start)).toBe(0)
    expect(outside.next()).toBe(start + 60 * MINUTE)
    expect(await outside.settle(start + 60 * MINUTE)).toBe(1)
    expect(outside.next()).toBeNull()
    await world.runner.drainUntilIdle()
    const ways = (await world.journal()).filter((line) => line.node === 'step').map(({ flow, port }) => `${flow} ${port}`)
    expect(ways.sort()).toEqual(['flw_n out', 'flw_n out', 'flw_t out', 'flw_t out', 'flw_w failed', 'flw_w failed'])
    expect(await unreadCount(world.handle, 'mara')).toBe(0)
    await bureau.courier.stop()
  })
})
