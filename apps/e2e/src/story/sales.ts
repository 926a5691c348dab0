import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Opens the mail as its reader does and presses its first button. */
export async function clickInMail(page: Page, html: string): Promise<void> {
  // Where the link leads is no place of this machine.
  await page.context().route(/example\.com/, (route) => route.fulfill({ body: 'The reader has arrived.', contentType: 'text/plain' }))
  await page.setContent(html)
  await page.locator('a[href*="/c/"]').first().click()
  await page.getByText('The reader has arrived.').waitFor()
}

/** The rep finds the lead on the desk, sees why it came, and accepts it. */
export async function acceptTheLead(page: Page, base: string, name: string): Promise<string> {
  await page.goto(`${base}/desk`)
  await page.getByText(name).first().click()
  await page.getByRole('heading', { name }).first().waitFor()
  const why = (await page.locator('main').textContent()) ?? ''
  await page.getByRole('button', { name: /^Accept/ }).click()
  await expect.poll(() => page.getByRole('button', { name: /^Accept/ }).count()).toBe(0)
  return why
}

/** What the person's page says of the journey, in words; `until` is waited for. */
export async function journeyOf(page: Page, base: string, name: string, until: string): Promise<string> {
  await page.goto(`${base}/contacts`)
  await page
    .getByRole('row', { name: new RegExp(name) })
    .first()
    .click()
  await page.getByText(until).first().waitFor()
  return (await page.locator('main').textContent()) ?? ''
}
