import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** The settings of the chosen step. */
export const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Step', exact: true })

/** A step on the canvas by its id. */
export const step = (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`)

/** What its card says. */
export const sentence = async (page: Page, id: string): Promise<string> =>
  ((await step(page, id).locator('.say').textContent()) ?? '').trim()

/** Chooses a step by the mouse; the form of its kind stands there. */
export async function openStep(page: Page, id: string): Promise<Locator> {
  await step(page, id).locator('.body').click()
  const form = panel(page)
  await form.getByLabel('Name of the step').waitFor()
  await form.locator('.sec input, .sec button').first().waitFor()
  return form
}

/** Chooses an option of a drop-down as the keyboard does: opens it, moves to the words, takes them. */
export async function chooseByKeys(page: Page, field: Locator, words: string): Promise<void> {
  await field.focus()
  // One that is searched opens by itself.
  if ((await field.getAttribute('aria-expanded')) !== 'true') await page.keyboard.press('ArrowDown')
  const option = page.getByRole('option', { name: words, exact: true })
  await option.waitFor()
  for (let moves = 0; (await option.getAttribute('data-combobox-selected')) === null; moves++) {
    expect(moves, `“${words}” is reached by the arrows`).toBeLessThan(30)
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
}

/** Writes over what stands in a field, letter by letter. */
export async function typeOver(page: Page, field: Locator, words: string): Promise<void> {
  await field.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(words)
}

/** Moves a choice of a few to the next one. */
export async function turn(page: Page, choice: Locator): Promise<void> {
  await choice.getByRole('radio', { checked: true }).focus()
  await page.keyboard.press('ArrowRight')
}
