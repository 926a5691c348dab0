import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { bringIn } from './kinds/draw.ts'
import { openStep, panel, sentence, step, typeOver } from './kinds/editor.ts'
import { saved } from './story/flow.ts'
import { seriousFaults } from './story/pages.ts'

const body =
  '<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ contact.first_name }}.</mj-text></mj-column></mj-section></mj-body></mjml>'

const nodes = [
  ['start', 'trigger', { v: 2, on: { kind: 'segment', segmentId: 'seg_trial', way: 'joined' } }],
  ['wait', 'wait', { v: 2, until: { kind: 'duration', amount: 2, unit: 'days' }, slot: 1 }],
  ['which', 'branch', { v: 1, cases: [{ id: 'case-1', name: 'Yes', when: { combinator: 'and', rules: [] } }] }],
  ['mail', 'send-email', { v: 2, templateId: 'tpl_spring' }],
  ['put', 'list', { v: 1, action: 'put-on', segmentId: 'seg_trial' }],
  ['hand', 'hand-to-sales', { v: 1, teamId: null, why: 'They asked', voicemail: { attempts: 3 } }],
  ['done', 'exit', { v: 1, label: 'Done', finished: true }],
] as const

const WAYS = ['start.out>wait', 'wait.out>which', 'which.case-1>mail', 'which.otherwise>hand', 'mail.sent>put', 'put.out>done']

/** A flow that goes by a segment and sends a mail, as a file of another installation. */
const file = JSON.stringify({
  format: 1,
  flows: [
    {
      id: 'flw_spring',
      name: 'Spring',
      graph: {
        format: 1,
        nodes: nodes.map(([id, type, data], row) => ({ id, type, position: { x: id === 'hand' ? 700 : 0, y: row * 144 }, data })),
        edges: WAYS.map((id) => {
          const [source, sourceHandle, target] = id.split(/[.>]/)
          return { id, source, sourceHandle, target }
        }),
        settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
      },
    },
  ],
  segments: [{ id: 'seg_trial', name: 'On trial', list: true }],
  templates: [{ id: 'tpl_spring', name: 'Spring offer', subject: 'Spring', purpose: 'marketing', topic: 'product', body }],
  topics: [{ id: 'product', name: 'Product news', description: 'What is new.' }],
})

/** What is typed in the panel, and what the card, the field and the list of problems make of it. Each test goes on where the last stopped. */
describe('the panel of a step', () => {
  const house = useHouse('inspector')
  let page: Page
  const find = () => page.getByRole('textbox', { name: 'Find in this flow' })
  const bothThemes = async (what: string, part?: string) => {
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page, part), `${what}, ${theme}`).toEqual([])
    }
  }
  const undo = async () => {
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+z')
  }

  beforeAll(async () => {
    page = await house.admin()
    await bringIn(page, house.base(), file)
    await step(page, 'wait').waitFor()
  })

  test('steps are found by the segment and by the mail that they use, and say why', async () => {
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+f')
    const hits = page.locator('.find-list li')
    await find().fill('on trial')
    await expect.poll(() => hits.count()).toBe(2)
    await page.keyboard.press('Enter')
    await page.getByText('1 of 2').waitFor()
    await expect.poll(() => step(page, 'start').getAttribute('class')).toContain('selected')
    await bothThemes('the find bar')
    await picture(page, 'inspector-found')
    // A step with a name of its own still says what it uses.
    await page.keyboard.press('Escape')
    const form = await openStep(page, 'mail')
    await form.getByLabel('Name of the step').fill('The first one')
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+f')
    await find().fill('spring offer')
    await expect.poll(() => hits.count()).toBe(1)
    await expect.poll(() => hits.first().textContent()).toContain('The first one')
    expect(await hits.first().textContent()).toContain('Spring offer')
    await find().fill('hanover')
    await page.getByText('Nothing in this flow says or uses “hanover”.').waitFor()
    await bothThemes('nothing found')
    await page.keyboard.press('Escape')
    await undo()
  })

  test('a condition with and, or, and a group in it reads on the card as it was built', async () => {
    const form = await openStep(page, 'which')
    const add = (part: Locator) => part.getByRole('button', { name: 'Add a condition' })
    /** What is asked of whom: the value is asked for as soon as there is something to compare. */
    const condition = async (field: string, value: string) => {
      await page.getByRole('option', { name: field, exact: true }).click()
      await page.locator('.pick input').last().waitFor()
      await page.keyboard.type(value)
      await page.keyboard.press('Enter')
    }
    const inner = form.locator('.cond-group.in')
    await add(form).last().click()
    await condition('Job title', 'Engineer')
    await expect.poll(() => sentence(page, 'which')).toBe('If Job title is Engineer')
    await add(form).last().click()
    await condition('Company', 'Fjord')
    await expect.poll(() => sentence(page, 'which')).toBe('If Job title is Engineer and Company is Fjord')
    await form.getByRole('button', { name: 'and', exact: true }).click()
    await expect.poll(() => sentence(page, 'which')).toBe('If Job title is Engineer or Company is Fjord')
    await form.getByRole('button', { name: 'All of', exact: true }).click()
    // The count of what was asked before stands until the next one comes, which is a while when there are many contacts.
    await form.locator('.who-goes[aria-busy=false]').waitFor()
    let count = () => {}
    const held = new Promise<void>((resolve) => {
      count = resolve
    })
    await page.route(/segments\.cases/, async (route) => {
      await held
      await route.continue()
    })
    // A fresh group asks at once.
    await condition('Company', 'Nordic')
    await add(inner).click()
    await condition('Job title', 'Buyer')
    const whole = 'If Job title is Engineer or Company is Fjord or (Company is Nordic and Job title is Buyer)'
    await expect.poll(() => sentence(page, 'which')).toBe(whole)
    await expect.poll(() => step(page, 'which').locator('.node.error').count()).toBe(0)
    // Two lines fit on a card; the rest is a word for who points at it, and the name of the step for who listens.
    expect(await step(page, 'which').locator('.node').getAttribute('title')).toBe(whole)
    await form.locator('.who-goes[aria-busy=true]').waitFor()
    await bothThemes('a condition with a group', '.insp')
    count()
    await form.locator('.who-goes[aria-busy=false]').waitFor()
    await page.unroute(/segments\.cases/)
    await picture(page, 'inspector-condition')
    await inner.getByRole('button', { name: 'Not', exact: true }).click()
    await expect
      .poll(() => sentence(page, 'which'))
      .toBe('If Job title is Engineer or Company is Fjord or not (Company is Nordic and Job title is Buyer)')
    await undo()
    await expect.poll(() => sentence(page, 'which')).toBe(whole)
    await saved(page)
  })

  test('a value that is missing is said at its field, on the card and among the problems, and is mended there', async () => {
    const form = await openStep(page, 'wait')
    const field = form.getByLabel('How long')
    await expect.poll(() => step(page, 'wait').locator('.node.error').count()).toBe(0)
    await typeOver(page, field, '')
    await page.keyboard.press('Delete')
    await step(page, 'wait').locator('.node.error .badge').waitFor()
    const below = await field.getAttribute('aria-describedby')
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator(`[id="${below?.split(' ').find((it) => it.endsWith('error'))}"]`).textContent()).toMatch(/^\S.*\.$/)
    await bothThemes('a field that is wrong', '.insp')
    await picture(page, 'inspector-wrong')
    await typeOver(page, field, '3')
    await expect.poll(() => step(page, 'wait').locator('.node.error').count()).toBe(0)
    expect(await field.getAttribute('aria-invalid')).not.toBe('true')
    await undo()
    await expect.poll(() => sentence(page, 'wait')).toBe('Wait 2 days')
  })

  test('what no step can hold is refused at its field, which stays there with its form', async () => {
    const form = await openStep(page, 'hand')
    const field = form.getByLabel('Tries in all')
    await typeOver(page, field, '150')
    await form.getByText('At most 100. The step keeps what it had.').first().waitFor()
    await field.waitFor()
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    await picture(page, 'inspector-refused')
    await typeOver(page, field, '5')
    await expect.poll(() => form.getByText('At most 100.').count()).toBe(0)
    expect(await field.inputValue()).toBe('5')
    await saved(page)
    await page.reload()
    expect(await (await openStep(page, 'hand')).getByLabel('Tries in all').inputValue()).toBe('5')
  })

  test('the form of every step there is can be used by everybody, in either theme', async () => {
    await page.goto(`${house.base()}/flows`)
    await page.getByRole('button', { name: 'New flow' }).first().click()
    await page.getByRole('region', { name: 'Begin' }).waitFor()
    const lines = page.getByRole('complementary', { name: 'Steps' })
    await lines.getByRole('button', { name: /^\d+ more$/ }).click()
    const all = await lines.locator('.palette-line:not(.palette-more)').allTextContents()
    expect(all.length).toBeGreaterThan(25)
    const wrong: string[] = []
    for (const [i, name] of all.entries()) {
      await lines.getByRole('button', { name, exact: true }).click()
      await expect.poll(() => page.locator('.react-flow__node-step').count(), { message: name }).toBe(i + 1)
      await panel(page).getByLabel('Name of the step').waitFor()
      for (const theme of ['dark', 'light'] as const) {
        await inTheme(page, theme)
        wrong.push(...(await seriousFaults(page, '.insp')).map((it) => `${name}, ${theme}: ${it}`))
      }
    }
    expect(wrong).toEqual([])
    await picture(page, 'inspector-all')
    await bothThemes('all of them', '.canvas')
  })

  test('nothing wrong was said on the console', () => expect(house.faults).toEqual([]))
})
