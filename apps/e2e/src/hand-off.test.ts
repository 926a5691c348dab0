import { appendItems, createFlow } from '@baton/db'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { drawHandOff } from './hand-off/draw.ts'
import { aroundHandOff, PEOPLE } from './hand-off/programme.ts'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { giveReasons } from './story/flow.ts'
import { take } from './story/import.ts'
import { seriousFaults } from './story/pages.ts'
import { invite, joinAs, makeTeam } from './story/people.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A marketer, a sales manager and two reps over five months of the calendar. Each test goes on where the one before stopped. */
describe('handing leads to sales', () => {
  const house = useHouse('hand-off')
  const { clock, faults } = house
  let nora: Page
  let maja: Page
  let base: string
  let flowId: string
  /** The step that was drawn. */
  let sales: string
  const reps = new Map<string, Page>()

  const ask = <T extends object>(text: string, values: unknown[] = []) => house.server().db.query<T>(text, values)
  const handoffs = (first: string) =>
    ask<{ id: number; rep: string | null; state: string; attempt: number }>(
      `select h.id, u.name as rep, h.state, h.attempt from handoff h join contact c on c.bucket = h.bucket and c.id = h.contact_id
       left join "user" u on u.id = h.rep_id where c.key = $1 order by h.created_at`,
      [`${first}@${first}.example`],
    )
  const lastOf = async (first: string) => {
    const lead = (await handoffs(first)).at(-1)
    if (!lead) throw new Error(`Nobody handed ${first} over`)
    return lead
  }
  /** What the contact's newest lead is, as soon as it is so. */
  const becomes = (first: string, what: object) => expect.poll(() => lastOf(first), { timeout: 30_000 }).toMatchObject(what)
  const forward = (ms: number) => {
    clock.forward(ms)
    house.server().runner.nudge()
  }
  /** Opens the contact's newest lead at the desk of the rep who has it. */
  const atDesk = async (first: string, name: string): Promise<Page> => {
    await expect.poll(async () => (await lastOf(first)).rep, { timeout: 30_000 }).not.toBeNull()
    const lead = await lastOf(first)
    const page = reps.get(lead.rep ?? '')
    if (!page) throw new Error(`${lead.rep} is no rep of this story`)
    await page.goto(`${base}/desk/${lead.id}`)
    await page.getByRole('heading', { name, exact: true }).first().waitFor()
    return page
  }
  const press = (page: Page, name: RegExp) => page.locator('main').getByRole('button', { name }).first().click()
  const confirm = async (page: Page, name: string) => {
    await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  }
  const portsOf = async (first: string) => {
    const rows = await ask<{ node: string; port: string }>(
      `select s->>'node' as node, s->>'port' as port from journal j join enrolment e on e.bucket = j.bucket and e.id = j.enrolment_id
       join contact c on c.bucket = e.bucket and c.id = e.contact_id, json_array_elements(j.steps) s where c.key = $1 order by j.seq`,
      [`${first}@${first}.example`],
    )
    return rows.map((it) => `${it.node === sales ? 'sales' : it.node} ${it.port}`)
  }

  beforeAll(async () => {
    base = house.base()
    nora = await house.admin()
    maja = await house.newcomer()
    await joinAs(maja, await invite(nora, base, 'maja@ledgerline.example', 'Sales manager'), 'Maja Lind')
    for (const name of ['Chidi Okafor', 'Tom Reeve']) {
      const page = await house.newcomer()
      await joinAs(page, await invite(nora, base, `${name.split(' ')[0]?.toLowerCase()}@ledgerline.example`), name)
      reps.set(name, page)
    }
    await makeTeam(nora, base, [...reps.keys()])
    await take(nora, base, PEOPLE)
    await nora.getByText('All rows are read').waitFor()
  })

  test('marketing writes the agreement and signs, sales signs', async () => {
    await nora.goto(`${base}/agreements`)
    await nora
      .getByRole('button', { name: /New agreement/ })
      .first()
      .click()
    await nora.getByRole('dialog').getByLabel('Name').fill('Ready for sales')
    await nora.getByRole('dialog').getByRole('button', { name: 'Make it' }).click()
    await nora.getByLabel('Engagement score, at least').fill('15')
    await nora.getByLabel('Deal lost: days of rest').fill('30')
    await nora.getByLabel('Rejected: days of rest').fill('0')
    await nora.getByRole('button', { name: 'Save', exact: true }).click()
    await nora
      .getByRole('button', { name: /^Sign v1/ })
      .first()
      .click()
    await nora.getByText('Signed. The other side signs next.').waitFor()
    await maja.goto(nora.url())
    await maja
      .getByRole('button', { name: /^Sign v1/ })
      .first()
      .click()
    await maja.getByText('Version 1 is in force from now on.').waitFor()
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(maja, theme)
      expect(await seriousFaults(maja)).toEqual([])
      await picture(maja, `hand-off-agreement-${theme}`)
    }
  })

  test('marketing draws the hand-off: team, agreement, level, claw-back and the loop after a voicemail', async () => {
    const [team] = await ask<{ name: string }>('select name from team')
    flowId = await createFlow(house.server().db, { name: 'Demo requests', graph: aroundHandOff(), by: null, at: clock.now() })
    await nora.goto(`${base}/flows/${flowId}`)
    sales = await drawHandOff(nora, { team: team?.name ?? '', agreement: 'Ready for sales' })
    await picture(nora, 'hand-off-drawn')
  })

  test('the flow is checked, approved by the sales manager and published', async () => {
    const panel = (page: Page) => page.getByRole('complementary', { name: 'Review' })
    await nora.goto(`${base}/flows/${flowId}`)
    await nora.getByRole('button', { name: 'Publish', exact: true }).click()
    await nora.getByRole('button', { name: 'Go to the review' }).click()
    await panel(nora).getByText('a sales manager or an admin has to approve it').waitFor()
    await panel(nora).getByLabel('Who looks at it').click()
    await nora.getByRole('option', { name: 'Maja Lind' }).click()
    await nora.keyboard.press('Escape')
    await panel(nora).getByRole('button', { name: 'Ask for a review' }).click()
    await panel(nora).getByText('Nora Eide asks for a review').waitFor()
    await maja.goto(nora.url())
    await panel(maja).getByRole('button', { name: 'Approve' }).click()
    await panel(maja).getByText('Approved by Maja Lind').waitFor()
    await nora.goto(`${base}/flows/${flowId}`)
    await nora.getByRole('button', { name: 'Publish', exact: true }).click()
    const dialog = nora.getByRole('dialog')
    await giveReasons(dialog)
    await dialog.getByRole('button', { name: /^Publish/ }).click()
    await nora.getByText('Version 1 is live').first().waitFor()
  })

  test('leads arrive at the desks, shared between the reps, with a deadline and why', async () => {
    const people = await ask<{ id: number }>('select id from contact')
    const source = { kind: 'system' as const, id: 'test' }
    await house.server().db.transaction((tx) =>
      appendItems(
        tx,
        people.map(({ id }) => ({ contactId: id, item: { kind: 'enrol', at: clock.now(), flowId, node: 'in', key: '', source } as const })),
      ),
    )
    house.server().runner.nudge()
    const given = () =>
      ask<{ rep: string; n: number }>(
        `select u.name as rep, count(*) as n from handoff h join "user" u on u.id = h.rep_id group by 1 order by 2`,
      )
    await expect.poll(async () => (await given()).map((it) => it.n), { timeout: 30_000 }).toEqual([2, 3])
    const page = await atDesk('ada', 'Ada Winner')
    await page.locator('main').getByText('Asked for a demo').first().waitFor()
    await page
      .locator('main')
      .getByText(/2 h( 0 min)? left|1 h 59 min left/)
      .first()
      .waitFor()
    await page.locator('main').getByText('Ready for sales').first().waitFor()
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page)).toEqual([])
      await picture(page, `hand-off-lead-${theme}`)
    }
    // Another rep's lead is not there for anybody else.
    const { id, rep } = await lastOf('ada')
    const other = [...reps].find(([name]) => name !== rep)?.[1]
    await other?.goto(`${base}/desk/${id}`)
    await other
      ?.getByText(/not yours, or not there/)
      .first()
      .waitFor()
  })

  test('one is accepted, becomes an opportunity and is won', async () => {
    const page = await atDesk('ada', 'Ada Winner')
    await press(page, /^Accept/)
    await becomes('ada', { state: 'accepted' })
    await press(page, /^Make an opportunity/)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Amount').fill('12,500')
    await confirm(page, 'Make an opportunity')
    await press(page, /^Won/)
    await confirm(page, 'Won')
    await becomes('ada', { state: 'won' })
    await expect.poll(() => portsOf('ada'), { timeout: 30_000 }).toEqual(['in out', 'points out', 'sales converted', 'won end'])
  })

  test('one is rejected with a reason and goes back into nurture', async () => {
    const page = await atDesk('ben', 'Ben Recycled')
    await press(page, /^Reject/)
    await page.getByRole('dialog').getByLabel('No budget this year').check()
    await page.getByRole('dialog').getByText('Then the flow goes on: Wait 7 days').waitFor()
    await confirm(page, 'Reject')
    await expect.poll(() => portsOf('ben'), { timeout: 30_000 }).toEqual(['in out', 'points out', 'sales rejected'])
  })

  test('one has a mailbox that answers: the lead rests, and comes back to the same rep', async () => {
    const page = await atDesk('dan', 'Dan Voicemail')
    const first = await lastOf('dan')
    await press(page, /^Log a call/)
    await page.getByRole('dialog').getByLabel('Voicemail').check()
    await confirm(page, 'Log')
    await becomes('dan', { state: 'sleeping', id: first.id })
    await expect.poll(() => portsOf('dan'), { timeout: 30_000 }).toEqual(['in out', 'points out', 'sales voicemail'])
  })

  test('one is accepted, and the deal is lost', async () => {
    const page = await atDesk('eve', 'Eve Lost')
    await press(page, /^Accept/)
    await becomes('eve', { state: 'accepted' })
    await press(page, /^Lost/)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio').first().check()
    await confirm(page, 'Lost')
    await becomes('eve', { state: 'lost' })
    await expect.poll(() => portsOf('eve'), { timeout: 30_000 }).toEqual(['in out', 'points out', 'sales lost'])
  })

  test('one is not answered in time: taken back, told to the manager, and given to somebody else', async () => {
    const before = await lastOf('cleo')
    // The clock began to run at nine, when the team comes in.
    forward(3 * HOUR + 20 * MINUTE)
    await expect.poll(async () => (await lastOf('cleo')).rep, { timeout: 30_000 }).not.toBe(before.rep)
    await becomes('cleo', { state: 'assigned', id: before.id })
    const slow = reps.get(before.rep ?? '')
    await slow?.goto(`${base}/desk`)
    await slow?.getByRole('button', { name: /^Notes/ }).click()
    await slow
      ?.getByText(/Cleo Late/)
      .first()
      .waitFor()
    await maja.goto(`${base}/board`)
    await maja.getByRole('button', { name: /^Notes/ }).click()
    await maja
      .getByText(/Cleo Late/)
      .first()
      .waitFor()
    await maja.keyboard.press('Escape')
    const page = await atDesk('cleo', 'Cleo Late')
    await press(page, /^Accept/)
    await becomes('cleo', { state: 'accepted', id: before.id })
  })

  test('after two days the one with the mailbox is on the same desk again, as the second attempt', async () => {
    const before = await lastOf('dan')
    forward(2 * DAY)
    await becomes('dan', { state: 'assigned', id: before.id, rep: before.rep })
    const page = await atDesk('dan', 'Dan Voicemail')
    await press(page, /^Accept/)
    await becomes('dan', { state: 'accepted' })
  })

  test('months later the lost one is handed over again, with its history', async () => {
    forward(61 * DAY)
    await expect.poll(async () => (await handoffs('eve')).length, { timeout: 30_000 }).toBe(2)
    const page = await atDesk('eve', 'Eve Lost')
    await page.locator('main').getByText('With sales before').first().waitFor()
    await picture(page, 'hand-off-again')
  })

  test('the board counts what the journeys say', async () => {
    const told = await ask<{ type: string; n: number }>(`select type, count(*) as n from event where type like 'sales.%' group by 1`)
    const n = (type: string) => told.find((it) => it.type === `sales.${type}`)?.n ?? 0
    expect([n('handed-over'), n('accepted'), n('rejected'), n('converted'), n('lost'), n('breached')]).toEqual([6, 4, 1, 1, 1, 1])
    // The journeys say the same of those whom sales has done with.
    const ways = await ask<{ port: string; n: number }>(
      `select s->>'port' as port, count(*) as n from journal j, json_array_elements(j.steps) s
       where s->>'node' = $1 and s->>'port' <> 'voicemail' group by 1 order by 1`,
      [sales],
    )
    expect(ways).toEqual(['converted', 'lost', 'rejected'].map((port) => ({ port, n: n(port) })))
    await maja.goto(`${base}/board?days=90`)
    const strip = maja.getByRole('region', { name: 'The last 90 days' })
    const figure = async (name: string) => (await strip.locator('dl', { hasText: name }).first().textContent()) ?? ''
    await expect.poll(() => figure('Handed over')).toContain(`Handed over${n('handed-over')}`)
    await maja.getByText(`${n('handed-over')} handed over`).waitFor()
    expect(await figure('Accepted')).toContain(`${n('accepted')} of ${n('accepted') + n('rejected')} answers`)
    expect(await figure('On time')).toContain(`${n('breached')} too late`)
    expect(await figure('Won')).toMatch(new RegExp(`^Won${n('converted')}12,500, ${n('lost')} lost`))
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(maja, theme)
      expect(await seriousFaults(maja)).toEqual([])
      await picture(maja, `hand-off-board-${theme}`)
    }
    expect(faults).toEqual([])
  })
})
