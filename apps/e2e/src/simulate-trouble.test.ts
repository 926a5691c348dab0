import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { liveThrough, PEOPLE } from './simulate/past.ts'
import { nameTheSender } from './story/people.ts'
import { FLOW, WALK_BUNDLE } from './walk/programme.ts'

/** What is asked for and cannot be, is too much, or is called off: each is said, and nothing is half done. */
describe('simulating where something is in the way', () => {
  const house = useHouse('simulate-trouble')
  let page: Page
  const panel = () => page.getByRole('complementary', { name: 'Simulation' })
  const toTab = async (name: string) => {
    await page.locator('.canvas').focus()
    await page.keyboard.press('2')
    await panel().getByRole('tab', { name }).click()
  }
  const call = (path: string, input: object) =>
    page.evaluate(
      async ([where, body]) => {
        const answer = await fetch(`/api/trpc/${where}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
        if (!answer.ok) throw new Error(await answer.text())
      },
      [path, JSON.stringify(input)] as const,
    )

  beforeAll(async () => {
    page = await house.admin()
  })

  test('a draft with errors is not played, on no tab: which step it is of is said', async () => {
    await nameTheSender(page, house.base())
    await call('flows.importBundle', { file: WALK_BUNDLE })
    await liveThrough(house.server().db, FLOW, house.clock.now())
    await expect.poll(async () => (await house.server().db.query('select 1 from inbox limit 1', [])).length, { timeout: 60_000 }).toBe(0)
    await page.goto(`${house.base()}/flows/${FLOW}`)
    await page.getByText('Send the recording').first().waitFor()
    await page.locator('.react-flow__node[data-id="later"] .body').click()
    await page.keyboard.press('Delete')
    await page.locator('.react-flow__node[data-id="later"]').waitFor({ state: 'detached' })
    for (const name of ['Walk', 'Forecast', 'Back-test']) {
      await toTab(name)
      await panel()
        .getByText(/keeps? this draft from being walked/)
        .waitFor()
      await panel()
        .getByText(/leads nowhere/)
        .first()
        .waitFor()
    }
    await picture(page, 'backtest-blocked')
    await page.keyboard.press('1')
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+z')
    await page.locator('.react-flow__node[data-id="later"]').waitFor()
  })

  test('a forecast of a year has each of its days once, over both changes of the clock', async () => {
    const me = await page.evaluate(async () => (await fetch('/api/trpc/users.list')).json())
    const [{ id }] = me.result.data.users ?? me.result.data
    await call('workspace.saveTeam', { id: 'team_desk', name: 'Desk', members: [{ userId: id, weight: 1, cap: null, active: true }] })
    await page.reload()
    await page.getByText('Send the recording').first().waitFor()
    await toTab('Forecast')
    await panel().getByRole('combobox', { name: 'Days' }).selectOption('365')
    await panel()
      .getByRole('button', { name: /^Forecast/ })
      .click()
    await panel().getByText('The forecast is made.').waitFor({ state: 'attached' })
    const reps = panel()
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: /^Leads by rep and day/ }) })
      .last()
    await reps.getByRole('button', { name: 'Show as table' }).click()
    const days = await reps.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.firstElementChild?.textContent ?? ''))
    expect(days).toHaveLength(365)
    expect(new Set(days).size).toBe(365)
    const named = (date: RegExp) => days.filter((it) => date.test(it))
    for (const date of [/\b28 Mar/, /\b29 Mar/, /\b30 Mar/, /\b24 Oct/, /\b25 Oct/, /\b26 Oct/])
      expect(named(date), String(date)).toHaveLength(1)
    await picture(page, 'forecast-year')
  })

  test('a back-test under way is called off, nothing comes of it, and it can be made again', async () => {
    await panel().getByRole('tab', { name: 'Back-test' }).click()
    let go = () => {}
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    await page.route(/forecast\.recorded/, async (route) => {
      await held
      await route.continue()
    })
    await panel().getByRole('button', { name: 'Back-test', exact: true }).click()
    await panel().getByText('Fetching the past').waitFor()
    await picture(page, 'backtest-under-way')
    await panel().getByRole('button', { name: 'Cancel' }).click()
    go()
    await panel().getByRole('button', { name: 'Back-test', exact: true }).waitFor()
    await page.unroute(/forecast\.recorded/)
    expect(
      await panel()
        .getByRole('row', { name: /^Come in/ })
        .count(),
    ).toBe(0)
    await panel().getByRole('button', { name: 'Back-test', exact: true }).click()
    await panel().getByText('The back-test is made.').waitFor({ state: 'attached' })
    expect(
      await panel()
        .getByRole('row', { name: /^Come in/ })
        .getByRole('cell')
        .first()
        .textContent(),
    ).toBe(String(PEOPLE))
    expect(house.faults).toEqual([])
  })
})
