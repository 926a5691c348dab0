import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** Drags a step from the palette and drops it with its middle at (x, y) of the window. */
export async function dragStep(page: Page, name: string, x: number, y: number): Promise<void> {
  const before = await page.locator('.react-flow__node').count()
  const line = page.getByRole('complementary', { name: 'Steps' }).getByRole('button', { name, exact: true })
  await line.scrollIntoViewIfNeeded()
  const box = await boxOf(line)
  await page.mouse.move(box.x + 40, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + 80, box.y + 20, { steps: 3 })
  await page.mouse.move(x, y, { steps: 8 })
  await page.mouse.up()
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(before + 1)
}

/** The card of a step by words on it. */
export const card = (page: Page, words: string): Locator => page.locator('.react-flow__node', { hasText: words }).first()

/** Draws a way from a port of one card to the top of another. */
export async function wire(page: Page, from: string, port: string, to: string): Promise<void> {
  const edges = page.locator('.react-flow__edge')
  const before = await edges.count()
  const start = middleOf(await boxOf(card(page, from).locator(`.react-flow__handle.source[data-handleid="${port}"]`)))
  const end = middleOf(await boxOf(card(page, to).locator('.react-flow__handle.target')))
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 4, start.y + 6, { steps: 2 })
  await page.mouse.move(end.x, end.y, { steps: 8 })
  await page.mouse.up()
  await expect.poll(() => edges.count()).toBe(before + 1)
}

/** Chooses a step; its settings then stand on the right. */
export async function choose(page: Page, words: string): Promise<Locator> {
  await card(page, words).click()
  return page.getByRole('complementary', { name: 'Step', exact: true })
}

/** Picks an option of a drop-down. */
export async function pick(page: Page, from: Locator, option: string): Promise<void> {
  await from.click()
  await page.getByRole('option', { name: option }).first().click()
}

/** Waits until the editor says that everything is stored: not what it said before the last change was drawn. */
export async function saved(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((drawn) => setTimeout(drawn)))
  await expect.poll(() => page.getByText(/^Saved /).count(), { timeout: 20_000 }).toBeGreaterThan(0)
}

/** Says of each warning in the dialog why it may stand. */
export async function giveReasons(dialog: Locator, reason = 'It is meant so.'): Promise<void> {
  await dialog
    .getByRole('radio')
    .first()
    .or(dialog.getByRole('button', { name: /^Publish/ }))
    .first()
    .waitFor()
  for (const field of await dialog.getByLabel(/^Why this may stand/).all()) await field.fill(reason)
}

async function boxOf(locator: Locator) {
  await locator.waitFor()
  const box = await locator.boundingBox()
  if (!box) throw new Error('not on the screen')
  return box
}

const middleOf = (box: { x: number; y: number; width: number; height: number }) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
