import type { Page } from 'playwright-core'
import { card, choose, dragStep, pick, saved, wire } from '../story/flow.ts'

/** What the card of the hand-off says once it is agreed. */
const SALES = 'Until won or lost'

/** Ways that sales may lead to, and back. */
const WAYS = [
  ['Add 20', 'out', SALES],
  [SALES, 'converted', 'Customer'],
  [SALES, 'lost', 'Wait 60 days'],
  ['Wait 60 days', 'out', SALES],
  [SALES, 'rejected', 'Wait 7 days'],
  [SALES, 'voicemail', 'Wait 2 days'],
  ['Wait 2 days', 'out', SALES],
  [SALES, 'no-response', 'Nobody answered'],
  [SALES, 'overflow', 'Nobody had room'],
  [SALES, 'not-qualified', 'Not ready'],
] as const

/**
 * Draws the hand-off into a flow by mouse, sets what sales and marketing agreed in the inspector, and joins its ways.
 * @returns the id of the step
 */
export async function drawHandOff(page: Page, { team, agreement }: { team: string; agreement: string }): Promise<string> {
  const showAll = () => page.getByRole('button', { name: 'Fit', exact: true }).click()
  await showAll()
  const points = await card(page, 'Add 20').boundingBox()
  if (!points) throw new Error('The points are not on the screen')
  await dragStep(page, 'Hand to sales', points.x + points.width / 2, points.y + 3 * points.height)
  const panel = await choose(page, 'Hand to')
  await pick(page, panel.getByLabel('Team', { exact: true }), team)
  await pick(page, panel.getByLabel('Who qualifies'), `Whoever meets ${agreement}`)
  await panel.getByLabel('Why now').fill('Asked for a demo')
  await pick(page, panel.getByLabel('Fields that travel along'), 'Company')
  await page.keyboard.press('Escape')
  await panel.getByLabel('At the final outcome').check()
  await panel.getByLabel('Promise an answer in time').check()
  await panel.getByLabel('Within').fill('2')
  await panel.getByLabel(/^Give it to so many others/).fill('1')
  await panel.getByLabel('Back to marketing').check()
  await panel.getByLabel('Give them a way of their own after a voicemail').check()
  await panel.getByLabel('Mail to the rep at once').check()
  await panel.getByLabel('In the team’s weekly report').check()
  await showAll()
  for (const [from, port, to] of WAYS) await wire(page, from, port, to)
  await saved(page)
  return (await card(page, SALES).getAttribute('data-id')) ?? ''
}
