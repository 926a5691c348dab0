import type { Browser, Page } from 'playwright-core'
import { newcomer } from '../story/people.ts'

/** Somebody sends the form on its own page, and agrees to news. */
export async function askForDemo(browser: Browser, base: string, who: { email: string; name: string; company: string }): Promise<void> {
  const page = await newcomer(browser)
  await page.goto(`${base}/f/frm_demo`)
  await page.getByLabel('E-mail').fill(who.email)
  await page.getByLabel('First name').fill(who.name)
  await page.getByLabel('Company').fill(who.company)
  await page.getByLabel('Tell me what is new').check()
  await page.getByRole('button', { name: 'Ask for a demo' }).click()
  await page.getByText('We will be in touch.').waitFor()
  await page.context().close()
}

/** The reader of a mail opens the page of choices from its foot and takes a topic back. */
export async function takeBack(browser: Browser, html: string, topic: string): Promise<void> {
  const page = await newcomer(browser)
  await page.setContent(html)
  await page.getByRole('link', { name: 'Choose what you get' }).click()
  const box = page.getByRole('checkbox', { name: topic })
  await box.waitFor()
  if (!(await box.isChecked())) throw new Error(`${topic} should be ticked`)
  await box.uncheck()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Your choice is stored.').waitFor()
  await page.context().close()
}

/** Makes a person on the page of contacts; their own page is open then. */
export async function addPerson(page: Page, base: string, who: { email: string; name: string }): Promise<void> {
  await page.goto(`${base}/contacts`)
  await page.getByRole('button', { name: 'Add a person' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail', { exact: true }).fill(who.email)
  await dialog.getByLabel('First name').fill(who.name)
  await dialog.getByRole('button', { name: 'Add the person' }).click()
  await page.waitForURL(/contacts\/\d+/)
}

/** Lets somebody into a flow by hand, from their own page. */
export async function letIn(page: Page, base: string, name: string, flow: string, start: string): Promise<void> {
  await page.goto(`${base}/contacts`)
  await page
    .getByRole('row', { name: new RegExp(name) })
    .first()
    .click()
  await page.getByRole('button', { name: 'Add to a flow' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Flow', { exact: true }).click()
  await page.getByRole('option', { name: flow, exact: true }).click()
  await dialog.getByLabel('Where they come in').click()
  await page.getByRole('option', { name: start }).click()
  await dialog.getByRole('button', { name: 'Add to the flow' }).click()
  await dialog.waitFor({ state: 'hidden' })
}
