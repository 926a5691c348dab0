import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { atRest, boxOf, fitAll } from './harness/pointer.ts'
import { seriousFaults } from './story/pages.ts'
import { webinarFlow } from './story/together.ts'

/** The editor in wide and in narrow windows (LOOK 3). Each test goes on where the last stopped. */
describe('how wide the window is', () => {
  const house = useHouse('widths')
  let page: Page
  const { faults } = house
  const steps = () => page.locator('.react-flow__node-step')
  const card = (words: string): Locator => page.locator('.react-flow__node-step', { hasText: words }).first()
  const palette = () => page.getByRole('complementary', { name: 'Steps' })
  const panel = () => page.getByRole('complementary', { name: /^(Step|Flow)$/ })
  const canvas = () => page.locator('.canvas')
  const wide = async (width: number) => page.setViewportSize({ width, height: 900 })

  beforeAll(async () => {
    page = await house.admin()
    await webinarFlow(page, house.base())
    await fitAll(page)
  })

  test('at 1440 px all stand side by side', async () => {
    await wide(1440)
    const [left, middle, right] = [await boxOf(palette()), await boxOf(canvas()), await boxOf(panel())]
    expect(left.x + left.width).toBeLessThanOrEqual(middle.x)
    expect(middle.x + middle.width).toBeLessThanOrEqual(right.x)
    await picture(page, 'widths-1440')
  })

  test('at 1200 px the panels lie over the canvas and come when they are wanted', async () => {
    await wide(1200)
    await palette().waitFor({ state: 'hidden' })
    await panel().waitFor({ state: 'hidden' })
    const before = await boxOf(canvas())
    expect(before.x + before.width).toBe(1200)
    await card('Wait 2 days').locator('.body').click()
    const right = await boxOf(panel())
    expect(right.x + right.width).toBe(1200)
    expect(await boxOf(canvas())).toEqual(before)
    await picture(page, 'widths-1200')
    expect(await seriousFaults(page)).toEqual([])
    const many = await steps().count()
    await page.keyboard.press('k')
    await page.keyboard.type('Add tags')
    await picture(page, 'widths-1200-steps')
    await page.keyboard.press('Enter')
    await expect.poll(() => steps().count()).toBe(many + 1)
    await canvas().focus()
    await page.keyboard.press('Control+z')
    await expect.poll(() => steps().count()).toBe(many)
    await page.mouse.click(before.x + 330, before.y + 40)
    await palette().waitFor({ state: 'hidden' })
    await panel().waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Show the panel' }).click()
    await panel().locator('.sec').first().waitFor()
    await page.keyboard.press(']')
    await panel().waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: /^Add a step/ }).click()
    await palette().waitFor()
  })

  test('at 800 px it is looked at, and it says why nothing can be changed', async () => {
    await wide(800)
    await page.getByText('This window is too narrow to draw in.').waitFor()
    await palette().waitFor({ state: 'hidden' })
    await fitAll(page)
    await card('Wait 2 days').locator('.body').click()
    expect(await panel().getByRole('textbox', { name: 'Name of the step' }).isEditable()).toBe(false)
    // The step that is told of is not under what tells of it.
    await atRest(page)
    const step = await boxOf(card('Wait 2 days'))
    expect(step.x + step.width).toBeLessThan((await boxOf(panel())).x)
    await picture(page, 'widths-800')
    expect(await seriousFaults(page)).toEqual([])
    const many = await steps().count()
    await canvas().focus()
    await page.keyboard.press('Delete')
    expect(await steps().count()).toBe(many)
    await wide(1440)
    await palette().waitFor()
    await canvas().focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => steps().count()).toBe(many - 1)
    await page.keyboard.press('Control+z')
    await expect.poll(() => steps().count()).toBe(many)
  })

  test('a flow too large for the map says so where the map is asked for', async () => {
    const nodes = Array.from({ length: 501 }, (_, i) => ({
      id: `n${i}`,
      type: 'exit',
      position: { x: (i % 20) * 256, y: Math.floor(i / 20) * 96 },
      data: { v: 1, label: `Out ${i}`, finished: true },
    }))
    await page.goto(`${house.base()}/flows`)
    await page.getByRole('button', { name: 'New flow' }).first().click()
    const file = { name: 'large.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ nodes, edges: [] })) }
    await page.getByRole('region', { name: 'Begin' }).getByLabel('Flow file').setInputFiles(file)
    const none = page.getByRole('button', { name: 'No map: this flow has more than 500 steps' })
    await none.click()
    await page.getByRole('status').getByText('No map: this flow has more than 500 steps').waitFor()
    expect(await page.locator('.react-flow__minimap').count()).toBe(0)
  })

  test('nothing wrong was said on the console', () => expect(faults).toEqual([]))
})
