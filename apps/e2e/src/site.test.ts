import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { addForm, addKey, type FormContent } from '@baton/db'
import { noteDatabase } from '@baton/db/testing'
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from './harness/browser.ts'
import { storyClock } from './harness/clock.ts'
import { startBaton } from './harness/server.ts'
import { mailSink, type Sink } from './harness/sink.ts'
import { type Site, site } from './harness/site.ts'

const KEY = 'bk_a_key_that_every_page_shows'

const content = (origin: string): FormContent => ({
  ...{ name: 'Newsletter', title: 'Stay in touch', intro: '', button: 'Sign up', confirm: true, mayUpdate: false, origins: [origin] },
  fields: [
    { key: 'email', label: '', required: true, placeholder: '' },
    { key: 'company', label: '', required: true, placeholder: '' },
  ],
  topics: [{ topic: 'marketing', label: 'Yes, write to me' }],
  thanks: { kind: 'text', text: 'You will hear from us.' },
})

/** Segment's client for browsers as a site bundles it. */
async function analyticsNext(): Promise<string> {
  const entry = fileURLToPath(new URL('./harness/segment-site.ts', import.meta.url))
  const done = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'site', fileName: 'site' } },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const [first] = Array.isArray(done) ? done : [done]
  if (!first || !('output' in first)) throw new Error('nothing was built')
  return first.output[0].code
}

/** What a site sees of Baton: a form in its page, and the script that tells of its visitors. */
describe.each(['pglite', 'pg'] as const)('a site (%s)', (kind) => {
  let browser: Browser
  let sink: Sink
  let acme: Site
  let other: Site
  let baton: Awaited<ReturnType<typeof startBaton>>
  let base: string
  let form: string

  beforeAll(async () => {
    browser = await launchBrowser()
    sink = await mailSink()
    acme = await site()
    other = await site()
    baton = await startBaton({ kind, postgres: inject('postgres'), clock: storyClock(Date.now()), smtpUrl: sink.url })
    base = baton.server.url
    const { db } = baton.server
    form = await db.transaction((tx) => addForm(tx, { ...content(acme.origin), by: 'usr_test', at: Date.now() }))
    await db.query(`update workspace set settings = settings || '{"senderName": "Acme", "senderAddress": "news@acme.test"}'`)
    const hash = createHash('sha256').update(KEY).digest('hex')
    const made = {
      name: 'Site',
      kind: 'browser' as const,
      hash,
      last4: KEY.slice(-4),
      publicKey: KEY,
      createdBy: 'usr_test',
      createdAt: Date.now(),
    }
    await addKey(db, { ...made, origins: [acme.origin] })
    const line = `<script async src="${base}/t.js" data-key="${KEY}"></script>`
    const early = `<script>window.baton = []; baton.push(['track', 'Demo requested', { from: 'pricing' }])</script>`
    for (const to of [acme, other]) to.put('/form', `<h1>Before</h1><script async src="${base}/f/${form}.js"></script><p>After</p>`)
    acme.put('/visit', `${early}${line}<p>Visited</p>`)
    acme.put('/asks', `${line.replace('></script>', ' data-consent="ask"></script>')}<p>May we?</p>`)
    acme.put('/both', `${line}<script async src="${base}/f/${form}.js"></script>`)
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.server.stop()
    await baton?.stop()
    await Promise.all([acme?.close(), other?.close(), sink?.close()])
    noteDatabase('e2e', kind)
  })

  /** A browser of its own, with empty storage. */
  async function visitor<T>(use: (context: BrowserContext) => Promise<T>, options: BrowserContextOptions = {}): Promise<T> {
    const context = await browser.newContext(options)
    try {
      return await use(context)
    } finally {
      await context.close()
    }
  }
  const events = () =>
    baton.server.db.query<{ type: string; props: Record<string, unknown>; key: string; contact: number }>(
      'select e.type, e.props, c.key, c.id as contact from event e join contact c on c.bucket = e.bucket and c.id = e.contact_id order by e.seq',
    )
  const typesBy = async (key: string) =>
    (await events()).filter(({ key: mine, type }) => mine === key && type !== 'contact.created').map((event) => event.type)
  const idOf = (context: BrowserContext) =>
    context.pages()[0]?.evaluate(() => localStorage.getItem('baton.visitor')) ?? Promise.resolve(null)

  test('its page shows the form where the line stands, says what to do, and takes the answer', async () => {
    await visitor(async (context) => {
      const page = await context.newPage()
      const faults: string[] = []
      page.on('console', (said) => said.type() === 'error' && faults.push(said.text()))
      await page.goto(`${acme.origin}/form?from=ad`)
      await page.getByLabel('E-mail').fill('zoe@')
      await page.getByRole('button', { name: 'Sign up' }).click()
      await page.getByText('2 answers need another look.').waitFor()
      expect(await page.getByLabel('E-mail').inputValue()).toBe('zoe@')
      await page.getByText('Write it like name@example.com').waitFor()
      await page.getByLabel('E-mail').fill('zoe@example.com')
      await page.getByLabel('Company').fill('Acme')
      await page.getByLabel('Yes, write to me').check()
      await page.getByRole('button', { name: 'Sign up' }).click()
      await page.getByText('You will hear from us.').waitFor()
      expect(faults).toEqual([])
      expect(page.url()).toBe(`${acme.origin}/form?from=ad`)
    })
    const [sent] = (await events()).filter((event) => event.type === 'form.submitted')
    expect(sent).toMatchObject({ key: 'zoe@example.com', props: { company: 'Acme', form, page: `${acme.origin}/form?from=ad` } })
  })

  test('the mail asks, and its button makes it count', async () => {
    await expect.poll(() => sink.mails.length, { timeout: 30_000 }).toBe(1)
    const link = /http\S+\/y\/[\w.-]+/.exec(sink.mails[0]?.text ?? '')?.[0] ?? ''
    await visitor(
      async (context) => {
        const page = await context.newPage()
        await page.goto(link)
        await page.getByRole('button', { name: 'Yes, I agree' }).click()
        await page.getByText('It is confirmed').waitFor()
      },
      { javaScriptEnabled: false },
    )
    const consent = () => baton.server.db.query(`select facts -> 'c' as c from contact where key = 'zoe@example.com'`)
    await expect.poll(consent).toEqual([{ c: { marketing: true } }])
  })

  test('on a site its author did not name, the form leads to its own page', async () => {
    await visitor(async (context) => {
      const page = await context.newPage()
      await page.goto(`${other.origin}/form`)
      await page.getByLabel('E-mail').fill('mallory@example.com')
      await page.getByRole('button', { name: 'Sign up' }).click()
      await page.getByText('It could not be sent.').waitFor()
      await page.getByRole('link', { name: 'Stay in touch' }).click()
      await page.waitForURL(`${base}/f/${form}`)
    })
    expect(await typesBy('mallory@example.com')).toEqual([])
  })

  test('the form’s own page works without a script', async () => {
    await visitor(
      async (context) => {
        const page = await context.newPage()
        await page.goto(`${base}/f/${form}`)
        await page.getByRole('button', { name: 'Sign up' }).click()
        await page.getByText('Fill this in: Company.').waitFor()
        await page.getByLabel('E-mail').fill('tom@example.com')
        await page.getByLabel('Company').fill('Beta')
        await page.getByRole('button', { name: 'Sign up' }).click()
        await page.getByText('You will hear from us.').waitFor()
      },
      { javaScriptEnabled: false },
    )
    expect(await typesBy('tom@example.com')).toContain('form.submitted')
  })

  test('its script is small, and tells of pages and of what pages report, also before it was there', async () => {
    const script = await (await fetch(`${base}/t.js`)).text()
    expect(gzipSync(script).length).toBeLessThan(3 * 1024)
    await visitor(async (context) => {
      const page = await context.newPage()
      await page.goto(`${acme.origin}/visit?a=1`)
      await page.waitForFunction(() => localStorage.getItem('baton.visitor'))
      await page.evaluate(() => history.pushState({}, '', '/visit/more'))
      await page.evaluate(() => Reflect.get(window, 'baton').identify({ company: 'Nordlicht', email: 'boss@example.com' }))
      const who = `visitor:${await idOf(context)}`
      await expect.poll(() => typesBy(who)).toEqual(['page', 'Demo requested', 'page', 'identify'])
      const mine = (await events()).filter((event) => event.key === who && event.type !== 'contact.created')
      expect(mine.map((event) => event.props.path)).toEqual(['/visit', undefined, '/visit/more', undefined])
      // A browser's key may tell of somebody nobody knows, and never an address.
      await expect
        .poll(() => baton.server.db.query(`select facts -> 'f' as f from contact where key = $1`, [who]))
        .toEqual([{ f: { company: 'Nordlicht' } }])
      await expect.poll(() => page.evaluate(() => localStorage.getItem('baton.queue'))).toBeNull()
    })
  })

  test('what could not be sent is kept, and sent once when the line is back', async () => {
    await visitor(async (context) => {
      const page = await context.newPage()
      await context.route('**/v1/batch', (route) => route.abort())
      await page.goto(`${acme.origin}/visit`)
      await expect.poll(() => page.evaluate(() => JSON.parse(localStorage.getItem('baton.queue') ?? '[]').length)).toBe(2)
      const who = `visitor:${await idOf(context)}`
      await context.unroute('**/v1/batch')
      await page.evaluate(() => dispatchEvent(new Event('online')))
      await expect.poll(() => typesBy(who)).toEqual(['page', 'Demo requested'])
    })
  })

  test('what happens as the page is left is not lost', async () => {
    await visitor(async (context) => {
      const page = await context.newPage()
      await page.goto(`${acme.origin}/visit`)
      await page.waitForFunction(() => localStorage.getItem('baton.visitor'))
      const who = `visitor:${await idOf(context)}`
      await page.evaluate(() => {
        Reflect.get(window, 'baton').track('Left')
        location.assign('about:blank')
      })
      await expect.poll(() => typesBy(who)).toContain('Left')
    })
  })

  test('nobody is followed who does not want it, or has not been asked where a page asks', async () => {
    const silent = async (path: string, before: string) =>
      visitor(async (context) => {
        await context.addInitScript(before)
        const page = await context.newPage()
        let sent = 0
        await context.route('**/v1/batch', (route) => {
          sent++
          return route.continue()
        })
        await page.goto(`${acme.origin}${path}`)
        await page.waitForFunction(() => typeof Reflect.get(window, 'baton')?.track === 'function')
        const kept = await page.evaluate(() => ({ ...localStorage }))
        return { sent, kept }
      })
    const dnt = `Object.defineProperty(Navigator.prototype, 'doNotTrack', { get: () => '1' })`
    const gpc = `Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })`
    for (const [path, before] of [
      ['/visit', dnt],
      ['/visit', gpc],
      ['/asks', ''],
    ] as const)
      expect(await silent(path, before)).toEqual({ sent: 0, kept: {} })
    await visitor(async (context) => {
      const page = await context.newPage()
      await page.goto(`${acme.origin}/asks`)
      await page.waitForFunction(() => typeof Reflect.get(window, 'baton')?.track === 'function')
      await page.evaluate(() => Reflect.get(window, 'baton').consent(true))
      const who = `visitor:${await idOf(context)}`
      await expect.poll(() => typesBy(who)).toEqual(['page'])
      await page.evaluate(() => Reflect.get(window, 'baton').consent(false))
      expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({ 'baton.consent': 'no' })
    })
  })

  test('a visitor who sends the form keeps what they did before', async () => {
    await visitor(async (context) => {
      const page = await context.newPage()
      await page.goto(`${acme.origin}/both`)
      await page.waitForFunction(() => localStorage.getItem('baton.visitor'))
      const who = `visitor:${await idOf(context)}`
      await expect.poll(() => typesBy(who)).toEqual(['page'])
      await page.getByLabel('E-mail').fill('ida@example.com')
      await page.getByLabel('Company').fill('Gamma')
      await page.getByRole('button', { name: 'Sign up' }).click()
      await page.getByText('You will hear from us.').waitFor()
      await expect.poll(() => typesBy(who)).toEqual(['page', 'form.submitted'])
      const found = await baton.server.db.query<{ key: string }>(
        `select c.key from identity i join contact c on c.id = i.contact_id where i.value = 'ida@example.com'`,
      )
      expect(found).toEqual([{ key: who }])
    })
  })

  test('a key is refused on other sites, and Segment’s own client for browsers works as it is', async () => {
    acme.put('/segment.js', await analyticsNext(), 'js')
    acme.put('/segment', '<script src="/segment.js"></script>')
    other.put('/visit', `<script async src="${base}/t.js" data-key="${KEY}"></script>`)
    await visitor(async (context) => {
      const page = await context.newPage()
      const answer = page.waitForResponse('**/v1/batch')
      await page.goto(`${other.origin}/visit`)
      expect((await answer).status()).toBe(403)
      // Refused for good: nothing is kept to be tried again.
      await expect.poll(() => page.evaluate(() => localStorage.getItem('baton.queue'))).toBeNull()
    })
    await visitor(async (context) => {
      const page = await context.newPage()
      await page.goto(`${acme.origin}/segment`)
      const host = base.replace('http://', '')
      await page.evaluate(
        async ({ writeKey, apiHost }) => {
          const cdnSettings = { integrations: { 'Segment.io': { apiKey: writeKey, apiHost, protocol: 'http' } } }
          const analytics = Reflect.get(window, 'AnalyticsBrowser').load({ writeKey, cdnSettings })
          await analytics.page('Pricing')
          await analytics.track('Plan chosen', { plan: 'pro' })
          await analytics.identify({ company: 'Delta' })
        },
        { writeKey: KEY, apiHost: `${host}/v1` },
      )
      const mine = async () => (await events()).filter((event) => event.props.plan === 'pro').map((event) => event.key)
      await expect.poll(async () => (await mine()).length).toBe(1)
      const [who = ''] = await mine()
      await expect.poll(async () => (await typesBy(who)).sort()).toEqual(['Plan chosen', 'identify', 'page'])
    })
  })
})
