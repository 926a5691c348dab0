import { mkdirSync } from 'node:fs'
import { noteDatabase } from '@baton/db/testing'
import type { Browser, Page } from 'playwright-core'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from './harness/browser.ts'
import { type StoryClock, storyClock } from './harness/clock.ts'
import { picture } from './harness/pictures.ts'
import { startBaton } from './harness/server.ts'
import { mailSink, type Sink } from './harness/sink.ts'
import { inTheme } from './harness/theme.ts'
import { type Crm, crm } from './kinds/crm.ts'
import { bringIn, drawByKeys, fromMenu, launch } from './kinds/draw.ts'
import { chooseByKeys, openStep, sentence, step } from './kinds/editor.ts'
import { EDITS } from './kinds/edits.ts'
import { OPEN, programme } from './kinds/programme.ts'
import { happens, keepSecret, serverKey } from './kinds/settings.ts'
import { addPerson, askForDemo, letIn, takeBack } from './kinds/visitor.ts'
import { saved } from './story/flow.ts'
import { seriousFaults } from './story/pages.ts'
import { becomeAdmin, nameTheSender, newcomer } from './story/people.ts'

const MORNING = Date.UTC(2026, 2, 10, 8, 0)
const DAY = 86_400_000
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** What the page of somebody who went the whole way says, step by step. */
const TOLD = [
  'Sent Demo',
  'Fell by chance on Called',
  'Tagged demo',
  'Put on Asked for a demo',
  'Their turn came in the line of 1,000 an hour',
  'Answered: tier gold',
  'Went to Gold: ',
  'Told Nora Eide',
  'Sent Your demo',
  'Finished: Customer',
  'Reached the goal: they did Contract signed',
  'Started Onboarding',
  'Let in by Demo',
  'Tagged customer',
] as const

/** Flows with every sort of step, as people meet them: drawn, brought in, published, gone through. Each test goes on where the last stopped. */
describe.each(['pglite', 'pg'] as const)('what flows mean (%s)', (kind) => {
  let browser: Browser
  let sink: Sink
  let shop: Crm
  let clock: StoryClock
  let baton: Awaited<ReturnType<typeof startBaton>>
  let nora: Page
  let base: string
  let vera: string
  let paul: string
  const faults: string[] = []
  const mailsTo = (address: string) => sink.mails.filter((mail) => mail.to?.some((to) => to.address === address))

  beforeAll(async () => {
    browser = await launchBrowser()
    sink = await mailSink()
    shop = await crm((body) => (body.includes('rita@') ? 'silver' : 'gold'))
    clock = storyClock(MORNING)
    baton = await startBaton({ kind, postgres: inject('postgres'), clock, smtpUrl: sink.url, allowAddresses: '127.0.0.1' })
    base = baton.server.url
    nora = await newcomer(browser)
    nora.on('console', (said) => said.type() === 'error' && faults.push(said.text()))
    nora.on('pageerror', (error) => faults.push(error.message))
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.stop()
    await Promise.all([sink?.close(), shop?.close()])
    noteDatabase('e2e', kind)
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    mkdirSync('reports', { recursive: true })
    await nora.screenshot({ path: `reports/${kind}-kinds-${task.name.slice(0, 30).replaceAll(/\W+/g, '-')}.png` })
  })

  test('a flow is drawn by the keyboard alone, and published', async () => {
    await becomeAdmin(nora, baton.server.firstLink?.url ?? '')
    await nameTheSender(nora, base)
    await drawByKeys(nora, base, 'Onboarding')
    await picture(nora, 'drawn')
    await launch(nora)
  })

  test('a file brings in a flow with all it names; what it leaves open is chosen by the keyboard', async () => {
    await keepSecret(nora, base, 'crm-hook', SECRET)
    expect(await bringIn(nora, base, programme(shop.url))).toMatch(/Bring in Demo\?.*drafts.*127\.0\.0\.1/)
    await nora.getByRole('button', { name: /2 errors/ }).waitFor()
    const tell = await openStep(nora, OPEN.notify)
    await chooseByKeys(nora, tell.getByLabel('Person', { exact: true }), 'Nora Eide')
    const start = await openStep(nora, OPEN.start)
    await chooseByKeys(nora, start.getByLabel('Flow', { exact: true }), 'Onboarding')
    // Nothing is wrong; an address of this machine, without TLS, is worth two words of warning, and a mail whose topic nothing asks for is one.
    await nora.getByRole('button', { name: /^3 warnings/ }).waitFor()
    await saved(nora)
    await picture(nora, 'brought-in')
  })

  test.each(EDITS)('the form of $id: one value more by the keyboard, and back', async ({ id, says, change }) => {
    const form = await openStep(nora, id)
    for (const colorScheme of ['dark', 'light'] as const) {
      await inTheme(nora, colorScheme)
      expect(await seriousFaults(nora, id === EDITS[0]?.id ? 'html' : '.insp'), colorScheme).toEqual([])
    }
    const before = await sentence(nora, id)
    await change(nora, form)
    await expect.poll(() => sentence(nora, id)).toMatch(says)
    await picture(nora, `form-${id}`)
    await nora.locator('.canvas').focus()
    await expect
      .poll(async () => {
        await nora.keyboard.press('Control+z')
        return sentence(nora, id)
      })
      .toBe(before)
    expect(faults).toEqual([])
  })

  test('somebody sends the form: a signed call asks who it is, and its answer leads on', async () => {
    await launch(nora)
    await picture(nora, 'live')
    await askForDemo(browser, base, { email: 'vera@acme.example', name: 'Vera', company: 'Acme' })
    await expect.poll(() => mailsTo('vera@acme.example').length, { timeout: 20_000 }).toBe(1)
    const [call] = shop.calls
    expect(shop.calls).toHaveLength(1)
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ data: { contact: { email: 'vera@acme.example', company: 'Acme' } } })
    // The receiver's own library decides.
    expect(() => new Webhook(SECRET).verify(call?.body ?? '', { ...call?.headers } as Record<string, string>)).not.toThrow()
    expect(mailsTo('vera@acme.example')[0]?.text).toContain('Your demo, Vera.')
  })

  test('Nora is told in the bell', async () => {
    await nora.goto(base)
    await nora.getByRole('button', { name: /Notes/ }).click()
    await nora.getByRole('button', { name: /Vera is gold and wants a demo/ }).waitFor()
    await picture(nora, 'bell')
    await nora.getByRole('button', { name: /Vera is gold and wants a demo/ }).click()
    await nora.getByRole('heading', { name: 'Vera', exact: true }).waitFor()
    vera = nora.url()
  })

  test('from the foot of the mail she chooses what she gets, and it counts', async () => {
    await takeBack(browser, mailsTo('vera@acme.example')[0]?.html ?? '', 'Product news')
    await nora.reload()
    await nora.locator('.consent-row', { hasText: 'Product news' }).getByText('Said no').waitFor()
  })

  test('the goal takes her out of the wait, and her page tells the whole way', async () => {
    clock.forward(DAY)
    await happens(base, await serverKey(nora), 'vera@acme.example', 'Contract signed')
    const read = async () => {
      await nora.goto(vera)
      await nora.locator('.passage').first().waitFor()
      return (await nora.locator('main').textContent()) ?? ''
    }
    await expect.poll(read, { timeout: 20_000 }).toContain('Let in by Demo')
    const words = await read()
    for (const said of TOLD) expect(words).toContain(said)
    await picture(nora, 'journey')
  })

  test('a flow is tried with a person before anybody comes in: the way is told, nothing is done', async () => {
    await addPerson(nora, base, { email: 'paul@acme.example', name: 'Paul' })
    paul = nora.url()
    await addPerson(nora, base, { email: 'rita@acme.example', name: 'Rita' })
    await nora.goto(`${base}/flows/flw_demo`)
    await fromMenu(nora, 'Try with a person…')
    const dialog = nora.getByRole('dialog')
    await dialog.getByLabel('Person').fill('paul')
    await nora.getByRole('option', { name: /Paul/ }).click()
    await dialog.getByText('Fell by chance on').waitFor()
    await dialog.getByText('Nobody was asked.').waitFor()
    await dialog.getByText(/^Out of the flow: Not for us/).waitFor()
    await picture(nora, 'tried')
    expect(shop.calls).toHaveLength(1)
  })

  test('by hand people come in too, and another answer leads another way', async () => {
    await letIn(nora, base, 'Rita', 'Demo', 'When they are added by hand')
    await nora.getByText('Left: Not for us').waitFor()
    const words = (await nora.locator('main').textContent()) ?? ''
    for (const said of ['Put in by Nora Eide', 'Answered: tier silver', 'Went to Otherwise: no case was true'])
      expect(words).toContain(said)
    await letIn(nora, base, 'Paul', 'Demo', 'When they are added by hand')
    await nora.getByText(/Is here since/).waitFor()
    expect(shop.calls).toHaveLength(3)
  })

  test('a pause asks what becomes of those who wait', async () => {
    await nora.goto(`${base}/flows/flw_demo?mode=live`)
    await nora.getByRole('button', { name: 'Pause…' }).click()
    const dialog = nora.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'Their time stands still' }).check()
    expect(await dialog.getByRole('radio').count()).toBe(3)
    await picture(nora, 'pause')
    await dialog.getByRole('button', { name: 'Pause', exact: true }).click()
    await nora.getByText('Nobody takes a step and no mail goes out; what comes in is kept.').waitFor()
    clock.forward(DAY)
    await nora.getByRole('button', { name: 'Resume' }).click()
    await nora.getByText('Demo goes on.').waitFor()
  })

  test('somebody is moved by hand from the live view, and the log says by whom', async () => {
    await step(nora, 'wait').getByTitle('1 is here now').click()
    await nora.getByRole('button', { name: 'What can be done with Paul' }).click()
    await picture(nora, 'people')
    await nora.getByRole('menuitem', { name: 'Move…' }).click()
    const dialog = nora.getByRole('dialog', { name: /Move Paul/ })
    await dialog.getByLabel('Step').click()
    await nora.getByRole('option', { name: 'Leave: No answer' }).click()
    await dialog.getByRole('button', { name: 'Move', exact: true }).click()
    await nora.getByText('Moved. They go on from there.').waitFor()
    await nora.goto(paul)
    await nora.getByText('Left: No answer').waitFor()
    expect(await nora.locator('main').textContent()).toContain('Moved by Nora Eide')
    await picture(nora, 'moved')
    expect(faults).toEqual([])
  })
})
