import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { fitAll, middleOf, onWay } from './harness/pointer.ts'
import { seriousFaults } from './story/pages.ts'
import { webinarFlow } from './story/together.ts'

/** Whoever comes from other builders presses the right button first. Each test goes on where the last stopped. */
describe('the right button offers what can be done', () => {
  const house = useHouse('canvas-menu')
  let page: Page
  const steps = () => page.locator('.react-flow__node-step')
  const chosen = () => page.locator('.react-flow__node.selected')
  const card = (words: string): Locator => page.locator('.react-flow__node-step', { hasText: words }).first()
  const canvas = () => page.getByRole('application', { name: /^Flow/ })
  const menu = () => page.getByRole('menu')
  /** The list of kinds of steps. */
  const picker = () => page.locator('.step-picker').getByRole('combobox')
  const line = (words: string | RegExp) => menu().getByRole('menuitem', { name: words })
  const closed = () => menu().waitFor({ state: 'detached' })
  const pick = async (words: string | RegExp) => {
    await line(words).click()
    await closed()
  }
  /** A place of the canvas where nothing lies. */
  const nothing = async () => {
    const { x, y } = await canvas().evaluate((it) => it.getBoundingClientRect())
    return { x: x + 40, y: y + 200 }
  }

  beforeAll(async () => {
    page = await house.admin()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await webinarFlow(page, house.base())
    await fitAll(page)
  })

  test('at a step: it is chosen, and copied, changed or removed', async () => {
    const before = await steps().count()
    await card('Wait 2 days').locator('.body').click({ button: 'right' })
    await line('Copy').waitFor()
    expect(await seriousFaults(page, '[role="menu"]')).toEqual([])
    await picture(page, 'canvas-menu-step')
    expect(await chosen().allTextContents()).toEqual([expect.stringContaining('Wait 2 days')])
    await page.keyboard.press('Escape')
    await closed()
    await card('Wait 2 days').locator('.body').click({ button: 'right' })
    await pick('Duplicate')
    await expect.poll(() => steps().count()).toBe(before + 1)
    await page.keyboard.press('Control+z')
    await expect.poll(() => steps().count()).toBe(before)
    await card('Wait 2 days').locator('.body').click({ button: 'right' })
    await pick('Change into…')
    await picker().waitFor()
    await page.keyboard.press('Escape')
    await picker().waitFor({ state: 'detached' })
    await card('Wait 2 days').locator('.body').click({ button: 'right' })
    await pick(/^Remove/)
    await expect.poll(() => steps().count()).toBe(before - 1)
    await page.keyboard.press('Control+z')
    await expect.poll(() => steps().count()).toBe(before)
  })

  test('at one of many that are chosen: they all stay chosen, and become a group', async () => {
    await page.keyboard.press('Escape')
    await card('Wait 2 days').locator('.body').click()
    await steps()
      .first()
      .locator('.body')
      .click({ modifiers: ['Shift'] })
    await expect.poll(() => chosen().count()).toBe(2)
    await card('Wait 2 days').locator('.body').click({ button: 'right' })
    await line('Group').waitFor()
    await picture(page, 'canvas-menu-many')
    await pick('Group')
    await page.getByRole('button', { name: /^Fold/ }).waitFor()
    // What is a group already is not offered to become one.
    const panel = page.getByRole('complementary', { name: 'Selected steps' })
    await panel.getByRole('button', { name: /^Ungroup/ }).waitFor()
    expect(await panel.getByRole('button', { name: /^Group/ }).count()).toBe(0)
    await picture(page, 'canvas-menu-grouped')
    await panel.getByRole('button', { name: /^Ungroup/ }).click()
    await panel.getByRole('button', { name: /^Group/ }).waitFor()
    await page.getByRole('button', { name: /^Fold/ }).waitFor({ state: 'detached' })
  })

  test('at a way: a step is put into it; and on the empty canvas a note is written', async () => {
    const at = await onWay(page.locator('.react-flow__edge').first())
    await page.mouse.click(at.x, at.y, { button: 'right' })
    await line('Take this way away').waitFor()
    await picture(page, 'canvas-menu-way')
    const before = await steps().count()
    await pick('Put a step in here…')
    await picker().fill('points')
    await page.keyboard.press('Enter')
    await expect.poll(() => steps().count()).toBe(before + 1)

    const empty = await nothing()
    await page.mouse.click(empty.x, empty.y, { button: 'right' })
    await line('Paste here').waitFor()
    await picture(page, 'canvas-menu-canvas')
    await pick('Write a note here')
    await page.locator('.react-flow__node-note').waitFor()
  })

  test('a pull with the right button moves the canvas and opens nothing; the key opens the menu of what is chosen', async () => {
    const from = await nothing()
    const was = await middleOf(steps().first())
    await page.mouse.move(from.x, from.y)
    await page.mouse.down({ button: 'right' })
    await page.mouse.move(from.x + 60, from.y + 40, { steps: 6 })
    await page.mouse.up({ button: 'right' })
    await expect.poll(async () => (await middleOf(steps().first())).x).toBeCloseTo(was.x + 60, -1)
    expect(await menu().count()).toBe(0)
    await canvas().focus()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Home')
    await expect.poll(() => chosen().count()).toBe(1)
    await page.keyboard.press('Shift+F10')
    await line('Duplicate').waitFor()
    await page.keyboard.press('Escape')
    await closed()
    expect(await canvas().evaluate((it) => it === document.activeElement)).toBe(true)
  })

  test('nothing wrong was said on the console', () => expect(house.faults).toEqual([]))
})
