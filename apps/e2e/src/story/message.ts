import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Writes a mail from a pattern, with a subject of its own, and saves it. */
export async function writeMail(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/templates`)
  await page
    .getByRole('button', { name: /New message/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Welcome')
  await dialog.getByRole('button', { name: 'Make the message' }).click()
  await page.getByLabel('Subject').fill('Welcome, {{ contact.first_name }}')
  await page.keyboard.press('Control+s')
  await expect.poll(() => page.getByText('Version 2').count()).toBeGreaterThan(0)
}
