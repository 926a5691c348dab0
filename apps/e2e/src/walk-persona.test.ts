import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { seriousFaults } from './story/pages.ts'
import { nameTheSender } from './story/people.ts'
import { TRIAL, TRIAL_BUNDLE } from './walk/trial.ts'

/** People who do not exist walk through a draft in a workspace that knows nobody yet. Each test goes on where the last stopped. */
describe('walking somebody made up through a draft', () => {
  const house = useHouse('walk-persona')
  let page: Page
  const panel = () => page.getByRole('complementary', { name: 'Simulation' })
  const steps = (): Locator => panel().getByRole('list', { name: 'What happened' }).getByRole('listitem')
  const now = () => panel().getByRole('region', { name: 'What happens now' })
  const bar = () => page.getByRole('group', { name: 'Time of the walk' })
  const answer = (name: string) => now().getByRole('button', { name, exact: true })
  /** When the last step was taken. */
  const instant = async () => (await steps().last().locator('time').first().getAttribute('datetime')) ?? ''
  /** As the input for date and time takes it, in the zone of the browser. */
  const local = (at: number) =>
    page.evaluate((it) => new Date(it - new Date(it).getTimezoneOffset() * 60_000).toISOString().slice(0, 16), at)

  const begin = async (who: RegExp, at: number, change?: () => Promise<void>) => {
    const anew = page.locator('.walk-card').getByRole('button', { name: 'Change' })
    if ((await anew.count()) > 0) await anew.click()
    await panel().getByRole('radio', { name: who }).click()
    await panel()
      .getByLabel('When the walk begins')
      .fill(await local(at))
    await change?.()
    await panel().getByRole('button', { name: 'Start the walk' }).click()
    await steps().first().waitFor()
    await page.locator('.canvas').focus()
  }
  /** Goes on until nothing more is known. */
  const toTheRest = async (place: string | RegExp) => {
    for (let left = 12; left > 0 && (await panel().locator('.what-next').getByText(place).count()) === 0; left--) {
      const before = await steps().count()
      await bar().getByRole('button', { name: 'Next' }).click()
      await expect.poll(() => steps().count()).toBeGreaterThan(before)
    }
    await panel().locator('.what-next').getByText(place).first().waitFor()
  }

  beforeAll(async () => {
    page = await house.admin()
  })

  test('there are a mail, a team and a draft, and nobody in the workspace', async () => {
    await nameTheSender(page, house.base())
    await page.evaluate(async (file) => {
      const post = async (path: string, body: object) => {
        const headers = { 'content-type': 'application/json' }
        const answer = await fetch(`/api/trpc/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
        if (!answer.ok) throw new Error(await answer.text())
      }
      await post('flows.importBundle', { file })
      const me = await (await fetch('/api/trpc/users.list')).json()
      const [{ id }] = me.result.data.users ?? me.result.data
      await post('workspace.saveTeam', { id: 'team_desk', name: 'Desk', members: [{ userId: id, weight: 1, cap: null, active: true }] })
    }, TRIAL_BUNDLE)
    await page.goto(`${house.base()}/flows/${TRIAL}`)
    await page.getByText('Ask how it goes').first().waitFor()
    await page.keyboard.press('2')
    await panel().getByRole('radiogroup', { name: 'Somebody made up' }).waitFor()
  })

  test('somebody in New York waits for nine o’clock there, in winter and after the clock went forward', async () => {
    // 18:00 there on Friday, 6 March; summer time begins on Sunday, the 8th.
    await begin(/Noor/, Date.UTC(2026, 2, 6, 23))
    await toTheRest('Waits at “Wait for a reply”')
    expect(await instant()).toBe('2026-03-07T14:00:00.000Z')
    await begin(/Noor/, Date.UTC(2026, 2, 7, 23))
    await toTheRest('Waits at “Wait for a reply”')
    expect(await instant()).toBe('2026-03-08T13:00:00.000Z')
    await picture(page, 'walk-persona-zone')
  })

  test('who did not agree gets no mail, and the step says why', async () => {
    await begin(/Sam/, Date.UTC(2026, 2, 10, 7))
    await toTheRest(/Left: Could not be asked/)
    await expect
      .poll(() =>
        steps()
          .allTextContents()
          .then((all) => all.join('\n')),
      )
      .toMatch(/agree|consent/i)
    await picture(page, 'walk-persona-no-consent')
  })

  test('a reply leads on; with another job the same person goes another way', async () => {
    await begin(/Robin/, Date.UTC(2026, 2, 10, 7))
    await toTheRest('Waits at “Wait for a reply”')
    await answer('Replies').click()
    await panel().getByText('Replied to “How it goes”').first().waitFor()
    await toTheRest(/Left: Not now/)
    await begin(/Robin/, Date.UTC(2026, 2, 10, 7), async () => {
      await panel().getByRole('button', { name: 'Change Robin Example…' }).click()
      await panel().getByLabel('Job title').fill('Head of operations')
      await picture(page, 'walk-persona-form')
      for (const theme of ['dark', 'light'] as const) {
        await inTheme(page, theme)
        expect(await seriousFaults(page)).toEqual([])
      }
      await panel().getByRole('button', { name: 'Done' }).click()
    })
    await toTheRest('Waits at “Wait for a reply”')
    await answer('Replies').click()
    await toTheRest(/Waits at “Hand to Desk/)
  })

  test('a voicemail leads away and back to sales; the deal is won', async () => {
    await answer('Leaves a voicemail').click()
    await panel().getByText('Sales left a voicemail').first().waitFor()
    await toTheRest('Waits at “Two days”')
    await toTheRest(/Waits at “Hand to Desk/)
    await picture(page, 'walk-persona-voicemail')
    await answer('Accepts').click()
    await answer('Opens a deal').click()
    await answer('Wins the deal').click()
    await toTheRest(/Finished: Customer/)
    expect(await bar().getByRole('button', { name: 'Next' }).isDisabled()).toBe(true)
  })

  test('where sales does not answer in time, the step says so and leads on', async () => {
    await begin(/Kim/, Date.UTC(2026, 2, 10, 7))
    await toTheRest('Waits at “Wait for a reply”')
    await answer('Replies').click()
    await toTheRest(/Waits at “Hand to Desk/)
    await answer('Nothing happens, time passes').click()
    await toTheRest(/Left: Sales kept silent/)
    await picture(page, 'walk-persona-silence')
  })

  test('chance answers until the way is over, and nobody got a mail of it all', async () => {
    await begin(/Kim/, Date.UTC(2026, 2, 10, 7))
    await toTheRest('Waits at “Wait for a reply”')
    const over = panel()
      .locator('.what-next')
      .getByText(/^(Left|Finished):/)
    for (let left = 40; left > 0 && (await over.count()) === 0; left--) {
      const before = await steps().count()
      const chance = answer('Let chance decide')
      if ((await chance.count()) > 0) await chance.click()
      else await bar().getByRole('button', { name: 'Next' }).click()
      await expect.poll(() => steps().count()).toBeGreaterThan(before)
    }
    await over.first().waitFor()
    expect(house.sink().mails).toEqual([])
    expect(house.faults).toEqual([])
  })
})
