import { addContacts, createFlow, createIds, updateWorkspace } from '@baton/db'
import { flowGraph } from '@baton/engine'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { card, choose, saved } from './story/flow.ts'
import { seriousFaults } from './story/pages.ts'

const at = (row: number) => ({ x: 0, y: row * 128 })
const graph = flowGraph.parse({
  format: 1,
  nodes: [
    { id: 'in', type: 'trigger', position: at(0), data: { v: 2, on: { kind: 'manual' } } },
    { id: 'wait', type: 'wait', position: at(1), data: { v: 2, slot: 1, until: { kind: 'duration', amount: 2, unit: 'days' } } },
    { id: 'out', type: 'exit', position: at(2), data: { v: 1, label: 'Done' } },
  ],
  edges: [
    { id: 'a', source: 'in', sourceHandle: 'out', target: 'wait' },
    { id: 'b', source: 'wait', sourceHandle: 'out', target: 'out' },
  ],
})

/** A flow gets a second version, goes back to the first, and goes live while nobody looks. Each test goes on where the last stopped. */
describe('versions, and a draft that goes live at a time', () => {
  const house = useHouse('versions')
  let page: Page
  let flowId: string
  const { faults } = house
  const panel = () => page.getByRole('complementary', { name: 'Review' })
  const dialog = () => page.getByRole('dialog')
  const bothThemes = async () => {
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page)).toEqual([])
    }
  }
  const publish = async () => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await dialog()
      .getByRole('button', { name: /^Publish/ })
      .click()
  }
  const waits = async (days: number) => {
    const step = await choose(page, 'Wait')
    await step.getByLabel('How long').fill(String(days))
    await card(page, `Wait ${days} days`).waitFor()
    await saved(page)
  }
  const toVersions = async () => {
    await page.getByRole('button', { name: /What can be done with this flow/ }).click()
    await page.getByRole('menuitem', { name: 'Versions' }).click()
    await dialog()
      .getByRole('heading', { name: /^Version 1/ })
      .waitFor()
  }

  beforeAll(async () => {
    page = await house.admin()
    const { db } = house.server()
    const now = house.clock.now()
    const people = Array.from({ length: 12 }, (_, i) => {
      const email = `p${i}@example.com`
      return { email, external: null, consent: {}, fields: { email } }
    })
    await db.transaction((tx) => addContacts(tx, createIds(db), people, { at: now, textKeys: [] }))
    flowId = await createFlow(db, { name: 'Warm up', graph, by: null, at: now })
  })

  test('two versions go live; they are seen beside each other, on the canvas and in words', async () => {
    await page.goto(`${house.base()}/flows/${flowId}`)
    await publish()
    await page.getByText('Version 1 is live').first().waitFor()
    await page.keyboard.press('1')
    await waits(5)
    await publish()
    await page.getByText('Version 2 is live').first().waitFor()
    await toVersions()
    await picture(page, 'versions')
    await bothThemes()
    await dialog().getByRole('button', { name: 'Compare with 1' }).click()
    const changes = panel().getByRole('list', { name: 'Changes' })
    await changes.getByText('Wait 5 days').waitFor()
    expect(await changes.textContent()).toMatch(/2.*→.*5/)
    await expect.poll(() => page.locator('.mark.changed').count()).toBe(1)
    await picture(page, 'compare')
    await bothThemes()
    await panel().getByRole('combobox', { name: 'Before' }).selectOption('2')
    await panel().getByText('Version 2 does the same as version 2.').waitFor()
    await panel()
      .getByRole('button', { name: /^Back to the draft/ })
      .click()
    await panel().getByText('Draft does the same as version 2.').waitFor()
  })

  test('the first one is taken back as the draft; undo brings back what was there', async () => {
    await toVersions()
    await dialog().getByRole('listitem').filter({ hasText: 'Version 1' }).getByRole('button', { name: 'Restore as the draft' }).click()
    await card(page, 'Wait 2 days').waitFor()
    await page.getByText('The draft is version 1 now.').waitFor()
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+z')
    await card(page, 'Wait 5 days').waitFor()
    await page.keyboard.press('Control+y')
    await card(page, 'Wait 2 days').waitFor()
    await saved(page)
  })

  test('a simulation of it is kept, and the review shows it; another draft makes it stale', async () => {
    await page.keyboard.press('2')
    const simulation = page.getByRole('complementary', { name: 'Simulation' })
    await simulation.getByRole('tab', { name: 'Forecast' }).click()
    await simulation.getByRole('button', { name: 'Forecast', exact: true }).click()
    await simulation.getByRole('button', { name: 'Keep this forecast with the draft' }).click()
    await simulation.getByText(/^Kept with this draft: a forecast/).waitFor()
    await page.keyboard.press('3')
    await panel().getByText('Forecast of 90 days').waitFor()
    await picture(page, 'review-simulation')
    await bothThemes()
    await page.keyboard.press('1')
    await waits(3)
    await page.locator('.canvas').focus()
    await page.keyboard.press('3')
    await panel().getByText('It is of an earlier draft.').waitFor()
    await page.keyboard.press('1')
  })

  test('a launch is planned, seen by whoever opens the flow, called off, planned again, and carried out', async () => {
    const plan = async (time: string) => {
      await page.getByRole('button', { name: 'Publish', exact: true }).click()
      await dialog().getByRole('radio', { name: 'At a time' }).click()
      await dialog().getByLabel('When it goes live').fill(time)
      await picture(page, 'launch')
      await bothThemes()
      await dialog().getByRole('button', { name: 'Plan the launch' }).click()
      await page.getByText(/^goes live/).waitFor()
    }
    await plan('2026-03-10T12:00')
    await page.getByRole('button', { name: 'Call it off' }).click()
    await expect.poll(() => page.getByText(/^goes live/).count()).toBe(0)
    await plan('2026-03-10T13:00')
    await page.reload()
    await page.getByText(/^goes live/).waitFor()
    house.clock.forward(6 * 3_600_000)
    await house.server().chores.run('launch-drafts')
    await page.reload()
    await page.getByText('Version 3', { exact: true }).first().waitFor()
    expect(await page.getByText(/^goes live/).count()).toBe(0)
  })

  test('a launch that may not take place is told by mail too, with why, and where to go', async () => {
    const sender = { senderAddress: 'hello@ledgerline.example', postalAddress: 'Lindenstraße 12, Berlin' }
    await updateWorkspace(house.server().db, sender)
    await page.locator('.canvas').focus()
    await page.keyboard.press('1')
    await waits(6)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await dialog().getByRole('radio', { name: 'At a time' }).click()
    await dialog().getByLabel('When it goes live').fill('2026-03-10T18:00')
    await dialog().getByRole('button', { name: 'Plan the launch' }).click()
    await page.getByText(/^goes live/).waitFor()
    await waits(7)
    house.clock.forward(8 * 3_600_000)
    await house.server().chores.run('launch-drafts')
    await expect.poll(() => house.sink().mails.map((it) => it.subject)).toContain('Warm up did not go live as planned')
    const mail = house.sink().mails.find((it) => it.subject === 'Warm up did not go live as planned')
    expect(mail?.text).toMatch(/The draft was changed since Nora Eide planned this\./)
    expect(mail?.text).toContain(`/flows/${flowId}`)
    await page.reload()
    await expect.poll(() => page.getByText(/^goes live/).count()).toBe(0)
    expect(faults).toEqual([])
  })

  test('what was published by another page meanwhile is not published again: it says that there is nothing to do', async () => {
    const { db } = house.server()
    const id = await createFlow(db, { name: 'Twice', graph, by: null, at: house.clock.now() })
    await page.goto(`${house.base()}/flows/${id}`)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const ready = dialog().getByRole('button', { name: /^Publish/ })
    await ready.waitFor()
    const second = await page.context().newPage()
    await second.goto(`${house.base()}/flows/${id}`)
    await second.getByRole('button', { name: 'Go on here…' }).click()
    await second.getByRole('dialog').getByRole('button', { name: 'Go on here', exact: true }).click()
    await second.getByRole('button', { name: 'Publish', exact: true }).click()
    await second
      .getByRole('dialog')
      .getByRole('button', { name: /^Publish/ })
      .click()
    await second.getByText('Version 1 is live').first().waitFor()
    await picture(page, 'twice')
    await ready.click()
    await page.getByText('The draft does the same as version 1. There is nothing to publish.').waitFor()
    await picture(page, 'twice-told')
    const versions = await db.query<{ n: number }>('select count(*)::int as n from version where flow_id = $1', [id])
    expect(versions).toEqual([{ n: 1 }])
    await second.close()
  })
})
