import { mkdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import { becomeAdmin, newcomer } from '../story/people.ts'
import { launchBrowser } from './browser.ts'
import { storyClock } from './clock.ts'
import { startBaton } from './server.ts'
import { mailSink, type Sink } from './sink.ts'

type Baton = Awaited<ReturnType<typeof startBaton>>

/** A Baton of its own on the embedded database, a mail server and a browser, for one file of tests. */
export interface House {
  /** What time it is for flows: a Tuesday in March, 8:00 UTC, at first. */
  clock: ReturnType<typeof storyClock>
  browser(): Browser
  server(): Baton['server']
  sink(): Sink
  /** Where Baton is, without a slash at the end. */
  base(): string
  /** What browsers complained about so far, on the pages that are watched. */
  faults: string[]
  /** Notes from now on what goes wrong on a page; a picture of it is kept when a test fails. */
  watch(page: Page): Page
  /** Somebody new at a browser of their own, watched. */
  newcomer(): Promise<Page>
  /** The first person, who has made their account. @param before what to do with the page before it is opened */
  admin(before?: (page: Page) => Promise<unknown>): Promise<Page>
}

/**
 * Opens a house before the tests and closes it after them. Call it in `describe`, before its own `beforeAll`.
 * @param name of the pictures that are taken when a test fails
 * @param how noisy: what a browser writes to its console is no fault, as where lines are cut on purpose; at: what time it is at first, where a
 * page compares it with the browser's own; sample: how large the sample programme is, where a test loads it
 */
export function useHouse(name: string, how: { noisy?: boolean; at?: number; sample?: { people: number; days: number } } = {}): House {
  let browser: Browser | undefined
  let sink: Sink | undefined
  let baton: Baton | undefined
  const pages: Page[] = []
  const open = <T>(it: T | undefined): T => {
    if (it === undefined) throw new Error('The house is not open yet: ask in a test or in beforeAll')
    return it
  }
  const house: House = {
    clock: storyClock(how.at ?? Date.UTC(2026, 2, 10, 8)),
    browser: () => open(browser),
    server: () => open(baton).server,
    sink: () => open(sink),
    base: () => open(baton).server.url,
    faults: [],
    watch(page) {
      pages.push(page)
      if (!how.noisy) page.on('console', (said) => said.type() === 'error' && house.faults.push(`${said.text()} ${said.location().url}`))
      page.on('pageerror', (error) => house.faults.push(error.message))
      return page
    },
    newcomer: async () => house.watch(await newcomer(open(browser))),
    async admin(before) {
      const page = await house.newcomer()
      await before?.(page)
      const link = open(baton).server.firstLink
      if (!link) throw new Error('There is no first link')
      await becomeAdmin(page, link.url)
      return page
    },
  }
  beforeAll(async () => {
    browser = await launchBrowser()
    sink = await mailSink()
    baton = await startBaton({ kind: 'pglite', postgres: inject('postgres'), clock: house.clock, smtpUrl: sink.url, sample: how.sample })
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.stop()
    await sink?.close()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    mkdirSync('reports', { recursive: true })
    const words = task.name.slice(0, 30).replaceAll(/\W+/g, '-')
    for (const [i, page] of pages.entries())
      if (!page.isClosed()) await page.screenshot({ path: `reports/${name}-${words}${i === 0 ? '' : `-${i + 1}`}.png` })
  })
  return house
}
