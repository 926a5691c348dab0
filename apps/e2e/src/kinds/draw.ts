import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { giveReasons, saved } from '../story/flow.ts'
import { panel } from './editor.ts'

/** Draws start → tag → end by the keyboard alone: from the palette, by `/` behind a step, and by + at the way of a step. */
export async function drawByKeys(page: Page, base: string, name: string): Promise<void> {
  await page.goto(`${base}/flows`)
  await page
    .getByRole('button', { name: /New flow/ })
    .first()
    .click()
  await page.waitForURL(/flows\/flw_/)
  const cards = page.locator('.react-flow__node')
  const find = page.getByRole('complementary', { name: 'Steps' }).getByLabel('Add a step')
  await find.focus()
  await page.keyboard.type('another flow')
  await page.keyboard.press('Enter')
  await expect.poll(() => cards.count()).toBe(1)
  await page.locator('.canvas').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('/')
  await page.keyboard.type('add tags')
  await page.keyboard.press('Enter')
  await expect.poll(() => cards.count()).toBe(2)
  await panel(page).getByLabel('Tags', { exact: true }).focus()
  await page.keyboard.type('customer')
  await page.keyboard.press('Enter')
  await panel(page).getByRole('button', { name: 'Add a step here' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('finish')
  await page.keyboard.press('Enter')
  await expect.poll(() => cards.count()).toBe(3)
  await page.getByText('Ready to publish').waitFor()
  await fromMenu(page, 'Rename…')
  await page.getByRole('dialog').getByLabel('Name').fill(name)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await saved(page)
}

/** Publishes what is open; nobody comes in by that. */
export async function launch(page: Page): Promise<void> {
  await saved(page)
  await page.getByRole('button', { name: 'Publish' }).click()
  const dialog = page.getByRole('dialog')
  await giveReasons(dialog)
  await dialog.getByRole('button', { name: /^Publish/ }).click()
  await page.getByText('Version 1 is live').first().waitFor()
}

/** Brings flows in from a file and says yes to what the page asks. @returns the words of the question */
export async function bringIn(page: Page, base: string, file: string): Promise<string> {
  await page.goto(`${base}/flows`)
  await page.getByLabel('Flow file').setInputFiles({ name: 'demo.bundle.json', mimeType: 'application/json', buffer: Buffer.from(file) })
  const question = page.getByRole('dialog')
  const words = (await question.textContent()) ?? ''
  await question.getByRole('button', { name: 'Bring in' }).click()
  await page.waitForURL(/flows\/flw_/)
  return words
}

/** Picks from what can be done with the flow that is open. */
export async function fromMenu(page: Page, deed: string): Promise<void> {
  await page.getByRole('button', { name: 'What can be done with this flow' }).click()
  await page.getByRole('menuitem', { name: deed }).click()
}
