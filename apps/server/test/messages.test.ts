import { smtpSink } from '@baton/connect/testing'
import { appendItems } from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { becomeAdmin, KINDS, openServer, read, type TestServer, type Visitor } from './harness.ts'

const MINUTE = 60_000
const READER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

describe.each(KINDS)('messages and the Outbox (%s)', (kind) => {
  let sink: Awaited<ReturnType<typeof smtpSink>>
  let server: TestServer
  let admin: Visitor
  let template = ''
  beforeAll(async () => {
    sink = await smtpSink()
    server = await openServer(kind, { smtpUrl: sink.url })
    admin = await becomeAdmin(server)
  })
  afterAll(async () => {
    await server.stop()
    await sink[Symbol.asyncDispose]()
  })

  const answered = async (answer: Response) => {
    const { result, error } = await read(answer)
    return error ? { refused: error.message } : result.data
  }
  const mutate = async (procedure: string, input: unknown) => answered(await admin.mutate(procedure, input))
  const query = async (procedure: string, input?: unknown) => {
    const { result, error } = await admin.query(procedure, input)
    return error ? { refused: error.message } : result.data
  }
  /** What is due has happened: turns, mails, turns that the mails caused. */
  async function settled(): Promise<void> {
    await server.runner.drainUntilIdle()
    await server.delivery.deliverDue()
    await server.runner.drainUntilIdle()
  }

  test('a message begins as a layout; what is wrong is told with part and line, and not saved', async () => {
    const starters = await query('templates.starters')
    expect(starters.length).toBeGreaterThan(2)
    for (const { html } of starters) expect(html).toContain('<html')
    template = (await mutate('templates.create', { name: 'Welcome', from: { kind: 'starter', id: 'letter' } })).id
    const { subject, preheader, body, text, purpose } = await query('templates.get', { id: template })
    const letter = { subject, preheader, body, text, purpose }
    const wrong = { ...letter, body: body.replace('<mj-text>', '<mj-txt>').replace('</mj-text>', '</mj-txt>') }
    const refused = await mutate('templates.save', { id: template, name: 'Welcome', text: wrong, from: 1 })
    const line = body.slice(0, body.indexOf('<mj-text>')).split('\n').length
    expect(refused).toMatchObject({ saved: false, problems: [{ where: 'body', line, message: expect.stringContaining('mj-txt') }] })
    const bare = { ...letter, subject: '{{ contact.first_name' }
    const twice = await mutate('templates.save', { id: template, name: 'Welcome', text: bare, from: 1 })
    expect(twice).toMatchObject({ saved: false, problems: [{ where: 'subject', line: 1 }] })

    const loop = body.replace(
      '<mj-text>',
      '<mj-text>{% for a in (1..100000) %}{% for b in (1..100000) %}{{ a | times: b }}{% endfor %}{% endfor %}',
    )
    const looping = await mutate('templates.save', { id: template, name: 'Welcome', text: { ...letter, body: loop }, from: 1 })
    expect(looping).toEqual({ saved: false, problems: [{ where: 'body', message: expect.stringContaining('Take out loops') }] })
    expect(await query('templates.get', { id: template })).toMatchObject({ version: 1, body })

    const better = { ...letter, subject: 'Welcome, {{ contact.first_name }}' }
    expect(await mutate('templates.save', { id: template, name: 'Welcome', text: better, from: 1 })).toEqual({ saved: true, version: 2 })
    const late = await mutate('templates.save', { id: template, name: 'Welcome', text: better, from: 1 })
    expect(late).toEqual({ refused: expect.stringContaining('Ada saved this message meanwhile') })
  })

  test('the preview is made for a person, names what is empty or unknown, and what keeps mail from going', async () => {
    const { key } = await mutate('keys.make', { name: 'Shop', kind: 'server' })
    const traits = { email: 'zoe@example.com', firstName: 'Zoë', lastName: 'Maes', marketing_consent: true }
    const sent = await fetch(`${server.url}/v1/identify`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${key}:`)}` },
      body: JSON.stringify({ userId: 'u1', traits }),
    })
    expect(sent.status).toBe(200)
    await settled()
    const [zoe] = await query('templates.people', { text: 'ZOE@' })
    expect(zoe).toMatchObject({ key: 'zoe@example.com', name: 'Zoë Maes' })
    expect(await query('templates.people', { text: '%' })).toEqual([])
    const { body } = await query('templates.get', { id: template })
    const text = {
      subject: 'For {{ contact.first_name }} of {{ contact.company }}',
      preheader: '',
      body: body
        .replace('https://example.com/', 'javascript:alert(1)')
        .replace('</mj-body>', '<mj-raw>{{ contact.citty }}</mj-raw></mj-body>'),
      text: '',
      purpose: 'marketing',
    }
    const preview = await mutate('templates.preview', { text, contactId: zoe.id })
    expect(preview).toMatchObject({
      mail: { subject: 'For Zoë of' },
      problems: [],
      unknown: [{ variable: 'contact.citty' }],
      missing: ['contact.citty', 'contact.company'],
      droppedLinks: ['javascript:alert(1)'],
      notices: [expect.stringContaining('sender address'), expect.stringContaining('postal address')],
    })
    expect(preview.mail.html).not.toMatch(/\/[co]\/|javascript/)
    const broken = await mutate('templates.preview', { text: { ...text, body: '<mjml>' }, contactId: null })
    expect(broken).toMatchObject({ mail: null, problems: [{ where: 'body' }] })
  })

  test('a test goes to its author only, is marked, and counts nowhere', async () => {
    const { subject, preheader, body, text, purpose } = await query('templates.get', { id: template })
    const test = { text: { subject, preheader, body, text, purpose }, templateId: template, contactId: null }
    expect(await mutate('templates.test', test)).toEqual({ refused: expect.stringContaining('Settings') })
    await mutate('workspace.change', { senderName: 'Acme', senderAddress: 'news@acme.test', postalAddress: '1 High Street' })
    const done = await mutate('templates.test', test)
    expect(done).toMatchObject({ result: 'sent' })
    expect(sink.received).toMatchObject([{ to: ['ada@example.com'] }])
    const received = await PostalMime.parse(sink.received[0]?.raw ?? '')
    expect(received.subject).toBe('[Test] Welcome,')
    expect(await query('outbox.tests')).toMatchObject([{ id: done.id, to: 'ada@example.com', status: 'sent' }])
    expect((await query('outbox.test', { id: done.id })).shown.mail.source).toBe(sink.received[0]?.raw)
    expect((await query('outbox.list', { filter: 'all' })).rows).toEqual([])
    // Its link to unsubscribe is about nobody.
    const [link = ''] = received.html?.match(/http:\/\/localhost:\d+\/u\/[^"]+/) ?? []
    expect(await (await fetch(link, { method: 'POST' })).text()).toContain('test mail')
    sink.received.length = 0
  })

  test('a message in a running flow goes out, shows exactly what went over the wire, and is not put away', async () => {
    const graph = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'manual' } }],
        ['mail', 'send-email', { templateId: template }],
        ['out', 'exit', { label: 'Done' }],
      ],
      ['in.out>mail', 'mail.sent>out'],
    )
    const { id } = await mutate('flows.create', { name: 'Hello', graph })
    expect((await query('templates.get', { id: template })).uses).toEqual([{ flowId: id, name: 'Hello', live: false }])
    const flow = await query('flows.get', { id })
    expect(await mutate('flows.publish', { id, rev: flow.draftRev, enrolMatching: false })).not.toHaveProperty('refused')
    expect(await mutate('templates.archive', { id: template })).toEqual({
      refused: expect.stringContaining('The flow Hello sends this message'),
    })

    const [zoe] = await query('templates.people', { text: 'zoe' })
    const { id: node } = flow.draft.nodes.find((one: { type: string }) => one.type === 'trigger')
    await server.db.transaction(async (tx) => {
      const source = { kind: 'user' as const, id: 'u' }
      await appendItems(tx, [{ contactId: zoe.id, item: { kind: 'enrol', at: server.clock.now(), flowId: id, node, key: '', source } }])
    })
    await settled()
    const { rows } = await query('outbox.list', { filter: 'sent' })
    expect(rows).toMatchObject([
      { status: 'sent', transport: 'smtp', to: 'zoe@example.com', name: 'Zoë Maes', flow: 'Hello', subject: 'Welcome, Zoë' },
    ])
    const { row, shown } = await query('outbox.get', { id: rows[0].id })
    expect(row).toMatchObject({ templateVersion: 2, template: 'Welcome' })
    expect(shown.mail.source).toBe(sink.received[0]?.raw)
    expect(shown.mail.headers).toContainEqual({ name: 'To', value: '=?UTF-8?Q?Zo=C3=AB_Maes?= <zoe@example.com>' })
    // Looking at it here is no open.
    expect(shown.mail.html).not.toContain('/o/')
    expect(shown.mail.source).toContain('/o/')

    const html = (await PostalMime.parse(sink.received[0]?.raw ?? '')).html ?? ''
    const link = html.match(/http:\/\/localhost:\d+\/c\/[^"]+/)?.[0] ?? ''
    server.clock.advance(MINUTE)
    const click = await fetch(link, { redirect: 'manual', headers: READER })
    expect([click.status, click.headers.get('location'), click.headers.get('set-cookie')]).toEqual([302, 'https://example.com/', null])
    await settled()
    const [event] = await server.db.query(`select props ->> 'machine' as machine, origin from event where type = 'mail.clicked'`)
    expect(event).toEqual({ machine: 'false', origin: '' })
  })

  test('what failed or is unknown is listed for somebody to act on, and every deed is noted', async () => {
    const [mail] = (await query('outbox.list', { filter: 'sent' })).rows
    await server.db.query(`update send set status = 'failed', last_error = 'No such user' where id = $1`, [mail.id])
    expect((await query('outbox.status')).counts).toEqual({ failed: 1 })
    expect(await mutate('outbox.again', { id: mail.id })).toEqual({ refused: expect.stringContaining('known by now') })
    await mutate('outbox.retry', { id: mail.id })
    await settled()
    expect((await query('outbox.list', { filter: 'trouble' })).rows).toEqual([])
    expect(sink.received).toHaveLength(2)
    await server.db.query(`update send set status = 'unknown' where id = $1`, [mail.id])
    server.clock.advance(MINUTE)
    await mutate('outbox.again', { id: mail.id })
    await settled()
    expect(sink.received).toHaveLength(3)
    const ids = await Promise.all(sink.received.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId))
    expect(new Set(ids).size).toBe(1)
    const { rows } = await query('system.audit', { subject: { kind: 'mail', id: String(mail.id) } })
    expect(rows.map((entry: { action: string }) => entry.action)).toEqual(['mail.repeated', 'mail.retried'])
  })

  test('an unused message can be copied, put away and taken out again', async () => {
    const { id } = await mutate('templates.create', { name: 'Welcome (copy)', from: { kind: 'copy', id: template } })
    expect(await query('templates.get', { id })).toMatchObject({ subject: 'Welcome, {{ contact.first_name }}', version: 1, uses: [] })
    await mutate('templates.archive', { id })
    const names = async (archived: boolean) => (await query('templates.list', { archived })).map((row: { name: string }) => row.name)
    expect([await names(false), await names(true)]).toEqual([['Welcome'], ['Welcome (copy)']])
    await mutate('templates.restore', { id })
    expect(await names(true)).toEqual([])
  })
})
