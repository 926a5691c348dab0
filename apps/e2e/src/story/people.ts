import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'

/** What a person's browser says it is: a headless one is taken for a scanner, and its clicks do not count. */
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'
const PASSWORD = 'correct horse battery staple'

/** A person at a browser of their own. */
export async function newcomer(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    userAgent: AGENT,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    colorScheme: 'light',
  })
  context.setDefaultTimeout(30_000)
  return context.newPage()
}

/** Opens the first link, makes the admin's account and starts with an empty workspace. */
export async function becomeAdmin(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Your name').fill('Nora Eide')
  await page.getByLabel('E-mail').fill('nora@ledgerline.example')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await page.getByText('Start empty').last().click()
  await page.getByRole('link', { name: 'Flows' }).first().waitFor()
}

/** Says who mail comes from: without it no marketing mail goes out. */
export async function nameTheSender(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/settings/workspace`)
  await page.getByLabel('Name of the workspace').fill('Ledgerline')
  await page.getByLabel('Sender name').fill('Nora from Ledgerline')
  await page.getByLabel('Sender address').fill('nora@ledgerline.example')
  await page.getByLabel('Postal address').fill('Ledgerline GmbH, Lindenstraße 12, 10969 Berlin')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
}

/** Invites somebody; gives back the link that the admin passes on. */
export async function invite(page: Page, base: string, email = 'chidi@ledgerline.example', role = 'Sales rep'): Promise<string> {
  await page.goto(`${base}/settings/people`)
  await page.getByRole('button', { name: 'Invite…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail').fill(email)
  await dialog.getByLabel('Role').click()
  await page.getByRole('option', { name: role }).click()
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = page.getByLabel('Link')
  await link.waitFor()
  return link.inputValue()
}

/** Somebody opens the link of an invitation and chooses a password. */
export async function joinAs(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByRole('button', { name: /^Notes/ }).waitFor()
}

/** The rep opens the link and chooses a password. */
export async function joinAsRep(page: Page, link: string): Promise<void> {
  await joinAs(page, link, 'Chidi Okafor')
  await page.getByRole('link', { name: 'Desk' }).first().waitFor()
}

/** A team of these reps. */
export async function makeTeam(page: Page, base: string, members: readonly string[] = ['Chidi Okafor']): Promise<void> {
  await page.goto(`${base}/settings/teams`)
  await page.getByRole('button', { name: 'New team…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Inside sales')
  for (const member of members) {
    await dialog.getByLabel('Add a member').click()
    await page.getByRole('option', { name: new RegExp(member) }).click()
  }
  await dialog.getByRole('button', { name: /Save|Make/ }).click()
  await dialog.waitFor({ state: 'hidden' })
}
