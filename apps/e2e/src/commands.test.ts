import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { fitAll } from './harness/pointer.ts'
import { webinarFlow } from './story/together.ts'

/** Everything by typing, and the keys of groups. Each test goes on where the last stopped. */
describe('the palette offers everything, and groups have keys', () => {
  const house = useHouse('commands')
  let page: Page
  const { faults } = house
  const steps = () => page.locator('.react-flow__node-step')
  const chosen = () => page.locator('.react-flow__node.selected')
  const card = (words: string): Locator => page.locator('.react-flow__node-step', { hasText: words }).first()
  const canvas = () => page.getByRole('application', { name: /^Flow/ })
  const palette = () => page.getByPlaceholder('Find a page, a flow or a contact')
  const hits = () => page.locator('.palette-hit')
  const panel = () => page.getByRole('complementary', { name: 'Step', exact: true })
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const offers = async (words: string): Promise<string[]> => {
    await press('Control+k')
    await palette().fill(words)
    const found = await hits().allTextContents()
    await press('Escape')
    await palette().waitFor({ state: 'detached' })
    return found
  }
  const command = async (words: string) => {
    await press('Control+k')
    await palette().fill(words)
    await hits().filter({ hasText: words }).first().waitFor()
    await press('Enter')
    await palette().waitFor({ state: 'detached' })
  }

  beforeAll(async () => {
    page = await house.admin()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await webinarFlow(page, house.base())
    await fitAll(page)
    await canvas().focus()
  })

  test('only what can be done is offered, each with its key', async () => {
    await press('Escape')
    expect(await offers('Cut what')).toEqual([])
    expect(await offers('Change the step')).toEqual([])
    expect(await offers('Stop this flow')).toEqual([])
    expect(await offers('Versions of')).toEqual([])
    await card('Wait 2 days').locator('.body').click()
    expect(await offers('Cut what')).toEqual(['Cut what is selectedCtrl X'])
    expect(await offers('Rename')).toEqual(['Rename the stepF2', 'Rename this flow…'])
    expect(await offers('Publish')).toEqual(['Publish this flowCtrl Enter'])
  })

  test('what other builders call it finds it, too', async () => {
    expect((await offers('export')).toSorted()).toEqual([
      'Save as a picture for a slide',
      'Save this flow as a file',
      'Save this flow with all it names',
    ])
    expect(await offers('png')).toEqual(['Save as a picture for a slide'])
    expect(await offers('json')).toEqual(['Save this flow as a file', 'Save this flow with all it names'])
    expect(await offers('clone')).toEqual(['Duplicate this flow'])
  })

  test('a step is gone to, copied, cut, pasted, noted and changed into another kind', async () => {
    const before = await steps().count()
    await press('Escape')
    await command('Go to step: Wait 2 days')
    await expect.poll(() => chosen().count()).toBe(1)
    expect(await chosen().textContent()).toContain('Wait 2 days')
    await command('Copy what is selected')
    await command('Paste')
    await expect.poll(() => steps().count()).toBe(before + 1)
    await command('Cut what is selected')
    await expect.poll(() => steps().count()).toBe(before)
    await card('Wait 2 days').locator('.body').click()
    await command('Write a note on the step')
    await page.getByRole('dialog').getByRole('textbox').fill('Legal wants two days')
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    await expect.poll(() => panel().getByLabel('Note on this step').inputValue()).toBe('Legal wants two days')
    await canvas().focus()
    await command('Rename the step')
    await page.keyboard.type('Let them rest')
    await card('Let them rest').waitFor()
    const id = await card('Let them rest').getAttribute('data-id')
    await canvas().focus()
    await command('Change the step into')
    await page.getByRole('option', { name: 'Add points', exact: true }).click()
    await expect.poll(() => card('Let them rest').getAttribute('data-id')).not.toBe(id)
    await press('Control+z')
    await expect.poll(() => card('Let them rest').getAttribute('data-id')).toBe(id)
    await canvas().focus()
  })

  test('the panel goes by its key and comes back to edit; Ctrl Enter publishes', async () => {
    await card('Let them rest').locator('.body').click()
    await panel().waitFor()
    await press(']')
    await panel().waitFor({ state: 'hidden' })
    await press('Enter')
    await panel().waitFor()
    await canvas().focus()
    await press('Control+Enter')
    await page.getByRole('dialog').getByText('Choose').first().waitFor()
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('the flow is renamed, duplicated and saved as a file', async () => {
    expect(await offers('this flow')).toEqual(
      expect.arrayContaining(['Rename this flow…', 'Duplicate this flow', 'Save this flow as a file', 'Save this flow with all it names']),
    )
    await command('Rename this flow')
    await page.getByRole('dialog').getByLabel('Name').waitFor()
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const [file] = await Promise.all([page.waitForEvent('download'), command('Save this flow as a file')])
    expect(file.suggestedFilename()).toMatch(/\.flow\.json$/)
  })

  test('a group is named, folded, gone to, gone into and unfolded by keys', async () => {
    const folded = page.locator('.node.folded')
    await canvas().focus()
    await press('Escape', 'Home', 'ArrowDown', 'Shift+ArrowDown')
    await expect.poll(() => chosen().count()).toBe(2)
    const total = await steps().count()
    await press('g', 'F2')
    await page.getByLabel('Name of the group').fill('Thanks')
    await press('Enter')
    await page.getByRole('button', { name: 'Fold Thanks' }).waitFor()
    await command('Fold the group “Thanks”')
    await folded.waitFor()
    await expect.poll(() => steps().count()).toBe(total - 2)
    await press('Escape')
    await expect.poll(() => page.locator('.node.folded.selected').count()).toBe(0)
    await press('Home', 'ArrowDown')
    await page.locator('.node.folded.selected').waitFor()
    expect(await page.locator('#canvas-says').textContent()).toContain('Group Thanks, folded, 2 steps')
    await picture(page, 'commands-folded')
    await press('F2')
    await folded.getByLabel('Name of the group').fill('Thank them')
    await press('Enter')
    await folded.getByText('Thank them').waitFor()
    await press('ArrowUp')
    await expect.poll(() => page.locator('.node.folded.selected').count()).toBe(0)
    await press('ArrowDown', 'Control+d')
    await expect.poll(() => folded.count()).toBe(2)
    await press('Control+z')
    await expect.poll(() => folded.count()).toBe(1)
    await folded.locator('.words').click()
    await page.locator('.node.folded.selected').waitFor()
    await press('Enter')
    await expect.poll(() => steps().count()).toBe(total)
    await expect.poll(() => chosen().count()).toBe(2)
  })

  test('a folded group is removed as one, and undone', async () => {
    const total = await steps().count()
    await command('Fold the group “Thank them”')
    await page.locator('.node.folded').locator('.words').click()
    await press('Delete')
    await expect.poll(() => page.locator('.node.folded').count()).toBe(0)
    expect(await steps().count()).toBe(total - 2)
    await press('Control+z')
    await page.locator('.node.folded').waitFor()
  })

  test('nothing wrong was said on the console', () => expect(faults).toEqual([]))
})
