import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { boxOf, drag, fitAll, middleOf, onWay, pull, type Spot, wayOf } from './harness/pointer.ts'
import { inTheme } from './harness/theme.ts'
import { saved } from './story/flow.ts'
import { seriousFaults } from './story/pages.ts'
import { webinarFlow } from './story/together.ts'

/** What a mouse does on the canvas, each deed taken back by one step of undo. Each test goes on where the last stopped. */
describe('the canvas by mouse', () => {
  const house = useHouse('pointer')
  let page: Page
  const { faults } = house
  const steps = () => page.locator('.react-flow__node-step')
  const ways = () => page.locator('.react-flow__edge')
  /** What steps of the file are called in the flow, which gives them ids of its own. */
  const ids = new Map<string, string>()
  const step = (name: string): Locator => page.locator(`.react-flow__node-step[data-id="${ids.get(name) ?? name}"]`)
  const way = (from: string, to: string) => wayOf(page, ids.get(from) ?? from, ids.get(to) ?? to)
  const card = (words: string, on = page): Locator => on.locator('.react-flow__node-step', { hasText: words }).first()
  const panel = () => page.getByRole('complementary', { name: 'Step', exact: true })
  const line = (name: string) => page.getByRole('complementary', { name: 'Steps' }).getByRole('button', { name, exact: true })
  const place = (id: string) => step(id).evaluate((it) => it.style.transform)
  /** How many steps and ways there are. */
  const size = async () => [await steps().count(), await ways().count()]
  const undo = async (before: number[]) => {
    await page.locator('.topbar').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(size).toEqual(before)
  }
  /** Somewhere on the canvas where nothing stands. */
  const free = async (): Promise<Spot> => {
    const { x, y } = await boxOf(page.locator('.canvas'))
    return { x: x + 150, y: y + 120 }
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
    }
    for (const [name, said] of Object.entries(words)) ids.set(name, (await card(said).getAttribute('data-id')) ?? '')
  })

  test('a step from the palette is dropped into a way, and joins both ends', async () => {
    const before = await size()
    await drag(page, await middleOf(line('Add tags')), await onWay(way('attended', 'interest')))
    await expect.poll(size).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 1])
    await expect.poll(() => way('attended', 'interest').count()).toBe(0)
    const id = (await page.locator('.react-flow__node-step.selected').getAttribute('data-id')) ?? ''
    await way('attended', id).waitFor({ state: 'attached' })
    await way(id, 'interest').waitFor({ state: 'attached' })
    await undo(before)
    await way('attended', 'interest').waitFor({ state: 'attached' })
  })

  test('a step is put into a way by the way’s own plus, and the way is taken away by its cross', async () => {
    const before = await size()
    const through = way('two-days', 'reaction')
    const at = await onWay(through)
    await page.mouse.move(at.x, at.y)
    await through.locator('.deed.plus').click()
    await page.getByRole('combobox', { name: 'Add a step' }).waitFor()
    await picture(page, 'pointer-plus')
    await page.getByRole('option', { name: 'Add tags', exact: true }).click()
    await expect.poll(size).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 1])
    await expect.poll(() => through.count()).toBe(0)
    await undo(before)
    const again = await onWay(through)
    await page.mouse.move(again.x, again.y)
    await through.locator('.deed.take').click()
    await expect.poll(size).toEqual([before[0], (before[1] ?? 0) - 1])
    await undo(before)
  })

  test('a loose step is pulled into a way: where it is and what it is joined to are one step of undo', async () => {
    const before = await size()
    await drag(page, await middleOf(line('For a time')), await free())
    await expect.poll(size).toEqual([(before[0] ?? 0) + 1, before[1]])
    const id = (await page.locator('.react-flow__node-step.selected').getAttribute('data-id')) ?? ''
    const stood = await place(id)
    await pull(page, await middleOf(step(id).locator('.body')), await onWay(way('two-days', 'reaction')))
    await page.locator('.way-line.wanted').waitFor({ state: 'attached' })
    await page.mouse.up()
    await way('two-days', id).waitFor({ state: 'attached' })
    await way(id, 'reaction').waitFor({ state: 'attached' })
    await undo([(before[0] ?? 0) + 1, before[1] ?? 0])
    expect(await place(id)).toBe(stood)
    await undo(before)
  })

  test('a way out is pulled onto a step, and onto the free canvas, where the list of steps opens', async () => {
    const before = await size()
    await drag(page, await middleOf(line('For a time')), await free())
    await expect.poll(size).toEqual([(before[0] ?? 0) + 1, before[1]])
    const id = (await page.locator('.react-flow__node-step.selected').getAttribute('data-id')) ?? ''
    const out = () => middleOf(step(id).locator('.react-flow__handle.way'))
    await drag(page, await out(), await middleOf(step('two-days').locator('.body')))
    await way(id, 'two-days').waitFor({ state: 'attached' })
    await undo([(before[0] ?? 0) + 1, before[1] ?? 0])
    const from = await out()
    await drag(page, from, { x: from.x + 40, y: from.y + 90 })
    await page.getByRole('option', { name: 'Finish', exact: true }).click()
    await expect.poll(size).toEqual([(before[0] ?? 0) + 2, (before[1] ?? 0) + 1])
    await undo([(before[0] ?? 0) + 1, before[1] ?? 0])
    await undo(before)
  })

  test('a step comes to the line of another: a guide shows it, and it stands exactly there', async () => {
    const wait = await boxOf(step('two-days'))
    const start = await boxOf(step('attended'))
    const from = { x: wait.x + 40, y: wait.y + 12 }
    // Three pixels beside the column of the start.
    const to = { x: from.x + (start.x - wait.x) + 3, y: from.y + 9 }
    const stood = await place('two-days')
    await pull(page, from, to)
    await page.locator('.guide-line.y').first().waitFor({ state: 'attached' })
    await picture(page, 'pointer-guides')
    await page.mouse.up()
    await expect.poll(() => page.locator('.guide-line').count()).toBe(0)
    expect((await boxOf(step('two-days'))).x).toBeCloseTo(start.x, 1)
    expect(await place('two-days')).not.toBe(stood)
    await page.keyboard.press('Control+z')
    await expect.poll(() => place('two-days')).toBe(stood)
  })

  test('a step that is carried is lifted, and lies over the steps it passes', async () => {
    const shadow = (id = 'two-days') =>
      step(id)
        .locator('.node')
        .evaluate((it) => getComputedStyle(it).boxShadow)
    const stood = await place('two-days')
    const wait = await boxOf(step('two-days'))
    const other = await middleOf(step('interest').locator('.body'))
    await pull(page, { x: wait.x + 40, y: wait.y + 12 }, other)
    await expect.poll(shadow).toContain('24px 48px -12px')
    const onTop = ({ x, y }: Spot) => document.elementFromPoint(x, y)?.closest('.react-flow__node')?.getAttribute('data-id')
    await expect.poll(() => page.evaluate(onTop, other)).toBe(ids.get('two-days'))
    await picture(page, 'pointer-carried')
    await page.mouse.up()
    await page.keyboard.press('Control+z')
    await expect.poll(() => place('two-days')).toBe(stood)
    await page.locator('.canvas').focus()
    await page.keyboard.press('Escape')
    await expect.poll(shadow).toBe(await shadow('attended'))
  })

  test('by the middle of a wide card, too, which stands beside the grid', async () => {
    const wide = await middleOf(page.locator('.react-flow__node-step', { has: page.locator('.node.contract') }))
    const wait = await boxOf(step('two-days'))
    const stood = await place('two-days')
    const from = { x: wait.x + 40, y: wait.y + 12 }
    await pull(page, from, { x: from.x + (wide.x - wait.x - wait.width / 2) + 2, y: from.y - 30 })
    await page.locator('.guide-line.y').first().waitFor({ state: 'attached' })
    await page.mouse.up()
    expect((await middleOf(step('two-days'))).x).toBeCloseTo(wide.x, 1)
    await page.keyboard.press('Control+z')
    await expect.poll(() => place('two-days')).toBe(stood)
  })

  test('three are spread evenly, and the whole flow is tidied up', async () => {
    const three = ['attended', 'recording', 'two-days']
    const gaps = async () => {
      const [a, b, c] = await Promise.all(three.map((id) => boxOf(step(id))))
      return a && b && c ? [b.y - a.y - a.height, c.y - b.y - b.height] : []
    }
    await step('attended').locator('.body').click()
    for (const id of three.slice(1))
      await step(id)
        .locator('.body')
        .click({ modifiers: ['Shift'] })
    const before = await gaps()
    expect(Math.abs((before[0] ?? 0) - (before[1] ?? 0))).toBeGreaterThan(10)
    await page.getByRole('button', { name: 'Spread down' }).click()
    await expect
      .poll(async () => {
        const [first, second] = await gaps()
        return Math.abs((first ?? 0) - (second ?? 0))
      })
      .toBeLessThan(3)
    await page.keyboard.press('Control+z')
    await expect.poll(gaps).toEqual(before)
    const box = await boxOf(step('two-days'))
    await page.locator('.canvas').focus()
    await page.keyboard.press('Escape')
    await drag(page, { x: box.x + 40, y: box.y + 12 }, { x: box.x - 160, y: box.y - 60 })
    await page.locator('.canvas').focus()
    await page.keyboard.press('Escape')
    const all = () => Promise.all(three.map(place))
    const stood = await all()
    await page.keyboard.press('t')
    await expect.poll(all).not.toEqual(stood)
    await picture(page, 'pointer-tidied')
    await page.keyboard.press('Control+z')
    await expect.poll(all).toEqual(stood)
    await page.keyboard.press('Control+z')
  })

  test('steps are duplicated, cut in one tab and put down in another', async () => {
    const before = await size()
    await step('two-days').locator('.body').click()
    await page.keyboard.press('Control+d')
    await expect.poll(size).toEqual([(before[0] ?? 0) + 1, before[1]])
    await undo(before)
    await step('two-days').locator('.body').click()
    await step('reaction')
      .locator('.body')
      .click({ modifiers: ['Shift'] })
    await page.keyboard.press('Control+x')
    await expect.poll(() => steps().count()).toBe((before[0] ?? 0) - 2)
    const other = house.watch(await page.context().newPage())
    await other.goto(`${house.base()}/flows`)
    await other.getByRole('button', { name: 'New flow' }).first().click()
    await other.getByRole('region', { name: 'Begin' }).waitFor()
    await other.locator('.canvas').focus()
    await other.keyboard.press('Control+v')
    await card('What did they do with it', other).waitFor()
    await card('Wait 2 days', other).waitFor()
    await expect.poll(() => other.locator('.react-flow__edge').count()).toBe(1)
    await other.getByRole('button', { name: /^New flow 2/ }).waitFor()
    await saved(other)
    await other.close()
    await page.bringToFront()
    await page.locator('.topbar').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(size).toEqual(before)
  })

  test('from further away cards become blocks of their colour, then marks; and words again', async () => {
    await page.locator('.canvas').focus()
    const words = step('two-days').locator('.say')
    expect(await words.count()).toBe(1)
    const { x, y } = await boxOf(page.locator('.canvas'))
    await page.mouse.move(x + 300, y + 300)
    await page.keyboard.down('Control')
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 120)
        return words.count()
      })
      .toBe(0)
    await picture(page, 'pointer-far')
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 120)
        return page.locator('.canvas.tiny').count()
      })
      .toBe(1)
    await page.keyboard.up('Control')
    await fitAll(page)
    await words.waitFor()
  })

  test('a flow seen as a whole stays so in a smaller window', async () => {
    await fitAll(page)
    const inside = async () => {
      const canvas = await boxOf(page.locator('.canvas'))
      const boxes = await Promise.all((await steps().all()).map(boxOf))
      return boxes.every((it) => it.y + it.height <= canvas.y + canvas.height && it.x + it.width <= canvas.x + canvas.width)
    }
    await expect.poll(inside).toBe(true)
    await page.setViewportSize({ width: 1280, height: 640 })
    await expect.poll(inside).toBe(true)
    await page.setViewportSize({ width: 1440, height: 900 })
    await fitAll(page)
  })

  test('what a fresh step lacks is told quietly until it is left; publishing is refused all along', async () => {
    const before = await size()
    await drag(page, await middleOf(line('Send e-mail')), await free())
    await expect.poll(() => steps().count()).toBe((before[0] ?? 0) + 1)
    const id = (await page.locator('.react-flow__node-step.selected').getAttribute('data-id')) ?? ''
    await step(id).getByText('To be set up').waitFor()
    expect(await step(id).locator('.node.error').count()).toBe(0)
    await picture(page, 'pointer-fresh')
    await step('two-days').locator('.body').click()
    await step(id).locator('.node.error').waitFor()
    expect(await step(id).getByText('To be set up').count()).toBe(0)
    await undo(before)
    await drag(page, await middleOf(line('Send e-mail')), await free())
    await step((await page.locator('.react-flow__node-step.selected').getAttribute('data-id')) ?? '')
      .getByText('To be set up')
      .waitFor()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Choose the mail to send').first().waitFor()
    expect(await dialog.getByRole('button', { name: /^Publish / }).count()).toBe(0)
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('.node.selected.error').waitFor()
    await undo(before)
  })

  test('steps are found by their kind and by what they use', async () => {
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('hand to sales')
    await page.keyboard.press('Enter')
    await page.getByText('1 of 1').waitFor()
    await page.getByRole('textbox', { name: 'Find in this flow' }).fill('engagement')
    await page.keyboard.press('Enter')
    await page.getByText('1 of 2').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('2 of 2').waitFor()
    await page.keyboard.press('Escape')
  })

  test('the flow is saved as a file, and the file makes the same flow', async () => {
    await page
      .getByRole('button', { name: /^New flow/ })
      .first()
      .click()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Save as a file' }).click()])
    const before = await size()
    const content = readFileSync(await file.path())
    await page.goto(`${house.base()}/flows`)
    await page.getByLabel('Flow file').setInputFiles({ name: file.suggestedFilename(), mimeType: 'application/json', buffer: content })
    await card('Wait 2 days').waitFor()
    await expect.poll(size).toEqual(before)
  })

  test('with lists and menus open nothing is in anybody’s way, in either theme', async () => {
    const sound = async (what: string) => {
      for (const theme of ['dark', 'light'] as const) {
        await inTheme(page, theme)
        expect(await seriousFaults(page), `${what}, ${theme}`).toEqual([])
      }
    }
    await sound('the canvas')
    await card('Wait 2 days').locator('.body').click()
    await sound('a step')
    await page.locator('.canvas').focus()
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: 'Add a step' }).waitFor()
    await sound('the list of steps')
    await page.keyboard.press('Escape')
    await panel().getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Change into…' }).waitFor()
    await sound('the menu of a step')
    await page.keyboard.press('Escape')
    await page
      .getByRole('button', { name: /errors?/ })
      .first()
      .click()
    await page.getByRole('list', { name: 'Problems' }).waitFor()
    await picture(page, 'pointer-problems')
    await sound('the problems')
    await page
      .getByRole('button', { name: /errors?/ })
      .first()
      .click()
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Find a page, a flow or a contact').fill('tidy')
    await page
      .getByRole('button', { name: /Tidy up/ })
      .first()
      .waitFor()
    await sound('the list of commands')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /What can be done with this flow/ }).click()
    await page.getByRole('menuitem', { name: 'Save as a file' }).waitFor()
    await sound('the menu of the flow')
    await page.keyboard.press('Escape')
  })

  test('by typing one publishes, and changes the mode', async () => {
    const command = async (words: string) => {
      await page.keyboard.press('Control+k')
      const field = page.getByPlaceholder('Find a page, a flow or a contact')
      await field.fill(words)
      await page
        .getByRole('button', { name: new RegExp(words) })
        .first()
        .waitFor()
      await page.keyboard.press('Enter')
      await field.waitFor({ state: 'detached' })
    }
    await command('Publish this flow')
    await page.getByRole('dialog').getByText('Choose').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await command('Simulate this flow')
    await page.getByRole('radio', { name: 'Simulate', checked: true }).waitFor()
    await command('Draw this flow')
    await page.getByRole('complementary', { name: 'Steps' }).waitFor()
    expect(faults).toEqual([])
  })
})
