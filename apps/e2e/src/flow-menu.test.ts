import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { fromMenu } from './kinds/draw.ts'
import { webinarFlow } from './story/together.ts'

/** What is done with the whole of a flow: from its menu, and by typing. */
describe('the flow as a whole', () => {
  const house = useHouse('flow-menu')
  let page: Page
  const { faults } = house
  const card = (words: string): Locator => page.locator('.react-flow__node-step', { hasText: words }).first()
  const steps = () => page.locator('.react-flow__node-step')
  const ids = () => steps().evaluateAll((all) => all.map((it) => it.getAttribute('data-id')))
  const name = () => page.locator('.topbar .flow-name')

  beforeAll(async () => {
    page = await house.admin()
    await webinarFlow(page, house.base())
  })

  test('it is renamed, and the old name is taken back', async () => {
    const before = (await name().textContent()) ?? ''
    await fromMenu(page, 'Rename…')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Spring webinar')
    await dialog.getByRole('button', { name: 'Rename' }).click()
    await expect.poll(() => name().textContent()).toBe('Spring webinar')
    await page
      .getByRole('status')
      .filter({ hasText: 'The flow is called Spring webinar now.' })
      .getByRole('button', { name: 'Undo' })
      .click()
    await expect.poll(() => name().textContent()).toBe(before)
  })

  test('it is saved with all it names', async () => {
    const [file] = await Promise.all([page.waitForEvent('download'), fromMenu(page, 'Save with all it names')])
    expect(file.suggestedFilename()).toMatch(/\.bundle\.json$/)
    const bundle: unknown = JSON.parse(readFileSync(await file.path(), 'utf8'))
    expect(bundle).toMatchObject({ flows: [{ name: await name().textContent() }] })
  })

  test('its duplicate has the same steps with ids of their own', async () => {
    const before = await ids()
    const from = page.url()
    await fromMenu(page, 'Duplicate')
    await page.waitForURL((url) => url.href !== from)
    await card('Wait 2 days').waitFor()
    await expect.poll(() => steps().count()).toBe(before.length)
    expect((await ids()).filter((id) => before.includes(id))).toEqual([])
  })

  test('nothing wrong was said on the console', () => expect(faults).toEqual([]))
})
