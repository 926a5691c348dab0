import { mkdirSync } from 'node:fs'
import { ensureMonths, listUsers } from '@baton/db'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { seedDesk } from './desk/seed.ts'
import { launchBrowser } from './harness/browser.ts'
import { storyClock } from './harness/clock.ts'
import { startBaton } from './harness/server.ts'
import { mailSink, type Sink } from './harness/sink.ts'
import { seriousFaults } from './story/pages.ts'
import { becomeAdmin, invite, joinAsRep, newcomer } from './story/people.ts'

/** A rep's morning: each test goes on where the one before stopped. The browser's clock is the real one, so Baton's is too. */
describe('the desk', () => {
  const now = Date.now()
  let browser: Browser
  let sink: Sink
  let baton: Awaited<ReturnType<typeof startBaton>>
  let nora: Page
  let chidi: Page
  let base: string
  let leads: Map<string, number>
  const faults: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
    sink = await mailSink()
    baton = await startBaton({ kind: 'pglite', postgres: inject('postgres'), clock: storyClock(now), smtpUrl: sink.url })
    base = baton.server.url
    nora = await newcomer(browser)
    chidi = await newcomer(browser)
    chidi.on('pageerror', (error) => faults.push(error.message))
    await becomeAdmin(nora, baton.server.firstLink?.url ?? '')
    await joinAsRep(chidi, await invite(nora, base))
    const rep = (await listUsers(baton.server.db)).find((one) => one.role === 'sales_rep')
    if (!rep) throw new Error('no rep')
    leads = await seedDesk(baton.server.db, { rep, now })
    await chidi.goto(`${base}/desk`)
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.stop()
    await sink?.close()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    mkdirSync('reports', { recursive: true })
    await chidi.screenshot({ path: `reports/desk-${task.name.slice(0, 30).replaceAll(/\W+/g, '-')}.png` })
  })

  const list = () => chidi.getByRole('navigation', { name: 'Leads' })
  const section = (name: string) =>
    list()
      .locator('section')
      .filter({ has: chidi.getByRole('heading', { name: new RegExp(`^${name}`) }) })
  const names = (of: string) => section(of).locator('.lead-name b').allTextContents()
  const head = (name: string) => chidi.getByRole('heading', { level: 1, name })
  const choose = async (name: string) => {
    await list().getByText(name).click()
    await head(name).waitFor()
  }
  const said = (words: string | RegExp) => chidi.getByText(words).first().waitFor()

  test('the list goes by what is most urgent, and says why and until when', async () => {
    await list().getByText('Ingrid Solheim').waitFor()
    expect(await names('Call now')).toEqual(['Bruno Costa', 'Tomasz Zielinski', 'Ingrid Solheim', 'Amara Diallo'])
    expect(await names('Today')).toEqual(['Henrik Aas'])
    expect(await names('Working')).toEqual(['Sofie Maes', 'Peter Nagy'])
    expect(await names('With marketing again')).toEqual(['David Kerr'])
    const row = (name: string) => list().getByRole('link').filter({ hasText: name }).textContent()
    expect(await row('Bruno Costa')).toMatch(/min late/)
    expect(await row('Henrik Aas')).toMatch(/second attempt due/)
    expect(await row('Sofie Maes')).toMatch(/new activity/)
    // The most urgent one is open already.
    await head('Bruno Costa').waitFor()
    expect(await seriousFaults(chidi)).toEqual([])
  })

  test('j and k go up and down, and letters do nothing while one types', async () => {
    await chidi.keyboard.press('j')
    await head('Tomasz Zielinski').waitFor()
    await chidi.keyboard.press('j')
    await head('Ingrid Solheim').waitFor()
    const note = chidi.getByLabel('Note for you and for marketing')
    await note.fill('')
    await note.pressSequentially('jar')
    await head('Ingrid Solheim').waitFor()
    expect(await chidi.getByRole('dialog').count()).toBe(0)
    await note.fill('Asked about accruals')
    await note.press('Enter')
    await chidi.getByText('Asked about accruals').first().waitFor()
  })

  test('the story can be narrowed to a part and to a stretch of time', async () => {
    const story = chidi.locator('.tl')
    await story.getByText('Webinar attended: Month-end close').waitFor()
    await chidi.getByRole('button', { name: 'Web', exact: true }).click()
    await expect.poll(() => story.getByText('Given to').count()).toBe(0)
    await chidi.getByRole('button', { name: 'Web', exact: true }).click()
    const bars = chidi.getByRole('group', { name: 'The story at a glance' }).getByRole('button')
    await bars.first().click()
    await expect.poll(() => story.getByText('Webinar attended').count()).toBe(0)
    await story.getByText('First seen').waitFor()
    await chidi.getByRole('button', { name: 'Show all time' }).click()
    await story.getByText('Webinar attended').waitFor()
  })

  test('a lead is accepted by a key, becomes an opportunity and is won', async () => {
    await chidi.locator('h1').click()
    await chidi.keyboard.press('a')
    await said('Ingrid Solheim is accepted.')
    await chidi.getByRole('button', { name: /^Make an opportunity/ }).click()
    const dialog = chidi.getByRole('dialog')
    await dialog.getByLabel('Amount').fill('18,000')
    await dialog.getByRole('button', { name: 'Make an opportunity' }).click()
    await chidi.getByText('Discovery').first().waitFor()
    await chidi.getByRole('button', { name: /^Won/ }).click()
    await dialog.getByRole('button', { name: 'Won' }).click()
    await said(/Won\. Ingrid Solheim is a customer/)
    await section('Won').getByText('Ingrid Solheim').waitFor()
    // The next one that waits is chosen.
    await head('Bruno Costa').waitFor()
  })

  test('a mail goes through the gate and out of the rep’s own address, and stops the clock', async () => {
    await choose('Amara Diallo')
    await chidi.keyboard.press('m')
    const dialog = chidi.getByRole('dialog')
    await dialog.getByLabel('Subject').fill('The checklist')
    await dialog.getByLabel('Mail', { exact: true }).fill('Dear Amara,\n\nhere it is: https://ledgerline.example/close')
    await dialog.getByText(/Draft kept/).waitFor()
    await dialog.getByRole('button', { name: 'Send' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await expect
      .poll(() => sink.mails.map((mail) => [mail.from?.address, mail.subject]), { timeout: 20_000 })
      .toEqual([['chidi@ledgerline.example', 'The checklist']])
    await chidi.getByText('In touch', { exact: true }).waitFor()
    await chidi.locator('.tl').getByText('The checklist').first().waitFor()
  })

  test('a voicemail puts the lead to rest until the next attempt', async () => {
    await choose('Henrik Aas')
    await chidi.keyboard.press('l')
    const dialog = chidi.getByRole('dialog')
    await dialog.getByLabel('Voicemail').check()
    await dialog.getByText('Attempt 2 of 3').waitFor()
    await dialog.getByRole('button', { name: 'Log' }).click()
    await said(/Henrik Aas rests until attempt 3 of 3/)
    await list()
      .getByText(/^Voicemail today/)
      .waitFor()
  })

  test('what the person does meanwhile appears without reloading', async () => {
    await choose('Tomasz Zielinski')
    const id = leads.get('Zielinski') ?? 0
    await ensureMonths(baton.server.db, [now])
    await baton.server.db.query(
      `insert into event (bucket, at, id, contact_id, type, props, received_at)
       select bucket, $2, 'fresh', contact_id, 'demo.requested', '{}', $2 from handoff where id = $1`,
      [id, now + 1000],
    )
    await chidi.locator('.tl').getByText('Demo requested').waitFor()
    await list().getByText('Demo requested').waitFor()
  })

  test('the slower of two is told who was faster', async () => {
    await choose('Tomasz Zielinski')
    await nora.goto(`${base}/desk/${leads.get('Zielinski')}`)
    await nora.getByRole('button', { name: /^Accept/ }).click()
    await nora.getByText('Tomasz Zielinski is accepted.').first().waitFor()
    await chidi.keyboard.press('r')
    const dialog = chidi.getByRole('dialog')
    await dialog.getByLabel('No need').check()
    await dialog.getByRole('button', { name: 'Reject' }).click()
    await said(/Accepted by Nora Eide meanwhile/)
    await dialog.waitFor({ state: 'hidden' })
  })

  test('a rejection asks for the reason, and the person is shown no more', async () => {
    await choose('Bruno Costa')
    await chidi.keyboard.press('r')
    const dialog = chidi.getByRole('dialog')
    await dialog.getByLabel('Too small for us').check()
    await dialog.getByRole('button', { name: 'Reject' }).click()
    await said(/Bruno Costa is with marketing again/)
    await choose('Bruno Costa')
    await chidi.getByText('This person is with marketing again').waitFor()
    expect(await chidi.locator('main').textContent()).not.toMatch(/bruno\.costa@/)
  })

  test('on a phone list and lead are two pages, with what can be done under the thumb', async () => {
    await chidi.setViewportSize({ width: 390, height: 844 })
    await chidi.goto(`${base}/desk`)
    await choose('Sofie Maes')
    await list().waitFor({ state: 'hidden' })
    const box = await chidi.getByRole('button', { name: /^Log a call/ }).boundingBox()
    expect(box?.y).toBeGreaterThan(760)
    expect(await chidi.getByRole('button', { name: /^Give back/ }).isVisible()).toBe(false)
    await chidi.getByRole('button', { name: 'More actions' }).click()
    await chidi.getByRole('button', { name: /^Give back/ }).waitFor()
    // Nothing is wider than the window.
    expect(await chidi.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await seriousFaults(chidi)).toEqual([])
    await chidi.getByRole('link', { name: 'To the list' }).click()
    await list().getByText('Peter Nagy').waitFor()
    expect(faults).toEqual([])
  })
})
