import { sampleFlows } from '@baton/engine/fixtures'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from './harness/browser.ts'
import { type DevPages, devPages } from './harness/dev-pages.ts'
import { useHouse } from './harness/house.ts'
import { fitAll } from './harness/pointer.ts'
import { countRedraws, redrawn } from './harness/redraws.ts'
import { saved } from './story/flow.ts'

const sorted = (names: readonly string[]) => [...new Set(names)].sort()

/** How much is drawn anew, counted and not timed: what a gesture does not change stays as it is. */
describe('what is drawn anew', () => {
  const house = useHouse('redraws')
  let page: Page
  const card = (words: string): Locator => page.locator('.react-flow__node-step', { hasText: words }).first()
  const idOf = async (words: string) => (await card(words).getAttribute('data-id')) ?? ''

  beforeAll(async () => {
    page = await house.admin(countRedraws)
    await page.goto(`${house.base()}/flows`)
    await page.getByRole('button', { name: 'New flow' }).first().click()
    await page.getByRole('region', { name: 'Begin' }).waitFor()
    const [sample] = sampleFlows
    const text = JSON.stringify({ baton: 'steps', nodes: sample?.graph.nodes, edges: sample?.graph.edges })
    await page.evaluate(
      `(() => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', ${JSON.stringify(text)})
        document.querySelector('.canvas').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      })()`,
    )
    await page.locator('.react-flow__node-step').first().waitFor()
    await fitAll(page)
    await card('Wait 2 days').waitFor()
    // The checks have been through once.
    await page.locator('.problems .sum.danger').waitFor()
  })

  test('choosing another step: the two cards, and the ways that begin at them', async () => {
    await card('Wait 2 days').locator('.body').click()
    const [wait, points] = [await idOf('Wait 2 days'), await idOf('Add 20 points')]
    await redrawn(page)
    await card('Add 20 points').locator('.body').click()
    const { cards, ways } = await redrawn(page)
    expect(sorted(cards)).toEqual(sorted([wait, points]))
    expect(ways.every((it) => it.startsWith(`${wait}>`) || it.startsWith(`${points}>`))).toBe(true)
  })

  test('typing in the panel: its own card, never the canvas', async () => {
    await card('Wait 2 days').locator('.body').click()
    const wait = await idOf('Wait 2 days')
    const amount = page
      .getByRole('complementary', { name: 'Step', exact: true })
      .getByRole('textbox', { name: /How long|Wait|Amount/ })
      .first()
    await amount.click()
    await redrawn(page)
    await amount.fill('31')
    await card('Wait 31 days').waitFor()
    await saved(page)
    const { cards, ways, canvases } = await redrawn(page)
    expect(sorted(cards)).toEqual([wait])
    expect({ ways, canvases }).toEqual({ ways: [], canvases: 0 })
    await page.keyboard.press('Control+z')
  })

  test('dragging a step: nothing but the ways at it', async () => {
    const box = await card('Wait').boundingBox()
    if (!box) throw new Error('It is not drawn')
    const wait = await idOf('Wait')
    await page.mouse.move(box.x + 20, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 60, box.y + 30, { steps: 4 })
    await redrawn(page)
    await page.mouse.move(box.x + 140, box.y + 60, { steps: 8 })
    const { cards, ways } = await redrawn(page)
    await page.mouse.up()
    expect(cards).toEqual([])
    expect(ways.length).toBeGreaterThan(0)
    expect(ways.filter((it) => !it.split('>').includes(wait))).toEqual([])
  })
})

describe('what is drawn anew in Live', () => {
  let pages: DevPages
  let browser: Browser

  beforeAll(async () => {
    pages = await devPages()
    browser = await launchBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await pages?.close()
  })

  test('new counts: the cards that have them, and the ways that begin there', async () => {
    const page = await browser.newPage()
    await countRedraws(page)
    await page.goto(`${pages.url}/dev/canvas.html`)
    await page.waitForFunction('window.canvasPage !== undefined')
    await page.evaluate(`window.canvasPage.mount('ours', 60, 1)`)
    await page.locator('.react-flow__node-step').first().waitFor()
    await page.evaluate('window.canvasPage.count(0)')
    await page.locator('.node.counted').first().waitFor()
    const first = (await page.locator('.react-flow__node-step').first().getAttribute('data-id')) ?? ''
    await redrawn(page)
    await page.evaluate('window.canvasPage.count(0)')
    expect(await redrawn(page)).toEqual({ cards: [], ways: [], canvases: 0 })
    await page.evaluate('window.canvasPage.count(7)')
    const { cards, ways, canvases } = await redrawn(page)
    expect(cards).toEqual([first])
    expect(ways.filter((it) => !it.startsWith(`${first}>`))).toEqual([])
    expect(canvases).toBe(0)
  })
})
