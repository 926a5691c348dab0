import { signLink, signOpen, signUnsubscribe } from '@baton/connect'
import { updateWorkspace, workspaceSettings } from '@baton/db'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { tokenKeys } from '../../src/deliver/addresses.ts'
import { trackingDoors } from '../../src/track/index.ts'
import { openPost, type Post } from '../deliver/post.ts'
import { onBoth, type World } from '../runner/programme.ts'
import { serveDoors } from './house.ts'

const PERSON = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const HOUR = 3_600_000

/** A mail that was kept in the Outbox an hour ago, and its addresses at a real server. */
async function reader(world: World) {
  const post = await openPost(world, null)
  const contact = await post.ask('zoe@example.com')
  await post.delivery.deliverDue()
  await world.runner.drainUntilIdle()
  world.clock.advance(HOUR)
  const [mail] = await world.rows<{ id: number; html: string; unsubscribe: string; messageId: string }>(
    `select id, html, envelope ->> 'unsubscribe' as unsubscribe, message_id as "messageId" from send`,
  )
  if (!mail) throw new Error('no mail')
  let nudges = 0
  const parts = { db: world.handle, clock: world.clock, log: pino({ level: 'silent' }), nudge: () => void nudges++ }
  const web = await serveDoors(trackingDoors(parts))
  const here = (address: string) => address.replace('https://baton.test', web.url)
  const found = [...mail.html.matchAll(/https:\/\/baton\.test\/[cou]\/[^"\s]+/g)].map(([address]) => here(address.replaceAll('&amp;', '&')))
  return {
    ...{ post, contact, mail, web },
    clicks: found.filter((address) => address.includes('/c/')),
    pixel: found.find((address) => address.includes('/o/')) ?? '',
    leave: here(mail.unsubscribe),
    nudges: () => nudges,
    get: (url: string, init: RequestInit = {}) =>
      fetch(url, { redirect: 'manual', ...init, headers: { 'user-agent': PERSON, ...init.headers } }),
    [Symbol.asyncDispose]: () => web[Symbol.asyncDispose](),
  }
}
const props = async (post: Post, type: string) => (await post.events(type)).map((event) => event.props)

onBoth('the links of a mail', (open) => {
  test('a click leads to the target and is noted as a person’s', async () => {
    const world = await open()
    await using it = await reader(world)
    expect(it.clicks).toHaveLength(3)
    const answer = await it.get(it.clicks[1] ?? '')
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('https://acme.test/prices?a=1&b=2')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const url = 'https://acme.test/prices?a=1&b=2'
    expect(await props(it.post, 'mail.clicked')).toMatchObject([
      { sendId: String(it.mail.id), templateId: it.post.template, flowId: 'flw_post', node: 'mail', url, n: 2, machine: false },
    ])
    expect(it.nudges()).toBe(1)
    await it.get(it.clicks[1] ?? '')
    expect(await props(it.post, 'mail.clicked')).toHaveLength(1)
  })

  test('a changed, foreign or unknown code leads nowhere, and a code never names its target', async () => {
    const world = await open()
    await using it = await reader(world)
    const keys = tokenKeys((await workspaceSettings(world.handle)).linkSecrets)
    const id = String(it.mail.id)
    const codes = [
      'abc',
      `${signLink(keys, { sendId: id, link: 1 })}x`,
      signLink([{ id: 'x', secret: 'another secret altogether' }], { sendId: id, link: 1 }),
      signLink(keys, { sendId: id, link: 99 }),
      signLink(keys, { sendId: '1025', link: 1 }),
      signOpen(keys, { sendId: id }),
    ]
    for (const code of codes) {
      const answer = await it.get(`${it.web.url}/c/${code}?url=https://evil.test&to=//evil.test`)
      expect(answer.status, code).toBe(404)
      expect(answer.headers.get('location')).toBeNull()
      expect(await answer.text()).toContain('leads nowhere')
    }
    expect(await props(it.post, 'mail.clicked')).toEqual([])
  })

  test.each([
    ['HEAD', { method: 'HEAD' }, 'not-a-page-view'],
    ['a scanner’s name', { headers: { 'user-agent': 'Mozilla/5.0 Proofpoint' } }, 'known-agent'],
    ['no name', { headers: { 'user-agent': '' } }, 'no-agent'],
  ])('%s: taken for a machine', async (_, init, reason) => {
    const world = await open()
    await using it = await reader(world)
    expect((await it.get(it.clicks[0] ?? '', init)).status).toBe(302)
    const [event] = await it.post.events('mail.clicked')
    expect(event).toMatchObject({ origin: 'm', props: { machine: true, reasons: [reason] } })
  })

  test('whoever follows all links within seconds, or the one nobody sees, is a machine, with the clicks before', async () => {
    const world = await open()
    await using it = await reader(world)
    await it.get(it.clicks[0] ?? '')
    expect(await it.post.events('mail.clicked')).toMatchObject([{ origin: '' }])
    world.clock.advance(3_000)
    await it.get(it.clicks[1] ?? '')
    expect((await it.post.events('mail.clicked')).map((event) => event.origin)).toEqual(['m', 'm'])
    world.clock.advance(HOUR)
    const hidden = await it.get(it.clicks[2] ?? '')
    expect(hidden.status).toBe(200)
    expect(hidden.headers.get('location')).toBeNull()
    expect((await it.post.events('mail.clicked')).at(-1)).toMatchObject({ origin: 'm', props: { n: 0, reasons: ['hidden-link'] } })
  })

  test('a picture that is loaded is an open, once a minute, and may stand in webmail', async () => {
    const world = await open()
    await using it = await reader(world)
    const answer = await it.get(it.pixel)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/gif'])
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    await it.get(it.pixel)
    expect(await props(it.post, 'mail.opened')).toMatchObject([{ sendId: String(it.mail.id), machine: false }])
    expect((await it.get(`${it.web.url}/o/nonsense.gif`)).status).toBe(404)
  })
})

onBoth('unsubscribing', (open) => {
  const consent = async (world: World) => {
    await world.runner.drainUntilIdle()
    const [row] = await world.rows<{ c: object }>(`select facts -> 'c' as c from contact`)
    return row?.c
  }

  test('looking changes nothing and names nobody; one POST without a cookie does it, and again changes nothing', async () => {
    const world = await open()
    await using it = await reader(world)
    const page = await it.get(it.leave)
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(html).toContain('<form method="post"><button>Unsubscribe</button></form>')
    expect(html).not.toMatch(/zoe|example\.com/i)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    await it.get(it.leave, { method: 'HEAD' })
    expect(await consent(world)).toEqual({ marketing: true })

    const oneClick = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }
    for (let i = 0; i < 2; i++) {
      const done = await it.get(it.leave, oneClick)
      expect(done.status).toBe(200)
      expect(await done.text()).toContain('You are unsubscribed')
    }
    expect(await consent(world)).toEqual({ marketing: false })
    await it.get(it.leave, oneClick)
    expect(await props(it.post, 'mail.unsubscribed')).toMatchObject([
      { topic: 'marketing', sendId: String(it.mail.id), flowId: 'flw_post', node: 'mail' },
    ])
    expect(await (await it.get(it.leave)).text()).toContain('You are unsubscribed')

    const back = await it.get(it.leave, { method: 'POST', body: new URLSearchParams({ action: 'subscribe' }) })
    expect(await back.text()).toContain('subscribed again')
    expect(await consent(world)).toEqual({ marketing: true })
  })

  test('in several body types, for people that are gone, and with an old key', async () => {
    const world = await open()
    await using it = await reader(world)
    const form = new FormData()
    form.set('List-Unsubscribe', 'One-Click')
    const { linkSecrets } = await workspaceSettings(world.handle)
    await updateWorkspace(world.handle, { linkSecrets: ['a new secret, long enough', ...linkSecrets] })
    expect((await it.get(it.leave, { method: 'POST', body: form })).status).toBe(200)
    expect(await consent(world)).toEqual({ marketing: false })
    await world.rows('update contact set deleted_at = 1')
    expect((await it.get(it.leave, { method: 'POST', body: form })).status).toBe(200)
    expect(await props(it.post, 'mail.unsubscribed')).toHaveLength(1)
  })

  test('the link of a test mail, and a code that is none', async () => {
    const world = await open()
    await using it = await reader(world)
    const keys = tokenKeys((await workspaceSettings(world.handle)).linkSecrets)
    const link = `${it.web.url}/u/${signUnsubscribe(keys, { contactId: 'test', topic: 'marketing' })}`
    expect(await (await it.get(link, { method: 'POST' })).text()).toContain('test mail')
    expect((await it.get(`${it.web.url}/u/nonsense`, { method: 'POST' })).status).toBe(404)
    expect(await consent(world)).toEqual({ marketing: true })
  })
})
