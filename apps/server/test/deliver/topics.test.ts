import { verifyUnsubscribe } from '@baton/connect'
import { reply, smtpSink } from '@baton/connect/testing'
import {
  addContacts,
  breakerOf,
  createIds,
  listSuppressions,
  saveTopic,
  setTemplateTopic,
  suppress,
  updateWorkspace,
  workspaceSettings,
} from '@baton/db'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { tokenKeys } from '../../src/deliver/addresses.ts'
import { watchFlows } from '../../src/deliver/breaker.ts'
import { onBoth, type World } from '../runner/programme.ts'
import { openPost, type Post } from './post.ts'

const MINUTE = 60_000
const by = { kind: 'user' as const, id: 'usr_nora', name: 'Nora' }

/** The mail of the post goes out under a topic of its own. */
async function underTopic(world: World, post: Post): Promise<string> {
  return world.handle.transaction(async (tx) => {
    const topic = await saveTopic(tx, { name: 'Events', description: '', doubleOptIn: false, at: world.clock.now() })
    await setTemplateTopic(tx, { templateId: post.template, topicId: topic })
    return topic
  })
}
const states = async (post: Post) => (await post.mails()).map((it) => [it.status, it.error])

onBoth('mail under topics', (open) => {
  test('goes to those who agreed to the topic of the message, and its links leave that topic', async () => {
    await using sink = await smtpSink()
    const world = await open()
    const post = await openPost(world, sink.url)
    const topic = await underTopic(world, post)
    const zoe = await post.ask('zoe@example.com', { consent: { [topic]: true } })
    await post.ask('ada@example.com', { consent: { marketing: true } })
    await post.delivery.deliverDue()
    await post.delivery.stop()
    expect(sink.received.map((it) => it.to)).toEqual([['zoe@example.com']])
    expect(await world.rows('select topic from send')).toEqual([{ topic }])
    const mail = await PostalMime.parse(sink.received[0]?.raw ?? '')
    const leave = mail.headers.find((it) => it.key === 'list-unsubscribe')?.value ?? ''
    const keys = tokenKeys((await workspaceSettings(world.handle)).linkSecrets)
    expect(verifyUnsubscribe(keys, /\/u\/([\w.-]+)/.exec(leave)?.[1] ?? '')).toEqual({ contactId: String(zoe), topic })
    expect(mail.html).toMatch(
      /Unsubscribe<\/a> (&middot;|·) <a href="https:\/\/baton\.test\/p\/[\w.-]+\?m=[\w.-]+"[^>]*>Choose what you get/,
    )
    expect(mail.text).toMatch(/Choose what you get: https:\/\/baton\.test\/p\//)
  })

  test('what was let through under one topic and has another by now needs both', async () => {
    const world = await open()
    const post = await openPost(world, null)
    await post.ask('zoe@example.com')
    await post.ask('ada@example.com')
    const topic = await underTopic(world, post)
    await world.rows(`update contact set facts = jsonb_set(facts, '{c}', $1::jsonb) where key = 'zoe@example.com'`, [
      JSON.stringify({ marketing: true, [topic]: true }),
    ])
    await post.delivery.deliverDue()
    expect((await states(post)).sort()).toEqual([
      ['sent', null],
      ['withdrawn', 'no-consent'],
    ])
  })

  test('an address on the list gets none, whatever is known of the person', async () => {
    const world = await open()
    const post = await openPost(world, null)
    await post.ask('zoe@example.com')
    await world.handle.transaction((tx) =>
      suppress(tx, [{ value: 'zoe@example.com', reason: 'by-hand', note: '' }], { by, at: world.clock.now() }),
    )
    await post.delivery.deliverDue()
    expect(await states(post)).toEqual([['withdrawn', 'suppressed']])
  })

  test('what waits in the inbox may still forbid it: the mail waits for that', async () => {
    const world = await open()
    const post = await openPost(world, null)
    await post.ask('zoe@example.com')
    await world.tell('zoe@example.com', { kind: 'fields', at: world.clock.now(), set: { city: 'Bonn' }, source: by })
    await post.delivery.deliverDue()
    expect(await states(post)).toEqual([['queued', null]])
    await world.runner.drainUntilIdle()
    await post.delivery.deliverDue()
    expect(await states(post)).toEqual([['sent', null]])
  })

  test('an address that bounces for good is on the list with what was said, and people who come later with it start so', async () => {
    await using sink = await smtpSink({ onRcptTo: (_, __, done) => done(reply(550, '5.1.1 No such user')) })
    const world = await open()
    const post = await openPost(world, sink.url)
    await post.ask('Gone@example.com')
    await post.delivery.deliverDue()
    await post.delivery.stop()
    expect(await listSuppressions(world.handle, { search: '', reason: null, limit: 5 })).toMatchObject([
      { value: 'gone@example.com', reason: 'bounced', note: expect.stringContaining('No such user'), by: 'Delivery' },
    ])
    const person = { email: 'gone@example.com', external: null, fields: { email: 'gone@example.com' }, consent: {} }
    const made = await world.handle.transaction((tx) => addContacts(tx, createIds(tx), [person], { at: 0, textKeys: [] }))
    expect(await world.rows(`select facts ->> 's' as s from contact where id = any($1::bigint[])`, [made])).toEqual([{ s: 'bounced' }])
  })

  test('a flow whose mails bounce too often pauses itself, and mail that waits stays', async () => {
    await using sink = await smtpSink({
      onRcptTo: ({ address }, _, done) => (address.startsWith('gone') ? done(reply(550, '5.1.1 No such user')) : done()),
    })
    const world = await open()
    const post = await openPost(world, sink.url)
    const breaker = { mailsPerHour: null, bounces: 20, complaints: null, unsubscribes: null, minimum: 4 }
    await updateWorkspace(world.handle, { sending: { caps: [], quiet: null, breaker, unknown: 'keep' } })
    for (const name of ['gone1', 'zoe', 'ada']) await post.ask(`${name}@example.com`)
    await post.delivery.deliverDue()
    expect(await watchFlows(world.handle, world.clock.now())).toEqual([])
    await post.ask('gone2@example.com')
    await post.delivery.deliverDue()
    const now = world.clock.now()
    expect(await watchFlows(world.handle, now)).toEqual(['flw_post'])
    expect(await watchFlows(world.handle, now)).toEqual([])
    expect(await breakerOf(world.handle, 'flw_post')).toMatchObject({
      status: 'paused',
      tripped: { rule: 'bounces', limit: 20, seen: 50, mails: 4, at: now },
    })
    await post.ask('bo@example.com')
    world.clock.advance(MINUTE)
    expect(await post.delivery.deliverDue()).toBe(0)
    await post.delivery.stop()
  })
})
