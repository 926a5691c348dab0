import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { seriousFaults } from './story/pages.ts'

/** What somebody reads on a phone between two appointments. */
const LISTS = ['/companies', '/contacts', '/opportunities?state=all', '/desk'] as const

/** The lists of people, companies and deals with the sample programme on a phone's width. */
describe('lists on a phone', () => {
  const house = useHouse('phone', { at: Date.now(), sample: { people: 90, days: 6 } })
  let page: Page

  beforeAll(async () => {
    page = await house.admin()
    await page.goto(`${house.base()}/welcome`)
    await page.getByRole('button', { name: 'Load the sample programme' }).click()
    await page.getByRole('link', { name: 'Flows' }).first().waitFor({ timeout: 90_000 })
    // Nobody is so far with a deal in these few days.
    await house.server().db.query(
      `insert into related (bucket, contact_id, kind, id, data, at)
       select bucket, contact_id, 'opportunity', 'opp_' || id, $1::jsonb, $2 from handoff where rep_id is not null`,
      [
        JSON.stringify({ name: 'Close of six entities in four countries', stage: 'Negotiation', amount: 118_000, currency: 'EUR' }),
        house.clock.now(),
      ],
    )
    await page.setViewportSize({ width: 390, height: 844 })
  })

  /** What of the page reaches past the window's right edge, in words. */
  const past = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('#page th, #page td, #page .name, #page button, #page input, #page h1')]
        .filter((it) => it.checkVisibility() && it.getBoundingClientRect().right > window.innerWidth + 0.5)
        .map((it) => `${it.tagName} ${it.className} ${it.textContent?.slice(0, 40)}`),
    )

  test.each(LISTS)('%s keeps within the window', async (address) => {
    await page.goto(house.base() + address, { waitUntil: 'networkidle' })
    await picture(page, `phone-${address.slice(1).split('?')[0]}`)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(await past()).toEqual([])
    const cut = () =>
      page
        .locator('#page .topbar .clip')
        .evaluateAll((all) => all.filter((it) => it.scrollWidth > it.clientWidth).map((it) => it.textContent))
    expect(await cut()).toEqual([])
    // Who or what it is can be read, and no figure is cut.
    const names = await page.locator('#page td .name').evaluateAll((all) => all.map((it) => it.clientWidth))
    expect(names.filter((width) => width < 80)).toEqual([])
    const figures = page.locator('#page td.num')
    expect(await figures.evaluateAll((all) => all.filter((it) => it.scrollWidth > it.clientWidth).map((it) => it.textContent))).toEqual([])
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page)).toEqual([])
    }
  })

  test('nothing wrong was said on the console', () => expect(house.faults).toEqual([]))
})
