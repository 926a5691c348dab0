import { ensureMonths, type Handle } from '@baton/db'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { seriousFaults } from './story/pages.ts'
import { joinAs } from './story/people.ts'

const DAY = 86_400_000
const PEOPLE = 480

/** A share in [0, 1) that follows from what is given: FNV-1a, its high bits mixed in. */
function hash01(parts: readonly (string | number)[]): number {
  let hash = 2166136261
  for (const letter of parts.join(' ')) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619)
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}
const pick = <T>(list: readonly T[], ...seed: (string | number)[]): T | undefined => list[Math.floor(hash01(seed) * list.length)]

/** Half a year of people with points; every other one was handed over by version 1, and the small companies among them were rejected. */
async function halfYear(db: Handle, agreementId: string, now: number): Promise<void> {
  await ensureMonths(
    db,
    Array.from({ length: 9 }, (_, n) => now - n * 28 * DAY),
  )
  const people = Array.from({ length: PEOPLE }, (_, i) => {
    const bucket = Math.floor(hash01(['person', i]) * 1024)
    const at = now - Math.floor(hash01(['at', i]) * 150 + 5) * DAY
    const lead = i % 2 === 0
    const points = lead ? 4000 + Math.floor(hash01(['points', i]) * 5000) : Math.floor(hash01(['points', i]) * 5500)
    const employees = Math.floor(hash01(['employees', i]) * 90) + 5
    const rejected = employees < 25 ? hash01(['no', i]) < 0.8 : hash01(['no', i]) < 0.2
    const end = rejected ? 'rejected' : (pick(['won', 'lost', 'accepted', 'accepted', 'no-response', 'assigned'], 'end', i) ?? 'assigned')
    const won = lead ? end === 'won' : points > 3500 && i % 5 === 0
    return { bucket, id: (i + 1) * 1024 + bucket, at, lead, points, employees, end, won }
  })
  const insert = (statement: string, rows: readonly object[]) => db.query(statement, [JSON.stringify(rows)])
  await insert(
    `insert into contact (bucket, id, key, facts, stage, created_at) select r.bucket, r.id, 'p' || r.id,
       json_build_object('f', json_build_object('employees', r.employees), 'k', '{}'::json, 'c', '{}'::json)::jsonb, r.stage, 0
     from json_to_recordset($1::json) as r(bucket smallint, id bigint, employees int, stage text)`,
    people.map((it) => ({ ...it, stage: it.won ? 'customer' : 'lead' })),
  )
  await insert(
    `insert into ledger (bucket, contact_id, key, dimension, points, at, rule, cause) select r.bucket, r.id, 'k', 'fit', r.points, r.at, 'r',
       '{"flowId":"f","node":"n","visit":1}'::jsonb from json_to_recordset($1::json) as r(bucket smallint, id bigint, points int, at bigint)`,
    people.map(({ bucket, id, points, at }) => ({ bucket, id, points, at: at - DAY })),
  )
  await insert(
    `insert into event (bucket, at, id, contact_id, type, props, received_at)
     select r.bucket, r.at, r.key || r.id, r.id, r.type, r.props, r.at
     from json_to_recordset($1::json) as r(bucket smallint, id bigint, key text, type text, props jsonb, at bigint)`,
    people.flatMap(({ bucket, id, won, at }, i) => [
      ...(won ? [{ bucket, id, key: 'won', type: 'lifecycle.changed', props: { from: 'lead', to: 'customer' }, at: at + 4 * DAY }] : []),
      ...((won ? i % 4 !== 3 : i % 4 === 0) ? [{ bucket, id, key: 'price', type: 'Pricing viewed', props: {}, at: at - 2 * DAY }] : []),
    ]),
  )
  await insert(
    `insert into handoff (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, team_id, state, packet, created_at,
       answered_at, accepted_at, closed_at, reject_reason, outcome, agreement_id, agreement_version)
     select r.bucket, r.id, r.id, 'h' || r.id, 'flw', '', 1, 1, 'n', 'team', r.state,
       json_build_object('why', '', 'note', null, 'fields', '{}'::json, 'scores', json_build_object('fit', r.points))::jsonb,
       r.at, r.answered, r.accepted, r.closed, r.reason, r.outcome, '${agreementId}', 1
     from json_to_recordset($1::json) as r(bucket smallint, id bigint, state text, points int, at bigint, answered bigint, accepted bigint,
       closed bigint, reason text, outcome text)`,
    people
      .filter((it) => it.lead)
      .map((it) => {
        const took = ['won', 'lost', 'accepted'].includes(it.end)
        const over = ['won', 'lost', 'rejected', 'no-response'].includes(it.end)
        return {
          ...{ bucket: it.bucket, id: it.id, state: it.end, points: it.points, at: it.at },
          answered: took || it.end === 'rejected' ? it.at + DAY : null,
          accepted: took ? it.at + DAY : null,
          closed: over ? it.at + 4 * DAY : null,
          reason:
            it.end !== 'rejected' ? null : it.employees < 25 ? 'Too small for us' : pick(['No need', 'No budget this year'], 'why', it.id),
          outcome: it.end === 'won' ? 'converted' : over ? it.end : null,
        }
      }),
  )
}

/** Mara of marketing and Sam of sales agree on who is a lead. Each test goes on where the last stopped. */
describe('an agreement of two sides', () => {
  const house = useHouse('agreement')
  const { faults } = house
  let mara: Page
  let sam: Page
  let base: string
  const main = (page: Page) => page.getByRole('main')
  const bothThemes = async (page: Page, name: string) => {
    await picture(page, `agreement-${name}`)
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page)).toEqual([])
    }
  }
  const part = (page: Page, name: string) => page.getByRole('radio', { name }).click()

  beforeAll(async () => {
    base = house.base()
    mara = await house.admin()
    await house
      .server()
      .db.query(`insert into field (key, label, type, position, created_at) values ('employees', 'Employees', 'number', 50, 0)`)
    sam = await house.newcomer()
    await mara.goto(`${base}/settings/people`)
    await mara.getByRole('button', { name: 'Invite…' }).click()
    const dialog = mara.getByRole('dialog')
    await dialog.getByLabel('E-mail').fill('sam@ledgerline.example')
    await dialog.getByLabel('Role').click()
    await mara.getByRole('option', { name: 'Sales manager' }).click()
    await dialog.getByRole('button', { name: 'Make the link' }).click()
    await mara.getByLabel('Link').waitFor()
    await joinAs(sam, await mara.getByLabel('Link').inputValue(), 'Sam Sales')
  })

  test('begins with nothing, and says why it cannot be signed', async () => {
    await mara.goto(`${base}/agreements`)
    await mara.getByText('Nothing is agreed on yet.').waitFor()
    await bothThemes(mara, 'none')
    await mara.getByRole('button', { name: 'New agreement' }).first().click()
    await mara.getByLabel('Name').fill('Ready for sales')
    await mara.getByRole('button', { name: 'Make it' }).click()
    await mara.getByText('It says of nobody who qualifies: add a criterion or a threshold.').waitFor()
    expect(await mara.getByRole('button', { name: 'Sign v1' }).first().isDisabled()).toBe(true)
  })

  test('reads aloud what was chosen, and is signed by two people', async () => {
    await mara.getByLabel('Fit score, at least').fill('40')
    await mara.getByText('A lead qualifies when').waitFor()
    await mara.getByRole('combobox', { name: 'Deal lost: what becomes of the score' }).click()
    await mara.getByRole('option', { name: 'keeps at most …' }).click()
    await mara.getByText('each of its scores is').waitFor()
    await mara.getByLabel('Look at it again by').fill('2026-03-20')
    await mara.getByRole('button', { name: 'Save', exact: true }).click()
    await mara.getByText('Saved.').waitFor()
    await mara.getByRole('button', { name: 'Sign v1' }).first().click()
    await mara.getByText('You signed for the other side. Somebody else signs here.').waitFor()
    await sam.goto(`${base}/agreements`)
    await sam.getByText('sales is missing').waitFor()
    await sam.getByText('Ready for sales').click()
    await sam.getByRole('button', { name: 'Sign v1' }).click()
    await sam.getByText('Version 1 is in force from now on.').waitFor()
    await sam.getByText('v1 signed').waitFor()
    await bothThemes(sam, 'rules')
  })

  test('a change is the next version, a draft; what differs stands in words; the one in force decides', async () => {
    await sam.getByLabel('Fit score, at least').fill('55')
    await sam.getByRole('button', { name: 'Save as v2' }).click()
    await sam.getByText('Version 2 is a draft. Version 1 decides until both sides sign it.').waitFor()
    await sam.getByText('Against version 1').waitFor()
    await sam.getByRole('button', { name: 'Sign v2' }).click()
    await sam.getByText('Signed. The other side signs next.').waitFor()
    await part(sam, 'Versions and signatures')
    await sam.getByRole('heading', { name: 'What changed' }).waitFor()
    expect(await main(sam).locator('del').first().textContent()).toContain('40')
    expect(await main(sam).locator('ins').first().textContent()).toContain('55')
    await bothThemes(sam, 'versions')
  })

  test('is measured by what came of the leads, and the slider weighs another threshold', async () => {
    const { db } = house.server()
    const [row] = await db.query<{ id: string }>('select id from agreement')
    await part(sam, 'Measure')
    await sam.getByText('Nobody was handed over by it in this time.').waitFor()
    await halfYear(db, row?.id ?? '', house.clock.now())
    await sam.reload()
    await sam.getByRole('radio', { name: 'Ever since' }).click()
    const [tally] = await db.query<{ handed: number; accepted: number; answered: number }>(
      `select count(*) as handed, count(*) filter (where accepted_at is not null) as accepted, count(*) filter (where answered_at is not null) as answered from handoff`,
    )
    await sam.getByText(`${tally?.accepted} of ${tally?.answered} of those answered`).waitFor()
    await sam.getByText(`${tally?.handed} handed over`).waitFor()
    await sam.getByText(/have Employees below/).waitFor()
    await sam.getByText(/did “Pricing viewed” in the 90 days before/).waitFor()
    const slider = sam.getByLabel('Threshold of the Fit score')
    await slider.fill('60')
    const [there] = await db.query<{ n: number }>(`select count(*) as n from handoff where (packet->'scores'->>'fit')::int >= 6000`)
    const perWeek = (there?.n ?? 0) / 26
    await sam.getByText(`${perWeek < 10 ? Math.round(perWeek * 10) / 10 : Math.round(perWeek)} leads in a week instead of`).waitFor()
    await sam.setViewportSize({ width: 1440, height: 1900 })
    await bothThemes(sam, 'measure')
    await sam.setViewportSize({ width: 1440, height: 900 })
  })

  test('what rejected leads have in common becomes a criterion of the draft, whose signature is void then', async () => {
    await main(sam).getByRole('button', { name: 'Leave them out' }).first().click()
    await sam.getByText(/Version 2, a draft, asks for it now/).waitFor()
    await sam.getByText(/A lead qualifies when Employees is at least/).waitFor()
    await part(sam, 'Versions and signatures')
    await sam.getByText(/void since the text was changed/).waitFor()
    await mara.goto(base)
    await mara.getByText('Review the agreement Ready for sales').waitFor()
    expect(faults).toEqual([])
  })
})
