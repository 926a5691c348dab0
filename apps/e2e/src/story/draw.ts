import type { Page } from 'playwright-core'
import { choose, dragStep, giveReasons, pick, saved, wire } from './flow.ts'

/** Draws trigger → mail → wait → branch (clicked?) → points → hand to sales, by mouse, and sets each step in the inspector. */
export async function drawTheFlow(page: Page, base: string, of: { segment: string; mail: string; team: string }): Promise<void> {
  await page.goto(`${base}/flows`)
  await page
    .getByRole('button', { name: /New flow/ })
    .first()
    .click()
  await page.waitForURL(/flows\/flw_/)

  await dragStep(page, 'Segment', 500, 110)
  await pick(page, (await choose(page, 'When they join')).getByLabel('Segment', { exact: true }).last(), of.segment)
  await dragStep(page, 'Send e-mail', 500, 210)
  await pick(page, (await choose(page, 'Send')).getByLabel('Mail', { exact: true }), of.mail)
  await dragStep(page, 'For a time', 500, 310)
  await dragStep(page, 'Branch', 500, 420)
  await dragStep(page, 'Add points', 400, 560)
  await dragStep(page, 'Hand to sales', 480, 690)
  await pick(page, (await choose(page, 'Hand to')).getByLabel('Team', { exact: true }), of.team)
  await dragStep(page, 'Finish', 900, 560)

  await wire(page, 'When they join', 'out', 'Send')
  await wire(page, 'Send', 'sent', 'Wait')
  await wire(page, 'Wait', 'out', 'If add a condition')
  await wire(page, 'If add a condition', 'case-1', 'Add 10')
  await wire(page, 'If add a condition', 'otherwise', 'Finish')
  await wire(page, 'Add 10', 'out', 'Hand to')
  for (const port of ['accepted', 'rejected', 'overflow']) await wire(page, 'Hand to', port, 'Finish')

  const branch = await choose(page, 'If add a condition')
  await branch.getByRole('button', { name: 'Add a condition' }).click()
  await page.getByRole('option', { name: 'they clicked any link' }).click()
  await page.keyboard.press('Escape')
  await saved(page)
}

/** Publishes, and lets those in who match already. */
export async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish' }).click()
  const dialog = page.getByRole('dialog')
  await giveReasons(dialog)
  await dialog.getByRole('radio', { name: /come in at once/ }).check()
  await dialog.getByRole('button', { name: /^Publish/ }).click()
  await page.getByText('Version 1 is live').first().waitFor()
}
