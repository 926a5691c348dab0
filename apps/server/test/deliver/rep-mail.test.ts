import { smtpSink } from '@baton/connect/testing'
import { createIds, logHandoff, outboxMail, queueRepMail, repMailKey } from '@baton/db'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { onBoth, type World } from '../runner/programme.ts'
import { BASE, openPost, type Post } from './post.ts'

const BODY = 'Dear Zoë,\nsee <https://acme.test/a?x=1&y=2>.\n\nYours & Co'

/** A rep writes to a lead, as the desk does it. */
async function write(world: World, contactId: number): Promise<void> {
  const key = repMailKey({ id: contactId, rev: 0 })
  const from = { address: 'nora@acme.test', name: 'Nora Eide' }
  const data = { mail: key, subject: 'Our call', body: BODY, from, replyTo: { address: 'n@home.test', name: 'Nora Eide' } }
  const at = world.clock.now()
  const by = { id: 'usr_nora', name: 'Nora' }
  await world.handle.transaction(async (tx) => {
    await logHandoff(tx, [{ handoffId: contactId, contactId, at, kind: 'mail', by, data }])
    await queueRepMail(tx, createIds(tx), { contactId, key, topic: 'marketing', at })
  })
}

const states = async (post: Post) => (await post.mails()).map((it) => [it.status, it.error])
const person = (world: World, consent = true) =>
  world.person('zoe@example.com', { fields: { email: 'zoe@example.com', first_name: 'Zoë' }, consent: { marketing: consent } })

onBoth('a rep’s mail', (open) => {
  test('goes out in the rep’s words from the rep’s address, can be unsubscribed from, and its links tell', async () => {
    await using sink = await smtpSink()
    const world = await open()
    const post = await openPost(world, sink.url)
    const zoe = await person(world)
    await write(world, zoe)
    await post.delivery.deliverDue()
    await post.delivery.stop()
    const mail = await PostalMime.parse(sink.received[0]?.raw ?? '')
    expect([mail.from, mail.replyTo?.[0], mail.to?.[0]?.address, mail.subject]).toEqual([
      { address: 'nora@acme.test', name: 'Nora Eide' },
      { address: 'n@home.test', name: 'Nora Eide' },
      'zoe@example.com',
      'Our call',
    ])
    expect(mail.headers.find((it) => it.key === 'list-unsubscribe')?.value).toContain(`${BASE}/u/`)
    expect(mail.text?.replaceAll('\r', '')).toContain(BODY)
    expect(mail.text).toContain('1 High Street')
    // What was typed is text: nothing of it becomes markup, and the address leads through ours.
    expect(mail.html).toContain('Yours &amp; Co')
    expect(mail.html).toMatch(/see &lt;<a href="https:\/\/baton\.test\/c\/[\w.-]+">https:\/\/acme\.test\/a\?x=1&amp;y=2<\/a>&gt;\./)
    expect(await world.rows('select n, url from send_link')).toEqual([{ n: 1, url: 'https://acme.test/a?x=1&y=2' }])
    expect((await post.events('mail.sent')).length).toBe(1)
    const [send] = await world.rows('select id from send')
    expect(await outboxMail(world.handle, Number(send?.id))).toMatchObject({ template: 'Mail of a rep', status: 'sent' })
  })

  test('is asked once more before it goes: whoever withdrew consent or was deleted meanwhile gets none', async () => {
    const world = await open()
    const post = await openPost(world, null)
    const zoe = await person(world)
    await write(world, zoe)
    await world.rows(`update contact set facts = jsonb_set(facts, '{c}', '{"marketing":false}') where key = 'zoe@example.com'`)
    await post.delivery.deliverDue()
    expect(await states(post)).toEqual([['withdrawn', 'no-consent']])
  })

  test('waits while the workspace has no postal address, and goes once it has one', async () => {
    const world = await open()
    const post = await openPost(world, null)
    await world.rows(`update workspace set settings = settings || '{"postalAddress":""}'`)
    await write(world, await person(world))
    await post.delivery.deliverDue()
    expect(await states(post)).toMatchObject([['queued', expect.stringContaining('No postal address is set')]])
  })

  test('is not sent once its text was erased with the person’s history', async () => {
    const world = await open()
    const post = await openPost(world, null)
    await write(world, await person(world))
    await world.rows(`update handoff_log set data = '{}'`)
    await post.delivery.deliverDue()
    expect(await states(post)).toEqual([['withdrawn', 'deleted']])
  })
})
