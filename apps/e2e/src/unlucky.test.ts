import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { saved } from './story/flow.ts'
import { pasteOnCanvas, signIn, webinarFlow } from './story/together.ts'

/** So many steps may a flow have. */
const MOST = 5_000

/** Steps in rows, each with its own words. */
const manySteps = (count: number) => ({
  nodes: Array.from({ length: count }, (_, at) => ({
    id: `n${at}`,
    type: 'exit',
    position: { x: (at % 70) * 260, y: Math.floor(at / 70) * 120 },
    data: { v: 1, label: `Out ${at}`, finished: true },
  })),
  edges: [],
})

/** What goes wrong while somebody draws: said plainly, and nothing is lost by it. Each test goes on where the last stopped. */
describe('bad luck on the canvas', () => {
  const house = useHouse('unlucky', { noisy: true })
  let page: Page
  const card = (words: string): Locator => page.locator('.react-flow__node-step', { hasText: words }).first()
  const undo = () => page.locator('.topbar').getByRole('button', { name: 'Undo' })
  const wait = async (days: number) => {
    await card('Wait').locator('.body').click()
    await page.getByRole('complementary', { name: 'Step', exact: true }).getByLabel('How long').first().fill(String(days))
    await card(`Wait ${days} days`).waitFor()
  }
  const openFile = (content: string) =>
    page.getByLabel('Flow file').setInputFiles({ name: 'theirs.flow.json', mimeType: 'application/json', buffer: Buffer.from(content) })

  beforeAll(async () => {
    page = await house.admin()
    page.on('dialog', (dialog) => void dialog.accept())
    await webinarFlow(page, house.base())
  })

  test.each([
    ['Dear Marta, see you on Friday', 'the clipboard holds text, and no steps'],
    [JSON.stringify({ format: 9, nodes: [], edges: [] }), 'format 9, from a newer Baton'],
    [JSON.stringify({ baton: 'steps', ...manySteps(MOST + 1) }), '5,001 steps; a flow holds at most 5,000'],
  ])('pasted, and no flow: it is named, and the flow is as it was', async (text, says) => {
    const steps = await page.locator('.react-flow__node-step').count()
    await pasteOnCanvas(page, text)
    await page.getByText(says).waitFor()
    expect(await page.locator('.react-flow__node-step').count()).toBe(steps)
  })

  test('the storage of the browser is full and the line is down: it says that the page has to stay open, and saves later', async () => {
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await page.context().setOffline(true)
    await wait(3)
    await page.getByText("this browser's storage is full: your changes are on this page only").waitFor()
    await picture(page, 'unlucky-full')
    await page.context().setOffline(false)
    await saved(page)
    await page.reload()
    await card('Wait 3 days').waitFor()
  })

  test('signed out while drawing: after signing in again it is all there, and saved', async () => {
    await wait(4)
    await saved(page)
    await page.context().clearCookies()
    await wait(5)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await signIn(page, 'nora@ledgerline.example')
    await card('Wait 5 days').waitFor()
    await page.getByText('It is here again, and is saved now').waitFor()
    await saved(page)
    await undo().click()
    await card('Wait 4 days').waitFor()
    await saved(page)
  })

  test('the answer of a save is lost, and drawing goes on: nobody else was there, and all of it is saved', async () => {
    let lost = 0
    await page.route(/flows\.saveDraft/, async (route) => {
      await route.fetch()
      lost += 1
      await route.abort()
    })
    await wait(6)
    await expect.poll(() => lost).toBe(1)
    await page.unroute(/flows\.saveDraft/)
    await wait(8)
    await saved(page)
    expect(await page.getByRole('button', { name: 'Look at both' }).count()).toBe(0)
    await page.reload()
    await card('Wait 8 days').waitFor()
    expect(await page.getByRole('button', { name: 'Look at both' }).count()).toBe(0)
  })

  test('files that are no flow of this Baton are refused with what they are', async () => {
    await page.goto(`${house.base()}/flows`)
    await openFile('{"name":"x"}')
    await page.getByText('This is no flow: there are no steps in it').waitFor()
    await openFile(JSON.stringify({ baton: 'flow', name: 'Next year', graph: { format: 2, nodes: [], edges: [] } }))
    await page.getByText('format 2, from a newer Baton').waitFor()
    await openFile(JSON.stringify(manySteps(MOST + 1)))
    await page.getByText('A flow holds at most 5,000 steps').waitFor()
    await openFile('Dear Marta')
    await page.getByText('theirs.flow.json is not a flow file: it is not JSON').waitFor()
  })

  test('a flow of 5,000 steps is brought in, opened, changed and saved, and takes no more', async () => {
    await openFile(JSON.stringify(manySteps(MOST)))
    await page.getByText('Out 0', { exact: true }).first().waitFor({ timeout: 120_000 })
    const steps = JSON.stringify({ baton: 'steps', nodes: manySteps(1).nodes, edges: [] })
    await pasteOnCanvas(page, steps)
    await page.getByText('5,001 steps; a flow holds at most 5,000').waitFor()
    await page.locator('.canvas').focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Delete')
    await expect.poll(() => undo().isEnabled()).toBe(true)
    await saved(page)
    await pasteOnCanvas(page, steps)
    await saved(page)
    await picture(page, 'unlucky-5000')
  })
})
