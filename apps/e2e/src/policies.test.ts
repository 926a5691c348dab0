import { addContacts, createFlow, createIds } from '@baton/db'
import { flowGraph } from '@baton/engine'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { card, choose, saved } from './story/flow.ts'
import { seriousFaults } from './story/pages.ts'
import { invite, joinAs, makeTeam } from './story/people.ts'

const at = (row: number, column = 0) => ({ x: column * 260, y: row * 128 })
const ways = [
  ['in', 'out', 'wait'],
  ['wait', 'out', 'sales'],
  ['sales', 'accepted', 'won'],
  ['sales', 'rejected', 'back'],
  ['sales', 'overflow', 'back'],
]

/**
 * A workspace that lets nothing go live by itself: two approvals, one of sales where people are handed over, and a simulation. Each test
 * goes on where the last stopped.
 */
describe('what a draft needs before it goes live', () => {
  const house = useHouse('policies')
  let nora: Page
  let ines: Page
  let sven: Page
  let base: string
  let flow: string
  const { faults } = house
  const panel = (page: Page) => page.getByRole('complementary', { name: 'Review' })
  const lacking = (page: Page, words: string) => panel(page).getByText(words).waitFor()
  const bothThemes = async (page: Page) => {
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page)).toEqual([])
    }
  }
  const toReview = async (page: Page) => {
    await page.goto(flow)
    await page.locator('.canvas').focus()
    await page.keyboard.press('3')
    await panel(page).waitFor()
  }
  const publish = () => nora.getByRole('button', { name: 'Publish', exact: true }).click()
  const waits = async (days: number) => {
    const step = await choose(nora, 'Wait')
    await step.getByLabel('How long').fill(String(days))
    await card(nora, `Wait ${days} days`).waitFor()
    await saved(nora)
  }
  const ask = async () => {
    await panel(nora).getByLabel('Who looks at it').click()
    await nora.getByRole('option', { name: 'Ines Vogt' }).click()
    await nora.getByRole('option', { name: 'Sven Aas' }).click()
    await nora.keyboard.press('Escape')
    await panel(nora).getByRole('button', { name: 'Ask for a review' }).click()
    await panel(nora).getByText('Nora Eide asks for a review').waitFor()
  }

  const keepForecast = async () => {
    await nora.locator('.canvas').focus()
    await nora.keyboard.press('2')
    const simulation = nora.getByRole('complementary', { name: 'Simulation' })
    await simulation.getByRole('tab', { name: 'Forecast' }).click()
    await simulation.getByRole('button', { name: /^Forecast( again)?$/ }).click()
    await simulation.getByRole('button', { name: 'Keep this forecast with the draft' }).click()
    await simulation.getByText(/^Kept with this draft: a forecast/).waitFor()
  }

  beforeAll(async () => {
    base = house.base()
    nora = await house.admin()
    ines = await house.newcomer()
    await joinAs(ines, await invite(nora, base, 'ines@ledgerline.example', 'Reviewer'), 'Ines Vogt')
    sven = await house.newcomer()
    await joinAs(sven, await invite(nora, base, 'sven@ledgerline.example', 'Sales manager'), 'Sven Aas')
    await makeTeam(nora, base, ['Sven Aas'])
    const { db } = house.server()
    const now = house.clock.now()
    const people = Array.from({ length: 12 }, (_, i) => {
      const email = `p${i}@example.com`
      return { email, external: null, consent: {}, fields: { email } }
    })
    await db.transaction((tx) => addContacts(tx, createIds(db), people, { at: now, textKeys: [] }))
    const [team] = await db.query<{ id: string }>('select id from team')
    const graph = flowGraph.parse({
      format: 1,
      nodes: [
        { id: 'in', type: 'trigger', position: at(0), data: { v: 2, on: { kind: 'manual' } } },
        { id: 'wait', type: 'wait', position: at(1), data: { v: 2, slot: 1, until: { kind: 'duration', amount: 2, unit: 'days' } } },
        { id: 'sales', type: 'hand-to-sales', position: at(2), data: { v: 2, teamId: team?.id, why: 'Asked for a demo' } },
        { id: 'won', type: 'exit', position: at(3), data: { v: 1, label: 'With sales' } },
        { id: 'back', type: 'exit', position: at(3, 1), data: { v: 1, label: 'Not now' } },
      ],
      edges: ways.map(([source, sourceHandle, target]) => ({ id: `${source}.${sourceHandle}`, source, sourceHandle, target })),
    })
    flow = `${base}/flows/${await createFlow(db, { name: 'Demos', graph, by: null, at: now })}`
  })

  test('the admin sets it, and the log says what', async () => {
    await nora.goto(`${base}/settings/review`)
    await nora.getByLabel('Approvals', { exact: true }).first().click()
    await nora.getByRole('option', { name: 'Two', exact: true }).click()
    const sales = nora.getByRole('switch', { name: /^Flows that hand people to sales/ })
    if (!(await sales.isChecked())) await sales.click()
    await nora.getByRole('switch', { name: /^A simulation of the draft/ }).click()
    await nora.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => nora.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await nora.goto(`${base}/settings/system`)
    await nora.getByText('2 approvals, hand-offs by a sales manager, a simulation').waitFor()
    await picture(nora, 'policies-log')
  })

  test('a launch is refused with all that is missing, and leads to the review', async () => {
    await nora.goto(flow)
    await waits(3)
    await publish()
    const dialog = nora.getByRole('dialog')
    for (const words of [
      '2 approvals are missing.',
      'a sales manager or an admin has to approve it.',
      'A simulation of this very draft is missing.',
    ])
      await dialog.getByText(words).waitFor()
    await picture(nora, 'policies-refused')
    await bothThemes(nora)
    await nora.getByRole('button', { name: 'Go to the review' }).click()
    await ask()
  })

  test('without a simulation nobody approves it', async () => {
    await toReview(ines)
    await panel(ines).getByRole('button', { name: 'Approve' }).click()
    await panel(ines).getByRole('alert').getByText('simulation').waitFor()
    await keepForecast()
  })

  test('who looks asks for changes; the author is told, changes it, and asks again', async () => {
    await toReview(ines)
    await panel(ines).getByLabel('Note').last().fill('Three days is too long for a demo.')
    await panel(ines).getByRole('button', { name: 'Ask for changes' }).click()
    await lacking(ines, 'Ines Vogt asked for changes.')
    await picture(ines, 'policies-changes-asked')
    await bothThemes(ines)
    await nora.getByRole('button', { name: /^Notes.*new/ }).click()
    await nora.getByText(/^Ines Vogt asks for changes to Demos/).click()
    await lacking(nora, 'Ines Vogt asked for changes.')
    await panel(nora).getByText('Three days is too long for a demo.').waitFor()
    await nora.locator('.canvas').focus()
    await nora.keyboard.press('1')
    await waits(2)
    await keepForecast()
  })

  test('an approval of marketing alone is not enough; with that of sales it goes live', async () => {
    await toReview(ines)
    await panel(ines).getByRole('button', { name: 'Approve' }).click()
    await lacking(ines, 'a sales manager or an admin has to approve it.')
    await toReview(sven)
    await panel(sven).getByRole('button', { name: 'Approve' }).click()
    await panel(sven).getByText('Approved by Ines Vogt and Sven Aas').waitFor()
    await picture(sven, 'policies-approved')
    await bothThemes(sven)
    await nora.locator('.canvas').focus()
    await nora.keyboard.press('1')
    await publish()
    const dialog = nora.getByRole('dialog')
    await dialog.getByRole('button', { name: /^Publish/ }).waitFor()
    for (const field of await dialog.getByLabel(/^Why this may stand/).all()) await field.fill('They come again by hand.')
    await dialog.getByRole('button', { name: /^Publish/ }).click()
    await nora.getByText('Version 1 is live').first().waitFor()
    await nora.goto(`${base}/settings/system`)
    const log = nora.getByRole('table', { name: 'Who changed what' })
    for (const words of ['Published a flow, version · Demos', 'Approved a draft · Demos', 'Asked for changes to a draft · Demos'])
      await log.getByRole('row', { name: words }).first().waitFor()
    await bothThemes(nora)
    expect(faults.filter((it) => !it.includes('412'))).toEqual([])
  })
})
