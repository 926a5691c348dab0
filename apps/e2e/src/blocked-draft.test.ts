import { describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { atRest, boxOf, fitAll } from './harness/pointer.ts'
import { webinarFlow } from './story/together.ts'

describe('a draft with errors', () => {
  const house = useHouse('blocked-draft')

  test('lies in Simulate where it lay in Edit; its errors are said, and no bar offers to walk it', async () => {
    const page = await house.admin()
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
    expect(house.faults).toEqual([])
  })
})
