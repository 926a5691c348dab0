import { addContacts, createIds } from '@baton/db'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { seriousFaults } from './story/pages.ts'

/** Who gets points for what, drawn up by a marketer. Each test goes on where the last stopped. */
describe('the score model', () => {
  const house = useHouse('scoring', { noisy: true })
  const { faults } = house
  let nora: Page
  let base: string

  const ask = <T extends object>(text: string, values: unknown[] = []) => house.server().db.query<T>(text, values)
  const look = async (name: string) => {
    await picture(nora, `scoring-${name}`)
    await inTheme(nora, 'dark')
    expect(await seriousFaults(nora)).toEqual([])
    await inTheme(nora, 'light')
    expect(await seriousFaults(nora)).toEqual([])
  }
  const part = (name: string) => nora.getByRole('region', { name, exact: true })
  const press = (name: string | RegExp) => nora.getByRole('button', { name }).first().click()
  /** A token was opened: what is typed now goes into its field. */
  const typing = () => nora.waitForFunction(() => document.activeElement instanceof HTMLInputElement)
  const type = async (text: string) => {
    await nora.keyboard.press('Control+a')
    await nora.keyboard.type(text)
    await nora.keyboard.press('Tab')
  }
  /** A rule on who they are: field, comparison as it is, value; and its points. */
  const attribute = async (of: string, field: string, value: string, points: string) => {
    await part(of).getByRole('button', { name: 'Points for who they are' }).click()
    const rule = part(of).getByRole('listitem').last()
    await rule.getByRole('button', { name: 'Add a condition' }).click()
    await nora.getByRole('option', { name: field, exact: true }).click()
    // The value is asked for at once.
    await typing()
    await nora.keyboard.type(value)
    await nora.keyboard.press('Enter')
    await rule.getByLabel('Points').fill(points)
    return rule
  }
  const saved = async () => {
    await press('Save draft')
    await expect.poll(() => nora.getByRole('button', { name: 'Publish…' }).isEnabled()).toBe(true)
  }
  const publish = async (version: number, before = async () => {}) => {
    await press('Publish…')
    const dialog = nora.getByRole('dialog')
    await before()
    await dialog.getByRole('button', { name: `Publish ${version}` }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  const pointsOf = async (email: string) => {
    const [row] = await ask<{ sum: number }>(
      `select coalesce(sum(l.points), 0)::int as sum from ledger l join contact c on c.bucket = l.bucket and c.id = l.contact_id
       where c.key = $1`,
      [email],
    )
    return row?.sum
  }

  beforeAll(async () => {
    base = house.base()
    nora = await house.admin()
    const { db } = house.server()
    await ask(
      `insert into field (key, label, type, position, created_at) values ('employees', 'Employees', 'number', 50, 0), ('spent', 'Spent in all', 'number', 51, 0)`,
    )
    const people = Array.from({ length: 6 }, (_, i) => {
      const email = `person${i}@acme.example`
      const fields = { email, first_name: `Person ${i}`, job_title: i % 2 === 0 ? 'Controller' : 'Student', employees: i * 50 }
      return { email, external: null, fields, consent: {} }
    })
    await addContacts(db, createIds(db), people, { at: house.clock.now(), textKeys: ['job_title'] })
  })

  test('begins with nothing, and says what each part is for', async () => {
    await nora.goto(`${base}/scoring`)
    await nora.getByText('No rule gives points to this score yet. Steps of flows may.').first().waitFor()
    await nora.getByText('A grade such as A1 says at a glance who fits and who is interested.').waitFor()
    await look('none')
  })

  test('rules on who they are and on what they do, with points below zero, a limit and fading', async () => {
    await attribute('Fit', 'Employees', '100', '30')
    await attribute('Fit', 'Job title', 'Student', '-20')
    await part('Engagement').getByRole('button', { name: 'Points for what they do' }).click()
    const rule = part('Engagement').getByRole('listitem').last()
    await rule.getByRole('button', { name: /^What happens/ }).click()
    await typing()
    await nora.keyboard.type('webinar.attended')
    await nora.keyboard.press('Enter')
    await rule.getByLabel('Points').fill('25')
    await rule.getByRole('button', { name: 'Limit how often' }).click()
    await rule.getByLabel('Times at most').click()
    await type('2')
    await part('Engagement').getByText('How points fade, and the most that counts').click()
    await part('Engagement').getByLabel('Half after').click()
    await type('30')
    await part('Engagement').getByLabel('The most that counts').click()
    await type('60')
    await part('Engagement')
      .getByText(/30 days/)
      .first()
      .waitFor()
    await press('Set a grade')
    for (const [letter, points] of [
      ['A', '30'],
      ['B', '20'],
    ]) {
      await nora.getByLabel(`${letter} from`).click()
      await type(points ?? '')
      if (letter === 'A') await nora.getByText('The thresholds of Fit fall from the best grade to the last: mend them.').waitFor()
    }
    await nora.getByLabel('C from').click()
    await type('10')
    await look('rules')
    await saved()
  })

  test('a look at real people says what each would get and why, before anything is changed', async () => {
    await press('Look')
    await nora.getByText('Everybody was looked at. Nothing is changed yet.').waitFor()
    await nora
      .getByRole('table')
      .getByRole('row')
      .filter({ has: nora.getByRole('rowheader', { name: 'A' }) })
      .waitFor()
    await nora
      .getByText(/Employees is at least 100|Employees is 100|Employees/)
      .last()
      .waitFor()
    expect(await pointsOf('person4@acme.example')).toBe(0)
    await look('preview')
  })

  test('published, everybody gets their points, and the version says what it is', async () => {
    await publish(1)
    await expect.poll(() => pointsOf('person5@acme.example'), { timeout: 30_000 }).not.toBe(0)
    await nora.getByRole('link', { name: 'Versions' }).click()
    await nora.getByRole('region', { name: 'Version 1' }).getByText('+30').waitFor()
    await look('versions')
  })

  test('a rule on what is known only afterwards warns, and must be read before it is published', async () => {
    await nora.goto(`${base}/contacts/fields`)
    await nora.getByRole('row', { name: /Spent in all/ }).click()
    await nora.getByRole('dialog').getByLabel('Known only after the outcome').check({ force: true })
    await nora.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await nora.getByRole('dialog').waitFor({ state: 'hidden' })
    await nora.goto(`${base}/scoring`)
    const rule = await attribute('Fit', 'Spent in all', '1000', '50')
    await rule.getByText(/known only after the outcome/).waitFor()
    await saved()
    await press('Publish…')
    const dialog = nora.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: 'Publish 2' }).isDisabled()).toBe(true)
    await look('warning')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await part('Fit').getByRole('listitem').last().getByRole('button', { name: 'Take the rule away' }).click()
    await nora.getByRole('button', { name: 'Undo' }).click()
    await rule.getByText(/known only after the outcome/).waitFor()
    await part('Fit').getByRole('listitem').last().getByRole('button', { name: 'Take the rule away' }).click()
  })

  test('a new version goes over everybody with progress, can be stopped, and goes on where it was', async () => {
    // The pass stands still for as long as its progress cannot be written.
    await ask(`create function held() returns trigger language plpgsql as 'begin raise exception ''held''; end'`)
    await ask('create trigger held before update of done on scan for each row execute function held()')
    await attribute('Fit', 'Job title', 'Controller', '10')
    await saved()
    await publish(2)
    await nora.getByRole('progressbar', { name: 'Everybody’s points are being brought to version 2' }).waitFor()
    await nora.getByText('0 of 6 people').waitFor()
    await look('running')
    await press('Stop…')
    await nora.getByRole('dialog').getByRole('button', { name: 'Stop', exact: true }).click()
    await nora.getByText('Stopped after 0 people: 6 have the points of an older version.').waitFor()
    await look('stopped')
    const before = await pointsOf('person4@acme.example')
    await ask('drop trigger held on scan')
    await press('Go on')
    await expect.poll(() => pointsOf('person4@acme.example'), { timeout: 60_000 }).toBe((before ?? 0) + 1000)
    await expect.poll(() => nora.getByText(/^Stopped after/).count()).toBe(0)
    expect(faults).toEqual([])
  })
})
