import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { atRest, boxOf, fitAll } from './harness/pointer.ts'
import { saved } from './story/flow.ts'
import { seriousFaults } from './story/pages.ts'

/** What a canvas is used for beside adding steps: by mouse and keys, each undone again. Each test goes on where the last stopped. */
describe('editing on the canvas', () => {
  const house = useHouse('canvas')
  let page: Page
  const { faults } = house
  const card = (words: string): Locator => page.locator('.react-flow__node-step', { hasText: words }).first()
  const choose = (words: string) => card(words).locator('.body').click()
  /** Presses at one place, goes to another in steps, and lets go. */
  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(to.x, to.y, { steps: 8 })
    await page.mouse.up()
  }
  const leadsTo = () =>
    page
      .getByRole('complementary', { name: 'Step', exact: true })
      .getByRole('combobox', { name: /leads to/i })
      .first()

  beforeAll(async () => {
    page = await house.admin()
    await page.goto(`${house.base()}/flows`)
    await page.getByRole('button', { name: 'New flow' }).first().click()
    const sample = new URL('../../../packages/engine/fixtures/webinar-follow-up.flow.json', import.meta.url)
    await page.getByRole('region', { name: 'Begin' }).getByLabel('Flow file').setInputFiles(fileURLToPath(sample))
    await card('Wait 2 days').waitFor()
    await atRest(page)
  })

  test('several steps are lined up from the panel', async () => {
    await choose('Wait 2 days')
    await page.keyboard.down('Shift')
    await choose('Add 20 points')
    await page.keyboard.up('Shift')
    await page.getByRole('button', { name: 'Align left' }).click()
    await expect.poll(async () => (await boxOf(card('Wait 2 days'))).x - (await boxOf(card('Add 20 points'))).x).toBeCloseTo(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect
      .poll(async () => Math.abs((await boxOf(card('Wait 2 days'))).x - (await boxOf(card('Add 20 points'))).x))
      .toBeGreaterThan(40)
  })

  test('they are grouped, the group is named, pulled, folded and taken away', async () => {
    await choose('Wait 2 days')
    await page.keyboard.down('Shift')
    await choose('What did they do')
    await page.keyboard.up('Shift')
    await page.keyboard.press('g')
    await page.getByRole('button', { name: 'Group', exact: true }).first().dblclick()
    await page.getByLabel('Name of the group').fill('Their answer')
    await page.keyboard.press('Enter')
    const before = await boxOf(card('Wait 2 days'))
    const head = await boxOf(page.locator('.frame-head'))
    await drag({ x: head.x + 70, y: head.y + 6 }, { x: head.x + 30, y: head.y + 46 })
    await expect.poll(async () => (await boxOf(card('Wait 2 days'))).y - before.y).toBeGreaterThan(24)
    await picture(page, 'canvas-group')
    await page.getByRole('button', { name: 'Fold Their answer' }).click()
    await page.getByText('2 steps').waitFor()
    expect(await card('Wait 2 days').count()).toBe(0)
    await page.getByRole('button', { name: 'Unfold Their answer' }).click()
    await choose('Wait 2 days')
    await page.keyboard.press('Shift+G')
    await expect.poll(() => page.locator('.frame-head').count()).toBe(0)
  })

  test('what is chosen is looked at closely, and tidied up alone', async () => {
    /** Where it stands on the canvas, whatever part of it is in view. */
    const place = (words: string) => card(words).evaluate((it) => it.style.transform)
    await fitAll(page)
    const wide = (await boxOf(card('Wait 2 days'))).width
    await choose('Wait 2 days')
    await page.keyboard.down('Shift')
    await choose('What did they do')
    await page.keyboard.up('Shift')
    await page.keyboard.press('Shift+F')
    await expect.poll(async () => (await boxOf(card('Wait 2 days'))).width).toBeGreaterThan(wide + 4)
    await atRest(page)
    const canvas = await boxOf(page.locator('.canvas'))
    for (const words of ['Wait 2 days', 'What did they do']) {
      const { x, y, width, height } = await boxOf(card(words))
      expect(x >= canvas.x && y >= canvas.y && x + width <= canvas.x + canvas.width && y + height <= canvas.y + canvas.height).toBe(true)
    }
    const stood = await place('Wait 2 days')
    const box = await boxOf(card('Wait 2 days'))
    await page.keyboard.press('Escape')
    await drag({ x: box.x + 30, y: box.y + 14 }, { x: box.x - 170, y: box.y + 60 })
    await expect.poll(() => place('Wait 2 days')).not.toBe(stood)
    const chosen = async () => `${await place('Wait 2 days')} ${await place('What did they do')}`
    const [pulled, other] = [await chosen(), await place('Add 20 points')]
    await choose('Wait 2 days')
    await page.keyboard.down('Shift')
    await choose('What did they do')
    await page.keyboard.up('Shift')
    await page.keyboard.press('t')
    await expect.poll(chosen).not.toBe(pulled)
    expect(await place('Add 20 points')).toBe(other)
    await page.keyboard.press('Control+z')
    await expect.poll(chosen).toBe(pulled)
    await page.keyboard.press('Control+z')
    await expect.poll(() => place('Wait 2 days')).toBe(stood)
    await fitAll(page)
  })

  test('a way is led elsewhere by its end, and by the keyboard', async () => {
    const mail = await boxOf(card('Send choose a mail'))
    const wait = await boxOf(card('Wait 2 days'))
    await drag({ x: mail.x + mail.width / 2, y: mail.y - 5 }, { x: wait.x + wait.width / 2, y: wait.y + 4 })
    await choose('Add 20 points')
    await expect.poll(() => leadsTo().inputValue()).toBe('Wait 2 days')
    await page.keyboard.press('Control+z')
    await choose('Add 20 points')
    await expect.poll(() => leadsTo().inputValue()).toBe('Send choose a mail')
    await choose('Wait 2 days')
    await page.keyboard.press('c')
    await page.locator('.linking-says').waitFor()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await choose('Wait 2 days')
    await expect.poll(() => leadsTo().inputValue()).toBe('Leave: May not be mailed')
    await page.keyboard.press('Control+z')
  })

  test('a step is changed into another kind and keeps its ways and its name', async () => {
    await choose('Wait 2 days')
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Change into…' }).click()
    await page.getByRole('combobox', { name: 'Change into' }).fill('add points')
    await page.keyboard.press('Enter')
    await card('Add 10 points').waitFor()
    await expect.poll(() => leadsTo().inputValue()).toBe('What did they do with it')
    await page.keyboard.press('Control+z')
    await card('Wait 2 days').waitFor()
  })

  test('chosen with a lasso, a step is copied beside itself and into another flow; removed, its neighbours are joined', async () => {
    const steps = page.locator('.react-flow__node-step')
    const ways = page.locator('.react-flow__edge')
    const begun = page.url()
    const before = await steps.count()
    const { x, y, width, height } = await boxOf(card('Wait 2 days'))
    await drag({ x: x - 10, y: y - 8 }, { x: x + width + 10, y: y + height + 10 })
    await expect.poll(() => page.locator('.react-flow__node-step.selected').allTextContents()).toEqual([expect.stringContaining('2 days')])
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+c')
    await page.keyboard.press('Control+v')
    await expect.poll(() => steps.count()).toBe(before + 1)
    await page.keyboard.press('Control+z')
    await expect.poll(() => steps.count()).toBe(before)
    await choose('Wait 2 days')
    const joined = await ways.count()
    await page.keyboard.press('Delete')
    await expect.poll(() => steps.count()).toBe(before - 1)
    await expect.poll(() => ways.count()).toBe(joined - 1)
    await page.keyboard.press('Control+z')
    await expect.poll(() => ways.count()).toBe(joined)
    await saved(page)
    await page.goto(`${house.base()}/flows`)
    await page.getByRole('button', { name: 'New flow' }).first().click()
    await page.getByRole('region', { name: 'Begin' }).waitFor()
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+v')
    await card('Wait 2 days').waitFor()
    await saved(page)
    await page.goto(begun)
    await card('Wait 2 days').waitFor()
  })

  test('a note on the canvas and one on a step are kept', async () => {
    await page.locator('.canvas').focus()
    await page.keyboard.press('n')
    await page.keyboard.type('Who takes the leads of Friday?')
    await page.keyboard.press('Escape')
    await choose('Wait 2 days')
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Note on this step' }).click()
    await page.keyboard.type('One day was too short')
    await saved(page)
    await page.reload()
    await page.getByText('Who takes the leads of Friday?').waitFor()
    await choose('Wait 2 days')
    await expect.poll(() => page.getByLabel('Note on this step').inputValue()).toBe('One day was too short')
  })

  test('letters typed right after Ctrl F are searched for, and never do on the canvas what they mean there', async () => {
    await page.reload()
    await card('Wait 2 days').waitFor()
    const notes = await page.locator('.note-paper').count()
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('ntg')
    const field = page.getByRole('textbox', { name: 'Find in this flow' })
    expect(await field.inputValue()).toBe('ntg')
    // Asked for once more, from the canvas: the field takes the focus again, and what is typed replaces what stood there.
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('nc')
    expect(await field.inputValue()).toBe('nc')
    expect(await page.locator('.note-paper').count()).toBe(notes)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate('document.activeElement?.className')).toContain('canvas')
    // By its name too: the list of commands gives the focus to the field, not back to the canvas.
    await page.keyboard.press('Control+k')
    const commands = page.getByPlaceholder('Find a page, a flow or a contact')
    await commands.fill('Find in this flow')
    await page
      .getByRole('button', { name: /Find in this flow/ })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await commands.waitFor({ state: 'detached' })
    await field.waitFor()
    expect(await field.evaluate((it) => it === it.ownerDocument.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
  })

  test('steps are found by what they say and by their notes, and everything can be done by typing', async () => {
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('too short')
    await page.keyboard.press('Enter')
    await page.getByText('1 of 1').waitFor()
    await expect.poll(() => page.locator('.react-flow__node-step.selected').textContent()).toContain('Wait')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Find a page, a flow or a contact').fill('Add a step: Act · Add tags')
    await page
      .getByRole('button', { name: /Add tags/ })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await card('Tag choose tags').waitFor()
    await page.keyboard.press('Shift+?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(faults).toEqual([])
  })
})
