import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const PASSWORD = 'correct horse battery staple'

/** The admin invites a marketer, who opens the link in a browser of their own. */
export async function joinAsMarketer(admin: Page, base: string, page: Page, name: string): Promise<void> {
  await admin.goto(`${base}/settings/people`)
  await admin.getByRole('button', { name: 'Invite…' }).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByLabel('E-mail').fill(`${name.split(' ')[0]?.toLowerCase()}@ledgerline.example`)
  await dialog.getByLabel('Role').click()
  await admin.getByRole('option', { name: 'Marketer' }).click()
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = admin.getByLabel('Link')
  await link.waitFor()
  await page.goto(await link.inputValue())
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('link', { name: 'Flows' }).first().waitFor()
}

/** Signs in with the password that everybody has here. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Pastes a text on the canvas. */
export async function pasteOnCanvas(page: Page, text: string): Promise<void> {
  await page.locator('.canvas').evaluate((canvas, words) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', words)
    canvas.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

/** A new flow, drawn from a file: what follows a webinar, with a wait of two days. */
export async function webinarFlow(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/flows`)
  await page.getByRole('button', { name: 'New flow' }).first().click()
  const sample = new URL('../../../../packages/engine/fixtures/webinar-follow-up.flow.json', import.meta.url)
  await page.getByRole('region', { name: 'Begin' }).getByLabel('Flow file').setInputFiles(fileURLToPath(sample))
  await page.locator('.react-flow__node-step', { hasText: 'Wait 2 days' }).first().waitFor()
  await page.getByText(/^Saved \d/).waitFor()
}
