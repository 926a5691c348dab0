import { createFlow } from '@baton/db'
import { type FlowGraph, flowGraph, rollOutPlace } from '@baton/engine'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { giveReasons, pick } from './story/flow.ts'
import { take } from './story/import.ts'
import { seriousFaults } from './story/pages.ts'
import { makeSegment } from './story/segment.ts'

const EARLY = Array.from({ length: 100 }, (_, i) => `controller${i}@house.example`)
const LATE = Array.from({ length: 12 }, (_, i) => `late${i}@house.example`)
const CONTROLLERS = [...EARLY, ...LATE]
const ENGINEERS = Array.from({ length: 20 }, (_, i) => `engineer${i}@house.example`)

const DAY = 86_400_000

const drawn = (segmentId: string): FlowGraph =>
  flowGraph.parse({
    format: 1,
    nodes: [
      { id: 'in', type: 'trigger', position: { x: 0, y: 0 }, data: { v: 2, on: { kind: 'segment', segmentId, way: 'joined' } } },
      {
        id: 'rest',
        type: 'wait',
        position: { x: 0, y: 120 },
        data: { v: 2, slot: 1, until: { kind: 'duration', amount: 3, unit: 'days' } },
      },
      { id: 'out', type: 'exit', position: { x: 0, y: 240 }, data: { v: 1, label: 'Done' } },
    ],
    edges: [
      { id: 'a', source: 'in', sourceHandle: 'out', target: 'rest' },
      { id: 'b', source: 'rest', sourceHandle: 'out', target: 'out' },
    ],
  })

/** A flow goes live for a tenth of a segment first, and for everybody later. Each test goes on where the last stopped. */
describe('letting people in by stages', () => {
  const house = useHouse('roll-out')
  let page: Page
  let flowId: string
  const dialog = () => page.getByRole('dialog', { name: 'Publish Onboarding' })
  const inside = async () => {
    const rows = await house
      .server()
      .db.query<{ key: string }>(
        'select c.key from enrolment e join contact c on c.bucket = e.bucket and c.id = e.contact_id where e.gen = 0 and e.flow_id = $1',
        [flowId],
      )
    return rows.map(({ key }) => key).sort()
  }
  const among = (share: number) => CONTROLLERS.filter((key) => rollOutPlace(key, flowId) < share).sort()

  const bringIn = async (...rows: readonly string[]) => {
    await take(page, house.base(), ['E-mail;Job title', ...rows].join('\r\n'))
    await page.getByText('All rows are read').waitFor()
  }

  beforeAll(async () => {
    page = await house.admin()
  })

  test('whom a new segment finds did not just join it; who comes a day later did', async () => {
    await bringIn(...EARLY.map((it) => `${it};Controller`), ...ENGINEERS.map((it) => `${it};Engineer`))
    await makeSegment(page, house.base(), { name: 'Controllers', field: 'Job title', value: 'Controller' })
    const { db } = house.server()
    const members = async () => (await db.query<{ n: number }>('select count(*)::int as n from member where since is not null'))[0]?.n
    const passes = async () => (await db.query<{ status: string }>(`select status from scan where kind = 'segment'`)).map((it) => it.status)
    await expect.poll(passes, { timeout: 30_000 }).toEqual(['done'])
    expect(await members()).toBe(100)
    house.clock.forward(DAY)
    await bringIn(...LATE.map((it) => `${it};Controller`))
    await expect.poll(members, { timeout: 30_000 }).toBe(112)
    const [segment] = await db.query<{ id: string }>(`select id from segment where name = 'Controllers'`)
    flowId = await createFlow(db, { name: 'Onboarding', graph: drawn(segment?.id ?? ''), by: null, at: house.clock.now() })
    // From here on the clock goes on: who joined at this instant joined before it.
    house.clock.forward(1_000)
  })

  test('before it goes live it says who matches now and who comes in within a week; a tenth of them comes in', async () => {
    await page.goto(`${house.base()}/flows/${flowId}`)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await dialog().getByText('112 people match now').waitFor()
    await dialog().getByText('In the next 7 days about 12 people come in').waitFor()
    await dialog().getByText('12 who join Controllers, as many as of late').waitFor()
    await pick(page, dialog().getByRole('combobox', { name: 'Share of arrivals let in' }), '10% of them')
    await dialog().getByRole('radio', { name: 'Those of them who are in the roll-out come in at once, too' }).check()
    await dialog().getByText('1 who joins Controllers, as many as of late').waitFor()
    await picture(page, 'roll-out-publish')
    expect(await seriousFaults(page)).toEqual([])
    await giveReasons(dialog())
    await dialog()
      .getByRole('button', { name: /^Publish/ })
      .click()
    await page.getByText('Version 1 is live').first().waitFor()
    const few = among(0.1)
    expect(few.length).toBeGreaterThan(0)
    await expect.poll(inside, { timeout: 30_000 }).toEqual(few)
  })

  test('more are let in after a question that says what that does; whoever is inside stays', async () => {
    await page.goto(`${house.base()}/flows/${flowId}?mode=live`)
    await pick(page, page.getByRole('combobox', { name: 'Share of arrivals let in' }), 'All (100 %)')
    const question = page.getByRole('dialog', { name: 'Let everybody into Onboarding?' })
    await question.getByText('Members of its segments who waited come in at once').waitFor()
    await picture(page, 'roll-out-more')
    await question.getByRole('button', { name: 'Let everybody in' }).click()
    await page.getByText('Onboarding lets everybody in.').waitFor()
    await expect.poll(inside, { timeout: 30_000 }).toEqual([...CONTROLLERS].sort())
  })

  test('with nobody let in, those who come wait at the door, and nobody leaves', async () => {
    await pick(page, page.getByRole('combobox', { name: 'Share of arrivals let in' }), '1% of them')
    await page.getByRole('dialog').getByRole('button', { name: 'Let 1% of the people in' }).click()
    await page.getByText('Onboarding lets 1% of the people in.').waitFor()
    expect(await inside()).toEqual([...CONTROLLERS].sort())
    expect(house.faults).toEqual([])
  })
})
