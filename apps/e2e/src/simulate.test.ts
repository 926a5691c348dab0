import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { liveThrough, PEOPLE } from './simulate/past.ts'
import { seriousFaults } from './story/pages.ts'
import { nameTheSender } from './story/people.ts'
import { FLOW, WALK_BUNDLE } from './walk/programme.ts'

/** A marketer asks what a flow will do to everybody, and what it would have done. Each test goes on where the last stopped. */
describe('forecast and back-test', () => {
  const house = useHouse('simulate')
  let page: Page
  const { faults } = house
  const panel = () => page.getByRole('complementary', { name: 'Simulation' })
  const section = (name: string) =>
    panel()
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: new RegExp(`^${name}`) }) })
  const toTab = async (name: string) => {
    await page.keyboard.press('2')
    await panel().getByRole('tab', { name }).click()
  }
  const bothThemes = async () => {
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page)).toEqual([])
    }
  }
  const call = (path: string, input: object) =>
    page.evaluate(
      async ([where, body]) => {
        const answer = await fetch(`/api/trpc/${where}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
        if (!answer.ok) throw new Error(await answer.text())
        return answer.json()
      },
      [path, JSON.stringify(input)] as const,
    )
  const figure = async (name: string, words: string) =>
    (await section(name).locator('dt', { hasText: words }).locator('xpath=following-sibling::dd[1]').textContent())?.trim()
  const forecast = async () => {
    await panel()
      .getByRole('button', { name: /^Forecast/ })
      .click()
    await panel().getByText('The forecast is made.').waitFor({ state: 'attached' })
  }

  beforeAll(async () => {
    page = await house.admin()
  })

  test('without contacts there is nothing to forecast with, nor to look back on, and it says what to do', async () => {
    await nameTheSender(page, house.base())
    await call('flows.importBundle', { file: WALK_BUNDLE })
    await page.goto(`${house.base()}/flows/${FLOW}`)
    await page.getByText('Send the recording').first().waitFor()
    await toTab('Forecast')
    await panel().getByText('Nobody to forecast with.').waitFor()
    await panel().getByRole('tab', { name: 'Back-test' }).click()
    await panel().getByText('Nobody has a past here yet.').waitFor()
    await picture(page, 'backtest-nobody')
    await bothThemes()
  })

  test('a forecast is made beside the page: figures with bands, counts on the canvas, by time', async () => {
    const me = await page.evaluate(async () => (await fetch('/api/trpc/users.list')).json())
    const [{ id }] = me.result.data.users ?? me.result.data
    await call('workspace.saveTeam', { id: 'team_desk', name: 'Desk', members: [{ userId: id, weight: 1, cap: null, active: true }] })
    await liveThrough(house.server().db, FLOW, house.clock.now())
    await expect.poll(async () => (await house.server().db.query('select 1 from inbox limit 1', [])).length, { timeout: 60_000 }).toBe(0)
    await page.reload()
    await page.getByText('Send the recording').first().waitFor()
    await toTab('Forecast')
    await panel().getByRole('combobox', { name: 'Days' }).selectOption('30')
    await forecast()
    await section('People').waitFor()
    await panel().getByRole('slider').waitFor()
    expect(await figure('People', 'Come in')).toMatch(/^\d/)
    await picture(page, 'forecast-made')
    await bothThemes()
  })

  test('cards, ways and table tell the same of the day that is chosen', async () => {
    const slider = panel().getByRole('slider')
    const wait = page.locator('.react-flow__node[data-id="wait"]')
    const came = () => wait.getByRole('button').first()
    const cell = (at: number) =>
      section('Steps')
        .getByRole('row', { name: /^Wait for a click/ })
        .getByRole('cell')
        .nth(at)
    const atDay = async (day: string) => {
      await slider.fill(day)
      await section('Steps')
        .getByText(`after ${Number(day) + 1} days`)
        .waitFor()
    }
    const agree = async () => {
      const band = /^Come by then: (\S+)(?: \((.*)\))?/.exec((await came().getAttribute('title')) ?? '')
      const told = [band?.[1], band?.[2]].join('')
      expect(await cell(0).textContent()).toBe(told)
      return told
    }
    await atDay('1')
    const early = await agree()
    await atDay('29')
    const late = await agree()
    expect([early, late].every((it) => /\d/.test(it))).toBe(true)
    // How long people stay stands on the card as it does in the table.
    expect(await wait.locator('.told').textContent()).toContain((await cell(1).textContent()) ?? 'nothing')
    const way = page.locator('.react-flow__edge').filter({ has: page.locator('.share', { hasText: '%' }) })
    expect(await way.count()).toBeGreaterThan(1)
    await picture(page, 'forecast-canvas')
    expect(await seriousFaults(page)).toEqual([])
  })

  test.each([
    ['0', '0'],
    ['100', undefined],
  ])('clicks are set to %s per cent: nobody, or everybody, goes that way', async (share, leads) => {
    await panel().getByLabel('Click, every mail').fill(share)
    await panel().getByLabel('Click, every mail').press('Tab')
    await forecast()
    const came = await figure('People', 'Come in')
    if (leads === '0') await expect.poll(() => section('Sales').count(), { timeout: 30_000 }).toBe(0)
    else await section('Sales').waitFor()
    expect(came).toBeDefined()
  })

  test('what if nobody is there to take them: the difference stands beside each figure, and the days tell why', async () => {
    await panel().getByRole('checkbox', { name: /^Nora/ }).waitFor()
    const reps = section('Leads by rep and day').last()
    await reps.getByRole('button', { name: 'Show as table' }).click()
    // A line for each day, and on some of them a lead.
    expect(await reps.getByRole('row').count()).toBe(31)
    expect(await reps.getByRole('cell', { name: /^[1-9]/ }).count()).toBeGreaterThan(0)
    await reps.getByRole('button', { name: 'Show as chart' }).click()
    // The forecast before was of other clicks: what it says beside the figures is compared no more.
    await panel().getByRole('button', { name: 'Compare no more' }).click()
    const handed = await figure('Sales', 'Leads handed over')
    await reps.scrollIntoViewIfNeeded()
    await picture(page, 'forecast-sales')
    expect(await seriousFaults(page)).toEqual([])
    await panel().getByRole('checkbox', { name: /^Nora/ }).uncheck()
    await forecast()
    await panel().getByText('Beside each figure: the difference').waitFor()
    expect(await figure('Sales', 'Leads handed over')).toBe(handed)
    expect(await figure('Sales', 'Accepted')).toMatch(/^0−/)
    expect(await figure('Sales', 'Longest queue')).toMatch(/\+\d/)
    await panel().getByRole('heading', { name: 'Leads that wait for somebody' }).scrollIntoViewIfNeeded()
    expect(await panel().getByRole('heading', { name: 'Leads by rep and day' }).count()).toBe(0)
    await picture(page, 'forecast-what-if')
    await panel().getByRole('button', { name: 'Compare no more' }).click()
    await panel().getByRole('checkbox', { name: /^Nora/ }).check()
    await forecast()
  })

  test('what happens seldom is set as well: where every mail bounces nobody clicks', async () => {
    await panel().getByText('Replies, bounces, complaints').click()
    await picture(page, 'forecast-seldom')
    await panel().getByLabel('Bounce, every mail').fill('100')
    await panel().getByLabel('Bounce, every mail').press('Tab')
    await panel().getByLabel('Opened or clicked after, minutes').fill('30')
    await forecast()
    await expect.poll(() => section('Sales').count(), { timeout: 30_000 }).toBe(0)
  })

  test('a forecast under way is cancelled, and nothing comes of it', async () => {
    await page.reload()
    await page.getByText('Send the recording').first().waitFor()
    // People are on their way until it was cancelled.
    let go = () => {}
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    await page.route(/forecast\.sample/, async (route) => {
      await held
      await route.continue()
    })
    await toTab('Forecast')
    await panel().getByRole('button', { name: 'Forecast', exact: true }).click()
    await panel().getByText('Fetching people').waitFor()
    await panel().getByRole('button', { name: 'Cancel' }).click()
    go()
    await panel().getByRole('button', { name: 'Forecast', exact: true }).waitFor()
    await page.unroute(/forecast\.sample/)
    await expect.poll(() => section('People').count()).toBe(0)
  })

  test('a back-test before the first publish: what would have been, beside what was', async () => {
    await panel().getByRole('tab', { name: 'Back-test' }).click()
    await panel().getByText('Nothing is live yet').waitFor()
    await panel().getByRole('button', { name: 'Back-test' }).click()
    await panel().getByText('The back-test is made.').waitFor({ state: 'attached' })
    const row = panel().getByRole('row', { name: /^Come in/ })
    expect(await row.getByRole('cell').allTextContents()).toEqual([String(PEOPLE), '0'])
    expect(
      await panel()
        .getByRole('row', { name: /^Mails/ })
        .getByRole('cell')
        .allTextContents(),
    ).toEqual([String(PEOPLE), String(PEOPLE)])
    await panel()
      .getByText(/were never made\. So/)
      .waitFor()
  })

  test('against the live version: another wait sends others another way, and each is told', async () => {
    await call('flows.publish', { id: FLOW, rev: await rev(), enrolMatching: false, reasons: await allReasons() })
    const { draft } = await flow()
    const nodes = draft.nodes.map((it: { id: string; data: { until?: object } }) =>
      it.id === 'wait' ? { ...it, data: { ...it.data, until: { ...it.data.until, timeOut: { amount: 2, unit: 'hours' } } } } : it,
    )
    // Whoever draws in a page of their own has the flow; from elsewhere one reads along.
    await page.goto(`${house.base()}/flows`)
    await page.getByRole('heading', { name: 'Flows' }).first().waitFor()
    await call('flows.saveDraft', { id: FLOW, rev: await rev(), graph: { ...draft, nodes } })
    await page.goto(`${house.base()}/flows/${FLOW}`)
    await page.getByText('Send the recording').first().waitFor()
    await toTab('Back-test')
    await panel().getByRole('button', { name: 'Back-test' }).click()
    await panel().getByText('The back-test is made.').waitFor({ state: 'attached' })
    const finished = panel().getByRole('row', { name: /^Handed to sales/ })
    expect(await finished.getByRole('cell').allTextContents()).toEqual(['0', String(PEOPLE / 6), '0'])
    await panel()
      .getByText(`${PEOPLE / 6} people are handed to sales otherwise`)
      .waitFor()
    await panel()
      .getByText(`${PEOPLE / 6} people go another way`)
      .waitFor()
    await panel().getByText('Their ways part at “Wait for a click”.').first().waitFor()
    await panel().getByRole('button', { name: 'Who is this' }).first().click()
    await panel()
      .getByRole('link', { name: /guest\d+@carrier/ })
      .waitFor()
    await panel().getByRole('radio', { name: 'Version 1' }).click()
    await picture(page, 'backtest-made')
    await bothThemes()
    expect(faults).toEqual([])
  })

  const flow = async () => {
    const answer = await page.evaluate(
      async (id) => (await fetch(`/api/trpc/flows.get?input=${encodeURIComponent(JSON.stringify({ id }))}`)).json(),
      FLOW,
    )
    return answer.result.data
  }
  const rev = async (): Promise<number> => (await flow()).draftRev
  const allReasons = async (): Promise<Record<string, string>> => {
    const ask = encodeURIComponent(JSON.stringify({ id: FLOW }))
    const preview = await page.evaluate(async (input) => (await fetch(`/api/trpc/flows.publishPreview?input=${input}`)).json(), ask)
    return Object.fromEntries(preview.result.data.warnings.map((it: { key: string }) => [it.key, 'Looked at.']))
  }
})
