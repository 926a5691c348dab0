import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { drag, fitAll, middleOf, onWay, pull, type Spot, wayOf } from './harness/pointer.ts'
import { webinarFlow } from './story/together.ts'

/** Ways led from and to other places by their ends, each deed taken back by one step of undo. */
describe('a way is led elsewhere by its ends', () => {
  const house = useHouse('rewire')
  let page: Page
  const { faults } = house
  const ids = new Map<string, string>()
  const idOf = (name: string) => ids.get(name) ?? name
  const step = (name: string): Locator => page.locator(`.react-flow__node-step[data-id="${idOf(name)}"]`)
  const card = (words: string): Locator => page.locator('.react-flow__node-step', { hasText: words }).first()
  const port = (name: string, id: string) => step(name).locator(`.react-flow__handle.way[data-handleid="${id}"]`)
  const way = (from: string, to: string) => wayOf(page, idOf(from), idOf(to))
  const ways = () => page.locator('.react-flow__edge')
  /** From which step to which each way leads. */
  const drawn = async () => (await ways().evaluateAll((all) => all.map((it) => it.getAttribute('aria-label') ?? ''))).sort()
  const undone = async (before: readonly string[]) => {
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+z')
    await expect.poll(drawn).toEqual(before)
  }
  /** Where a way is taken by its beginning: below the dot that it comes from. */
  const startOf = async (from: string, id: string): Promise<Spot> => {
    const { x, y } = await middleOf(port(from, id))
    return { x, y: y + 9 }
  }

  beforeAll(async () => {
    page = await house.admin()
    await webinarFlow(page, house.base())
    await fitAll(page)
    const words = {
      attended: 'When',
      interest: 'Add 20 points',
      recording: 'Send',
      'two-days': 'Wait 2 days',
      reaction: 'What did they do',
      warm: 'Add 15 points',
      morning: 'Wait until',
    }
    for (const [name, said] of Object.entries(words)) ids.set(name, (await card(said).getAttribute('data-id')) ?? '')
  })

  test('by its beginning to the way out of another step: it is gone there, and stands here', async () => {
    const before = await drawn()
    await pull(page, await startOf('interest', 'out'), await middleOf(step('two-days').locator('.body')))
    await step('two-days').locator('.way.valid').waitFor({ state: 'attached' })
    await picture(page, 'rewire-beginning')
    await page.mouse.up()
    await way('two-days', 'recording').waitFor({ state: 'attached' })
    expect(await way('interest', 'recording').count()).toBe(0)
    // A port leads to one place only: what hung there before is gone.
    expect(await way('two-days', 'reaction').count()).toBe(0)
    expect(await ways().count()).toBe(before.length - 1)
    await undone(before)
  })

  test('by its beginning to one of several ways out, by the name of it', async () => {
    const before = await drawn()
    await step('recording').getByText('Not sent').waitFor()
    await drag(page, await startOf('two-days', 'out'), await middleOf(step('recording').getByText('Not sent')))
    await way('recording', 'reaction').waitFor({ state: 'attached' })
    expect(await way('two-days', 'reaction').count()).toBe(0)
    expect(await way('recording', 'two-days').count()).toBe(1)
    await undone(before)
  })

  test('to another way out of its own step', async () => {
    const before = await drawn()
    await step('reaction').getByText('Otherwise').waitFor()
    await drag(page, await startOf('reaction', 'clicked'), await middleOf(step('reaction').getByText('Otherwise')))
    await expect.poll(() => ways().count()).toBe(before.length - 1)
    await way('reaction', 'warm').waitFor({ state: 'attached' })
    expect(await way('reaction', 'morning').count()).toBe(0)
    await undone(before)
  })

  test('let go where nothing is, or at the step that it leads to, it stays what it was', async () => {
    const before = await drawn()
    const to = await startOf('interest', 'out')
    await drag(page, to, { x: to.x + 220, y: to.y })
    await drag(page, to, await middleOf(step('recording').locator('.body')))
    expect(await drawn()).toEqual(before)
    await way('interest', 'recording').waitFor({ state: 'attached' })
  })

  test('by its end to another step', async () => {
    const before = await drawn()
    const end = await onWay(way('interest', 'recording'), 0.8)
    await drag(page, end, await middleOf(step('reaction').locator('.body')))
    await way('interest', 'reaction').waitFor({ state: 'attached' })
    expect(await way('interest', 'recording').count()).toBe(0)
    expect(await ways().count()).toBe(before.length)
    await undone(before)
  })

  test('nothing wrong was said on the console', () => expect(faults).toEqual([]))
})
