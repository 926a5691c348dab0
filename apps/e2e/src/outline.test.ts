import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { arrives, command, pickStep, press } from './build/keys.ts'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { bringIn, launch } from './kinds/draw.ts'
import { panel } from './kinds/editor.ts'
import { trialFlow } from './outline/flow.ts'
import { line, reads } from './outline/lines.ts'
import { saved } from './story/flow.ts'
import { seriousFaults } from './story/pages.ts'

const HAND = '1 When they are added by hand'
const FORK = '2 By chance: Called 50%, Left alone 50%'
const APART = ['1 Not reached', '2 Tag lost', '3 Leads nowhere yet'] as const
const WAYS = [
  '3 Called',
  '4 Tag called',
  '4 Finish: Trial over',
  '3 Left alone',
  '4 Wait 5 days',
  '4 Continues at Finish: Trial over',
] as const

/** The same flow as a tree. Each test leaves it as it was, by undoing, but for the last ones. */
describe('a flow in its outline', () => {
  const house = useHouse('outline')
  let page: Page
  const { faults } = house
  const asBefore = () => reads(page, HAND, '2 Tag trial', '2 Wait 2 days', FORK, ...WAYS, ...APART)
  /** Undoes until the flow is as it was. */
  const undo = async (steps: number) => {
    for (let i = 0; i < steps; i++) await page.keyboard.press('Control+z')
    await asBefore()
  }
  const go = async (words: RegExp) => {
    await line(page, words).click()
    await arrives(page, words)
  }

  beforeAll(async () => {
    page = await house.admin()
    await bringIn(page, house.base(), trialFlow())
    await page.locator('.react-flow__node').first().waitFor()
  })

  test('O turns the canvas over and takes the focus along; what is chosen stays chosen; the person finds it so again', async () => {
    await page.locator('.react-flow__node', { hasText: 'Wait 5 days' }).locator('.body').click()
    await page.keyboard.press('o')
    await arrives(page, /^Wait, Wait 5 days/)
    await asBefore()
    expect(await line(page, /^Wait, Wait 5 days/).getAttribute('aria-selected')).toBe('true')
    await press(page, 'Home', 'ArrowDown', 'o')
    await page.locator('.react-flow__node.selected', { hasText: 'Tag trial' }).waitFor()
    await arrives(page, /^Flow\. Arrow keys/)
    await command(page, 'Show it as an outline')
    await asBefore()
    await page.reload()
    await asBefore()
    await page.getByRole('radio', { name: 'Canvas' }).click()
    await page.locator('.react-flow__node').first().waitFor()
    await page.getByRole('radio', { name: 'Outline' }).click()
    await asBefore()
  })

  test('the keys of a tree go through it', async () => {
    await go(/^Start/)
    await press(page, 'End')
    await arrives(page, /^Leads nowhere yet/)
    await press(page, 'ArrowUp', 'ArrowLeft', 'ArrowLeft')
    await arrives(page, /^Not reached, 1 step/)
    await press(page, 'ArrowLeft')
    await reads(page, HAND, '2 Tag trial', '2 Wait 2 days', FORK, ...WAYS, '1 Not reached')
    await press(page, 'ArrowRight', 'ArrowRight', 'ArrowRight')
    await arrives(page, /^Tags, Tag lost, 2 errors, The way out/)
    // By first letters; one again goes on to the next that begins so.
    await press(page, 't', 't')
    await arrives(page, /^Tags, Tag called/)
    await press(page, 'ArrowLeft')
    await arrives(page, /^Way Called/)
    await press(page, 'ArrowLeft')
    await reads(page, HAND, '2 Tag trial', '2 Wait 2 days', FORK, WAYS[0], ...WAYS.slice(3), ...APART)
    await press(page, '*')
    await asBefore()
    await press(page, 'w')
    await arrives(page, /^Wait, Wait 5 days/)
    await press(page, 'ArrowDown', 'Enter')
    await arrives(page, /^Leave, Finish: Trial over/)
    await press(page, 'Home')
    await arrives(page, /^Start/)
  })

  test('steps are added behind and before, renamed, moved up and down, duplicated and removed by keys', async () => {
    await go(/^Tags, Tag trial/)
    await press(page, '/')
    await pickStep(page, 'add points')
    await arrives(page, /^Points/)
    await press(page, 'Shift+Enter')
    await pickStep(page, 'for a time')
    await arrives(page, /^Wait, Wait 1 day/)
    await reads(page, HAND, '2 Tag trial', '2 Wait 1 day', '2 Add 10 points to Engagement', '2 Wait 2 days', FORK, ...WAYS, ...APART)
    await press(page, 'F2')
    await arrives(page, /^New name of the step/)
    await page.keyboard.type('Let them look')
    await press(page, 'Enter')
    await arrives(page, /^Wait, Let them look/)
    await press(page, 'Alt+ArrowDown', 'Alt+ArrowDown')
    await reads(page, HAND, '2 Tag trial', '2 Add 10 points to Engagement', '2 Wait 2 days', '2 Let them look', FORK, ...WAYS, ...APART)
    await press(page, 'Alt+ArrowUp')
    await press(page, 'Control+d')
    await reads(
      page,
      ...[HAND, '2 Tag trial', '2 Add 10 points to Engagement', '2 Let them look', '2 Let them look', '2 Wait 2 days', FORK],
      ...[...WAYS, ...APART],
    )
    await press(page, 'Delete')
    await arrives(page, /^Wait, Wait 2 days/)
    await press(page, 'Alt+ArrowUp', 'Alt+ArrowUp', 'Alt+ArrowUp', 'Alt+ArrowUp')
    await page.getByText('It cannot go further up on this line.').waitFor({ state: 'attached' })
    await reads(page, HAND, '2 Wait 2 days', '2 Tag trial', '2 Add 10 points to Engagement', '2 Let them look', FORK, ...WAYS, ...APART)
    await undo(11)
  })

  test('a way is led elsewhere and taken away, a step is taken up and put down in another way', async () => {
    await go(/^Leads nowhere yet/)
    await press(page, 'c')
    await page.getByText('Where does “Tag lost” lead?').waitFor()
    await press(page, 'f')
    await arrives(page, /^Leave, Finish/)
    await press(page, 'Enter')
    const joined = ['1 Not reached', '2 Tag lost', '3 Continues at Finish: Trial over'] as const
    await reads(page, HAND, '2 Tag trial', '2 Wait 2 days', FORK, ...WAYS, ...joined)
    await press(page, 'End', 'Delete')
    await asBefore()
    await undo(2)
    await go(/^Wait, Wait 2 days/)
    await press(page, 'Control+x')
    await page.getByText('Behind which step shall “Wait 2 days” come?').waitFor()
    await press(page, 'l')
    await arrives(page, /^Way Left alone/)
    await press(page, 'Control+v')
    await arrives(page, /^Wait, Wait 2 days/)
    await reads(page, HAND, '2 Tag trial', FORK, ...WAYS.slice(0, 4), '4 Wait 2 days', ...WAYS.slice(4), ...APART)
    await undo(1)
  })

  test('all of it by presses: add, lead, move, change, remove, note', async () => {
    const bar = page.getByRole('toolbar', { name: 'What can be done with the chosen line' })
    const menu = async (words: RegExp, deed: string) => {
      await line(page, words).click({ button: 'right' })
      await page.getByRole('menuitem', { name: deed }).click()
    }
    await line(page, /^Wait, Wait 5 days/).click()
    await bar.getByRole('button', { name: 'Add a step' }).click()
    await page.getByRole('option', { name: 'Add points', exact: true }).click()
    await line(page, /^Points/).waitFor()
    await bar.getByRole('button', { name: 'Move up' }).click()
    await reads(
      page,
      HAND,
      '2 Tag trial',
      '2 Wait 2 days',
      FORK,
      ...WAYS.slice(0, 4),
      '4 Add 10 points to Engagement',
      ...WAYS.slice(4),
      ...APART,
    )
    await bar.getByRole('button', { name: 'Move behind…' }).click()
    await line(page, /^Tags, Tag lost/).click()
    const there = ['1 Not reached', '2 Tag lost', '3 Add 10 points to Engagement', '3 Leads nowhere yet'] as const
    await reads(page, HAND, '2 Tag trial', '2 Wait 2 days', FORK, ...WAYS, ...there)
    await menu(/^Leads nowhere yet/, 'Lead it to…')
    await line(page, /^Wait, Wait 5 days/).click()
    await line(page, /^Continues at Wait 5 days/).waitFor()
    await menu(/^Points/, 'Change into…')
    await page.getByRole('option', { name: 'For a time', exact: true }).click()
    await line(page, /^Wait, Wait 1 day/).waitFor()
    await menu(/^Wait, Wait 1 day/, 'Remove')
    await undo(6)
    await menu(/^Wait, Wait 2 days/, 'Note on this step…')
    await page.getByRole('dialog').getByLabel('Note on this step').fill('One day was too short')
    await picture(page, 'outline-note')
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    await line(page, /^Wait, Wait 2 days, note: One day was too short/).waitFor()
    await undo(1)
  })

  test('several lines are chosen, grouped and copied; the group is named; a note is written', async () => {
    await go(/^Tags, Tag trial/)
    await press(page, 'Shift+ArrowDown')
    await page.getByRole('complementary', { name: 'Selected steps' }).waitFor()
    await press(page, 'g')
    await line(page, /^Group Group, 2 steps/).waitFor()
    await go(/^Group Group/)
    await press(page, 'F2')
    await arrives(page, /^Name of the group/)
    await page.keyboard.type('The first days')
    await press(page, 'Enter')
    await arrives(page, /^Group The first days, 2 steps/)
    await line(page, /^Tags, Tag trial, in the group The first days/).waitFor()
    await press(page, 'n')
    await arrives(page, /^Words of the note/)
    await page.keyboard.type('Who calls them?')
    await line(page, /^Note: Who calls them\?/).waitFor()
    await press(page, 'Escape')
    await arrives(page, /^Note: Who calls them\?/)
    await picture(page, 'outline-groups')
    await press(page, 'Delete')
    await go(/^Group The first days/)
    await press(page, 'Delete')
    await asBefore()
  })

  test('nothing in it is in the way of those who hear or feel it, in either theme, with menus and dialogs open', async () => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await inTheme(page, colorScheme)
      expect(await seriousFaults(page), `outline, ${colorScheme}`).toEqual([])
      await go(/^Tags, Tag trial/)
      await press(page, 'Shift+F10')
      await arrives(page, /^Add a step behind/)
      await inTheme(page, colorScheme)
      expect(await seriousFaults(page), `menu, ${colorScheme}`).toEqual([])
      await press(page, 'Escape')
      await arrives(page, /^Tags, Tag trial/)
      await press(page, '/')
      await arrives(page, /^Add a step$/)
      expect(await seriousFaults(page), `list of steps, ${colorScheme}`).toEqual([])
      await press(page, 'Escape', 'c')
      await page.getByText('Where does “Tag trial” lead?').waitFor()
      expect(await seriousFaults(page), `leading a way, ${colorScheme}`).toEqual([])
      await press(page, 'Escape')
      await line(page, /^Tags, Tag trial/).click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Note on this step…' }).click()
      await page.getByRole('dialog').getByLabel('Note on this step').waitFor()
      await inTheme(page, colorScheme)
      expect(await seriousFaults(page), `note, ${colorScheme}`).toEqual([])
      await press(page, 'Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  })

  test('in Live it says how many came by, and changes nothing', async () => {
    await go(/^Tags, Tag lost/)
    await press(page, 'Delete')
    await reads(page, HAND, '2 Tag trial', '2 Wait 2 days', FORK, ...WAYS)
    await page
      .getByText('Ready to publish')
      .or(page.getByRole('button', { name: /warning/ }))
      .first()
      .waitFor()
    await saved(page)
    await launch(page)
    await line(page, /^Wait, Wait 2 days, 0 came here, 0 here now/).waitFor()
    await go(/^Tags, Tag trial/)
    await press(page, 'Delete', '/')
    await reads(page, HAND, '2 Tag trial', '2 Wait 2 days', FORK, ...WAYS)
    await picture(page, 'outline-live')
    await inTheme(page, 'dark')
    expect(await seriousFaults(page)).toEqual([])
    await inTheme(page, 'light')
    expect(await seriousFaults(page)).toEqual([])
    await press(page, 'Enter')
    await page.getByRole('dialog').waitFor()
    await press(page, 'Escape')
    await expect.poll(() => panel(page).count()).toBe(0)
    expect(faults).toEqual([])
  })
})
