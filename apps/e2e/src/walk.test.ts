import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { fitAll } from './harness/pointer.ts'
import { inTheme } from './harness/theme.ts'
import { saved } from './story/flow.ts'
import { importPeople } from './story/import.ts'
import { seriousFaults } from './story/pages.ts'
import { nameTheSender } from './story/people.ts'
import { FLOW, WALK_BUNDLE } from './walk/programme.ts'

/** A reviewer walks a contact through a draft before anybody gets a mail. Each test goes on where the last stopped. */
describe('walking a contact through a draft', () => {
  const house = useHouse('walk')
  let page: Page
  const { faults } = house
  const panel = () => page.getByRole('complementary', { name: 'Simulation' })
  const steps = (): Locator => panel().getByRole('list', { name: 'What happened' }).getByRole('listitem')
  const names = () => steps().locator('.walk-head b').allTextContents()
  const next = () => page.getByRole('group', { name: 'Time of the walk' }).getByRole('button', { name: 'Next' })
  /** The draft, all of it: it is seen where the walk was last, and only what is in view is drawn. */
  const toTheDraft = async () => {
    await page.keyboard.press('1')
    await page.getByRole('complementary', { name: 'Steps' }).waitFor()
    await fitAll(page)
  }
  const now = () => panel().getByRole('region', { name: 'What happens now' })
  /** Goes on until nothing more is known, step by step. */
  const toTheRest = async (place: string) => {
    for (let left = 10; left > 0 && (await now().getByText(place).count()) === 0; left--) {
      const before = await steps().count()
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => steps().count()).toBeGreaterThan(before)
    }
    await now().getByText(place).waitFor()
  }
  const call = (path: string, input: object) =>
    page.evaluate(
      async ([where, body]) => {
        const answer = await fetch(`/api/trpc/${where}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
        if (!answer.ok) throw new Error(await answer.text())
        return answer.json()
      },
      [path, JSON.stringify(input)] as const,
    )

  beforeAll(async () => {
    page = await house.admin()
  })

  test('there are people, a mail, a team and a draft', async () => {
    await nameTheSender(page, house.base())
    await importPeople(page, house.base())
    await call('flows.importBundle', { file: WALK_BUNDLE })
    const me = await page.evaluate(async () => (await fetch('/api/trpc/users.list')).json())
    const [{ id }] = me.result.data.users ?? me.result.data
    await call('workspace.saveTeam', { id: 'team_desk', name: 'Desk', members: [{ userId: id, weight: 1, cap: null, active: true }] })
    await page.goto(`${house.base()}/flows/${FLOW}`)
    await page.getByText('Send the recording').first().waitFor()
  })

  test('a contact is chosen, and comes in as the start says', async () => {
    await page.keyboard.press('2')
    await panel().getByRole('radiogroup', { name: 'Somebody made up' }).waitFor()
    await picture(page, 'walk-set-up')
    expect(await seriousFaults(page)).toEqual([])
    await panel().getByRole('radio', { name: 'A contact' }).click()
    await panel().getByRole('combobox', { name: 'Contact' }).fill('Ingrid')
    await page.getByRole('option', { name: /Ingrid Solheim/ }).click()
    await panel().getByText('Did webinar.attended (minutes 10).').waitFor()
    await panel().getByLabel('When the walk begins').fill('2026-03-12T09:30')
    await panel().getByRole('button', { name: 'Start the walk' }).click()
    await steps().first().waitFor()
    expect(await steps().count()).toBe(1)
    await page.getByText('A contact, as they are now').waitFor()
  })

  test('forward by the keyboard to where she waits; the way lights up', async () => {
    await page.locator('.canvas').focus()
    await toTheRest('Waits at “Wait for a click”')
    expect((await names()).slice(1)).toEqual(['Send the recording'])
    const lit = page.locator('.react-flow__edge[data-id="mail.sent>wait"] .stroke')
    const dark = page.locator('.react-flow__edge[data-id="wait.clicked>points"] .stroke')
    const colour = (it: Locator) => it.evaluate((line) => getComputedStyle(line).stroke)
    expect(await colour(lit)).not.toBe(await colour(dark))
    await page.locator('.walk-bead', { hasText: 'IS' }).waitFor()
    await panel().getByRole('button', { name: 'Show the values' }).last().click()
    await panel().getByRole('table', { name: 'The whole reason' }).waitFor()
    await picture(page, 'walk-rest')
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page)).toEqual([])
    }
  })

  test('the mail as she would get it, made with her data at that moment; nothing was sent', async () => {
    await panel().getByRole('button', { name: 'Show the mail “Recording”' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('The recording, Ingrid').waitFor()
    const mail = dialog.frameLocator('iframe')
    await mail.getByText('here is the recording for Kystfrakt Logistics. Made on 12.03.2026').waitFor()
    await picture(page, 'walk-mail')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(house.sink().mails).toEqual([])
  })

  test('she follows a link that is in the mail, and goes to sales, who see her as a rep would', async () => {
    await now().getByRole('button', { name: 'Clicks' }).click()
    await page.getByRole('menuitem', { name: /Watch it/ }).click()
    await panel().getByText('Clicked in “Recording”: https://ledgerline.example/recording').first().waitFor()
    await page.locator('.canvas').focus()
    await toTheRest('Waits at')
    const lead = panel().getByRole('region', { name: 'What the rep would get' })
    await lead.getByText('Kystfrakt Logistics').waitFor()
    expect((await names()).slice(2)).toEqual(
      ['Wait for a click', 'Add 20 engagement points', 'Is it a carrier'].map((it) => expect.stringContaining(it.slice(0, 6))),
    )
    await picture(page, 'walk-sales')
  })

  test('back and forward again is where one was', async () => {
    const before = await names()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => steps().count()).toBe(before.length - 2)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect.poll(names).toEqual(before)
  })

  test('in the outline the same walk is heard: who came by, who is here, which way was taken', async () => {
    const line = (words: RegExp) => page.getByRole('treeitem', { name: words })
    await page.keyboard.press('o')
    await line(/Ingrid Solheim is here/).waitFor()
    await line(/Send the recording.*Ingrid Solheim came by/).waitFor()
    await line(/^Way Clicked, Ingrid Solheim went this way/).waitFor()
    await line(/Send the recording/).click()
    await page.keyboard.press('ArrowDown')
    const count = await steps().count()
    await page.keyboard.press('Home')
    expect(await steps().count()).toBe(count)
    expect(await seriousFaults(page)).toEqual([])
    await picture(page, 'walk-outline')
    // Time goes by its buttons here; the arrows go along the lines.
    await page.getByRole('group', { name: 'Time of the walk' }).getByRole('button', { name: 'Back' }).click()
    await expect.poll(() => steps().count()).toBe(count - 1)
    await next().click()
    await expect.poll(() => steps().count()).toBe(count)
    await line(/Send the recording/).click()
    await page.keyboard.press('o')
    await page.locator('.walk-bead', { hasText: 'IS' }).waitFor()
    await page.locator('.canvas').focus()
  })

  test('sales accepts; back at the hand-over it is decided anew', async () => {
    await now().getByRole('button', { name: 'Accepts' }).click()
    await panel().getByText('Sales accepted').waitFor()
    await page.locator('.canvas').focus()
    await page.keyboard.press('ArrowRight')
    await panel().getByText('Finished: With sales').last().waitFor()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await now().getByRole('button', { name: 'Decide anew from here' }).click()
    await now().getByRole('button', { name: 'Rejects' }).waitFor()
  })

  test('sales rejects with a reason, and she leaves', async () => {
    await now().getByRole('button', { name: 'Rejects' }).click()
    await panel().getByText('Sales rejected: No budget this year').waitFor()
    await page.locator('.canvas').focus()
    await page.keyboard.press('ArrowRight')
    await panel().getByText('Left: Back to nurture').last().waitFor()
    expect(await next().isDisabled()).toBe(true)
  })

  test('the walk is kept as a test of somebody made up', async () => {
    await panel().getByRole('button', { name: 'Keep as test…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/Robin Example, who does not exist/).waitFor()
    await dialog.getByLabel('What it proves').fill('A carrier clicks, sales says no')
    await picture(page, 'walk-keep')
    await dialog.getByRole('button', { name: 'Keep the test' }).click()
    await panel().getByRole('tab', { name: /Tests/ }).click()
    await panel().getByText('All is as expected.').waitFor()
    await saved(page)
    const stored = await page.evaluate(
      async (id) => (await fetch(`/api/trpc/flows.get?input=${encodeURIComponent(JSON.stringify({ id }))}`)).text(),
      FLOW,
    )
    expect(stored).toContain('A carrier clicks, sales says no')
    expect(stored).not.toMatch(/Ingrid|Solheim|Kystfrakt|ingrid@/)
  })

  test('a change that breaks the test is seen where one draws, with the difference in Simulate', async () => {
    await toTheDraft()
    await page.locator('.react-flow__node-step', { hasText: 'Wait for a click' }).locator('.body').click()
    const inspector = page.getByRole('complementary', { name: 'Step', exact: true })
    const leadsTo = inspector.getByRole('combobox', { name: /Clicked leads to/i })
    await leadsTo.click()
    await page.getByRole('option', { name: /Not now/ }).click()
    const problems = page.getByRole('button', { name: /warning|problem/i }).first()
    await problems.click()
    await page.getByText(/The test “A carrier clicks, sales says no” fails/).waitFor()
    await picture(page, 'walk-broken')
    await page.keyboard.press('Escape')
    await page.locator('.canvas').focus()
    await page.keyboard.press('2')
    // The same person on the same way, through the draft as it is now.
    await panel().getByText('Left: Not now').last().waitFor()
    await panel().getByRole('tab', { name: /Tests/ }).click()
    await panel().getByText('1 of 1 goes another way than expected.').waitFor()
    const differs = panel().getByRole('table', { name: 'The way expected and the way taken' }).locator('tr.differs')
    await expect.poll(() => differs.textContent()).toContain('Not now')
    await picture(page, 'walk-difference')
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page)).toEqual([])
    }
  })

  test('a draft that cannot be walked says why', async () => {
    await toTheDraft()
    await page.locator('.react-flow__node-step', { hasText: 'Send the recording' }).locator('.body').click()
    await page.locator('.canvas').focus()
    await page.keyboard.press('Delete')
    await page.keyboard.press('2')
    await panel()
      .getByText(/keeps? this draft from being walked/)
      .waitFor()
    await picture(page, 'walk-blocked')
    expect(faults).toEqual([])
  })
})
