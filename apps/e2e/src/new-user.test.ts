import type { Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { seriousFaults } from './story/pages.ts'

/** From `npm start` to a published flow of three steps: fewer actions than this, by what is to be seen. */
const LIMIT = 15

/** Somebody who has never seen Baton, on a small notebook, does what the page suggests. One press, one key or one field is one action. */
describe('a new user', () => {
  const house = useHouse('new-user')

  /** Where it is to be seen without scrolling; nobody looks for what is not. */
  async function inSight(page: Page, what: Locator): Promise<void> {
    await what.waitFor()
    const box = await what.boundingBox()
    const size = page.viewportSize()
    if (!box || !size) throw new Error('not on the screen')
    const seen = await what.evaluate((it) => {
      const { left, top, width, height } = it.getBoundingClientRect()
      return it.contains(document.elementFromPoint(left + width / 2, top + height / 2))
    })
    expect([await what.textContent(), seen, box.y + box.height <= size.height]).toEqual([await what.textContent(), true, true])
  }

  test('publishes a flow with a mail of their own in fewer than fifteen actions', async () => {
    const page = await house.newcomer()
    await page.setViewportSize({ width: 1280, height: 800 })
    let actions = 0
    const press = async (what: Locator) => {
      await inSight(page, what)
      await what.click()
      actions++
    }
    const write = async (what: Locator, words: string) => {
      await what.fill(words)
      actions++
    }
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
    const link = house.server().firstLink
    if (!link) throw new Error('There is no first link')
    await page.goto(link.url)

    await write(page.getByLabel('Your name'), 'Nora Eide')
    await write(page.getByLabel('E-mail'), 'nora@ledgerline.example')
    await write(page.getByLabel('Password', { exact: true }), 'correct horse battery staple')
    await press(button('Make the account'))
    await button('Draw the first flow').waitFor()
    await picture(page, 'new-user-welcome')
    await press(button('Draw the first flow'))

    await page.getByRole('region', { name: 'Begin' }).waitFor()
    await picture(page, 'new-user-empty')
    const steps = page.getByRole('complementary', { name: 'Steps' })
    const card = (words: string) => page.locator('.react-flow__node-step', { hasText: words }).first()
    await press(page.getByRole('region', { name: 'Begin' }).getByRole('button', { name: 'By hand' }))
    await card('by hand').waitFor()
    await picture(page, 'new-user-started')
    await press(steps.getByRole('button', { name: 'For a time', exact: true }))
    await card('Wait 1 day').waitFor()
    await inSight(page, button('End here: Finish'))
    await press(steps.getByRole('button', { name: 'Send e-mail', exact: true }))

    await button('Write a mail').waitFor()
    await picture(page, 'new-user-mail')
    await press(button('Write a mail'))
    const dialog = page.getByRole('dialog')
    await dialog.locator('.layout').nth(1).waitFor()
    await picture(page, 'new-user-layouts')
    await press(dialog.getByRole('button', { name: 'Make the message' }))
    await card('Send First mail').waitFor()
    await dialog.waitFor({ state: 'hidden' })
    await picture(page, 'new-user-mail-chosen')

    await press(button('Publish'))
    await dialog.getByRole('button', { name: 'End here: Finish' }).waitFor()
    await picture(page, 'new-user-refused')
    await press(dialog.getByRole('button', { name: 'End here: Finish' }))
    await dialog.getByText('No sender address and no postal address is set').waitFor()
    await dialog.getByRole('link', { name: /settings of the workspace/ }).waitFor()
    await write(dialog.getByLabel('What this flow is called'), 'Welcome')
    await picture(page, 'new-user-publish')
    expect(await seriousFaults(page)).toEqual([])
    await press(dialog.getByRole('button', { name: 'Publish Welcome' }))
    await page.getByText('Version 1 is live').first().waitFor()
    await page.getByText('Welcome').first().waitFor()
    await picture(page, 'new-user-live')

    expect(actions).toBeLessThan(LIMIT)
    expect(house.faults).toEqual([])
  })
})
