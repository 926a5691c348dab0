import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { take } from './story/import.ts'
import { seriousFaults } from './story/pages.ts'
import { invite, joinAs, makeTeam } from './story/people.ts'

const PEOPLE = [
  'E-mail;First name;Last name;Job title;Company;Country',
  'ada@acme.example;Ada;North;Controller;Acme;NO',
  'ben@acme.example;Ben;South;Controller;Acme;DE',
  'cleo@acme.example;Cleo;East;Buyer;Acme;NO',
  'dan@acme.example;Dan;West;Buyer;Acme;DE',
].join('\r\n')

/** A sales manager sets up a team: hours, shares, absences, who covers what. Each test goes on where the last stopped. */
describe('a team that takes leads', () => {
  const house = useHouse('teams', { noisy: true })
  const { faults } = house
  let nora: Page
  let maja: Page
  let base: string
  let teamId: string

  const ask = <T extends object>(text: string, values: unknown[] = []) => house.server().db.query<T>(text, values)
  const look = async (name: string) => {
    await picture(maja, `teams-${name}`)
    await inTheme(maja, 'dark')
    expect(await seriousFaults(maja)).toEqual([])
    await inTheme(maja, 'light')
    expect(await seriousFaults(maja)).toEqual([])
  }
  const tab = (name: string | RegExp) => maja.getByRole('tab', { name }).click()
  const dialog = () => maja.getByRole('dialog')
  const gone = () => dialog().waitFor({ state: 'hidden' })
  /** Chooses in a field that is opened by a press. */
  const choose = async (field: Locator, option: string | RegExp) => {
    await field.click()
    await maja.getByRole('option', { name: option }).click()
  }
  const number = async (label: string, value: string) => {
    await maja.getByLabel(label).fill(value)
    await maja.keyboard.press('Tab')
  }
  const rep = async (name: string) => (await ask<{ id: string }>('select id from "user" where name = $1', [name]))[0]?.id ?? ''

  beforeAll(async () => {
    base = house.base()
    nora = await house.admin()
    maja = await house.newcomer()
    await joinAs(maja, await invite(nora, base, 'maja@ledgerline.example', 'Sales manager'), 'Maja Lind')
    for (const name of ['Chidi Okafor', 'Tom Reeve']) {
      const page = await house.newcomer()
      await joinAs(page, await invite(nora, base, `${name.split(' ')[0]?.toLowerCase()}@ledgerline.example`), name)
      await page.context().close()
    }
    await take(nora, base, PEOPLE)
    await nora.getByText('All rows are read').waitFor()
  })

  test('a calendar has hours, whose clock they are read by, and the public holidays of a country', async () => {
    await maja.goto(`${base}/settings/calendars`)
    await maja.getByRole('button', { name: 'New calendar…' }).click()
    await dialog().getByLabel('Name', { exact: true }).fill('Oslo')
    await dialog().getByLabel('Whose clock').fill('Oslo')
    await maja.getByRole('option', { name: 'Europe/Oslo' }).click()
    await dialog().getByLabel('Monday: from').fill('08:00')
    await dialog().getByRole('button', { name: 'Close: Friday' }).click()
    await dialog().getByRole('button', { name: 'Add public holidays…' }).click()
    await dialog().getByLabel('Country').fill('Norw')
    await maja.getByRole('option', { name: 'Norway' }).click()
    await dialog().getByRole('button', { name: 'Add them' }).click()
    await dialog()
      .getByText(/Constitution Day/)
      .first()
      .waitFor()
    await look('calendar')
    await dialog().getByRole('button', { name: 'Make the calendar' }).click()
    await gone()
    const [stored] = await ask<{ zone: string; country: string; hours: Record<string, unknown[]>; days: string[] }>(
      `select zone, country, hours, array(select h->>'date' from jsonb_array_elements(holidays) h) as days from calendar`,
    )
    expect(stored).toMatchObject({ zone: 'Europe/Oslo', country: 'NO' })
    expect(stored?.hours['1']).toEqual([{ from: '08:00', to: '17:00' }])
    expect(stored?.hours['5'] ?? []).toEqual([])
    expect(stored?.days.filter((day) => day.endsWith('-05-17')).length).toBe(3)
  })

  test('members have weights, a limit of open leads, hours of their own, and so many mails a day', async () => {
    await makeTeam(maja, base, ['Chidi Okafor', 'Tom Reeve'])
    await maja.waitForURL(/settings\/teams\/team_/)
    teamId = /team_\w+/.exec(maja.url())?.[0] ?? ''
    await number('Weight of Chidi Okafor', '3')
    await number('Open leads of Tom Reeve at most', '2')
    await number('Mails of Tom Reeve a day at most', '5')
    await choose(maja.getByRole('combobox', { name: 'Hours of Chidi Okafor' }), 'Oslo')
    await number('Take quiet deals back after', '21')
    await look('members')
    await maja.getByRole('button', { name: 'Save', exact: true }).click()
    await maja.getByText('The team Inside sales is saved.').first().waitFor()
    await maja.reload()
    await expect.poll(() => maja.getByLabel('Mails of Tom Reeve a day at most').inputValue()).toBe('5')
    await expect.poll(() => maja.getByRole('combobox', { name: 'Hours of Chidi Okafor' }).inputValue()).toBe('Oslo')
    expect(await ask('select u.name, m.weight, m.cap from team_member m join "user" u on u.id = m.user_id order by 1')).toEqual([
      { name: 'Chidi Okafor', weight: 3, cap: 12 },
      { name: 'Tom Reeve', weight: 1, cap: 2 },
    ])
  })

  test('who is next goes by weight and stops at the limit', async () => {
    await tab('Who is next')
    const next = maja.getByRole('list', { name: 'The next leads' }).getByRole('listitem')
    await next.first().waitFor()
    const names = (await next.allTextContents()).map((it) => it.replace(/^\d+[A-Z]{2}/, ''))
    expect(names.filter((it) => it === 'Chidi Okafor').length).toBeGreaterThanOrEqual(4)
    expect(names.filter((it) => it === 'Tom Reeve').length).toBeGreaterThanOrEqual(1)
    await look('next')
  })

  test('who is away gets nothing meanwhile, is shown on the plan beside the holidays, and is next again when it is taken back', async () => {
    await tab('Absences')
    // Chidi works by Oslo: a press on a day of the calendar begins an absence there.
    await maja.getByRole('button', { name: 'Add an absence…' }).click()
    await choose(dialog().getByRole('combobox', { name: 'Who' }), 'Chidi Okafor')
    await dialog().getByLabel('First day away').fill('2026-03-09')
    await dialog().getByLabel('Last day away').fill('2026-03-08')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await dialog().getByText('The last day is before the first.').waitFor()
    await dialog().getByLabel('Last day away').fill('2026-03-13')
    await dialog().getByLabel('Note').fill('Skiing')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await gone()
    expect(await ask('select note from absence where user_id = $1', [await rep('Chidi Okafor')])).toEqual([{ note: 'Skiing' }])
    await tab('Who is next')
    await maja
      .getByRole('row', { name: /Chidi Okafor/ })
      .getByText('is away')
      .waitFor()
    await tab('Absences')
    const bar = maja.getByRole('button', { name: /Chidi Okafor is away/ })
    // The plan begins where the reader's browser is; “Today” is the workspace's.
    await maja.getByRole('button', { name: 'Today' }).click()
    await bar.waitFor()
    await look('absences')
    await bar.click()
    await dialog().getByRole('button', { name: 'Remove this absence…' }).click()
    await maja.getByRole('dialog').last().getByRole('button', { name: 'Remove', exact: true }).click()
    await maja.getByText('The absence is removed.').waitFor()
    expect(await ask('select 1 from absence')).toEqual([])
  })

  const territory = async (name: string, field: string, value: string, who: string) => {
    await maja.getByRole('button', { name: 'New territory…' }).first().click()
    await dialog().getByLabel('Name', { exact: true }).fill(name)
    await dialog().getByRole('button', { name: 'Add a condition' }).click()
    await maja.getByRole('option', { name: field, exact: true }).click()
    await dialog()
      .getByRole('button', { name: /^Value/ })
      .click()
    await maja.keyboard.type(value)
    await maja.keyboard.press('Enter')
    await dialog()
      .getByText(/fits?$|fit$/)
      .first()
      .waitFor()
    await dialog().getByLabel('Who gets them').click()
    await maja.getByRole('option', { name: who }).click()
    await maja.keyboard.press('Escape')
    await dialog().getByRole('button', { name: 'Make the territory' }).click()
    await gone()
  }

  test('territories that overlap say whom both would get, and who wins; another order turns it round', async () => {
    await tab(/^Territories/)
    await maja.getByText('No territory: every lead goes to whoever’s turn it is.').waitFor()
    await look('territories-none')
    await territory('Norway', 'Country', 'NO', 'Chidi Okafor')
    await territory('Buyers', 'Job title', 'Buyer', 'Tom Reeve')
    await maja.getByText('Some people fit two territories. The earlier one gets them.').waitFor()
    await maja.getByText('1 fit Norway and Buyers: Norway gets them.').waitFor()
    await maja.getByRole('link', { name: 'Cleo East' }).waitFor()
    await maja.getByText('1 more fit, but an earlier one takes them').waitFor()
    await maja.getByText(/^1 of 4 people \(25.?%\) fit none: their leads go to whoever’s turn it is\.$/).waitFor()
    await look('territories')
    await maja.getByRole('button', { name: 'Buyers: one up' }).click()
    await maja.getByText('1 fit Buyers and Norway: Buyers gets them.').waitFor()
    await maja.getByRole('button', { name: 'Undo' }).click()
    await maja.getByText('1 fit Norway and Buyers: Norway gets them.').waitFor()
  })

  test('two of one name, and one for nobody, are told in words', async () => {
    await maja.getByRole('button', { name: 'New territory…' }).click()
    await dialog().getByLabel('Name', { exact: true }).fill('norway')
    await dialog().getByRole('button', { name: 'Add a condition' }).click()
    await maja.getByRole('option', { name: 'Company', exact: true }).click()
    await dialog()
      .getByRole('button', { name: /^Value/ })
      .click()
    await maja.keyboard.type('Acme')
    await maja.keyboard.press('Enter')
    await dialog().getByRole('button', { name: 'Make the territory' }).click()
    await dialog().getByText('There is a territory “norway” already. Choose another name.').waitFor()
    await dialog().getByLabel('Name', { exact: true }).fill('Acme')
    await dialog().getByRole('button', { name: 'Make the territory' }).click()
    await gone()
    await maja.getByText('No rep: its leads go to whoever’s turn it is in the whole team.').waitFor()
  })

  test('a team without members, or whose members take nothing, says at once what becomes of its leads', async () => {
    await tab('Members and hours')
    await maja.getByLabel('Tom Reeve takes new leads').uncheck({ force: true })
    await maja.getByLabel('Chidi Okafor takes new leads').uncheck({ force: true })
    await maja.getByRole('button', { name: 'Save', exact: true }).click()
    await maja.getByText('Nobody here takes leads now.').waitFor()
    await maja.goto(`${base}/settings/teams`)
    await maja.getByRole('cell', { name: 'Inside sales' }).waitFor()
    await look('list')
    expect(teamId).not.toBe('')
    expect(faults).toEqual([])
  })
})
