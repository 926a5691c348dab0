import { mkdirSync } from 'node:fs'
import { noteDatabase } from '@baton/db/testing'
import type { Browser, ConsoleMessage, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from './harness/browser.ts'
import { type StoryClock, storyClock } from './harness/clock.ts'
import { startBaton } from './harness/server.ts'
import { mailSink, type Sink } from './harness/sink.ts'
import { drawTheFlow, publish } from './story/draw.ts'
import { importPeople } from './story/import.ts'
import { writeMail } from './story/message.ts'
import { PAGES, seriousFaults } from './story/pages.ts'
import { becomeAdmin, invite, joinAsRep, makeTeam, nameTheSender, newcomer } from './story/people.ts'
import { acceptTheLead, clickInMail, journeyOf } from './story/sales.ts'
import { makeSegment } from './story/segment.ts'

const MORNING = Date.UTC(2026, 2, 10, 8, 0)
const HOUR = 3_600_000

/** From the first sign-in to the accepted lead, as people do it. Each test goes on where the one before stopped. */
describe.each(['pglite', 'pg'] as const)('the whole story (%s)', (kind) => {
  let browser: Browser
  let sink: Sink
  let clock: StoryClock
  let baton: Awaited<ReturnType<typeof startBaton>>
  let nora: Page
  let chidi: Page
  let base: string

  beforeAll(async () => {
    browser = await launchBrowser()
    sink = await mailSink()
    clock = storyClock(MORNING)
    baton = await startBaton({ kind, postgres: inject('postgres'), clock, smtpUrl: sink.url })
    base = baton.server.url
    nora = await newcomer(browser)
    chidi = await newcomer(browser)
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.stop()
    await sink?.close()
    noteDatabase('e2e', kind)
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    mkdirSync('reports', { recursive: true })
    const name = `${kind}-${task.name.slice(0, 30).replaceAll(/\W+/g, '-')}`
    await nora.screenshot({ path: `reports/${name}.png` })
    await chidi.screenshot({ path: `reports/${name}-rep.png` })
  })

  const mailsTo = (address: string) => sink.mails.filter((mail) => mail.to?.some((to) => to.address === address))

  test('the admin comes by the first link, settles the workspace and invites a rep', async () => {
    const link = baton.server.firstLink
    if (!link) throw new Error('an empty workspace offers a first link')
    await becomeAdmin(nora, link.url)
    await nameTheSender(nora, base)
    await joinAsRep(chidi, await invite(nora, base))
    await makeTeam(nora, base)
  })

  test('she brings people in from a file', async () => {
    await importPeople(nora, base)
  })

  test('she writes a mail and makes a segment', async () => {
    await writeMail(nora, base)
    await makeSegment(nora, base, { name: 'Controllers', field: 'Job title', value: 'Controller' })
  })

  test('she draws the flow and publishes it', async () => {
    await drawTheFlow(nora, base, { segment: 'Controllers', mail: 'Welcome', team: 'Inside sales' })
    await publish(nora)
  })

  test('the mail arrives, with a way to unsubscribe by one click', async () => {
    await expect.poll(() => mailsTo('ingrid@kystfrakt.example').length, { timeout: 30_000 }).toBe(1)
    const [mail] = mailsTo('ingrid@kystfrakt.example')
    expect(mail?.subject).toBe('Welcome, Ingrid')
    const header = (name: string) => mail?.headers.find((it) => it.key === name)?.value
    expect(header('list-unsubscribe')).toMatch(/^<http:.*\/u\/.*>$/)
    expect(mail?.html).toContain('Lindenstraße 12')
    expect(mailsTo('paul@kolmar.example')).toEqual([])
    await nora.goto(`${base}/outbox`)
    await nora
      .getByRole('row', { name: /Welcome, Ingrid/ })
      .getByText('Sent', { exact: true })
      .waitFor()
  })

  test('a click in it, a day of waiting, and the lead is on the desk', async () => {
    clock.forward(2 * HOUR)
    const reader = await newcomer(browser)
    await clickInMail(reader, mailsTo('ingrid@kystfrakt.example')[0]?.html ?? '')
    await reader.context().close()
    clock.forward(24 * HOUR)
    const seen = await acceptTheLead(chidi, base, 'Ingrid Solheim')
    expect(seen).toContain('Ready for sales')
    expect(seen).toMatch(/\+10/)
  })

  test('the journey explains itself', async () => {
    const words = await journeyOf(nora, base, 'Ingrid Solheim', 'Finished: Done')
    const told = ['Was in Controllers when Nora Eide published', 'Sent Welcome', 'Waited until Wed 11 Mar 09:00, Oslo']
    const decided = ['Went to Yes: they clicked any link at least once (saw 1)', '+10 Engagement: from 0 to 10', 'Accepted by Chidi Okafor']
    for (const said of [...told, ...decided]) expect(words).toContain(said)
    expect(await journeyOf(nora, base, 'Peter Nagy', 'Finished: Done')).toContain('Went to Otherwise')
  })

  test.each(['light', 'dark'] as const)(
    'every page can be used by everybody, and says nothing wrong on the console (%s)',
    async (colorScheme) => {
      const { db } = baton.server
      const id = async (text: string) => String((await db.query<{ id: string | number }>(text))[0]?.id)
      const ids: Record<string, string> = {
        flow: await id('select id from flow limit 1'),
        contact: await id(`select id from contact where key = 'ingrid@kystfrakt.example'`),
        segment: await id('select id from segment limit 1'),
        template: await id('select id from template limit 1'),
      }
      const faults: string[] = []
      const complain = (words: string) => void faults.push(`${new URL(nora.url()).pathname}: ${words}`)
      const onConsole = (message: ConsoleMessage) => void (message.type() === 'error' && complain(message.text()))
      const onError = (error: Error) => complain(error.message)
      nora.on('console', onConsole).on('pageerror', onError)
      await nora.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const address of PAGES) {
        await nora.goto(base + address.replace(/\{(\w+)\}/, (_, name: string) => ids[name] ?? ''), { waitUntil: 'networkidle' })
        await nora.locator('main').first().waitFor()
        for (const fault of await seriousFaults(nora)) complain(fault)
      }
      nora.off('console', onConsole).off('pageerror', onError)
      expect(faults).toEqual([])
    },
  )
})
