import { createFlow } from '@baton/db'
import { flowGraph } from '@baton/engine'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { choose } from './story/flow.ts'
import { seriousFaults } from './story/pages.ts'

const at = (row: number) => ({ x: 0, y: row * 128 })
const graph = flowGraph.parse({
  format: 1,
  nodes: [
    { id: 'in', type: 'trigger', position: at(0), data: { v: 2, on: { kind: 'manual' } } },
    { id: 'mail', type: 'send-email', position: at(1), data: { v: 1, templateId: '' } },
    { id: 'out', type: 'exit', position: at(2), data: { v: 1, label: 'Done' } },
  ],
  edges: [
    { id: 'a', source: 'in', sourceHandle: 'out', target: 'mail' },
    { id: 'b', source: 'mail', sourceHandle: 'out', target: 'out' },
  ],
})

/** Nora writes the mail of a step without leaving the flow and without seeing its source. Each test goes on where the last stopped. */
describe('a mail written at its step', () => {
  const house = useHouse('mail')
  let nora: Page
  let base: string
  let flowId: string
  const dialog = () => nora.getByRole('dialog')
  const piece = (name: string): Locator => dialog().getByRole('group', { name, exact: true })
  const mail = () => dialog().frameLocator('iframe[title="The mail"]').locator('body')
  const body = async () =>
    String((await house.server().db.query<{ body: string }>(`select body from template order by created_at desc limit 1`))[0]?.body)

  beforeAll(async () => {
    base = house.base()
    nora = await house.admin()
    flowId = await createFlow(house.server().db, { name: 'Warm up', graph, by: null, at: house.clock.now() })
  })

  test('made from a layout, it is opened where it is sent', async () => {
    await nora.goto(`${base}/flows/${flowId}`)
    const step = await choose(nora, 'Send')
    await step.getByRole('button', { name: 'Write a mail' }).click()
    await dialog().locator('.layout', { hasText: 'Announcement' }).click()
    await dialog().getByRole('button', { name: 'Make the message' }).click()
    await dialog().waitFor({ state: 'hidden' })
    await step.getByRole('button', { name: 'Edit this mail' }).click()
    await piece('Headline 1').getByLabel('Words').waitFor()
    await mail().getByText('Say the news in one line').waitFor()
  })

  test('headline, text, button and picture are changed by filling in, and seen at once', async () => {
    await piece('Headline 1').getByLabel('Words').fill('Close the books in two days')
    await piece('Text 3').getByLabel('Words').fill('Now with accruals. ')
    await nora.keyboard.type('[All of it](https://ledgerline.example/new)')
    await piece('Button 1').getByLabel('Words').fill('Watch it')
    await piece('Button 1').getByLabel('Leads to').fill('https://ledgerline.example/watch?a=1&b=2')
    await piece('Button 1').getByLabel('Leads to').focus()
    await dialog().getByRole('button', { name: 'Add' }).click()
    await nora.getByRole('menuitem', { name: 'Image' }).click()
    await piece('Picture 1').getByLabel('Address of the picture').fill('data:image/gif;base64,R0lGODlhAQABAAAAACw=')
    await piece('Picture 1').getByLabel('What it shows').fill('A chart of "days to close"')
    await mail().getByRole('heading', { name: 'Close the books' }).or(mail().getByText('Close the books in two days')).first().waitFor()
    expect(await mail().getByText('All of it').getAttribute('href')).toBe('https://ledgerline.example/new')
    await mail().getByText('Watch it').waitFor()
    await mail().getByAltText('A chart of "days to close"').waitFor()
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(nora, theme)
      expect(await seriousFaults(nora)).toEqual([])
    }
    await picture(nora, 'mail-at-its-step')
  })

  test('pieces change places and go, and each is one step of undo', async () => {
    const order = () =>
      dialog()
        .locator('.part')
        .evaluateAll((all) => all.map((it) => it.getAttribute('aria-label')))
    const was = await order()
    await piece('Picture 1').getByRole('button', { name: 'Up' }).click()
    expect((await order()).indexOf('Picture 1')).toBe(was.indexOf('Picture 1') - 1)
    await piece('Picture 1').getByRole('button', { name: 'Remove the picture' }).click()
    expect(await order()).not.toContain('Picture 1')
    await dialog().getByRole('button', { name: 'Undo' }).click()
    await dialog().getByRole('button', { name: 'Undo' }).click()
    expect(await order()).toEqual(was)
    await dialog().getByRole('button', { name: 'Redo' }).click()
    await dialog().getByRole('button', { name: 'Undo' }).click()
  })

  test('saved, nothing of what a layout brings was lost', async () => {
    const before = await body()
    await dialog().getByRole('button', { name: /^Save/ }).click()
    await nora.getByText('Saved as version 2.').waitFor()
    const after = await body()
    const [head, tail] = [/^[\s\S]*<\/mj-head>/, /<mj-raw>[\s\S]*$/]
    expect([head.exec(after)?.[0], tail.exec(after)?.[0]]).toEqual([head.exec(before)?.[0], tail.exec(before)?.[0]])
    expect(after).toContain('<mj-button align="left" href="https://ledgerline.example/watch?a=1&b=2">Watch it</mj-button>')
    expect(after).toContain('mj-class="title" color="#ffffff">Close the books in two days<')
  })

  test('what is written by hand stays, what the form cannot show is left to the source, and a mistake names its line', async () => {
    await dialog().getByRole('tab', { name: 'Source' }).click()
    const source = dialog().getByLabel('Body')
    await source.fill(
      '<mjml><mj-body><mj-section><mj-column><mj-text><ul><li>one</li></ul></mj-text><mj-text>Two</mj-text></mj-column></mj-section></mj-body>',
    )
    await dialog().getByRole('tab', { name: 'Design' }).click()
    await dialog().getByText('The tags of this mail are not in order.').waitFor()
    await dialog().getByRole('button', { name: 'Go to the source' }).click()
    await source.fill(
      '<mjml><mj-body><mj-section><mj-column><mj-text><ul><li>one</li></ul></mj-text><mj-text>Two</mj-text></mj-column></mj-section><mj-raw>{{ footer }}</mj-raw></mj-body></mjml>',
    )
    await dialog().getByRole('tab', { name: 'Design' }).click()
    await piece('Text 1').getByRole('button', { name: 'Change it in the source' }).waitFor()
    await piece('Text 2').getByLabel('Words').fill('Three')
    await dialog().getByRole('button', { name: /^Save/ }).click()
    await nora.getByText('Saved as version 3.').waitFor()
    expect(await body()).toContain('<mj-text><ul><li>one</li></ul></mj-text><mj-text>Three</mj-text>')
  })

  test('closed with something unsaved, it asks first', async () => {
    await piece('Text 2').getByLabel('Words').fill('Four')
    await dialog().getByRole('button', { name: 'Close' }).last().click()
    await nora.getByText('Close without saving?').waitFor()
    await nora.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => piece('Text 2').getByLabel('Words').inputValue()).toBe('Four')
    await nora.keyboard.press('Control+s')
    await nora.getByText('Saved as version 4.').waitFor()
    await dialog().getByRole('button', { name: 'Close' }).last().click()
    await dialog().waitFor({ state: 'hidden' })
    expect(house.faults).toEqual([])
  })
})
