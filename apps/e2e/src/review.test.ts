import { createFlow } from '@baton/db'
import { flowGraph } from '@baton/engine'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { card, choose, saved } from './story/flow.ts'
import { seriousFaults } from './story/pages.ts'
import { joinAs } from './story/people.ts'

const at = (row: number) => ({ x: 0, y: row * 128 })
const graph = flowGraph.parse({
  format: 1,
  nodes: [
    { id: 'in', type: 'trigger', position: at(0), data: { v: 2, on: { kind: 'manual' } } },
    { id: 'wait', type: 'wait', position: at(1), data: { v: 2, slot: 1, until: { kind: 'duration', amount: 2, unit: 'days' } } },
    { id: 'points', type: 'score', position: at(2), data: { v: 1, dimension: 'engagement', points: 10 } },
    { id: 'out', type: 'exit', position: at(3), data: { v: 1, label: 'Done' } },
  ],
  edges: [
    { id: 'a', source: 'in', sourceHandle: 'out', target: 'wait' },
    { id: 'b', source: 'wait', sourceHandle: 'out', target: 'points' },
    { id: 'c', source: 'points', sourceHandle: 'out', target: 'out' },
  ],
})

/** Nora draws and asks, Ines looks, asks back and approves; nothing goes live before. Each test goes on where the last stopped. */
describe('a review by two', () => {
  const house = useHouse('review')
  let nora: Page
  let ines: Page
  let base: string
  let flowId: string
  const { faults } = house
  const panel = (page: Page) => page.getByRole('complementary', { name: 'Review' })
  const tab = (page: Page, name: RegExp) => panel(page).getByRole('tab', { name }).click()
  const bothThemes = async (page: Page) => {
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page)).toEqual([])
    }
  }
  beforeAll(async () => {
    base = house.base()
    nora = await house.admin()
    flowId = await createFlow(house.server().db, { name: 'Warm up', graph, by: null, at: house.clock.now() })
  })

  test('alone, one publishes without anybody’s leave', async () => {
    await nora.goto(`${base}/flows/${flowId}`)
    await nora.getByRole('button', { name: 'Publish', exact: true }).click()
    await nora
      .getByRole('dialog')
      .getByRole('button', { name: /^Publish/ })
      .click()
    await nora.getByText('Version 1 is live').first().waitFor()
  })

  test('with a second person somebody else looks first', async () => {
    await nora.goto(`${base}/settings/people`)
    await nora.getByRole('button', { name: 'Invite…' }).click()
    const dialog = nora.getByRole('dialog')
    await dialog.getByLabel('E-mail').fill('ines@ledgerline.example')
    await dialog.getByLabel('Role').click()
    await nora.getByRole('option', { name: 'Reviewer' }).click()
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    await nora.getByLabel('Link').waitFor()
    const link = await nora.getByLabel('Link').inputValue()
    ines = await house.newcomer()
    await joinAs(ines, link, 'Ines Vogt')

    await nora.goto(`${base}/flows/${flowId}`)
    const step = await choose(nora, 'Wait 2 days')
    await step.getByLabel('How long').fill('5')
    await card(nora, 'Wait 5 days').waitFor()
    await card(nora, 'Add 10 points').click()
    await nora.keyboard.press('Delete')
    await expect.poll(() => card(nora, 'Add 10 points').count()).toBe(0)
    await saved(nora)
    await nora.getByRole('button', { name: 'Publish', exact: true }).click()
    await nora.getByRole('dialog').getByText('One approval is missing.').waitFor()
    await nora.getByRole('button', { name: 'Go to the review' }).click()
    await panel(nora).getByText('Not ready to go live').waitFor()
    await panel(nora).getByLabel('Who looks at it').click()
    await nora.getByRole('option', { name: 'Ines Vogt' }).click()
    await nora.keyboard.press('Escape')
    await panel(nora).getByLabel('Note').fill('Is five days too long?')
    await panel(nora).getByRole('button', { name: 'Ask for a review' }).click()
    await panel(nora).getByText('Nora Eide asks for a review').waitFor()
    await panel(nora).getByText('You changed this draft yourself').waitFor()
    await bothThemes(nora)
    await picture(nora, 'review-asked')
  })

  test('who is asked sees it at the bell, what is different on the canvas and in words', async () => {
    await ines.goto(`${base}/flows`)
    await ines.getByRole('button', { name: /^Notes/ }).click()
    await ines.getByText('Nora Eide asks you to review Warm up. “Is five days too long?”').click()
    await panel(ines).getByText('Nora Eide asks for a review').waitFor()
    await expect.poll(() => ines.locator('.node.mark.changed', { hasText: 'Wait' }).count()).toBe(1)
    await expect.poll(() => ines.locator('.node.mark.removed', { hasText: 'Add 10 points' }).count()).toBe(1)
    await tab(ines, /^Changes/)
    const changes = panel(ines).getByRole('list', { name: 'Changes' })
    await changes.getByText('Waits: Amount').waitFor()
    expect(await changes.locator('del').first().textContent()).toBe('2')
    expect(await changes.locator('ins').first().textContent()).toBe('5')
    await changes.getByRole('button', { name: /Removed.*Add 10 points/ }).waitFor()
    await bothThemes(ines)
    await picture(ines, 'review-changes')
  })

  test('what she says is pinned to a step, and answered', async () => {
    await card(ines, 'Wait 5 days').click()
    await ines.keyboard.press('Shift+N')
    await panel(ines)
      .getByRole('tab', { name: /^Comments/, selected: true })
      .waitFor()
    await panel(ines).getByLabel('Comment on Wait 5 days').fill('Four would do, Nora?')
    await panel(ines).getByLabel('Tell').click()
    await ines.getByRole('option', { name: 'Nora Eide' }).click()
    await ines.keyboard.press('Escape')
    await panel(ines).getByRole('button', { name: 'Comment', exact: true }).click()
    await panel(ines).getByRole('list', { name: 'Comments' }).getByText('Four would do, Nora?').waitFor()
    await expect.poll(() => ines.locator('.node.talked', { hasText: 'Wait 5 days' }).count()).toBe(1)
    await bothThemes(ines)
    await picture(ines, 'review-comments')
    // The same in the outline, by the keyboard alone.
    await card(ines, 'Add 10 points').click()
    await ines.keyboard.press('o')
    const focused = () => ines.evaluate(() => document.activeElement?.textContent ?? '')
    await expect.poll(focused).toMatch(/Add 10 .*points.*removed/)
    await tab(ines, /^Review/)
    await ines.getByRole('treeitem', { name: /Wait 5 days, changed, somebody talks about it/ }).click()
    await ines.keyboard.press('d')
    await ines.locator('[aria-selected=true]', { hasText: 'removed' }).first().waitFor()
    await ines.keyboard.press('Shift+D')
    await ines.locator('[role=treeitem][aria-selected=true]', { hasText: 'changed' }).waitFor()
    await ines.keyboard.press('Enter')
    await panel(ines).getByRole('list', { name: 'Comments' }).getByText('Four would do, Nora?').waitFor()
    await bothThemes(ines)
    await picture(ines, 'review-outline')
    await ines.keyboard.press('o')
    await card(ines, 'Wait 5 days').waitFor()
    await nora.getByRole('button', { name: /^Notes.*1 new/ }).click()
    await nora.getByText('Ines Vogt on Warm up: “Four would do, Nora?”').click()
    await tab(nora, /^Comments/)
    await panel(nora).getByRole('button', { name: 'Answer', exact: true }).click()
    await panel(nora)
      .getByLabel(/^Answer on/)
      .fill('Five: they are on holiday.')
    await panel(nora).getByRole('button', { name: 'Answer', exact: true }).first().click()
    await panel(nora).getByText('Five: they are on holiday.').waitFor()
    await panel(nora).getByRole('button', { name: 'Resolve' }).click()
    await panel(nora).getByText('Nothing is open.').waitFor()
  })

  test('an approval holds for what was seen; a change voids it', async () => {
    await tab(ines, /^Review/)
    await panel(ines).getByRole('button', { name: 'Approve' }).click()
    await panel(ines).getByText('Approved by Ines Vogt').waitFor()
    await picture(ines, 'review-approved')
    await nora.keyboard.press('1')
    const step = await choose(nora, 'Wait 5 days')
    await step.getByLabel('How long').fill('6')
    await card(nora, 'Wait 6 days').waitFor()
    await saved(nora)
    await nora.getByRole('button', { name: 'Publish', exact: true }).click()
    await nora.getByRole('dialog').getByText('One approval is missing.').waitFor()
    await nora.getByRole('button', { name: 'Cancel' }).click()
    await panel(ines).getByText('approved another draft').waitFor()
    await ines.reload()
    await panel(ines).getByRole('button', { name: 'Approve' }).click()
    await panel(ines).getByText('Approved by Ines Vogt').waitFor()
    await nora.getByRole('button', { name: 'Publish', exact: true }).click()
    await nora
      .getByRole('dialog')
      .getByRole('button', { name: /^Publish/ })
      .click()
    await nora.getByText('Version 2 is live').first().waitFor()
    await nora.getByRole('button', { name: /What can be done with this flow/ }).click()
    await nora.getByRole('menuitem', { name: 'Versions' }).click()
    await nora.getByRole('dialog', { name: 'Versions of Warm up' }).getByText('Approved by Ines Vogt').waitFor()
  })

  test('the workspace says in the settings how many approve', async () => {
    await nora.goto(`${base}/settings/review`)
    await nora.getByLabel('Approvals', { exact: true }).first().click()
    await nora.getByRole('option', { name: 'None', exact: true }).click()
    await nora.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => nora.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await bothThemes(nora)
    await picture(nora, 'review-settings')
    expect(faults).toEqual([])
  })
})
