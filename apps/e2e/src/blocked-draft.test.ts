import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { atRest, boxOf, fitAll } from './harness/pointer.ts'
import { invite, joinAs } from './story/people.ts'
import { webinarFlow } from './story/together.ts'

describe('a draft with errors', () => {
  const house = useHouse('blocked-draft')
  let page: Page
  beforeAll(async () => {
    page = await house.admin()
  })

  test('lies in Simulate where it lay in Edit; its errors are said, and no bar offers to walk it', async () => {
    await webinarFlow(page, house.base())
    // Without the question in the middle nobody gets on.
    await page.locator('.react-flow__node-step', { hasText: 'What did they do with it' }).locator('.body').click()
    await page.locator('.canvas').focus()
    await page.keyboard.press('Delete')
    await page.locator('.react-flow__node-step', { hasText: 'What did they do with it' }).waitFor({ state: 'detached' })
    await fitAll(page)
    const place = async () => {
      const { x, y, width } = await boxOf(page.locator('.react-flow__node-step').first())
      return [x, y, width].map(Math.round)
    }
    const before = await place()
    await page.keyboard.press('2')
    await page.getByText(/this draft from being walked/).waitFor()
    await atRest(page)
    await picture(page, 'blocked-draft')
    expect(await place()).toEqual(before)
    expect(await page.getByText('Choose who walks, then start.').count()).toBe(0)
  })

  test('without any step says so wherever it is only looked at', async () => {
    await page.goto(`${house.base()}/flows`)
    await page.getByRole('button', { name: 'New flow' }).first().click()
    await page.getByRole('region', { name: 'Begin' }).waitFor()
    const flow = page.url()
    for (const [key, mode] of [
      ['2', 'simulate'],
      ['3', 'review'],
    ] as const) {
      await page.locator('.canvas').focus()
      await page.keyboard.press(key)
      await page.getByText('There are no steps to show.').waitFor()
      await picture(page, `no-steps-${mode}`)
    }
    const ines = await house.newcomer()
    const link = await invite(page, house.base(), 'ines@ledgerline.example', 'Reviewer')
    await joinAs(ines, link, 'Ines Vogt')
    await ines.goto(flow)
    await ines.getByText('There are no steps to show.').waitFor()
    await picture(ines, 'no-steps-reviewer')
    expect(house.faults).toEqual([])
  })
})
