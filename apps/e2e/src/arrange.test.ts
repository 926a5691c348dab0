import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { boxOf, drag, fitAll, middleOf, wayOf } from './harness/pointer.ts'
import { webinarFlow } from './story/together.ts'

/** Several steps at once: lined up, spread, pulled, removed, taken along. Each deed is taken back by one step of undo. */
describe('several steps at once', () => {
  const house = useHouse('arrange')
  let page: Page
  const { faults } = house
  const steps = () => page.locator('.react-flow__node-step')
  const ways = () => page.locator('.react-flow__edge')
  const ids = new Map<string, string>()
  const idOf = (name: string) => ids.get(name) ?? name
  const step = (name: string): Locator => page.locator(`.react-flow__node-step[data-id="${idOf(name)}"]`)
  const card = (words: string, on = page): Locator => on.locator('.react-flow__node-step', { hasText: words }).first()
  const way = (from: string, to: string) => wayOf(page, idOf(from), idOf(to))
  const size = async () => [await steps().count(), await ways().count()]
  const choose = async (...names: string[]) => {
    await page.locator('.canvas').focus()
    await page.keyboard.press('Escape')
    for (const [i, name] of names.entries())
      await step(name)
        .locator('.body')
        .click(i === 0 ? {} : { modifiers: ['Shift'] })
  }
  const places = (names: readonly string[]) => Promise.all(names.map((name) => step(name).evaluate((it) => it.style.transform)))
  const undone = async (names: readonly string[], before: readonly string[]) => {
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+z')
    await expect.poll(() => places(names)).toEqual(before)
  }
  const three = ['recording', 'two-days', 'reaction']

  beforeAll(async () => {
    page = await house.admin()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await webinarFlow(page, house.base())
    await fitAll(page)
    const words = {
      attended: 'When',
      interest: 'Add 20 points',
      recording: 'Send',
      'two-days': 'Wait 2 days',
      reaction: 'What did they do',
    }
    for (const [name, said] of Object.entries(words)) ids.set(name, (await card(said).getAttribute('data-id')) ?? '')
  })

  test.each([
    ['Align right', (it: Box) => it.x + it.width],
    ['Align centres', (it: Box) => it.x + it.width / 2],
    ['Align tops', (it: Box) => it.y],
    ['Align middles', (it: Box) => it.y + it.height / 2],
    ['Align bottoms', (it: Box) => it.y + it.height],
  ] as const)('%s', async (label, edge) => {
    await choose(...three)
    const before = await places(three)
    await page.getByRole('toolbar', { name: 'Line up the selected steps' }).getByRole('button', { name: label }).click()
    const far = async () => {
      const at = (await Promise.all(three.map((it) => boxOf(step(it))))).map(edge)
      return Math.max(...at) - Math.min(...at)
    }
    // The middles of cards of other sizes are half a pixel of the grid apart.
    await expect.poll(far).toBeLessThan(5)
    await undone(three, before)
  })

  test('several are pulled together and keep their distance', async () => {
    await choose('two-days', 'reaction')
    const two = ['two-days', 'reaction']
    const before = await places(two)
    const was = await Promise.all(two.map((it) => boxOf(step(it))))
    const from = await middleOf(step('two-days').locator('.say'))
    await drag(page, from, { x: from.x - 160, y: from.y + 40 })
    await expect.poll(() => places(two)).not.toEqual(before)
    const now = await Promise.all(two.map((it) => boxOf(step(it))))
    const moved = now.map((it, i) => [Math.round(it.x - (was[i]?.x ?? 0)), Math.round(it.y - (was[i]?.y ?? 0))])
    expect(moved[0]?.[0]).toBeLessThan(-100)
    expect(moved[1]).toEqual(moved[0])
    await undone(two, before)
  })

  test('several of a line are removed, and the gap is healed', async () => {
    const before = await size()
    await choose('interest')
    await page.keyboard.press('k')
    await page.keyboard.type('Add tags')
    await page.keyboard.press('Enter')
    await expect.poll(() => steps().count()).toBe((before[0] ?? 0) + 1)
    ids.set('tags', (await page.locator('.react-flow__node-step.selected').getAttribute('data-id')) ?? '')
    await choose('interest', 'tags')
    await page.keyboard.press('Delete')
    await way('attended', 'recording').waitFor({ state: 'attached' })
    await expect.poll(size).toEqual([(before[0] ?? 0) - 1, (before[1] ?? 0) - 1])
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect.poll(size).toEqual(before)
  })

  test('a group is taken along to another flow', async () => {
    await choose('two-days', 'reaction')
    await page.keyboard.press('g')
    await page.keyboard.press('F2')
    await page.getByLabel('Name of the group').fill('Two days later')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Fold Two days later' }).waitFor()
    await page.keyboard.press('Control+c')
    const other = house.watch(await page.context().newPage())
    await other.goto(`${house.base()}/flows`)
    await other.getByRole('button', { name: 'New flow' }).first().click()
    await other.getByRole('region', { name: 'Begin' }).waitFor()
    await other.locator('.canvas').focus()
    await other.keyboard.press('Control+v')
    await card('Wait 2 days', other).waitFor()
    await other.getByRole('button', { name: 'Fold Two days later' }).click()
    await other.locator('.node.folded', { hasText: '2 steps' }).waitFor()
    await other.close()
    await page.bringToFront()
  })

  test('nothing wrong was said on the console', () => expect(faults).toEqual([]))

  type Box = { x: number; y: number; width: number; height: number }
})
