import { createFlow } from '@baton/db'
import { flowGraph } from '@baton/engine'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { card } from './story/flow.ts'
import { seriousFaults } from './story/pages.ts'

const score = (op: string, value: number) => ({
  combinator: 'and',
  rules: [{ subject: { kind: 'score', dimension: 'fit' }, op, value }],
})

/** A case that another one covers, and a wait for an opened mail. */
const graph = flowGraph.parse({
  format: 1,
  nodes: [
    { id: 'in', type: 'trigger', position: { x: 0, y: 0 }, data: { v: 2, on: { kind: 'manual' } } },
    {
      id: 'which',
      type: 'branch',
      position: { x: 0, y: 128 },
      data: {
        v: 1,
        name: 'How well do they fit',
        cases: [
          { id: 'warm', name: 'Warm', when: score('ge', 30) },
          { id: 'hot', name: 'Qualified', when: score('ge', 60) },
        ],
      },
    },
    {
      id: 'wait',
      type: 'wait',
      position: { x: 0, y: 280 },
      data: {
        v: 2,
        slot: 1,
        until: {
          kind: 'event',
          timeOut: { amount: 3, unit: 'days' },
          branches: [{ id: 'opened', name: 'Opened it', match: { kind: 'event', type: 'mail.opened' } }],
        },
      },
    },
    { id: 'out', type: 'exit', position: { x: 0, y: 420 }, data: { v: 1, label: 'Done' } },
  ],
  edges: [
    { id: 'a', source: 'in', sourceHandle: 'out', target: 'which' },
    { id: 'b', source: 'which', sourceHandle: 'warm', target: 'wait' },
    { id: 'c', source: 'which', sourceHandle: 'hot', target: 'out' },
    { id: 'd', source: 'which', sourceHandle: 'otherwise', target: 'out' },
    { id: 'e', source: 'wait', sourceHandle: 'opened', target: 'out' },
    { id: 'f', source: 'wait', sourceHandle: 'time-out', target: 'out' },
  ],
})

/** What the checks find is let stand with a reason, in the list and before a launch, and the reasons stay with the version. */
describe('warnings', () => {
  const house = useHouse('warnings')
  let page: Page
  let base: string
  let flowId: string
  const { faults } = house
  const bar = () => page.getByRole('button', { name: /warning/ })

  beforeAll(async () => {
    base = house.base()
    page = await house.admin()
    flowId = await createFlow(house.server().db, { name: 'Warm up', graph, by: null, at: house.clock.now() })
    await page.goto(`${base}/flows/${flowId}`)
  })

  test('are found as one draws, off the page’s own thread, and say what to do', async () => {
    await bar().click()
    const list = page.getByRole('list', { name: 'Problems' })
    await list.getByText('Nobody can go to Qualified: it is covered by Warm, which is asked first.').waitFor()
    await list.getByText('Whether a mail was opened is not known for sure').waitFor()
    const workers = page.workers().map((it) => it.url())
    expect(workers.some((it) => it.includes('check'))).toBe(true)
    await picture(page, 'warnings-list')
  })

  test('are let stand in the list, and that is remembered', async () => {
    const field = page.getByLabel(/^Why this may stand: Nobody can go to Qualified/)
    await field.fill('Qualified is for later.')
    await field.press('Enter')
    await page.getByText('Stands: Qualified is for later.').waitFor()
    await page.reload()
    await card(page, 'How well').waitFor()
    await bar().click()
    await page.getByText('Stands: Qualified is for later.').waitFor()
    await page.getByRole('button', { name: /^Change why this may stand/ }).waitFor()
  })

  test('stop a launch until each has a reason, and stay with the version', async () => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Stands: Qualified is for later.').waitFor()
    await dialog.getByText('One warning needs a reason.').waitFor()
    const go = dialog.getByRole('button', { name: /^Publish/ })
    expect(await go.isDisabled()).toBe(true)
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page)).toEqual([])
    }
    await picture(page, 'warnings-publish')
    await dialog.getByLabel(/^Why this may stand: Whether a mail/).fill('Our own reader tells for sure.')
    await go.click()
    await page.getByText('Version 1 is live').first().waitFor()
    await page.getByRole('button', { name: /What can be done with this flow/ }).click()
    await page.getByRole('menuitem', { name: 'Versions' }).click()
    const versions = page.getByRole('dialog', { name: 'Versions of Warm up' })
    await versions.getByText('Our own reader tells for sure.').waitFor()
    await versions.getByText('Qualified is for later.').waitFor()
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page)).toEqual([])
    }
    await picture(page, 'warnings-versions')
    expect(faults).toEqual([])
  })
})
