import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { saved } from './story/flow.ts'
import { seriousFaults } from './story/pages.ts'
import { joinAsMarketer, webinarFlow } from './story/together.ts'

/** After so long a page that says nothing has lost its place. */
const LEASE = 90_000
/** So long does whoever takes over wait for an answer. */
const GRACE = 6_000

/** Two people and several windows at one flow. Each test goes on where the last stopped. */
describe('drawing a flow together', () => {
  const house = useHouse('together', { noisy: true })
  const { clock } = house
  let nora: Page
  let jonas: Page
  let flow = ''
  const { faults } = house
  const card = (page: Page, words: string): Locator => page.locator('.react-flow__node-step', { hasText: words }).first()
  const draws = (page: Page) => page.getByRole('complementary', { name: 'Steps' }).waitFor()
  const seat = (page: Page) => page.locator('.seat-bar')
  const step = (page: Page) => page.getByRole('complementary', { name: 'Step', exact: true })
  /** Gives the step that waits another number of days. */
  const waitFor = async (page: Page, days: number) => {
    await card(page, 'Wait').locator('.body').click()
    await step(page).getByLabel('How long').first().fill(String(days))
    await card(page, `Wait ${days} days`).waitFor()
  }
  const takeOver = async (page: Page, words = 'Take over') => {
    await seat(page)
      .getByRole('button', { name: `${words}…` })
      .click()
    await page.getByRole('dialog').getByRole('button', { name: words, exact: true }).click()
  }
  /** Ends a page as a browser that falls over does. One that is only closed is online again for a moment, and may say that it still draws. */
  const kill = async (page: Page) => {
    const gone = page.waitForEvent('crash')
    const session = await page.context().newCDPSession(page)
    await Promise.race([session.send('Page.crash'), gone])
    await gone
    await page.close()
  }
  const accept = (page: Page) => {
    page.on('dialog', (dialog) => void dialog.accept())
    return page
  }

  beforeAll(async () => {
    nora = accept(await house.admin())
    jonas = accept(await house.newcomer())
    await joinAsMarketer(nora, house.base(), jonas, 'Jonas Weber')
    await webinarFlow(nora, house.base())
    flow = nora.url()
  })

  test('a second person sees who draws, and reads along', async () => {
    await jonas.goto(flow)
    await seat(jonas).getByText('Nora Eide draws this flow').waitFor()
    expect(await jonas.getByRole('complementary', { name: 'Steps' }).count()).toBe(0)
    await waitFor(nora, 3)
    await card(jonas, 'Wait 3 days').waitFor()
    await picture(jonas, 'together-reads')
    expect(await seriousFaults(jonas)).toEqual([])
  })

  test('asked for it, the one who draws goes on, or hands it over', async () => {
    await seat(jonas).getByRole('button', { name: 'Ask Nora' }).click()
    await seat(nora).getByText('Jonas Weber asks to draw this flow').waitFor()
    await picture(nora, 'together-asked')
    await seat(nora).getByRole('button', { name: 'Go on drawing' }).click()
    await jonas.getByText('Nora Eide goes on for now').waitFor()
    await seat(jonas).getByRole('button', { name: 'Ask Nora' }).click()
    await waitFor(nora, 4)
    await seat(nora).getByRole('button', { name: 'Hand over' }).click()
    await draws(jonas)
    await card(jonas, 'Wait 4 days').waitFor()
    await nora.getByText('Jonas Weber draws this flow now. You read along.').waitFor()
  })

  test('taken over, what was not saved yet is saved first', async () => {
    await waitFor(jonas, 5)
    await takeOver(nora)
    await draws(nora)
    await card(nora, 'Wait 5 days').waitFor()
    await seat(jonas).getByText('Nora Eide draws this flow').waitFor()
    await waitFor(nora, 6)
    await card(jonas, 'Wait 6 days').waitFor()
  })

  test('two windows of one person are two: the second reads along until it goes on there', async () => {
    const second = accept(house.watch(await nora.context().newPage()))
    await second.goto(flow)
    await seat(second).getByText('You draw this flow in another window').waitFor()
    await picture(second, 'together-second-window')
    await takeOver(second, 'Go on here')
    await draws(second)
    await seat(nora).getByText('You draw this flow in another window').waitFor()
    await second.close()
    await seat(nora).getByRole('button', { name: 'Draw', exact: true }).click()
    await draws(nora)
  })

  test('loaded anew, the window draws on, and every gesture can still be undone, one at a time', async () => {
    await card(nora, 'Wait 6 days').locator('.body').click()
    await nora.getByLabel('Name of the step').click()
    await nora.keyboard.type('Give them time')
    await card(nora, 'Give them time').waitFor()
    const before = await card(nora, 'Give them time').boundingBox()
    if (!before) throw new Error('It is not drawn')
    await nora.mouse.move(before.x + 60, before.y + 20)
    await nora.mouse.down()
    await nora.mouse.move(before.x + 160, before.y + 90, { steps: 9 })
    await nora.mouse.up()
    await expect.poll(async () => (await card(nora, 'Give them time').boundingBox())?.x).not.toBe(before.x)
    await saved(nora)
    await nora.reload()
    await draws(nora)
    const undo = nora.locator('.topbar').getByRole('button', { name: 'Undo' })
    await expect.poll(() => undo.isEnabled()).toBe(true)
    const placeOf = async () => {
      const box = await card(nora, 'Add 20 points').boundingBox()
      const moved = await card(nora, 'Give them time').boundingBox()
      return (moved?.x ?? 0) - (box?.x ?? 0)
    }
    const moved = await placeOf()
    await undo.click()
    await expect.poll(placeOf).not.toBe(moved)
    await card(nora, 'Give them time').waitFor()
    await undo.click()
    await card(nora, 'Wait 6 days').waitFor()
    await saved(nora)
    await nora.reload()
    await draws(nora)
    const redo = nora.getByRole('button', { name: 'Redo' })
    await expect.poll(() => redo.isEnabled()).toBe(true)
    await redo.click()
    await card(nora, 'Give them time').waitFor()
    await undo.click()
    await card(nora, 'Wait 6 days').waitFor()
    await saved(nora)
  })

  test('in the rules of the whole flow, too, a choice is one step of undo and a number typed another', async () => {
    const rules = nora.getByRole('complementary', { name: 'Flow', exact: true })
    const undo = nora.locator('.topbar').getByRole('button', { name: 'Undo' })
    await nora.locator('.canvas').focus()
    await nora.keyboard.press('Escape')
    const again = rules.getByRole('combobox', { name: 'People who left the flow' })
    const before = await again.inputValue()
    await again.click()
    await nora.getByRole('option', { name: 'may come in again after some days' }).click()
    await rules.getByLabel('Days since they left').click()
    await nora.keyboard.press('Control+a')
    await nora.keyboard.type('145')
    await expect.poll(() => rules.getByLabel('Days since they left').inputValue()).toBe('145')
    await undo.click()
    await expect.poll(() => rules.getByLabel('Days since they left').inputValue()).toBe('30')
    await undo.click()
    await expect.poll(() => again.inputValue()).toBe(before)
    await saved(nora)
  })

  test('what was changed offline meets the changes of somebody else: both sides are shown, and one is chosen', async () => {
    await nora.context().setOffline(true)
    await waitFor(nora, 9)
    await nora.getByText('Offline, kept here').waitFor()
    await nora.getByText('also after the browser was closed').waitFor()
    await picture(nora, 'together-offline')
    await takeOver(jonas)
    await seat(jonas).getByText('Taking over').waitFor()
    clock.forward(GRACE)
    await draws(jonas)
    await waitFor(jonas, 7)
    await saved(jonas)
    await nora.context().setOffline(false)
    await nora.getByText('Jonas Weber draws this flow now. You read along.').waitFor()
    await card(nora, 'Wait 7 days').waitFor()
    await nora.getByRole('button', { name: 'Look at both' }).click()
    const both = nora.getByRole('dialog', { name: 'Jonas Weber changed this flow, too' })
    await both.getByRole('region', { name: 'Yours' }).getByText('Wait 9 days').waitFor()
    await both.getByRole('region', { name: "Jonas Weber's" }).getByText('Wait 7 days').waitFor()
    await both.getByText('1 step was changed by both').waitFor()
    expect(await both.getByRole('button', { name: 'Keep mine', exact: true }).isDisabled()).toBe(true)
    await picture(nora, 'together-both-sides')
    expect(await seriousFaults(nora)).toEqual([])
    await both.getByRole('button', { name: 'Decide later' }).click()
    await nora.reload()
    await takeOver(nora)
    await both.getByRole('button', { name: 'Keep mine', exact: true }).click()
    await draws(nora)
    await card(nora, 'Wait 9 days').waitFor()
    await card(jonas, 'Wait 9 days').waitFor()
    await expect.poll(() => nora.getByRole('button', { name: 'Look at both' }).count()).toBe(0)
    await nora.getByRole('complementary', { name: 'Steps' }).waitFor()
    await nora.locator('.topbar').getByRole('button', { name: 'Undo' }).click()
    await card(nora, 'Wait 7 days').waitFor()
    await saved(nora)
  })

  test('theirs is taken: mine goes, and comes back by one press as long as that is offered', async () => {
    await nora.context().setOffline(true)
    await waitFor(nora, 14)
    await nora.getByText('Offline, kept here').waitFor()
    await takeOver(jonas)
    await seat(jonas).getByText('Taking over').waitFor()
    clock.forward(GRACE)
    await draws(jonas)
    await waitFor(jonas, 15)
    await saved(jonas)
    await nora.context().setOffline(false)
    const look = nora.getByRole('button', { name: 'Look at both' })
    const both = nora.getByRole('dialog', { name: 'Jonas Weber changed this flow, too' })
    await look.click()
    await both.getByRole('region', { name: 'Yours' }).getByText('Wait 14 days').waitFor()
    await both.getByRole('region', { name: "Jonas Weber's" }).getByText('Wait 15 days').waitFor()
    await both.getByRole('button', { name: 'Take theirs' }).click()
    await nora.getByText('Theirs stays. Yours is dropped.').waitFor()
    await both.waitFor({ state: 'hidden' })
    await card(nora, 'Wait 15 days').waitFor()
    expect(await look.count()).toBe(0)
    await nora.getByRole('button', { name: 'Undo' }).last().click()
    await look.click()
    await both.getByRole('region', { name: 'Yours' }).getByText('Wait 14 days').waitFor()
    await both.getByRole('button', { name: 'Take theirs' }).click()
    await both.waitFor({ state: 'hidden' })
    await nora.reload()
    await card(nora, 'Wait 15 days').waitFor()
    await takeOver(nora)
    await draws(nora)
    expect(await look.count()).toBe(0)
    await card(nora, 'Wait 15 days').waitFor()
  })

  test('what was changed offline is there after the browser was closed, and is saved then', async () => {
    const context = nora.context()
    await context.setOffline(true)
    await waitFor(nora, 12)
    await nora.getByText('Offline, kept here').waitFor()
    await kill(nora)
    clock.forward(LEASE)
    await context.setOffline(false)
    nora = accept(house.watch(await context.newPage()))
    await nora.goto(flow)
    await nora.getByText('It is here again, and is saved now').waitFor()
    await card(nora, 'Wait 12 days').waitFor()
    await saved(nora)
    await card(jonas, 'Wait 12 days').waitFor()
  })

  test('changed by both, mine can become a flow of its own', async () => {
    await nora.context().setOffline(true)
    await waitFor(nora, 20)
    await nora.getByText('Offline, kept here').waitFor()
    clock.forward(LEASE)
    await seat(jonas).getByRole('button', { name: 'Draw', exact: true }).click()
    await draws(jonas)
    await waitFor(jonas, 21)
    await saved(jonas)
    await jonas.goto(`${house.base()}/flows`)
    await nora.context().setOffline(false)
    // Nobody draws any more: this page goes on, from what Jonas saved.
    const both = nora.getByRole('dialog', { name: 'Jonas Weber changed this flow, too' })
    await both.getByRole('button', { name: 'Keep mine as a new flow' }).click()
    await nora.getByText('Yours is a flow of its own now').waitFor()
    await card(nora, 'Wait 20 days').waitFor()
    expect(nora.url()).not.toBe(flow)
    await jonas.goto(flow)
    await card(jonas, 'Wait 21 days').waitFor()
    expect(faults).toEqual([])
  })
})
