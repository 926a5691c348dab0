import { ensureMonths, listUsers } from '@baton/db'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { seedDesk } from './desk/seed.ts'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { seriousFaults } from './story/pages.ts'
import { invite, joinAs } from './story/people.ts'

/** A sales manager's afternoon, with two reps at browsers of their own. Each test goes on where the last stopped. */
describe('the board, deals and companies', () => {
  // The browsers' clock is the real one, so Baton's is too.
  const house = useHouse('board', { noisy: true, at: Date.now() })
  let nora: Page
  let maja: Page
  let chidi: Page
  let tom: Page
  let base: string
  let leads: Map<string, number>

  const ask = <T extends object>(text: string, values: unknown[] = []) => house.server().db.query<T>(text, values)
  const look = async (page: Page, name: string) => {
    await picture(page, `board-${name}`)
    await inTheme(page, 'dark')
    expect(await seriousFaults(page)).toEqual([])
    await inTheme(page, 'light')
    expect(await seriousFaults(page)).toEqual([])
  }
  const row = (name: string) => maja.getByRole('table', { name: 'Reps' }).getByRole('row', { name: new RegExp(name) })
  const lead = (name: string) => maja.getByRole('table', { name: 'Leads' }).getByRole('row', { name: new RegExp(name) })
  const dialog = () => maja.getByRole('dialog')
  /** What the bell of somebody says; opening it takes nothing away. */
  const bell = async (page: Page, words: RegExp) => {
    await expect
      .poll(
        async () => {
          await page.reload()
          await page.getByRole('button', { name: /^Notes/ }).click()
          const found = page.getByText(words).first()
          return found.waitFor({ timeout: 2000 }).then(
            () => true,
            () => false,
          )
        },
        { timeout: 60_000 },
      )
      .toBe(true)
    await page.keyboard.press('Escape')
  }

  beforeAll(async () => {
    base = house.base()
    nora = await house.admin()
    const join = async (name: string, role?: string) => {
      const page = await house.newcomer()
      await joinAs(page, await invite(nora, base, `${name.split(' ')[0]?.toLowerCase()}@ledgerline.example`, role), name)
      return page
    }
    maja = await join('Maja Lind', 'Sales manager')
    chidi = await join('Chidi Okafor')
    tom = await join('Tom Reeve')
  })

  test('with nobody who takes leads the board says what to do first', async () => {
    await maja.goto(`${base}/board`)
    await maja.getByText('Nobody takes leads yet.').waitFor()
    await look(maja, 'none')
    await maja.goto(`${base}/opportunities`)
    await maja.getByText('No opportunity is known yet.').waitFor()
    await look(maja, 'opportunities-none')
  })

  test('a lead is moved to another rep with a reason, and both are told', async () => {
    const { db } = house.server()
    const reps = (await listUsers(db)).filter((one) => one.role === 'sales_rep')
    const rep = reps.find((one) => one.name === 'Chidi Okafor')
    const other = reps.find((one) => one.name === 'Tom Reeve')
    if (!rep || !other) throw new Error('no reps')
    leads = await seedDesk(db, { rep, now: house.clock.now() })
    await ask(`insert into team_member (team_id, user_id) values ('team_desk', $1)`, [other.id])
    await chidi.goto(`${base}/desk`)
    await tom.goto(`${base}/desk`)
    await maja.goto(`${base}/board`)
    await row('Chidi Okafor').getByRole('button', { name: 'Show the leads' }).click()
    await lead('Bruno Costa').hover()
    await lead('Bruno Costa').getByRole('button', { name: 'Move…' }).click()
    await dialog().getByRole('combobox', { name: 'Rep' }).click()
    await maja.getByRole('option', { name: /Tom Reeve/ }).click()
    await dialog().getByLabel('Reason').fill('Knows them')
    await look(maja, 'move')
    await dialog().getByRole('button', { name: 'Move', exact: true }).click()
    await maja.getByText('1 lead moved to Tom Reeve.').waitFor()
    await bell(chidi, /Maja Lind gave Bruno Costa \(Atlas Foods\) to Tom Reeve\. Why: Knows them\./)
    await bell(tom, /Maja Lind gave you Bruno Costa \(Atlas Foods\)\. Why: Knows them\./)
  })

  test('a lead goes back to marketing by a manager’s hand: only with a reason, with what that means, and in its history', async () => {
    await lead('Tomasz Zielinski').hover()
    await lead('Tomasz Zielinski').getByRole('button', { name: 'Move…' }).click()
    await dialog().getByRole('radio', { name: 'To marketing' }).check()
    const deed = dialog().getByRole('button', { name: 'Give back to marketing' })
    expect(await deed.isDisabled()).toBe(true)
    await dialog().getByText('Tomasz Zielinski will be with marketing again').waitFor()
    await dialog().getByLabel('Reason').fill('Not before their budget in autumn')
    await look(maja, 'to-marketing')
    await deed.click()
    await maja.getByText('1 lead given back to marketing.').waitFor()
    await bell(chidi, /Maja Lind gave Tomasz Zielinski \(Kolmar Packaging\) back to marketing\. Why: Not before their budget in autumn\./)
    await maja.goto(`${base}/desk/${leads.get('Zielinski')}`)
    await maja.getByText('Taken back from Chidi Okafor by Maja Lind').first().waitFor()
    await maja.getByText('Not before their budget in autumn').first().waitFor()
    const [side] = await ask<{ side: string }>(
      `select c.owner_side as side from contact c join handoff h on h.bucket = c.bucket and h.contact_id = c.id where h.id = $1`,
      [leads.get('Zielinski')],
    )
    expect(side?.side).toBe('marketing')
  })

  test('what a rep does, and what a lead does, appears on the board and on the desk without reloading', async () => {
    await maja.goto(`${base}/board`)
    await row('Chidi Okafor').getByRole('button', { name: 'Show the leads' }).click()
    await lead('Ingrid Solheim').getByText('New').waitFor()
    await chidi.goto(`${base}/desk/${leads.get('Solheim')}`)
    await chidi.getByRole('heading', { level: 1, name: 'Ingrid Solheim' }).waitFor()
    await chidi.locator('h1').click()
    await chidi.keyboard.press('a')
    await chidi.getByText('Ingrid Solheim is accepted.').first().waitFor()
    const at = house.clock.now() + 1000
    await ensureMonths(house.server().db, [at])
    await ask(
      `insert into event (bucket, at, id, contact_id, type, props, received_at)
       select bucket, $2, 'fresh', contact_id, 'demo.requested', '{}', $2 from handoff where id = $1`,
      [leads.get('Solheim'), at],
    )
    await lead('Ingrid Solheim').getByText('Working').waitFor()
    await chidi.locator('.tl').getByText('Demo requested').waitFor()
  })

  test('a deal made on the desk stands among the opportunities, to be found, narrowed and opened', async () => {
    await chidi.getByRole('button', { name: /^Make an opportunity/ }).click()
    await chidi.getByRole('dialog').getByLabel('Name').fill('Six entities')
    await chidi.getByRole('dialog').getByLabel('Amount').fill('18,000')
    await chidi.getByRole('dialog').getByRole('button', { name: 'Make an opportunity' }).click()
    await chidi.getByRole('dialog').waitFor({ state: 'hidden' })
    await maja.goto(`${base}/opportunities`)
    const deals = maja.getByRole('table', { name: 'Opportunities' })
    await expect.poll(() => deals.getByText('Six entities').count(), { timeout: 40_000 }).toBe(1)
    await maja.getByText('2 opportunities, EUR 42,000').waitFor()
    await look(maja, 'opportunities')
    await maja.getByRole('combobox', { name: 'Stage' }).click()
    await maja.getByRole('option', { name: 'Discovery' }).click()
    await expect.poll(() => deals.getByText('Duna, group close').count()).toBe(0)
    await maja.getByLabel('Find by name or person').fill('nobody at all')
    await maja.getByText('No opportunity is like this.').waitFor()
    await maja.getByRole('button', { name: 'Show all that are open' }).click()
    await deals.getByText('Six entities').click()
    await maja.getByRole('heading', { level: 1, name: 'Ingrid Solheim' }).waitFor()
  })

  test('a company is added, found, changed and removed', async () => {
    await nora.goto(`${base}/companies`)
    await nora.getByText('No company is known yet.').waitFor()
    await look(nora, 'companies-none')
    await nora.getByRole('button', { name: 'New company' }).click()
    const form = nora.getByRole('dialog')
    await form.getByLabel('Name', { exact: true }).fill('Kystfrakt Logistics')
    await form.getByLabel('Domain').fill('kystfrakt.example')
    await form.getByRole('button', { name: 'Add the company' }).click()
    await form.waitFor({ state: 'hidden' })
    await nora.getByText('Nobody belongs to it yet.').waitFor()
    await look(nora, 'company')
    await nora.getByRole('button', { name: 'Edit…' }).click()
    await form.getByLabel('Name', { exact: true }).fill('Kystfrakt')
    await form.getByRole('button', { name: 'Save' }).click()
    await nora.getByText('Kystfrakt is saved. Its people hear of it now.').waitFor()
    await nora.goto(`${base}/companies`)
    await nora.getByLabel('Find by name or domain').fill('none')
    await nora.getByText('No company begins with “none”.').waitFor()
    await nora.getByLabel('Find by name or domain').fill('kyst')
    await nora.getByRole('table', { name: 'Companies' }).getByText('Kystfrakt', { exact: true }).click()
    await nora.getByRole('button', { name: 'Remove…' }).click()
    await nora.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await nora.getByText(/No company (is known yet|begins with)/).waitFor()
  })

  test('on a phone a company shows its people and what is known of it, whatever its id; the filters of deals take a line each', async () => {
    await ask(
      `insert into company (id, name, domain, data, created_at, updated_at)
       values ('kystfrakt.example', 'Kystfrakt Logistics', 'kystfrakt.example', '{"annual_revenue": 12000000}', $1, $1)`,
      [house.clock.now()],
    )
    const size = nora.viewportSize()
    await nora.setViewportSize({ width: 390, height: 844 })
    await nora.goto(`${base}/companies/kystfrakt.example`)
    await nora.getByRole('tab', { name: 'Opportunities' }).click()
    await nora.getByText('No opportunity is known.').waitFor()
    await nora.getByText('Annual revenue').waitFor()
    await look(nora, 'company-phone')
    await nora.goto(`${base}/opportunities`)
    const words = nora.getByText('Nobody moved for')
    await words.waitFor()
    expect((await words.boundingBox())?.height).toBeLessThan(24)
    await look(nora, 'opportunities-phone')
    if (size) await nora.setViewportSize(size)
  })

  test('the weekly report counts what the leads’ histories say, week by week', async () => {
    await maja.goto(`${base}/board/week`)
    const figures = maja.getByRole('region', { name: 'The week in figures' })
    await figures.waitFor()
    await maja.getByRole('button', { name: 'The week after' }).click()
    await maja.getByText('still running').waitFor()
    const [told] = await ask<{ accepted: number; back: number }>(
      `select count(*) filter (where kind = 'accepted')::int as accepted, count(*) filter (where kind = 'clawed-back')::int as back
       from handoff_log where at >= $1`,
      [Date.parse(`${new URL(maja.url()).searchParams.get('from')?.replaceAll('"', '')}T00:00:00Z`)],
    )
    const figure = (name: string) => figures.locator('dl', { hasText: name }).first().locator('b').textContent()
    await expect.poll(() => figure('Accepted')).toBe(String(told?.accepted))
    expect(await figure('Taken back')).toBe(String(told?.back))
    expect(await maja.getByRole('button', { name: 'The week after' }).isDisabled()).toBe(true)
    await look(maja, 'week')
    await maja.getByRole('button', { name: 'The week before' }).click()
    await maja.getByText('still running').waitFor({ state: 'hidden' })
    expect(house.faults).toEqual([])
  })
})
