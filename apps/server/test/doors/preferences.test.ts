import { signPreferences, signUnsubscribe } from '@baton/connect'
import { archiveTopic, consentHistory, saveTopic, updateWorkspace, workspaceSettings } from '@baton/db'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { tokenKeys } from '../../src/deliver/addresses.ts'
import { trackingDoors } from '../../src/track/index.ts'
import { openPost } from '../deliver/post.ts'
import { onBoth, type World } from '../runner/programme.ts'
import { serveDoors } from './house.ts'

/** Zoe, who got a mail, with two more topics; and the page behind the link in its footer. */
async function reader(world: World) {
  const post = await openPost(world, null)
  const contact = await post.ask('zoe@example.com')
  await post.delivery.deliverDue()
  await world.runner.drainUntilIdle()
  const make = (name: string) =>
    world.handle.transaction((tx) => saveTopic(tx, { name, description: `About ${name}`, doubleOptIn: true, at: world.clock.now() }))
  const [events, tips] = [await make('Events & <fairs>'), await make('Tips')]
  const web = await serveDoors(trackingDoors({ db: world.handle, clock: world.clock, log: pino({ level: 'silent' }), nudge: () => {} }))
  const [mail] = await world.rows<{ id: number; html: string }>('select id, html from send')
  const link = /https:\/\/baton\.test(\/p\/[\w.-]+\?m=[\w.-]+)/.exec(mail?.html ?? '')?.[1]
  if (!link) throw new Error('no link')
  const url = web.url + link
  return {
    ...{ post, contact, events, tips, web, url, mail },
    post: (to: Record<string, string | string[]>, at = url) => {
      const body = new URLSearchParams()
      for (const [key, values] of Object.entries(to)) for (const value of [values].flat()) body.append(key, value)
      return fetch(at, { method: 'POST', body })
    },
    /** What Zoe agreed to, after the runner has heard it. */
    async consent() {
      await world.runner.drainUntilIdle()
      const [row] = await world.rows<{ c: Record<string, boolean> }>(`select facts -> 'c' as c from contact where id = $1`, [contact])
      return row?.c
    },
    unsubscribed: () =>
      world.rows<{ topic: string; mail: string }>(
        `select props ->> 'topic' as topic, props ->> 'sendId' as mail from event where type = 'mail.unsubscribed' order by at, id`,
      ),
    [Symbol.asyncDispose]: () => web[Symbol.asyncDispose](),
  }
}

onBoth('the page where a reader chooses', (open) => {
  test('shows the topics with what they agreed to, changes nothing by looking, and says whose it is nowhere', async () => {
    const world = await open()
    await using it = await reader(world)
    const page = await fetch(it.url)
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'")
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('set-cookie')).toBeNull()
    expect(html).toContain('value="marketing" checked')
    expect(html).toContain(`value="${it.events}"><span><b>Events &amp; &lt;fairs&gt;</b>`)
    expect(html).not.toMatch(/zoe|example\.com/i)
    await fetch(it.url, { method: 'HEAD' })
    expect(await it.consent()).toEqual({ marketing: true })
  })

  test('stores what is ticked, by the link alone; the mail that led here counts as the one they left by', async () => {
    const world = await open()
    await using it = await reader(world)
    const done = await it.post({ action: 'save', topic: [it.events] })
    const html = await done.text()
    expect(html).toContain('Your choice is stored')
    expect(html).toContain(`value="${it.events}" checked`)
    expect(await it.consent()).toEqual({ marketing: false, [it.events]: true })
    expect(await it.unsubscribed()).toEqual([{ topic: 'marketing', mail: String(it.mail?.id) }])
    expect(await consentHistory(world.handle, it.contact)).toMatchObject([
      { topic: it.events, given: true, source: { name: 'Link in a mail' } },
      { topic: 'marketing', given: false },
    ])
    await it.post({ action: 'save', topic: [it.events] })
    expect(await consentHistory(world.handle, it.contact)).toHaveLength(2)
    expect(await world.rows('select unsubscribed_at is not null as marked from send')).toEqual([{ marked: true }])
  })

  test('stops all, also what was never asked, and what was put away', async () => {
    const world = await open()
    await using it = await reader(world)
    await it.post({ action: 'save', topic: ['marketing', it.tips] })
    await it.consent()
    await world.handle.transaction((tx) => archiveTopic(tx, { id: it.tips, archived: true, at: 1 }))
    const done = await it.post({ action: 'stop', topic: ['marketing'] })
    expect(await done.text()).toContain('All of it is stopped')
    expect(await it.consent()).toEqual({ marketing: false, [it.events]: false, [it.tips]: false })
  })

  test('topics that do not exist, and boxes nobody showed, are not stored', async () => {
    const world = await open()
    await using it = await reader(world)
    await it.post({ action: 'save', topic: ['marketing', 'top_made_up', '__proto__'] })
    expect(await it.consent()).toEqual({ marketing: true })
  })

  test('with an old key; a code that is none or for something else; a test mail; somebody who is gone', async () => {
    const world = await open()
    await using it = await reader(world)
    const { linkSecrets } = await workspaceSettings(world.handle)
    await updateWorkspace(world.handle, { linkSecrets: ['a new secret, long enough', ...linkSecrets] })
    const keys = tokenKeys(linkSecrets)
    expect((await fetch(it.url)).status).toBe(200)
    const other = signUnsubscribe(keys, { contactId: String(it.contact), topic: 'marketing' })
    for (const code of ['nonsense', other, `${signPreferences(keys, { contactId: String(it.contact) })}x`])
      expect((await fetch(`${it.web.url}/p/${code}`)).status).toBe(404)
    const test = `${it.web.url}/p/${signPreferences(keys, { contactId: 'test' })}`
    expect(await (await it.post({ action: 'stop' }, test)).text()).toContain('This was a test mail')
    await world.rows('update contact set deleted_at = 1')
    expect((await fetch(it.url)).status).toBe(404)
    expect((await it.post({ action: 'save' })).status).toBe(404)
    expect(await it.unsubscribed()).toEqual([])
  })

  test('the page that unsubscribes names the topic, and leads to all of them', async () => {
    const world = await open()
    await using it = await reader(world)
    const keys = tokenKeys((await workspaceSettings(world.handle)).linkSecrets)
    const leave = `${it.web.url}/u/${signUnsubscribe(keys, { contactId: String(it.contact), topic: it.tips })}`
    const html = await (await fetch(leave)).text()
    expect(html).toContain('no more mail about “Tips”')
    const to = /<a href="(\.\.\/p\/[\w.-]+)"/.exec(html)?.[1] ?? ''
    expect((await fetch(new URL(to, leave))).status).toBe(200)
    expect((await fetch(leave, { method: 'POST' })).status).toBe(200)
    expect(await it.consent()).toEqual({ marketing: true, [it.tips]: false })
  })
})
