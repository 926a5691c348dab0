import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { MODES, PAGES, type Place, SALES, SETTINGS } from './everywhere/places.ts'
import { useHouse } from './harness/house.ts'
import { inTheme } from './harness/theme.ts'
import { seriousFaults } from './story/pages.ts'

/** What lies above a page while it is open. */
const ABOVE = '[role="dialog"]:visible, [role="menu"]:visible, [role="listbox"]:visible'

/** With the sample programme at work, every page, mode, dialog and menu can be used by everybody, in both themes. */
describe('everywhere', () => {
  // The browser's own time counts on the desk and the board.
  const house = useHouse('everywhere', { at: Date.now(), sample: { people: 90, days: 6 } })
  let page: Page
  const ids: Record<string, string> = {}
  const faults: string[] = []

  const look = async (what: string, part?: string) => {
    for (const theme of ['light', 'dark'] as const) {
      await inTheme(page, theme)
      for (const fault of await seriousFaults(page, part)) faults.push(`${what}, ${theme}: ${fault}`)
    }
  }
  /** Looks at what a press has opened, and closes it with Escape. */
  const lookAbove = async (what: string, press: () => Promise<unknown>) => {
    await press()
    await page.locator(ABOVE).first().waitFor({ timeout: 8_000 })
    await look(what, '[role="dialog"], [role="menu"], [role="listbox"]')
    // A list that is open in a dialog closes first.
    if ((await page.locator('[role="dialog"] [aria-haspopup="listbox"][aria-expanded="true"]').count()) > 0)
      await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.locator(ABOVE).first().waitFor({ state: 'hidden' })
  }
  /** Both keys that work anywhere, and Escape. */
  const keys = async () => {
    const field = page.getByPlaceholder('Find a page, a flow or a contact')
    await page.keyboard.press('Control+k')
    await field.waitFor()
    await page.keyboard.press('Escape')
    await field.waitFor({ state: 'hidden' })
    const help = page.getByRole('dialog', { name: 'Keys' })
    await page.keyboard.press('Shift+?')
    await help.waitFor()
    await page.keyboard.press('Escape')
    await help.waitFor({ state: 'hidden' })
  }
  const visit = async (places: readonly Place[]) => {
    for (const [address, ...opens] of places) {
      await page.goto(house.base() + address.replace(/\{(\w+)\}/, (_, name: string) => ids[name] ?? ''), { waitUntil: 'networkidle' })
      await look(address)
      await keys()
      for (const name of opens)
        await lookAbove(`${address} ${name}`, () => page.locator('#page').getByRole('button', { name }).first().click())
    }
  }
  const sound = () => {
    expect(faults).toEqual([])
    expect(house.faults).toEqual([])
  }

  beforeAll(async () => {
    const nora = await house.admin()
    page = nora
    await page.goto(`${house.base()}/welcome`)
    await page.getByRole('button', { name: 'Load the sample programme' }).click()
    await page.getByRole('link', { name: 'Flows' }).first().waitFor({ timeout: 90_000 })
    const { db } = house.server()
    const id = async (text: string) => String((await db.query<{ id: string | number }>(text))[0]?.id)
    ids.contact = await id('select contact_id as id from handoff limit 1')
    ids.lead = await id(`select id from handoff where state = 'assigned' limit 1`)
    ids.company = await id('select id from company order by id limit 1')
    ids.import = await id('select id from import_job limit 1')
    ids.agreement = 'agr_qualified'
    ids.flow = 'flw_trial'
    ids.segment = 'seg_quiet'
    ids.template = 'tpl_recording'
  })

  test('on every page of the navigation, and in what opens there', async () => {
    await visit(PAGES)
    sound()
  })

  test('on the pages of sales', async () => {
    await visit(SALES)
    sound()
  })

  test('on every page of the settings', async () => {
    await visit(SETTINGS)
    sound()
  })
  test('on the canvas, in each mode and as an outline', async () => {
    await visit(MODES)
    const panel = page.getByRole('complementary', { name: 'Simulation' })
    await page.keyboard.press('2')
    for (const name of ['Forecast', 'Back-test', 'Tests']) {
      await panel.getByRole('tab', { name }).click()
      await look(name)
    }
    await page.keyboard.press('1')
    await page.getByRole('radio', { name: 'Outline' }).click()
    await page.getByRole('treeitem').first().waitFor()
    await look('outline')
    sound()
  })

  test('in what the frame opens: the palette and the keys', async () => {
    await page.goto(house.base(), { waitUntil: 'networkidle' })
    await lookAbove('palette', () => page.keyboard.press('Control+k'))
    await lookAbove('keys', () => page.keyboard.press('Shift+?'))
    sound()
  })
})
