import { smtpSink } from '@baton/connect/testing'
import { addForm, archiveForm, type FormContent, listOutbox, pendingAsks } from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { formDoors } from '../../src/forms/index.ts'
import { BASE, openPost } from '../deliver/post.ts'
import { onBoth, type World } from '../runner/programme.ts'
import { serveDoors } from './house.ts'

const SITE = 'https://www.acme.test'
const HOUR = 3_600_000

const content: FormContent = {
  name: 'Newsletter',
  title: 'Stay in touch',
  intro: 'Once a month.',
  button: 'Sign up',
  fields: [
    { key: 'email', label: '', required: true, placeholder: '' },
    { key: 'first_name', label: 'Your <first> name', required: false, placeholder: 'Zoë' },
    { key: 'company', label: '', required: true, placeholder: '' },
    { key: 'size', label: '', required: false, placeholder: '' },
  ],
  topics: [{ topic: 'marketing', label: 'Yes, write to me' }],
  confirm: false,
  mayUpdate: false,
  thanks: { kind: 'text', text: 'You will hear from us.' },
  origins: [SITE],
}

/** A house with one form behind a real HTTP server, a runner and a mail server that keeps what it is given. */
async function house(world: World, change: Partial<FormContent> = {}, { smtp = null, most }: { smtp?: string | null; most?: number } = {}) {
  const post = await openPost(world, smtp)
  await world.fields([{ key: 'size', label: 'Employees', type: 'number' }])
  const id = await world.handle.transaction((tx) => addForm(tx, { ...content, ...change, by: 'usr_test', at: world.clock.now() }))
  const parts = { db: world.handle, clock: world.clock, log: pino({ level: 'silent' }), baseUrl: BASE, nudge: () => {}, most }
  const web = await serveDoors(formDoors(parts))
  const url = `${web.url}/f/${id}`
  const send = (answer: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(answer), headers, redirect: 'manual' })
  const sendFrom = (origin: string, answer: object) =>
    fetch(url, { method: 'POST', body: JSON.stringify(answer), headers: { origin, 'content-type': 'application/json' } })
  const settle = () => world.runner.drainUntilIdle()
  const people = async () => {
    await settle()
    return world.rows<{ id: number; key: string; f: object; c: object; stage: string; side: string }>(
      `select id, key, facts -> 'f' as f, facts -> 'c' as c, stage, owner_side as side from contact order by created_at, id`,
    )
  }
  const known = async (email: string, fields: object = {}, consent: object = {}) => {
    const who = await world.person(email, { fields: { email, ...fields }, consent })
    await world.rows(`insert into identity (value, kind, contact_id) values ($1, 'email', $2)`, [email, who])
    return who
  }
  return { ...{ post, id, web, url, send, sendFrom, settle, people, known }, [Symbol.asyncDispose]: () => web[Symbol.asyncDispose]() }
}

const zoe = { 'f.email': ' Zoe@Example.com ', 'f.first_name': 'Zoë', 'f.company': 'Acme', 'f.size': '12' }

onBoth('a form', (open) => {
  test('stands on a page that needs no script, takes no picture of elsewhere and may not be framed', async () => {
    const world = await open()
    await using it = await house(world)
    const page = await fetch(it.url)
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    expect(html).toContain('<h1>Stay in touch</h1>')
    expect(html).toContain('Your &lt;first&gt; name')
    expect(html).toContain('<label for="f-company">Company</label>')
    expect(html).toMatch(/<input type="email" id="f-email" name="f.email" required autocomplete="email"/)
    expect(html).not.toContain('<script')
    expect((await fetch(`${it.web.url}/f/frm_none`)).status).toBe(404)
  })

  test('makes somebody new, with what was written and ticked, and tells flows what was sent', async () => {
    const world = await open()
    await using it = await house(world)
    const done = await it.send({ ...zoe, 't.marketing': 'yes' })
    expect(done.status).toBe(200)
    expect(await done.text()).toContain('You will hear from us.')
    const [zoeNow] = await it.people()
    expect(zoeNow).toMatchObject({
      key: 'zoe@example.com',
      f: { email: 'zoe@example.com', first_name: 'Zoë', company: 'Acme', size: 12 },
      c: { marketing: true },
    })
    const [event] = await it.post.events('form.submitted')
    expect(event?.props).toEqual({
      ...{ form: it.id, formName: 'Newsletter', page: `${BASE}/f/${it.id}`, agreed: ['marketing'] },
      ...{ email: 'zoe@example.com', first_name: 'Zoë', company: 'Acme', size: 12 },
    })
    const items = await world.rows<{ n: number }>('select count(*) as n from form_answer where form_id = $1', [it.id])
    expect(items).toEqual([{ n: 1 }])
  })

  test('flows begin with it, with what was written', async () => {
    const world = await open()
    await using it = await house(world)
    const graph = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'form', formId: it.id, keep: ['size'] } }],
        ['out', 'exit', { label: '' }],
      ],
      ['in.out>out'],
    )
    await world.flow('flw_form', graph)
    await it.send(zoe)
    await it.settle()
    const [passage] = await world.rows<{ vars: { data?: object } }>(`select vars from enrolment where flow_id = 'flw_form'`)
    expect(passage?.vars.data).toEqual({ size: 12 })
  })

  test('no tick is no statement: neither a yes nor a no', async () => {
    const world = await open()
    await using it = await house(world)
    await it.known('zoe@example.com', {}, { marketing: true })
    await it.send(zoe)
    expect((await it.people())[0]?.c).toEqual({ marketing: true })
  })

  test('says at each field what to do, and keeps what was written', async () => {
    const world = await open()
    await using it = await house(world)
    const again = await it.send({
      'f.email': 'zoe@',
      'f.first_name': '"><script>alert(1)</script>',
      'f.size': 'many',
      't.marketing': 'yes',
    })
    const html = await again.text()
    expect(again.status).toBe(422)
    expect(html).toContain('3 answers need another look.')
    expect(html).toContain('This is no e-mail address. Write it like name@example.com.')
    expect(html).toContain('Fill this in: Company.')
    expect(html).toContain('“many” is no number')
    expect(html).toContain('value="zoe@"')
    expect(html).toMatch(/aria-invalid="true" aria-describedby="f-size-wrong"/)
    expect(html).toMatch(/name="t.marketing" checked/)
    expect(html).not.toContain('<script')
    expect(await it.people()).toEqual([])
  })

  test('of somebody known it fills only what is empty, unless its author lets it replace; owner, stage and names stay', async () => {
    const world = await open()
    await using strict = await house(world)
    const before = await strict.known('zoe@example.com', { first_name: 'Zoe', company: 'Old' })
    await world.rows(`update contact set stage = 'customer', owner_side = 'sales' where id = $1`, [before])
    const answer = { ...zoe, 'f.first_name': 'Mallory', 'f.stage': 'lead', 'f.owner': 'me', 'f.zone': 'Europe/Oslo', visitor: 'v-1' }
    await strict.send(answer)
    const [kept] = await strict.people()
    expect(kept).toMatchObject({ f: { first_name: 'Zoe', company: 'Old', size: 12 }, stage: 'customer', side: 'sales' })
    expect(Object.keys(kept?.f ?? {}).sort()).toEqual(['company', 'email', 'first_name', 'size'])
    expect(await world.rows('select kind, value from identity')).toEqual([{ kind: 'email', value: 'zoe@example.com' }])

    await using open2 = await house(await open(), { mayUpdate: true })
    await open2.known('zoe@example.com', { first_name: 'Zoe', size: 3 })
    await open2.send({ 'f.email': 'zoe@example.com', 'f.company': 'New', 'f.first_name': '' })
    expect((await open2.people())[0]?.f).toEqual({ email: 'zoe@example.com', first_name: 'Zoe', size: 3, company: 'New' })
  })

  test('the same press twice is one answer; after a change it is another', async () => {
    const world = await open()
    await using it = await house(world)
    const mark = /name="mark" value="([^"]+)"/.exec(await (await fetch(it.url)).text())?.[1] ?? ''
    for (let i = 0; i < 2; i++) expect((await it.send({ ...zoe, mark })).status).toBe(200)
    expect(await it.post.events('form.submitted')).toHaveLength(1)
    await it.send({ ...zoe, 'f.company': 'Other', mark })
    expect(await it.post.events('form.submitted')).toHaveLength(2)
    expect(await it.people()).toHaveLength(1)
  })

  test('many at once with one new address make one person', async () => {
    const world = await open()
    await using it = await house(world)
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((company) => it.send({ ...zoe, 'f.company': company })))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
    expect(await it.people()).toHaveLength(1)
    expect(await it.post.events('form.submitted')).toHaveLength(4)
  })

  test('who fills what nobody sees is thanked, and forgotten', async () => {
    const world = await open()
    await using it = await house(world)
    const done = await it.send({ ...zoe, leave_empty: 'https://spam.test' })
    expect(await done.text()).toContain('You will hear from us.')
    expect(await it.people()).toEqual([])
  })

  test('too many from one address are told to wait; too large a body is refused', async () => {
    const world = await open()
    await using it = await house(world, {}, { most: 2 })
    expect((await it.send({ ...zoe, 'f.company': 'x'.repeat(70_000) })).status).toBe(413)
    expect((await it.send(zoe)).status).toBe(200)
    const late = await it.send(zoe)
    expect(late.status).toBe(429)
    expect(await late.text()).toContain('Wait a while')
  })

  test('is sent from sites its author named, and from no other', async () => {
    const world = await open()
    await using it = await house(world)
    const asked = await fetch(it.url, { method: 'OPTIONS', headers: { origin: SITE, 'access-control-request-method': 'POST' } })
    expect(asked.headers.get('access-control-allow-origin')).toBe(SITE)
    const page = `${SITE}/prices?plan=pro`
    const done = await it.sendFrom(SITE, { ...zoe, page })
    expect(done.headers.get('access-control-allow-origin')).toBe(SITE)
    expect(await done.json()).toEqual({ html: expect.stringContaining('You will hear from us.') })
    expect((await it.post.events('form.submitted'))[0]).toMatchObject({ props: { page } })
    await it.sendFrom(SITE, { ...zoe, 'f.size': '13', page: 'https://elsewhere.test/' })
    expect((await it.post.events('form.submitted')).map((event) => Reflect.get(Object(event.props), 'page')).sort()).toEqual([SITE, page])

    for (const origin of ['https://evil.test', 'null']) {
      const refused = await it.sendFrom(origin, { ...zoe, 'f.email': 'other@example.com' })
      expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, null])
    }
    expect(await it.people()).toHaveLength(1)
  })

  test('its script holds it as a text that cannot break out, for any site to load', async () => {
    const world = await open()
    await using it = await house(world, { intro: '</script><script>alert(1)</script>' })
    const script = await fetch(`${it.url}.js`)
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    const source = await script.text()
    expect(source).not.toContain('</script>')
    expect(source).toContain(`${BASE}/f/${it.id}`)
    expect((await fetch(`${it.web.url}/f/frm_none.js`)).status).toBe(404)
  })

  test('leads on to the page its author chose', async () => {
    const world = await open()
    await using it = await house(world, { thanks: { kind: 'redirect', url: 'https://www.acme.test/thanks' } })
    expect((await fetch(it.url)).headers.get('content-security-policy')).toContain("form-action 'self' https://www.acme.test")
    const done = await it.send(zoe)
    expect([done.status, done.headers.get('location')]).toEqual([303, 'https://www.acme.test/thanks'])
    expect(await (await it.sendFrom(SITE, { ...zoe, 'f.size': '1' })).json()).toEqual({ go: 'https://www.acme.test/thanks' })
  })

  test('takes nothing once it was put away', async () => {
    const world = await open()
    await using it = await house(world)
    await archiveForm(world.handle, it.id, world.clock.now())
    expect((await fetch(it.url)).status).toBe(410)
    expect((await it.send(zoe)).status).toBe(410)
    expect(await it.people()).toEqual([])
  })

  test('a visitor who says who they are keeps what they did before; one who is known by name is not taken over', async () => {
    const world = await open()
    await using it = await house(world)
    const visitor = await world.person('visitor:v-1', { fields: { language: 'nb' } })
    await world.rows(`insert into identity (value, kind, contact_id) values ('v-1', 'anonymous', $1)`, [visitor])
    await it.sendFrom(SITE, { ...zoe, visitor: 'v-1' })
    expect(await it.people()).toMatchObject([{ id: visitor, f: { email: 'zoe@example.com', company: 'Acme', language: 'nb' } }])
    await it.sendFrom(SITE, { ...zoe, 'f.email': 'mallory@example.com', visitor: 'v-1' })
    const rows = await world.rows<{ value: string; id: number }>('select value, contact_id as id from identity order by value')
    expect(rows.filter((row) => row.id === visitor).map((row) => row.value)).toEqual(['v-1', 'zoe@example.com'])
  })
})

onBoth('double opt-in', (open) => {
  const asked = async (world: World, change: Partial<FormContent> = {}) => {
    const sink = await smtpSink()
    const it = await house(world, { confirm: true, ...change }, { smtp: sink.url })
    const link = async () => {
      // A mail waits while something of its person is being handled.
      await it.settle()
      await it.post.delivery.deliverDue()
      const raw = sink.received.at(-1)?.raw.replaceAll('=\r\n', '') ?? ''
      return (/https:\/\/baton\.test\/y\/[\w.-]+/.exec(raw)?.[0] ?? '').replace(BASE, it.web.url)
    }
    const close = async () => {
      await it.post.delivery.stop()
      await it[Symbol.asyncDispose]()
      await sink[Symbol.asyncDispose]()
    }
    return { ...it, sink, link, [Symbol.asyncDispose]: close }
  }
  const tick = { ...zoe, 't.marketing': 'yes' }

  test('a tick asks by mail; looking at the link changes nothing, the button gives the consent, once', async () => {
    const world = await open()
    await using it = await asked(world)
    const done = await it.send(tick)
    expect(await done.text()).toContain('We sent you a mail')
    const [person] = await it.people()
    expect(person?.c).toEqual({})
    const pending = () => pendingAsks(world.handle, { contactId: person?.id ?? 0, now: world.clock.now() })
    expect(await pending()).toMatchObject([{ topics: ['marketing'], formName: 'Newsletter', at: world.clock.now() }])

    const link = await it.link()
    expect(it.sink.received.map((mail) => mail.to)).toEqual([['zoe@example.com']])
    expect(await listOutbox(world.handle, { statuses: [], limit: 5 })).toMatchObject([
      { status: 'sent', transport: 'smtp', to: 'zoe@example.com', flow: null, subject: 'Confirm that Acme News may write to you' },
    ])
    for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(link, { method })).status).toBe(200)
    const page = await (await fetch(link)).text()
    expect(page).toContain('<button>Yes, I agree</button>')
    expect(page).not.toMatch(/zoe|example/i)
    expect((await it.people())[0]?.c).toEqual({})

    for (let i = 0; i < 2; i++) expect(await (await fetch(link, { method: 'POST' })).text()).toContain('It is confirmed')
    expect((await it.people())[0]?.c).toEqual({ marketing: true })
    expect(await it.post.events('consent.confirmed')).toMatchObject([{ props: { form: it.id, topics: ['marketing'] } }])
    expect(await pending()).toEqual([])
  })

  test('who left later stays away, however often the old link is pressed', async () => {
    const world = await open()
    await using it = await asked(world)
    await it.send(tick)
    const link = await it.link()
    await fetch(link, { method: 'POST' })
    const [person] = await it.people()
    await world.rows(`update contact set facts = jsonb_set(facts, '{c,marketing}', 'false') where id = $1`, [person?.id])
    await fetch(link, { method: 'POST' })
    expect((await it.people())[0]?.c).toEqual({ marketing: false })
  })

  test('who said no before is asked by mail even where the form does not ask', async () => {
    const world = await open()
    await using it = await asked(world, { confirm: false })
    await it.known('zoe@example.com', {}, { marketing: false })
    const done = await it.send(tick)
    expect(await done.text()).not.toContain('We sent you a mail')
    expect((await it.people())[0]?.c).toEqual({ marketing: false })
    await fetch(await it.link(), { method: 'POST' })
    expect((await it.people())[0]?.c).toEqual({ marketing: true })
  })

  test('pressing again and again fills no mailbox, and who agreed already is not asked', async () => {
    const world = await open()
    await using it = await asked(world)
    for (let i = 0; i < 4; i++) await it.send({ ...tick, 'f.size': String(i) })
    const mails = async () => (await world.rows('select 1 from send')).length
    expect(await mails()).toBe(1)
    for (let i = 0; i < 6; i++) {
      world.clock.advance(2 * HOUR)
      await it.send({ ...tick, 'f.size': String(10 + i) })
    }
    expect(await mails()).toBe(3)
    await fetch(await it.link(), { method: 'POST' })
    await it.settle()
    world.clock.advance(30 * HOUR)
    await it.send({ ...tick, 'f.size': '99' })
    expect(await mails()).toBe(3)
  })

  test('a link that is changed, too old, or whose address is another’s by now confirms nothing', async () => {
    const world = await open()
    await using it = await asked(world)
    await it.send(tick)
    const link = await it.link()
    expect((await fetch(`${link}x`, { method: 'POST' })).status).toBe(404)
    await world.rows(`delete from identity where value = 'zoe@example.com'`)
    expect((await fetch(link, { method: 'POST' })).status).toBe(404)
    const [person] = await it.people()
    await world.rows(`insert into identity (value, kind, contact_id) values ('zoe@example.com', 'email', $1)`, [person?.id])
    world.clock.advance(31 * 24 * HOUR)
    expect((await fetch(link, { method: 'POST' })).status).toBe(410)
    expect((await it.people())[0]?.c).toEqual({})
  })

  test('no mail goes to an address that mail was stopped for, and none for a question that was answered', async () => {
    const world = await open()
    await using it = await asked(world)
    const who = await it.known('zoe@example.com')
    await world.rows(`update contact set facts = facts || '{"s": "bounced"}' where id = $1`, [who])
    await it.send(tick)
    await it.settle()
    await it.post.delivery.deliverDue()
    expect(await it.post.mails()).toMatchObject([{ status: 'withdrawn', error: 'suppressed' }])
    expect(it.sink.received).toEqual([])
  })
})
