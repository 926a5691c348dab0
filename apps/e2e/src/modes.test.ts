import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { boxOf, fitAll, onWay } from './harness/pointer.ts'
import { seriousFaults } from './story/pages.ts'

/** A flow with people in it, in each of its modes. */
describe('the modes of a flow', () => {
  const house = useHouse('modes', { at: Date.now(), sample: { people: 90, days: 6 } })
  let page: Page

  beforeAll(async () => {
    page = await house.admin()
    await page.goto(`${house.base()}/welcome`)
    await page.getByRole('button', { name: 'Load the sample programme' }).click()
    await page.getByRole('link', { name: 'Flows' }).first().waitFor({ timeout: 90_000 })
  })

  const simulation = () => page.getByRole('complementary', { name: 'Simulation' })
  const canvas = () => page.locator('.canvas')
  const open = async (mode: string, width: number) => {
    await page.setViewportSize({ width, height: 800 })
    await page.goto(`${house.base()}/flows/flw_trial?mode=${mode}`, { waitUntil: 'networkidle' })
    await fitAll(page)
  }

  test('in Live every way says its share of those who came to its step, and whoever points at it how many they are', async () => {
    await open('live', 1280)
    const ways = page.locator('.react-flow__edge').filter({ has: page.locator('.share:not(.lost)') })
    await expect.poll(() => ways.count()).toBeGreaterThan(5)
    await picture(page, 'modes-live')
    const bySource = new Map<string, { people: number; came: number; lost: number }[]>()
    for (const way of await ways.all()) {
      const at = await onWay(way)
      await page.mouse.move(at.x, at.y)
      await way.locator('title').first().waitFor({ state: 'attached' })
      const said = (await way.locator('title').first().textContent()) ?? ''
      const told = /(\d+) of (\d+) went this way, (.+ %)/.exec(said)
      const [people, came] = [Number(told?.[1]), Number(told?.[2])]
      expect(await way.locator('.share:not(.lost)').textContent(), said).toBe(told?.[3])
      const [, source = ''] = /^Edge from (\S+) to/.exec((await way.getAttribute('aria-label')) ?? '') ?? []
      const passed = page.locator(`.react-flow__node[data-id="${source}"] .count`).first()
      expect(await passed.getAttribute('title')).toBe(`${came} came here so far`)
      const lost = Number(/(\d+) left the flow/.exec(said)?.[1] ?? 0)
      expect(await way.locator('.share.lost').count()).toBe(lost > 0 ? 1 : 0)
      bySource.set(source, [...(bySource.get(source) ?? []), { people, came, lost }])
    }
    // Nobody is counted twice: those who went on, left or are here are no more than those who came.
    for (const [source, all] of bySource)
      expect(
        all.reduce((sum, it) => sum + it.people + it.lost, 0),
        source,
      ).toBeLessThanOrEqual(all[0]?.came ?? 0)
    expect([...bySource.values()].some((all) => all.some((it) => it.people > 0 && it.people < it.came))).toBe(true)
  })

  test.each([1280, 1100, 900])(
    'at %i px the panel leaves room for the flow, and all of it by a key, keeping what was begun',
    async (width) => {
      await open('review', width)
      const panel = page.getByRole('complementary', { name: 'Review' })
      const before = await boxOf(canvas())
      expect(before.width).toBeGreaterThan(450)
      expect(before.x + before.width).toBeLessThanOrEqual((await boxOf(panel)).x)
      await panel.getByLabel('Note').first().fill('Looks good, but')
      await canvas().focus()
      await page.keyboard.press(']')
      await panel.waitFor({ state: 'hidden' })
      await expect.poll(async () => (await boxOf(canvas())).x + (await boxOf(canvas())).width).toBe(width)
      await page.getByRole('button', { name: 'Show the panel' }).click()
      await panel.waitFor()
      expect(await panel.getByLabel('Note').first().inputValue()).toBe('Looks good, but')
      await open('simulate', width)
      await simulation().waitFor()
      await canvas().focus()
      await page.keyboard.press('Control+k')
      await page.getByPlaceholder('Find a page, a flow or a contact').fill('Hide the panel')
      await page.getByRole('button', { name: /^Hide the panel/ }).waitFor()
      await page.keyboard.press('Enter')
      await simulation().waitFor({ state: 'hidden' })
      await picture(page, `modes-away-${width}`)
      await canvas().focus()
      await page.keyboard.press(']')
      await simulation().waitFor()
      await simulation().getByRole('tab', { name: 'Forecast' }).click()
      await simulation().getByText('Every lead', { exact: true }).waitFor()
      await picture(page, `modes-forecast-${width}`)
      // Heads stand apart, and what the figures of a lead are of is read whole.
      const heads = await simulation()
        .locator('thead')
        .evaluateAll((all) =>
          all.flatMap((head) => {
            const words = [...head.querySelectorAll('th.num')].map((it) => {
              const range = document.createRange()
              range.selectNodeContents(it)
              return range.getBoundingClientRect()
            })
            return words.slice(1).map((it, i) => it.left - (words[i]?.right ?? 0))
          }),
        )
      expect(Math.min(...heads)).toBeGreaterThan(4)
      const whole = simulation()
        .getByRole('rowheader', { name: /^Every lead/ })
        .locator('.clip')
      expect(
        await whole.evaluateAll((all) =>
          all.filter((it) => it.scrollWidth > it.clientWidth).map((it) => `${it.textContent} ${it.scrollWidth} ${it.clientWidth}`),
        ),
      ).toEqual([])
      expect(await seriousFaults(page)).toEqual([])
    },
  )

  test('nothing wrong was said on the console', () => expect(house.faults).toEqual([]))
})
