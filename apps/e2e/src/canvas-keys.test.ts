import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { boxOf, fitAll, onWay } from './harness/pointer.ts'
import { webinarFlow } from './story/together.ts'

/** What the keys of the canvas do that no other story presses. Each test leaves the flow as it found it. */
describe('the keys of the canvas', () => {
  const house = useHouse('canvas-keys')
  let page: Page
  const { faults } = house
  const steps = () => page.locator('.react-flow__node-step')
  const ways = () => page.locator('.react-flow__edge')
  const notes = () => page.locator('.react-flow__node-note')
  const chosen = () => page.locator('.react-flow__node.selected')
  const card = (words: string): Locator => page.locator('.react-flow__node-step', { hasText: words }).first()
  const canvas = () => page.getByRole('application', { name: /^Flow/ })
  const undo = () => page.locator('.topbar').getByRole('button', { name: 'Undo' })
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const place = (words: string) => card(words).evaluate((it) => it.style.transform)
  const zoom = async () =>
    Number.parseInt(
      (await page
        .locator('.canvas')
        .getByText(/^\d+%$/)
        .textContent()) ?? '',
      10,
    )

  beforeAll(async () => {
    page = await house.admin()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await webinarFlow(page, house.base())
    await fitAll(page)
    await canvas().focus()
  })

  test('a note is copied, cut and put back like any step', async () => {
    await press('n')
    await page.locator('.react-flow__node-note textarea').fill('Ask sales first')
    await press('Escape')
    await expect.poll(() => notes().count()).toBe(1)
    await canvas().focus()
    await notes()
      .first()
      .click({ position: { x: 8, y: 8 } })
    await press('Control+c', 'Control+v')
    await expect.poll(() => notes().count()).toBe(2)
    expect(await notes().last().textContent()).toContain('Ask sales first')
    await press('Control+x')
    await expect.poll(() => notes().count()).toBe(1)
    await press('Control+v')
    await expect.poll(() => notes().count()).toBe(2)
    await picture(page, 'canvas-keys-notes')
    await press('Delete')
    await expect.poll(() => notes().count()).toBe(1)
    await notes()
      .first()
      .click({ position: { x: 8, y: 8 } })
    await press('Delete')
    await expect.poll(() => notes().count()).toBe(0)
  })

  test('everything is chosen, and all behind a step', async () => {
    await canvas().focus()
    await press('Control+a')
    await expect.poll(() => chosen().count()).toBe(await steps().count())
    await card('Wait 2 days').locator('.body').click()
    await press('Shift+A')
    await expect.poll(() => chosen().count()).toBeGreaterThan(2)
    expect(await chosen().count()).toBeLessThan(await steps().count())
  })

  test('steps pasted by keys alone stand in view', async () => {
    const before = await steps().count()
    await card('Wait 2 days').locator('.body').click()
    await press('Control+c')
    await page.mouse.move(2, 2)
    await canvas().focus()
    await press('Control+v')
    await expect.poll(() => steps().count()).toBe(before + 1)
    const [frame, made] = [await boxOf(page.locator('.canvas')), await boxOf(chosen().first())]
    expect(made.x).toBeGreaterThan(frame.x)
    expect(made.x + made.width).toBeLessThan(frame.x + frame.width)
    expect(made.y).toBeGreaterThan(frame.y)
    expect(made.y + made.height).toBeLessThan(frame.y + frame.height)
    await press('Control+z')
    await expect.poll(() => steps().count()).toBe(before)
  })

  test('a step is moved by eight or forty, and undone and done again by keys', async () => {
    await card('Wait 2 days').locator('.body').click()
    const before = await place('Wait 2 days')
    await press('Alt+ArrowRight', 'Alt+Shift+ArrowRight')
    const by = (text: string) => Number(/translate\((-?[\d.]+)px/.exec(text)?.[1])
    await expect.poll(async () => by(await place('Wait 2 days')) - by(before)).toBe(48)
    const moved = await place('Wait 2 days')
    await press('Control+z')
    await expect.poll(() => place('Wait 2 days')).toBe(before)
    await press('Control+y')
    await expect.poll(() => place('Wait 2 days')).toBe(moved)
    await press('Control+z')
    await expect.poll(() => place('Wait 2 days')).toBe(before)
    await press('Shift+Control+z')
    await expect.poll(() => place('Wait 2 days')).toBe(moved)
    await press('Control+z')
    await expect.poll(() => place('Wait 2 days')).toBe(before)
  })

  test('larger, smaller, 100 %, and the map', async () => {
    await canvas().focus()
    await press('0')
    await expect.poll(zoom).toBe(100)
    await press('+')
    await expect.poll(zoom).toBeGreaterThan(100)
    await press('0', '-')
    await expect.poll(zoom).toBeLessThan(100)
    const map = page.locator('.react-flow__minimap')
    const shown = await map.count()
    await press('m')
    await expect.poll(() => map.count()).toBe(1 - shown)
    await press('m')
    await expect.poll(() => map.count()).toBe(shown)
    await fitAll(page)
  })

  test('a way that is chosen is removed', async () => {
    const before = await ways().count()
    const lengths = await ways()
      .locator('.stroke')
      .evaluateAll((all) => all.map((it) => (it instanceof SVGPathElement ? it.getTotalLength() : 0)))
    const at = await onWay(ways().nth(lengths.indexOf(Math.max(...lengths))), 0.35)
    await page.mouse.click(at.x, at.y)
    await expect.poll(() => page.locator('.react-flow__edge.selected').count()).toBe(1)
    await press('Delete')
    await expect.poll(() => ways().count()).toBe(before - 1)
    await press('Control+z')
    await expect.poll(() => ways().count()).toBe(before)
  })

  test('from problem to problem, and back', async () => {
    const before = await steps().count()
    await page.mouse.click(...(await free()))
    await press('k')
    await page.keyboard.type('Add tags')
    await press('Enter')
    await expect.poll(() => steps().count()).toBe(before + 1)
    const made = (await chosen().getAttribute('data-id')) ?? ''
    await canvas().focus()
    await press('Escape')
    await expect.poll(() => chosen().count()).toBe(0)
    // The errors before are told already: only this one says that the new step was checked.
    await page.locator(`.react-flow__node[data-id="${made}"] .node.error`).waitFor()
    await press('p')
    await expect.poll(() => chosen().count()).toBe(1)
    const first = await chosen().getAttribute('data-id')
    await press('Shift+P', 'p')
    await expect.poll(() => chosen().getAttribute('data-id')).toBe(first)
    await press('Control+z')
    await expect.poll(() => steps().count()).toBe(before)
  })

  test('going along into a folded group opens it for the eye, and changes nothing of the flow', async () => {
    await card('Wait 2 days').locator('.body').click()
    await press('g')
    await page.getByRole('button', { name: /^Fold / }).click()
    await expect.poll(() => card('Wait 2 days').count()).toBe(0)
    await canvas().focus()
    await press('Home')
    for (let i = 0; i < 8 && (await card('Wait 2 days').count()) === 0; i++) await press('ArrowDown')
    await expect.poll(() => card('Wait 2 days').count()).toBe(1)
    await undo().click()
    await expect.poll(() => page.getByRole('button', { name: /^Fold / }).count()).toBe(1)
    await undo().click()
    await expect.poll(() => page.locator('.frame-head').count()).toBe(0)
  })

  test('nothing wrong was said on the console', () => expect(faults).toEqual([]))

  /** Somewhere on the canvas where nothing stands. */
  async function free(): Promise<[number, number]> {
    const { x, y } = await boxOf(page.locator('.canvas'))
    return [x + 150, y + 120]
  }
})
