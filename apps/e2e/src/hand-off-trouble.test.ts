import { listUsers, updateWorkspace } from '@baton/db'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { LEADS, seedDesk } from './desk/seed.ts'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { seriousFaults } from './story/pages.ts'
import { invite, joinAs } from './story/people.ts'

/** The Saturday before the clocks of Europe go forward, on a Sunday; the Monday after it is a holiday here. */
const SATURDAY = Date.UTC(2026, 2, 28, 10)

/** What goes wrong when leads are handed over, as those who meet it read it. Each test goes on where the last stopped. */
describe('trouble with leads', () => {
  const house = useHouse('hand-off-trouble', { noisy: true, at: SATURDAY })
  let nora: Page
  let maja: Page
  let tom: Page
  let base: string
  let leads: Map<string, number>

  const ask = <T extends object>(text: string, values: unknown[] = []) => house.server().db.query<T>(text, values)
  const leadOf = async (last: string) => {
    const [row] = await ask<{ state: string; rep: string | null; deadline: number | null }>(
      'select h.state, u.name as rep, h.deadline from handoff h left join "user" u on u.id = h.rep_id where h.id = $1',
      [leads.get(last)],
    )
    return row
  }
  const open = async (page: Page, last: string) => {
    await page.goto(`${base}/desk/${leads.get(last)}`)
    await page.getByRole('heading', { level: 1, name: new RegExp(last) }).waitFor()
  }
  const dialog = () => maja.getByRole('dialog')
  /** By the manager's hand, on the board. */
  const move = async (name: string, from: string, to: string) => {
    await maja.goto(`${base}/board`)
    const reps = maja.getByRole('table', { name: 'Reps' }).getByRole('row', { name: new RegExp(from) })
    await reps.getByRole('button', { name: 'Show the leads' }).click()
    const lead = maja.getByRole('table', { name: 'Leads' }).getByRole('row', { name: new RegExp(name) })
    await lead.hover()
    await lead.getByRole('button', { name: 'Move…' }).click()
    await dialog().getByRole('combobox', { name: 'Rep' }).click()
    await maja.getByRole('option', { name: new RegExp(to) }).click()
    await dialog().getByRole('button', { name: 'Move', exact: true }).click()
    await maja.getByText(`1 lead moved to ${to}.`).waitFor()
  }
  const accept = (page: Page) => page.locator('main').getByRole('button', { name: /^Accept/ })

  beforeAll(async () => {
    base = house.base()
    nora = await house.admin()
    maja = await house.newcomer()
    await joinAs(maja, await invite(nora, base, 'maja@ledgerline.example', 'Sales manager'), 'Maja Lind')
    const names = ['Tom Reeve', 'Chidi Okafor', 'Ada Outside']
    for (const name of names) {
      const page = await house.newcomer()
      await joinAs(page, await invite(nora, base, `${name.split(' ')[0]?.toLowerCase()}@ledgerline.example`), name)
      if (name === 'Tom Reeve') tom = page
    }
    const { db } = house.server()
    const users = await listUsers(db)
    const rep = users.find((it) => it.name === 'Tom Reeve')
    if (!rep) throw new Error('Nobody is called Tom')
    leads = await seedDesk(db, { rep, now: house.clock.now(), leads: LEADS.filter((it) => it.state === 'assigned') })
    await ask(`insert into team_member (team_id, user_id) select 'team_desk', id from "user" where name = 'Chidi Okafor'`)
    await updateWorkspace(db, { zone: 'Europe/Berlin' })
  })

  test('two accept one lead at the same instant: one has it, the other is told who', async () => {
    await open(tom, 'Solheim')
    await open(maja, 'Solheim')
    await Promise.all([accept(tom).click(), accept(maja).click()])
    const told = (page: Page) => page.getByText(/^Accepted by (Tom Reeve|Maja Lind) meanwhile\. Nothing was changed by you\.$/)
    await expect.poll(async () => (await told(tom).count()) + (await told(maja).count())).toBe(1)
    const loser = (await told(tom).count()) > 0 ? tom : maja
    const winner = loser === tom ? 'Maja Lind' : 'Tom Reeve'
    await loser.getByText(`Accepted by ${winner} meanwhile.`, { exact: false }).waitFor()
    await expect.poll(() => accept(loser).count()).toBe(0)
    const lines = await ask<{ by: string }>(`select by_name as by from handoff_log where handoff_id = $1 and kind = 'accepted'`, [
      leads.get('Solheim'),
    ])
    expect(lines).toEqual([{ by: winner }])
    expect(await leadOf('Solheim')).toMatchObject({ state: 'accepted', rep: 'Tom Reeve' })
    await picture(loser, 'hand-off-trouble-two')
  })

  test('who answers a lead that was taken away meanwhile is told who has it now', async () => {
    await open(tom, 'Diallo')
    await move('Amara Diallo', 'Tom Reeve', 'Chidi Okafor')
    await accept(tom).click()
    await tom.getByText('Maja Lind gave this lead to Chidi Okafor.').first().waitFor()
    expect(await leadOf('Diallo')).toMatchObject({ state: 'assigned', rep: 'Chidi Okafor' })
    await picture(tom, 'hand-off-trouble-gone')
    expect(await seriousFaults(tom)).toEqual([])
  })

  test('a deadline runs past the change of the clocks and a holiday, and each reads it by their own clock', async () => {
    // Nine to five in Berlin, closed on Monday. A lead of Saturday with two hours is due on Tuesday at eleven, summer time.
    await ask(
      `update calendar set zone = 'Europe/Berlin', hours = $1::jsonb, holidays = '[{"date":"2026-03-30","name":"Founders’ Day"}]' where id = 'cal_desk'`,
      [JSON.stringify(Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, [{ from: '09:00', to: '17:00' }]])))],
    )
    await ask(`update handoff set contract = jsonb_set(contract, '{level,minutes}', '120') where id = $1`, [leads.get('Aas')])
    await move('Henrik Aas', 'Tom Reeve', 'Chidi Okafor')
    const due = Date.UTC(2026, 2, 31, 9)
    expect(await leadOf('Aas')).toMatchObject({ rep: 'Chidi Okafor', deadline: due })
    const state = await maja.context().storageState()
    for (const [timezoneId, words, inList] of [
      ['Europe/Berlin', 'stands still until Tue 09:00, due 11:00', 'until Tue 11:00'],
      ['America/New_York', 'stands still until Tue 03:00, due 05:00', 'until Tue 05:00'],
    ] as const) {
      const context = await house.browser().newContext({ storageState: state, timezoneId, viewport: { width: 1280, height: 800 } })
      const page = await context.newPage()
      await page.clock.install({ time: SATURDAY })
      await open(page, 'Aas')
      await page.getByText(words).waitFor()
      await page.getByRole('navigation', { name: 'Leads' }).getByText(inList, { exact: true }).waitFor()
      // Nobody works until Tuesday at nine: the two hours stand still whole.
      await page.getByText('2 h left').first().waitFor()
      await picture(page, `hand-off-trouble-${timezoneId.replace('/', '-')}`)
      await context.close()
    }
  })

  test('a field that a territory and a score ask for stays, and says what asks for it; a page from before it went is told', async () => {
    await ask(`insert into field (key, label, type, position, created_at) values ('employees', 'Employees', 'number', 50, 0)`)
    const value = async (page: Page, text: string) => {
      await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement)
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    }
    await maja.goto(`${base}/settings/teams/team_desk?show=territories`)
    await maja.getByRole('button', { name: 'New territory…' }).first().click()
    await dialog().getByLabel('Name', { exact: true }).fill('Large')
    await dialog().getByRole('button', { name: 'Add a condition' }).click()
    await maja.getByRole('option', { name: 'Employees', exact: true }).click()
    await value(maja, '100')
    await dialog().getByRole('button', { name: 'Make the territory' }).click()
    await dialog().waitFor({ state: 'hidden' })
    const fields = await house.newcomer()
    await fields.context().addCookies(await nora.context().cookies())
    const remove = async () => {
      await fields.goto(`${base}/contacts/fields`)
      await fields.getByRole('row', { name: /^Employees/ }).hover()
      await fields.getByRole('button', { name: 'Delete Employees' }).click()
    }
    await remove()
    await fields.getByText('It stays as long as it is used:').waitFor()
    await fields.getByRole('dialog').getByRole('link', { name: 'Inside sales' }).waitFor()
    expect(await fields.getByRole('button', { name: 'Delete', exact: true }).count()).toBe(0)
    await picture(fields, 'hand-off-trouble-field')

    // A rule is written on one page while the field goes on another.
    await nora.goto(`${base}/scoring`)
    const fit = nora.getByRole('region', { name: 'Fit', exact: true })
    await fit.getByRole('button', { name: 'Points for who they are' }).click()
    await fit.getByRole('listitem').last().getByRole('button', { name: 'Add a condition' }).click()
    await nora.getByRole('option', { name: 'Employees', exact: true }).click()
    await value(nora, '100')
    await ask('delete from territory')
    await remove()
    await fields.getByText('Nothing uses it and nobody has a value.').waitFor()
    await fields.getByRole('button', { name: 'Delete', exact: true }).click()
    await fields.getByRole('dialog').waitFor({ state: 'hidden' })
    await nora.getByRole('button', { name: 'Save draft' }).click()
    await nora.getByText('There is no field “employees”: choose another, or create it.').first().waitFor()
    await picture(nora, 'hand-off-trouble-rule')
    expect(await nora.getByRole('button', { name: 'Publish…' }).isEnabled()).toBe(false)
  })

  test('a rep who goes leaves the open leads to somebody: it is asked who, said, and done', async () => {
    await nora.goto(`${base}/settings/people`)
    await nora.getByRole('row', { name: /Tom Reeve/ }).hover()
    await nora
      .getByRole('row', { name: /Tom Reeve/ })
      .getByRole('button', { name: 'Deactivate…' })
      .click()
    const leaving = nora.getByRole('dialog')
    const [open] = await ask<{ n: number }>(
      `select count(*)::int as n from handoff h join "user" u on u.id = h.rep_id where u.name = 'Tom Reeve' and h.state in ('assigned', 'accepted')`,
    )
    await nora.getByRole('heading', { name: `Tom Reeve has ${open?.n} open leads` }).waitFor()
    await leaving.getByText('No lead is left with nobody.').waitFor()
    await leaving.getByLabel('A named rep').check()
    await leaving.getByRole('combobox', { name: 'Rep' }).click()
    // Who is in no team of these leads cannot have them.
    await nora.getByRole('option', { name: 'Chidi Okafor' }).waitFor()
    expect(await nora.getByRole('option', { name: 'Ada Outside' }).count()).toBe(0)
    await nora.getByRole('option', { name: 'Chidi Okafor' }).click()
    await picture(nora, 'hand-off-trouble-leaver')
    await leaving.getByRole('button', { name: 'Deactivate' }).click()
    await nora.getByText('Tom Reeve is deactivated. The open leads went on.').waitFor()
    expect(await ask(`select u.name, h.state from handoff h left join "user" u on u.id = h.rep_id group by 1, 2`)).toEqual([
      { name: 'Chidi Okafor', state: 'assigned' },
    ])
    await tom.reload()
    await tom.getByRole('button', { name: 'Sign in' }).first().waitFor()
  })
})
