import { hashKey } from '@baton/api'
import { addKey, countSuppressions } from '@baton/db'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { mailEventDoor } from '../../src/mail-events/door.ts'
import { openPost } from '../deliver/post.ts'
import { onBoth, type World } from '../runner/programme.ts'
import { serveDoors } from './house.ts'

/** A mail that went out, a server's key and a browser's, and the door. */
async function provider(world: World) {
  const post = await openPost(world, null)
  await post.ask('zoe@example.com')
  await post.delivery.deliverDue()
  await world.runner.drainUntilIdle()
  const add = (kind: 'server' | 'browser', text: string) =>
    addKey(world.handle, {
      name: 'Postmark',
      kind,
      hash: hashKey(text),
      last4: 'abcd',
      publicKey: null,
      origins: [],
      createdBy: 'usr_nora',
      createdAt: 0,
    })
  await add('server', 'sk_server')
  await add('browser', 'pk_browser')
  const web = await serveDoors([mailEventDoor({ db: world.handle, clock: world.clock, log: pino({ level: 'silent' }), nudge: () => {} })])
  const [mail] = await world.rows<{ messageId: string }>('select message_id as "messageId" from send')
  return {
    messageId: mail?.messageId ?? '',
    async tell(body: unknown, key = 'sk_server') {
      const headers = { 'content-type': 'application/json', authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }
      const answer = await fetch(`${web.url}/v1/mail-events`, { method: 'POST', headers, body: JSON.stringify(body) })
      const json = (await answer.json()) as Record<string, unknown>
      return { ...json, status: answer.status } as Record<string, unknown>
    },
    events: () =>
      world.rows(`select type, props ->> 'response' as said from event where type in ('mail.bounced', 'mail.complained') order by at, id`),
    [Symbol.asyncDispose]: () => web[Symbol.asyncDispose](),
  }
}

onBoth('what mail providers tell', (open) => {
  test('is taken with a server key only', async () => {
    const world = await open()
    await using it = await provider(world)
    const body = { events: [{ type: 'complaint', email: 'zoe@example.com' }] }
    expect(await it.tell(body, 'pk_browser')).toMatchObject({ status: 401, success: false })
    expect(await it.tell(body, 'sk_unknown')).toMatchObject({ status: 401 })
    expect(await countSuppressions(world.handle)).toEqual([])
    expect(await it.tell(body)).toMatchObject({ status: 200, suppressed: 1 })
  })

  test('reaches the person, their flows and the list; told twice it changes nothing', async () => {
    const world = await open()
    await using it = await provider(world)
    await world.rows(`insert into identity (value, kind, contact_id) select 'zoe@example.com', 'email', id from contact`)
    const body = { events: [{ type: 'bounce', messageId: it.messageId, email: 'Zoe@Example.com', permanent: true, reason: '550 gone' }] }
    expect(await it.tell(body)).toEqual({ status: 200, success: true, stored: 1, suppressed: 1, unknown: 0 })
    expect(await it.tell(body)).toEqual({ status: 200, success: true, stored: 0, suppressed: 0, unknown: 0 })
    await world.runner.drainUntilIdle()
    expect(await it.events()).toEqual([{ type: 'mail.bounced', said: '550 gone' }])
    expect(await world.rows(`select facts ->> 's' as s from contact`)).toEqual([{ s: 'bounced' }])
    expect(await world.rows('select bounced_at is not null as marked from send')).toEqual([{ marked: true }])
  })

  test.each(['delivered', 'bounce', 'complaint'])('whatever is told of a mail of unknown fate says that it left us: %s', async (type) => {
    const world = await open()
    await using it = await provider(world)
    await world.rows(`update send set status = 'unknown', sent_at = null, last_error = 'The line broke.'`)
    expect(await it.tell({ events: [{ type, messageId: it.messageId, permanent: false }] })).toMatchObject({ status: 200, stored: 1 })
    expect(await world.rows('select status, sent_at is not null as dated, last_error as error from send')).toEqual([
      { status: 'sent', dated: true, error: null },
    ])
    expect(await it.tell({ events: [{ type: 'delivered', messageId: '<nobody@example.com>' }] })).toMatchObject({ stored: 0, unknown: 1 })
  })

  test('an event that cannot be read is told with its place, the others are kept', async () => {
    const world = await open()
    await using it = await provider(world)
    const bad = [{ type: 'open', email: 'zoe@example.com' }, { type: 'bounce' }, { type: 'bounce', email: 'nobody' }, 7]
    const answer = await it.tell({ events: [...bad, { type: 'bounce', email: 'zoe@example.com', permanent: false }] })
    expect(answer).toMatchObject({ status: 200, success: true, suppressed: 0 })
    expect(answer.refused).toMatchObject([
      { index: 0, say: expect.stringContaining('"delivered", "bounce" or "complaint"') },
      { index: 1, say: 'Give "email", "messageId" or both.' },
      { index: 2, say: expect.stringContaining('An address such as') },
      { index: 3, say: expect.any(String) },
    ])
    expect(await it.tell({ events: bad })).toMatchObject({ status: 400, success: false })
    expect(await it.tell({ event: [] })).toMatchObject({ status: 400, message: expect.stringContaining('{"events": [...]}') })
    expect(await it.tell({ events: Array.from({ length: 1001 }, () => bad[0]) })).toMatchObject({ status: 400 })
  })
})
