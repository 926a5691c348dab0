import { listUsers, updateWorkspace } from '@baton/db'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { LEADS, seedDesk } from './desk/seed.ts'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { seriousFaults } from './story/pages.ts'
import { invite, joinAs, joinAsRep } from './story/people.ts'

const HOUR = 3_600_000

/** What a rep says of a lead besides yes and no, and how they are told. Each test goes on where the last stopped. */
describe('answers of a rep, and how they are told', () => {
  const house = useHouse('desk-answers', { at: Date.now() })
  let nora: Page
  let chidi: Page
  let rep: { id: string; name: string }
  let other: { id: string; name: string }
  let leads: Map<string, number>
  const db = () => house.server().db
  const dialog = () => chidi.getByRole('dialog')
  const said = (words: RegExp) => chidi.getByText(words).first().waitFor()
  const open = async (last: string) => {
    await chidi.goto(`${house.base()}/desk/${leads.get(last)}`)
    await chidi.getByRole('heading', { level: 1, name: new RegExp(last) }).waitFor()
  }
  const lead = async (last: string) => {
    const [row] = await db().query<{ state: string; rep: string | null; rev: number }>(
      'select state, rep_id as rep, rev from handoff where bucket = $1::smallint and id = $2',
      [(leads.get(last) ?? 0) % 1024, leads.get(last)],
    )
    return row
  }
  const mailsToChidi = () => house.sink().mails.filter((it) => it.to?.some((one) => one.address === 'chidi@ledgerline.example'))

  beforeAll(async () => {
    nora = await house.admin()
    chidi = await house.newcomer()
    await joinAsRep(chidi, await invite(nora, house.base()))
    await joinAs(await house.newcomer(), await invite(nora, house.base(), 'lea@ledgerline.example'), 'Lea Brandt')
    const users = await listUsers(db())
    const named = (name: string) => {
      const found = users.find((one) => one.name === name)
      if (!found) throw new Error(`no ${name}`)
      return found
    }
    rep = named('Chidi Okafor')
    other = named('Lea Brandt')
    leads = await seedDesk(db(), { rep, now: house.clock.now(), leads: LEADS })
    await db().query(`insert into team_member (team_id, user_id) values ('team_desk', $1)`, [other.id])
    await updateWorkspace(db(), { zone: 'UTC' })
  })

  test('a wrong number is told to marketing, and the lead stays with its rep', async () => {
    await open('Diallo')
    await chidi.keyboard.press('l')
    await dialog().getByLabel('Wrong number').check()
    await dialog().getByText('Marketing sees that the number is wrong.').waitFor()
    await picture(chidi, 'desk-wrong-number')
    await dialog().getByRole('button', { name: 'Log' }).click()
    await said(/Wrong number noted\. Write to Amara Diallo, or reject\./)
    await chidi
      .locator('.tl')
      .getByText(/a wrong number/)
      .first()
      .waitFor()
    expect(await lead('Diallo')).toMatchObject({ state: 'assigned', rep: rep.id })
  })

  test('a meeting stands in the story with its day and hour, and stops the clock', async () => {
    await open('Solheim')
    await chidi.keyboard.press('b')
    await dialog().getByLabel('Note, if it helps').fill('Shows the close of six entities')
    await picture(chidi, 'desk-meeting')
    expect(await seriousFaults(chidi)).toEqual([])
    await dialog().getByRole('button', { name: 'Book' }).click()
    await said(/Meeting with Ingrid Solheim noted\./)
    await chidi.locator('.tl').getByText('Shows the close of six entities').first().waitFor()
    await chidi.getByText('In touch', { exact: true }).waitFor()
    expect(await lead('Solheim')).toMatchObject({ state: 'assigned', rep: rep.id })
  })

  test('who is given back goes to the next rep with a note', async () => {
    await open('Zielinski')
    await chidi.keyboard.press('g')
    await dialog().getByLabel('Note for the next rep, if it helps').fill('Speaks Polish only')
    await picture(chidi, 'desk-give-back')
    await dialog().getByRole('button', { name: 'Give back' }).click()
    await said(/Tomasz Zielinski is back with the team/)
    await expect.poll(() => lead('Zielinski')).toMatchObject({ state: 'assigned', rep: other.id })
    await nora.goto(`${house.base()}/desk/${leads.get('Zielinski')}`)
    await nora.locator('.tl').getByText('Speaks Polish only').first().waitFor()
  })

  /** The manager gives a lead to the rep, who is told of it. */
  const given = async (last: string) => {
    const row = await lead(last)
    await nora.evaluate(
      async (body) => {
        const headers = { 'content-type': 'application/json' }
        const answer = await fetch('/api/trpc/board.move', { method: 'POST', headers, body })
        if (!answer.ok) throw new Error(await answer.text())
      },
      JSON.stringify({ leads: [{ id: leads.get(last), rev: row?.rev }], to: { kind: 'rep', userId: rep.id }, note: 'Knows them' }),
    )
    await expect.poll(() => told(last), { timeout: 20_000 }).toBeGreaterThan(0)
  }
  const told = async (last: string) => {
    const [row] = await db().query<{ n: number }>(
      `select count(*)::int as n from notification where user_id = $1 and lead_id = $2 and text like '%gave you%' and at >= $3`,
      [rep.id, leads.get(last), house.clock.now()],
    )
    return row?.n ?? 0
  }
  /** To the other rep, so that it can be given. */
  const giveBack = async (last: string) => {
    house.clock.forward(60_000)
    await open(last)
    await chidi.keyboard.press('g')
    await dialog().getByRole('button', { name: 'Give back' }).click()
    await said(/is back with the team/)
    await expect.poll(() => lead(last)).toMatchObject({ rep: other.id })
  }
  const choose = async (how: string) => {
    await chidi.goto(`${house.base()}/settings`)
    await chidi.getByRole('radio', { name: how }).click()
    await chidi.getByRole('button', { name: 'Save' }).click()
    await said(/Saved\./)
  }

  test('by the hour: the bell at once, one mail for all within the hour, and none after it', async () => {
    await choose('Every hour')
    await picture(chidi, 'desk-settings')
    const before = mailsToChidi().length
    await given('Zielinski')
    expect(mailsToChidi()).toHaveLength(before)
    await house.server().chores.run('gather-lead-notes')
    await expect.poll(() => mailsToChidi().length).toBe(before + 1)
    await house.server().chores.run('gather-lead-notes')
    expect(mailsToChidi()).toHaveLength(before + 1)
  })

  test('at once: a mail for each', async () => {
    await choose('At once')
    const before = mailsToChidi().length
    await giveBack('Costa')
    await given('Costa')
    await expect.poll(() => mailsToChidi().length, { timeout: 20_000 }).toBe(before + 1)
    expect(mailsToChidi().at(-1)?.subject).toContain('Nora Eide gave you Bruno Costa')
  })

  test('once a day: at eight in the morning', async () => {
    await choose('Once a day')
    const before = mailsToChidi().length
    await giveBack('Aas')
    await given('Aas')
    await house.server().chores.run('gather-lead-notes')
    expect(mailsToChidi()).toHaveLength(before)
    for (let hours = 0; hours < 25 && mailsToChidi().length === before; hours++) {
      house.clock.forward(HOUR)
      await house.server().chores.run('gather-lead-notes')
    }
    expect(mailsToChidi()).toHaveLength(before + 1)
    expect(new Date(house.clock.now()).getUTCHours()).toBe(8)
    expect(house.faults).toEqual([])
  })
})
