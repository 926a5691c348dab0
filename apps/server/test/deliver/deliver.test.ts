import { smtpTransport } from '@baton/connect'
import { brokenServer, reply, smtpSink } from '@baton/connect/testing'
import { outboxMail, repeatUnknown, retryFailed, saveTemplate, updateWorkspace } from '@baton/db'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { onBoth, START, type World } from '../runner/programme.ts'
import { asked, links, openPost, text } from './post.ts'

const MINUTE = 60_000
/** Who refuses everybody, some for a while. */
const picky = { onRcptTo: refuse }
function refuse({ address }: { address: string }, _session: unknown, done: (error?: Error) => void): void {
  if (address.startsWith('gone')) done(reply(550, '5.1.1 No such user'))
  else if (address.startsWith('policy')) done(reply(554, '5.7.1 Not from you'))
  else if (address.startsWith('full')) done(reply(452, '4.2.2 Mailbox full'))
  else done()
}
const status = async (world: World) =>
  (await world.rows<{ status: string }>('select status from send order by id')).map((row) => row.status)

onBoth('delivery', (open) => {
  test('a mail goes out once, filled with the data of that moment, and its flow hears of it', async () => {
    await using sink = await smtpSink()
    const world = await open()
    const post = await openPost(world, sink.url)
    const id = await post.ask('zoe@example.com')
    expect(await status(world)).toEqual(['queued'])
    expect(await post.delivery.deliverDue()).toBe(1)
    expect(await post.delivery.deliverDue()).toBe(0)
    await post.delivery.stop()

    const [mail] = await post.mails()
    expect(mail).toMatchObject({
      status: 'sent',
      transport: 'smtp',
      attempts: 1,
      error: null,
      next: null,
      to: 'zoe@example.com',
      subject: 'For Zoë',
    })
    expect(sink.received).toHaveLength(1)
    const received = await PostalMime.parse(sink.received[0]?.raw ?? '')
    expect(received).toMatchObject({
      subject: 'For Zoë',
      messageId: mail?.messageId,
      from: { name: 'Acme News', address: 'news@acme.test' },
    })
    expect(received.to).toEqual([{ name: 'Zoë', address: 'zoe@example.com' }])
    const header = (key: string) => received.headers.find((one) => one.key === key)?.value
    expect(header('list-unsubscribe')).toMatch(/^<https:\/\/baton\.test\/u\/[\w.-]+\?m=[\w.-]+>$/)
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect(received.html).toContain('1 High Street')
    expect(received.html).not.toContain('href="https://acme.test')
    expect(await links(world)).toMatchObject([
      { n: 1, url: 'https://acme.test/guide' },
      { n: 2, url: 'https://acme.test/prices?a=1&b=2' },
    ])
    expect(await world.rows('select kind, contact_id as "contactId" from inbox')).toEqual([{ kind: 'event', contactId: id }])
    expect(await post.events('mail.sent')).toMatchObject([
      { props: { templateId: post.template, flowId: 'flw_post', node: 'mail', kept: false } },
    ])
  })

  test('times in a mail are those of the zone of the reader, who has that of the company where none is known otherwise', async () => {
    const world = await open()
    const post = await openPost(world, null)
    const at = `{{ "2026-03-02T12:00:00Z" | date: "%H:%M" }}`
    const change = { id: post.template, name: 'Guide', text: { ...text, subject: at }, from: 1, by: 'usr_test', at: START }
    await world.handle.transaction((tx) => saveTemplate(tx, change))
    const company = async (key: string, data: object) => {
      const id = await world.person(key, { fields: { email: key }, consent: { marketing: true } })
      await world.rows(`insert into related (bucket, contact_id, kind, id, data, at) values ($1, $2, 'company', 'acme', $3::jsonb, 0)`, [
        id % 1024,
        id,
        JSON.stringify(data),
      ])
      await world.tell(key, asked(`ask ${key}`, world.clock.now()))
    }
    await company('a@example.com', { zone: 'Asia/Tokyo' })
    await company('b@example.com', { country: 'JP' })
    await world.runner.drainUntilIdle()
    await post.delivery.deliverDue()
    expect((await post.mails()).map((it) => it.subject)).toEqual(['21:00', '21:00'])
  })

  test('without a mail server it is kept in the Outbox, exactly as it would be sent, and the flow goes on', async () => {
    const world = await open()
    const post = await openPost(world, null)
    await post.ask('zoe@example.com')
    expect(await post.delivery.deliverDue()).toBe(1)
    expect(await post.mails()).toMatchObject([{ status: 'sent', transport: 'outbox', subject: 'For Zoë' }])
    expect(await post.events('mail.sent')).toMatchObject([{ props: { kept: true } }])
  })

  test.each([
    ['who withdrew consent', { c: { marketing: false } }, 'no-consent'],
    ['who is suppressed', { s: 'complained' }, 'suppressed'],
    ['whose address was taken away', { f: {} }, 'no-address'],
  ])('somebody %s since the step gets no mail', async (_, change, why) => {
    await using sink = await smtpSink()
    const world = await open()
    const post = await openPost(world, sink.url)
    await post.ask('zoe@example.com')
    await world.rows('update contact set facts = facts || $1::jsonb', [JSON.stringify(change)])
    await post.delivery.deliverDue()
    await post.delivery.stop()
    expect(await post.mails()).toMatchObject([{ status: 'withdrawn', error: why }])
    expect(await post.events('mail.withdrawn')).toMatchObject([{ props: { why } }])
    expect(sink.received).toEqual([])
  })

  test('a deleted person, a stopped flow: withdrawn; a paused flow: waits', async () => {
    await using sink = await smtpSink()
    const world = await open()
    const post = await openPost(world, sink.url)
    const gone = await post.ask('gone@example.com')
    await world.rows('update contact set deleted_at = 1 where id = $1', [gone])
    await post.delivery.deliverDue()
    expect(await post.mails()).toMatchObject([{ status: 'withdrawn', error: 'deleted' }])
    await post.ask('zoe@example.com')
    await world.rows(`update flow set status = 'paused'`)
    expect(await post.delivery.deliverDue()).toBe(0)
    await world.rows(`update flow set status = 'stopped'`)
    await post.delivery.deliverDue()
    await post.delivery.stop()
    expect(await status(world)).toEqual(['withdrawn', 'withdrawn'])
    expect(sink.received).toEqual([])
  })

  test('an unsubscription that is not handled yet holds the mail back', async () => {
    await using sink = await smtpSink()
    const world = await open()
    const post = await openPost(world, sink.url)
    await post.ask('zoe@example.com')
    const source = { kind: 'system' as const, id: 'link' }
    await world.tell('zoe@example.com', { kind: 'consent', at: world.clock.now(), topic: 'marketing', given: false, source })
    await post.delivery.deliverDue()
    expect(await status(world)).toEqual(['queued'])
    await world.runner.drainUntilIdle()
    await post.delivery.deliverDue()
    await post.delivery.stop()
    expect(await post.mails()).toMatchObject([{ status: 'withdrawn', error: 'no-consent' }])
  })

  test('refused for the address: failed, bounced, and suppressed; for another reason: failed only', async () => {
    await using sink = await smtpSink(picky)
    const world = await open()
    const post = await openPost(world, sink.url)
    await post.ask('gone@example.com')
    await post.ask('policy@example.com')
    await post.delivery.deliverDue()
    await post.delivery.stop()
    expect(await post.mails()).toMatchObject([
      { status: 'failed', error: expect.stringContaining('No such user') },
      { status: 'failed', error: expect.stringContaining('Not from you') },
    ])
    expect((await post.events('mail.bounced')).map((event) => event.props)).toMatchObject([
      { permanent: true, recipient: true },
      { permanent: true, recipient: false },
    ])
    await world.runner.drainUntilIdle()
    const people = await world.rows(`select key, facts ->> 's' as s from contact order by key`)
    expect(people).toEqual([
      { key: 'gone@example.com', s: 'bounced' },
      { key: 'policy@example.com', s: null },
    ])
  })

  test('put off: tried again by a fixed schedule with the data of then, and given up in the end', async () => {
    await using sink = await smtpSink(picky)
    const world = await open()
    const post = await openPost(world, sink.url)
    await post.ask('full@example.com')
    const waits: number[] = []
    for (let i = 0; i < 9; i++) {
      await post.delivery.deliverDue()
      const [mail] = await post.mails()
      expect(mail).toMatchObject({ status: 'queued', attempts: i + 1, error: expect.stringContaining('Mailbox full'), subject: null })
      waits.push((Number(mail?.next) - world.clock.now()) / MINUTE)
      expect(await post.delivery.deliverDue()).toBe(0)
      world.clock.advance(Number(mail?.next) - world.clock.now())
    }
    expect(waits).toEqual([1, 5, 15, 60, 180, 360, 720, 1440, 1440])
    await post.delivery.deliverDue()
    await post.delivery.stop()
    const ids = new Set((await post.mails()).map((mail) => mail.messageId))
    expect(ids.size).toBe(1)
    expect(await post.mails()).toMatchObject([{ status: 'failed', error: expect.stringContaining('too often') }])
    expect(await post.events('mail.bounced')).toMatchObject([{ props: { permanent: false } }])
  })

  test('a mail server that does not answer: the mails wait, say why, one finds out whether it is back', async () => {
    const world = await open()
    const post = await openPost(world, 'smtp://127.0.0.1:1')
    for (let i = 0; i < 8; i++) await post.ask(`p${i}@example.com`)
    await post.delivery.deliverDue()
    const waiting = await post.mails()
    expect(waiting.every((mail) => mail.status === 'queued')).toBe(true)
    expect(waiting.filter((mail) => mail.error !== null)).toHaveLength(3)
    expect(waiting[0]?.error).toContain('Check host and port in SMTP_URL')
    expect(await post.delivery.deliverDue()).toBe(0)
    world.clock.advance(5_000)
    await post.delivery.deliverDue()
    expect((await post.mails()).filter((mail) => Number(mail.next) > world.clock.now())).toHaveLength(1)
    expect((await post.mails()).every((mail) => mail.attempts === 0)).toBe(true)
    await post.delivery.stop()
    await using sink = await smtpSink()
    world.clock.advance(10 * MINUTE)
    const back = post.another({ transport: smtpTransport(sink.url) })
    expect(await back.deliverDue()).toBe(8)
    await back.stop()
    expect(sink.received).toHaveLength(8)
  })

  test('a connection that breaks while the mail is handed over: unknown, never again by itself, and by hand the very same mail', async () => {
    await using broken = await brokenServer({ onBody: (_, socket) => socket.destroy() })
    const world = await open()
    const post = await openPost(world, broken.url)
    await post.ask('zoe@example.com')
    await post.delivery.deliverDue()
    await post.delivery.stop()
    const [before] = await post.mails()
    expect(before).toMatchObject({ status: 'unknown', next: null, error: expect.stringContaining('broke') })

    await using sink = await smtpSink()
    const next = post.another({ transport: smtpTransport(sink.url) })
    world.clock.advance(100 * MINUTE)
    expect(await next.deliverDue()).toBe(0)
    // What the author changed meanwhile does not get in: the mailbox may have this mail already.
    const change = { id: post.template, name: 'Guide', text: { ...text, subject: 'Other' }, from: 1, by: 'usr_test', at: 0 }
    await world.handle.transaction((tx) => saveTemplate(tx, change))
    const [row] = await world.rows<{ id: number }>('select id from send')
    expect(await repeatUnknown(world.handle, { id: row?.id ?? 0, now: world.clock.now() })).toBe(true)
    expect(await repeatUnknown(world.handle, { id: row?.id ?? 0, now: world.clock.now() })).toBe(false)
    expect(await next.deliverDue()).toBe(1)
    await next.stop()
    const received = await PostalMime.parse(sink.received[0]?.raw ?? '')
    expect(received).toMatchObject({ messageId: before?.messageId, subject: 'For Zoë' })
    expect(await post.mails()).toMatchObject([{ status: 'sent', attempts: 2, messageId: before?.messageId }])
  })

  test('a process that died while sending leaves an unknown mail; what it had only claimed is taken over', async () => {
    await using sink = await smtpSink()
    const world = await open()
    const post = await openPost(world, sink.url)
    await post.ask('a@example.com')
    await post.ask('b@example.com')
    const wall = Date.now()
    await world.rows(`update send set claimed_by = 'dead', claimed_until = $1`, [wall + MINUTE])
    await world.rows(`update send set status = 'sending' where id = (select min(id) from send)`)
    expect(await post.delivery.deliverDue()).toBe(0)
    const later = post.another({ wall: () => wall + 2 * MINUTE })
    await later.start()
    await later.deliverDue()
    await later.stop()
    expect((await status(world)).sort()).toEqual(['sent', 'unknown'])
    expect(sink.received).toHaveLength(1)
  })

  test('two that deliver at the same time send every mail once', async () => {
    await using sink = await smtpSink()
    const world = await open()
    const post = await openPost(world, sink.url)
    for (let i = 0; i < 40; i++) await post.ask(`p${i}@example.com`)
    const other = post.another({ transport: smtpTransport(sink.url) })
    await Promise.all([post.delivery.deliverDue(), other.deliverDue()])
    // Where one had as many under way as the domain takes, the other left some alone.
    await post.delivery.deliverDue()
    await post.delivery.stop()
    await other.stop()
    expect(new Set(await status(world))).toEqual(new Set(['sent']))
    const to = sink.received.flatMap((mail) => mail.to)
    expect(to).toHaveLength(40)
    expect(new Set(to).size).toBe(40)
  })

  test('a missing sender or postal address holds marketing mail, says so, and lets it go once entered', async () => {
    await using sink = await smtpSink()
    const world = await open()
    const post = await openPost(world, sink.url)
    await updateWorkspace(world.handle, { senderAddress: '' })
    await post.ask('zoe@example.com')
    await post.delivery.deliverDue()
    expect(await post.mails()).toMatchObject([{ status: 'queued', error: expect.stringContaining('Settings') }])
    await updateWorkspace(world.handle, { senderAddress: 'news@acme.test', postalAddress: '' })
    world.clock.advance(MINUTE)
    await post.delivery.deliverDue()
    expect(await post.mails()).toMatchObject([{ status: 'queued', error: expect.stringContaining('postal address') }])
    await updateWorkspace(world.handle, { postalAddress: '1 High Street' })
    world.clock.advance(MINUTE)
    await post.delivery.deliverDue()
    await post.delivery.stop()
    expect(await post.mails()).toMatchObject([{ status: 'sent', error: null }])
  })

  test('a template with a mistake fails its mails with the place; by hand they are tried again', async () => {
    await using sink = await smtpSink()
    const world = await open()
    const post = await openPost(world, sink.url)
    const save = (subject: string, from: number) =>
      world.handle.transaction((tx) =>
        saveTemplate(tx, { id: post.template, name: 'Guide', text: { ...text, subject }, from, by: 'usr_test', at: 0 }),
      )
    await save('For {{ contact.first_name', 1)
    await post.ask('zoe@example.com')
    await post.delivery.deliverDue()
    expect(await post.mails()).toMatchObject([{ status: 'failed', error: expect.stringContaining('subject, line 1') }])
    await save('Now for {{ contact.first_name }}', 2)
    const [row] = await world.rows<{ id: number }>('select id from send')
    expect(await retryFailed(world.handle, { id: row?.id ?? 0, now: world.clock.now() })).toBe(true)
    await post.delivery.deliverDue()
    await post.delivery.stop()
    expect(await outboxMail(world.handle, row?.id ?? 0)).toMatchObject({ status: 'sent', subject: 'Now for Zoë', templateVersion: 3 })
  })
})
