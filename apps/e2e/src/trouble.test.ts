import { mkdirSync } from 'node:fs'
import { noteDatabase } from '@baton/db/testing'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { launchBrowser } from './harness/browser.ts'
import { type StoryClock, storyClock } from './harness/clock.ts'
import { picture } from './harness/pictures.ts'
import { startBaton } from './harness/server.ts'
import { seriousFaults } from './story/pages.ts'
import { becomeAdmin, newcomer } from './story/people.ts'
import { ask, type Outside, openOutside, settleIn } from './trouble/outside.ts'

const MORNING = Date.UTC(2026, 2, 10, 8, 0)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** A busy machine takes its time. */
const LONG = { timeout: 60_000 }

/** What goes wrong for good is seen in one place, and done once it is mended and tried again there. */
describe.each(['pglite', 'pg'] as const)('trouble (%s)', (kind) => {
  let browser: Browser
  let outside: Outside
  let clock: StoryClock
  let baton: Awaited<ReturnType<typeof startBaton>>
  let nora: Page
  let base: string

  beforeAll(async () => {
    browser = await launchBrowser()
    outside = await openOutside()
    clock = storyClock(MORNING)
    baton = await startBaton({ kind, postgres: inject('postgres'), clock, smtpUrl: outside.smtpUrl, allowAddresses: '127.0.0.1' })
    base = baton.server.url
    nora = await newcomer(browser)
    await becomeAdmin(nora, baton.server.firstLink?.url ?? '')
    await settleIn(baton.server.db, { hook: outside.hookUrl, at: clock.now() })
  })
  afterAll(async () => {
    await browser?.close()
    await baton?.server.stop()
    await baton?.stop()
    await outside?.close()
    noteDatabase('e2e', kind)
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    mkdirSync('reports', { recursive: true })
    await nora.screenshot({ path: `reports/trouble-${kind}-${task.name.slice(0, 30).replaceAll(/\W+/g, '-')}.png` })
  })

  const rows = (text: string) => baton.server.db.query(text)
  const line = (words: string) => nora.getByRole('row').filter({ hasText: words })

  test('how far the work is behind is shown while nobody does it, and that it is done again', async () => {
    await nora.goto(`${base}/settings/system`)
    await nora.getByText('Not behind').waitFor()
    const go = await baton.server.runner.hold()
    await ask(baton.server.db, clock.now())
    clock.forward(12 * MINUTE)
    await nora.getByText('12 min behind').waitFor()
    await nora
      .getByText(/^1, the oldest for 12 min$/)
      .first()
      .waitFor()
    expect(await (await fetch(`${base}/metrics`)).text()).toMatch(/baton_oldest_due_seconds\{part="inbox"\} 720/)
    await picture(nora, `system-${kind}`)
    go()
    baton.server.runner.nudge()
    await nora.getByText('Not behind').waitFor()
  })

  test('somebody who stands still, a mail and a call that failed are listed by error', async () => {
    await expect
      .poll(() => rows(`select status from send union all select status from effect`), LONG)
      .toEqual([{ status: 'failed' }, { status: 'failed' }])
    // As if the version that this person is on were lost.
    await rows('update enrolment set version = 9 where gen = 0')
    clock.forward(HOUR)
    baton.server.runner.nudge()
    await expect.poll(() => rows('select flow_id as flow from parked'), LONG).toEqual([{ flow: 'flw_wait' }])
    await nora.goto(base)
    await nora.getByRole('link', { name: '1 person stands still with an error' }).click()
    for (const words of ['Not this', 'There is nothing at this address', 'Stands still']) await line(words).waitFor()
    await nora.getByRole('radio', { name: 'All (3)' }).waitFor()
    expect(await seriousFaults(nora)).toEqual([])
    for (const width of [1280, 1920]) {
      await nora.setViewportSize({ width, height: 900 })
      await picture(nora, `trouble-${kind}-${width}`)
    }
    await nora.setViewportSize({ width: 1440, height: 900 })
  })

  test('each is tried again from the page, and then done', async () => {
    outside.mend()
    await rows('update enrolment set version = 1 where gen = 0')
    await nora.getByRole('button', { name: /^There is nothing at this address|^It answered 404/ }).click()
    await nora.getByRole('button', { name: 'Try all again' }).click()
    await nora.getByText('1 call is tried again now.').waitFor()
    await nora.goto(`${base}/trouble`)
    await line('Not this').getByRole('checkbox').click()
    await picture(nora, `trouble-picked-${kind}`)
    await nora.getByRole('region', { name: 'Picked rows' }).getByRole('button', { name: 'Try again' }).click()
    await nora.getByText('1 mail is tried again now.').waitFor()
    await line('Stands still').hover()
    await line('Stands still').getByRole('button', { name: 'Try again' }).click()
    await nora.getByText('Nothing is in trouble.').waitFor()
    await expect
      .poll(() => rows(`select status from send union all select status from effect`), LONG)
      .toEqual([{ status: 'sent' }, { status: 'done' }])
    await expect.poll(() => rows(`select end_how as how from enrolment where flow_id = 'flw_wait'`), LONG).toEqual([{ how: 'finished' }])
    expect(outside.mails()).toBe(1)
    const audit = await rows(
      `select detail ->> 'kind' as kind, actor_name as who from audit where action = 'trouble.retried' order by at, id`,
    )
    expect(audit).toHaveLength(3)
    expect(audit).toContainEqual({ kind: 'person', who: 'Nora Eide' })
  })

  test('what cannot be mended is given up with a reason', async () => {
    outside.break()
    await ask(baton.server.db, clock.now(), 'again')
    baton.server.runner.nudge()
    await nora.getByRole('radio', { name: /^Mails/ }).click()
    await line('Not this').hover()
    await line('Not this').getByRole('button', { name: 'Give up…' }).click()
    const dialog = nora.getByRole('dialog')
    await dialog.getByText('They do not get it.').waitFor()
    await picture(nora, `trouble-give-up-${kind}`)
    await dialog.getByLabel('Why').fill('Told by telephone')
    await dialog.getByRole('button', { name: 'Give up' }).click()
    await nora.getByText('Nothing of this sort is in trouble.').waitFor()
    expect(await rows(`select detail ->> 'why' as why from audit where action = 'trouble.given-up'`)).toEqual([
      { why: 'Told by telephone' },
    ])
  })
})
