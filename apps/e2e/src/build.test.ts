import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { arrives, becomes, command, escapeTo, focused, pickStep, press, tabTo } from './build/keys.ts'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { fitAll } from './harness/pointer.ts'
import { panel } from './kinds/editor.ts'
import { pick, saved } from './story/flow.ts'

const CANVAS = /^Flow\. Arrow keys/

/** Ten steps with a branch, a wait and a way that is led elsewhere: once without a mouse, once without ever dragging. */
describe('a flow of ten steps', () => {
  const house = useHouse('build')
  let page: Page
  const { faults } = house
  const cards = () => page.locator('.react-flow__node-step')
  const card = (words: string | RegExp): Locator => page.locator('.react-flow__node-step', { hasText: words }).first()
  /** Where the one way of the chosen step leads. */
  const leads = () =>
    panel(page)
      .getByRole('combobox', { name: /leads to/i })
      .first()
      .inputValue()

  beforeAll(async () => {
    page = await house.admin()
  })

  test('is built, rewired and published by the keyboard alone', async () => {
    const add = async (words: string) => {
      const before = await cards().count()
      await press(page, '/')
      await pickStep(page, words)
      await becomes(() => cards().count()).toBe(before + 1)
      await arrives(page, CANVAS)
    }
    const tag = async (name: string) => {
      await add('add tags')
      await press(page, 'Enter')
      await arrives(page, /^Add$/)
      await tabTo(page, /^Tags/)
      await page.keyboard.type(name)
      await press(page, 'Enter')
      await escapeTo(page, CANVAS)
      await card(`Tag ${name}`).waitFor()
    }
    await page.goto(`${house.base()}/flows`)
    await page
      .getByRole('button', { name: /New flow/ })
      .first()
      .waitFor()
    await tabTo(page, /^New flow/)
    await press(page, 'Enter')
    await page.waitForURL(/flows\/flw_/)
    await page.locator('.canvas').waitFor()
    await press(page, 'k')
    await pickStep(page, 'by hand')
    await becomes(() => cards().count()).toBe(1)
    await tabTo(page, CANVAS)
    await tag('trial')
    await add('for a time')
    await add('branch')
    await press(page, 'Enter')
    await arrives(page, /Name of the case/)
    await press(page, 'Control+a')
    await page.keyboard.type('Keen')
    await tabTo(page, /^Add a condition/)
    await press(page, 'Enter')
    await page.keyboard.type('clicked any link')
    await page.getByRole('option', { name: 'they clicked any link' }).waitFor()
    await press(page, 'Enter')
    await becomes(async () => (await panel(page).textContent()) ?? '').toMatch(/clicked/)
    await escapeTo(page, CANVAS)

    // The first way out, and all behind it; then up again to the branch, for the other one.
    await press(page, 'Shift+ArrowRight')
    await add('add points')
    await tag('hot')
    await add('finish')
    await press(page, 'ArrowUp', 'ArrowUp', 'ArrowUp', 'Shift+ArrowRight', 'Shift+ArrowRight')
    await add('for a time')
    await add('add points')
    await tag('cold')
    await becomes(() => cards().count()).toBe(10)

    // To a step that is there already, and then to another one.
    const lead = async (to: string, ...keys: readonly string[]) => {
      await press(page, 'c')
      await page.locator('.linking-says').waitFor()
      await press(page, ...keys, 'Enter')
      await page.locator('.linking-says').waitFor({ state: 'detached' })
      await press(page, 'Control+f')
      await arrives(page, /^Find in this flow/)
      await page.keyboard.type('Tag cold')
      await press(page, 'Enter', 'Escape')
      await arrives(page, CANVAS)
      await becomes(leads).toBe(to)
    }
    await picture(page, 'built-by-keys')
    await lead('Finish: Done', 'ArrowLeft')
    await lead('Tag hot', 'ArrowLeft', 'ArrowUp')
    await page
      .getByRole('button', { name: /Ready to publish|warning/ })
      .or(page.getByText('Ready to publish'))
      .first()
      .waitFor()
    await command(page, 'Publish this flow')
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Publish/ })
      .waitFor()
    for (
      await tabTo(page, /^(Publish|Why this may stand)/);
      /^Why/.test(await focused(page));
      await tabTo(page, /^(Publish|Why this may stand)/)
    ) {
      await page.keyboard.type('It is meant so.')
      await press(page, 'Tab')
    }
    await press(page, 'Enter')
    await page.getByText('Version 1 is live').first().waitFor()
    expect(faults).toEqual([])
  })

  test('is built, rewired and published by presses, nothing is dragged', async () => {
    const palette = page.getByRole('complementary', { name: 'Steps' })
    const add = async (name: string) => {
      const before = await cards().count()
      await palette.getByRole('button', { name, exact: true }).click()
      await becomes(() => cards().count()).toBe(before + 1)
    }
    const tag = async (name: string) => {
      const field = panel(page).getByLabel('Tags', { exact: true })
      await field.click()
      await field.fill(name)
      await press(page, 'Enter')
      await card(`Tag ${name}`).waitFor()
    }
    await page.goto(`${house.base()}/flows`)
    await page
      .getByRole('button', { name: /New flow/ })
      .first()
      .click()
    await page.waitForURL(/flows\/flw_/)
    await add('By hand')
    await add('Add tags')
    await tag('trial')
    await add('For a time')
    await add('Branch')
    await panel(page).getByRole('button', { name: 'Add a condition' }).click()
    await page.getByRole('option', { name: 'they clicked any link' }).click()
    await press(page, 'Escape')
    await add('Add points')
    await add('Add tags')
    await tag('hot')
    await add('Finish')
    // The other way out of the branch: its dot opens the list.
    await fitAll(page)
    await card('If they clicked any link').locator('.react-flow__handle.way').last().click()
    await page.getByRole('listbox', { name: 'Steps' }).getByRole('option', { name: 'For a time', exact: true }).click()
    await becomes(() => cards().count()).toBe(8)
    await add('Add tags')
    await tag('cold')
    await pick(
      page,
      panel(page)
        .getByRole('combobox', { name: /leads to/i })
        .first(),
      'Finish',
    )
    // Into the middle of a way: by the plus at the way of a step.
    await fitAll(page)
    await card('Tag hot').locator('.body').click()
    await panel(page).getByRole('button', { name: 'Put a step in here' }).click()
    await page.getByRole('listbox', { name: 'Steps' }).getByRole('option', { name: 'Add points', exact: true }).click()
    await becomes(() => cards().count()).toBe(10)
    await becomes(leads).toBe('Finish: Done')
    // Led elsewhere, and its card moved out of the way.
    await fitAll(page)
    await card('Tag cold').locator('.body').click()
    await becomes(leads).toBe('Finish: Done')
    await pick(
      page,
      panel(page)
        .getByRole('combobox', { name: /leads to/i })
        .first(),
      'Tag hot',
    )
    await becomes(leads).toBe('Tag hot')
    const before = await card('Tag cold').boundingBox()
    await panel(page).getByRole('button', { name: 'Move right' }).click()
    await becomes(async () => ((await card('Tag cold').boundingBox())?.x ?? 0) - (before?.x ?? 0)).toBeGreaterThan(10)
    await picture(page, 'built-by-presses')
    await saved(page)
    await page.getByRole('button', { name: 'Publish' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: /^Publish/ }).waitFor()
    for (const field of await dialog.getByLabel(/^Why this may stand/).all()) await field.fill('It is meant so.')
    await dialog.getByRole('button', { name: /^Publish/ }).click()
    await page.getByText('Version 1 is live').first().waitFor()
    expect(faults).toEqual([])
  })

  test('steps are chosen, moved with their frame and looked at without dragging; nothing glides for who wants no motion', async () => {
    const place = async (words: string) => {
      const box = await card(words).boundingBox()
      if (!box) throw new Error(`${words} is not drawn`)
      return box
    }
    await page.getByRole('radio', { name: 'Edit' }).click()
    await fitAll(page)
    await card('Tag trial').locator('.body').click()
    await press(page, 'Shift+ArrowDown')
    await page.getByText('2 steps selected').waitFor({ state: 'attached' })
    await page.getByRole('complementary', { name: 'Selected steps' }).getByRole('button', { name: 'Group' }).click()
    await page.locator('.canvas').press('Escape')
    await page.getByRole('button', { name: 'Group', exact: true }).first().click()
    const before = await Promise.all([place('Tag trial'), place('Wait 1 day')])
    await page.getByRole('complementary', { name: 'Selected steps' }).getByRole('button', { name: 'Move left' }).click()
    await becomes(async () => before[0].x - (await place('Tag trial')).x).toBeGreaterThan(10)
    expect(before[1].x - (await place('Wait 1 day')).x).toBeCloseTo(before[0].x - (await place('Tag trial')).x)

    const view = () => page.locator('.react-flow__viewport').getAttribute('style')
    const here = await view()
    await page.locator('.react-flow__minimap').click({ position: { x: 20, y: 80 } })
    await becomes(view).not.toBe(here)
    const there = await view()
    await page.locator('.canvas').focus()
    await page.evaluate(() => {
      const picture = document.querySelector<HTMLElement>('.react-flow__viewport')
      if (!picture) throw new Error('There is no canvas')
      const places = new Set<string>()
      new MutationObserver(() => {
        places.add(picture.style.transform)
        picture.dataset.places = String(places.size)
      }).observe(picture, { attributeFilter: ['style'] })
    })
    await press(page, 'f')
    await becomes(view).not.toBe(there)
    const still = await page.evaluate(async () => {
      // Longer than a glide would take.
      for (let frames = 0; frames < 40; frames++) await new Promise(requestAnimationFrame)
      const picture = document.querySelector<HTMLElement>('.react-flow__viewport')
      return { places: picture?.dataset.places, animations: document.getAnimations().length }
    })
    expect(still).toEqual({ places: '1', animations: 0 })
    expect(faults).toEqual([])
  })
})
