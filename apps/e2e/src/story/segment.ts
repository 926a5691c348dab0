import type { Page } from 'playwright-core'

/** A segment of those who work at a given job, made with the condition builder. */
export async function makeSegment(page: Page, base: string, of: { name: string; field: string; value: string }): Promise<void> {
  await page.goto(`${base}/segments/new`)
  await page.getByLabel('Name', { exact: true }).fill(of.name)
  await page.getByRole('button', { name: 'Add a condition' }).click()
  await page.getByRole('option', { name: of.field, exact: true }).click()
  await page.getByRole('button', { name: /^Value/ }).click()
  await page.keyboard.type(of.value)
  await page.keyboard.press('Enter')
  await page
    .getByRole('button', { name: /^(Make|Save)/ })
    .first()
    .click()
  await page.waitForURL(/segments\/seg_/)
}
