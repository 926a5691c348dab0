import { appendItems, createFlow } from '@baton/db'
import { type FlowGraph, flowGraph } from '@baton/engine'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { inTheme } from './harness/theme.ts'
import { giveReasons, pick } from './story/flow.ts'
import { importPeople, take } from './story/import.ts'
import { seriousFaults } from './story/pages.ts'

const HOUR = 3_600_000
const at = (y: number) => ({ x: 0, y })
const rest = (id: string, y: number, amount: number, unit: string) => ({
  id,
  type: 'wait',
  position: at(y),
  data: { v: 2, slot: 1, until: { kind: 'duration', amount, unit } },
})
const note = (user: string) => ({
  id: 'note',
  type: 'notify',
  position: at(240),
  data: { v: 1, to: { kind: 'user', id: user }, text: 'Call them' },
})
const graph = (...rests: (ReturnType<typeof rest> | ReturnType<typeof note>)[]): FlowGraph => {
  const nodes = [
    { id: 'in', type: 'trigger', position: at(0), data: { v: 2, on: { kind: 'manual' } } },
    ...rests,
    { id: 'out', type: 'exit', position: at(480), data: { v: 1, label: 'Done' } },
  ]
  const edges = nodes.slice(1).map((node, i) => ({ id: `e${i}`, source: nodes[i]?.id, sourceHandle: 'out', target: node.id }))
  return flowGraph.parse({ format: 1, nodes, edges })
}
const before = graph(rest('first', 120, 48, 'hours'), rest('second', 240, 24, 'hours'))
const after = graph(rest('first', 120, 1, 'hours'), rest('later', 240, 30, 'hours'))

/** A live flow is changed with people inside: who moves where is shown, answered and done, and taken back. Each test goes on where the last stopped. */
describe('changing a flow with people inside', () => {
  const house = useHouse('migrate')
  let page: Page
  let base: string
  let flowId: string
  const { clock } = house
  const { faults } = house
  const dialog = (name = 'Nurture') => page.getByRole('dialog', { name: `Publish ${name}` })
  const publishFirst = async (name: string) => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await giveReasons(dialog(name))
    await dialog(name)
      .getByRole('button', { name: /^Publish/ })
      .click()
    await page.getByText('Version 1 is live').first().waitFor()
  }
  const draw = (id: string, drawn: FlowGraph) =>
    house.server().db.query('update flow set draft = $2::jsonb, draft_rev = draft_rev + 1 where id = $1', [id, JSON.stringify(drawn)])
  const places = async () => {
    const rows = await house.server().db.query<{ at: string }>(
      `select split_part(c.key, '@', 1) || ' ' || e.version || ' ' || e.node as at from enrolment e
       join contact c on c.bucket = e.bucket and c.id = e.contact_id where e.gen = 0 order by 1`,
    )
    return rows.map((row) => row.at)
  }
  const enter = async (names: readonly string[], into = flowId) => {
    const people = await house
      .server()
      .db.query<{ id: number }>(`select id from contact where split_part(key, '@', 1) = any($1::text[])`, [names])
    const now = clock.now()
    const source = { kind: 'system' as const, id: 'test' }
    await house.server().db.transaction((tx) =>
      appendItems(
        tx,
        people.map(({ id }) => ({ contactId: id, item: { kind: 'enrol', at: now, flowId: into, node: 'in', key: '', source } as const })),
      ),
    )
    house.server().runner.nudge()
  }

  beforeAll(async () => {
    base = house.base()
    page = await house.admin()
    await importPeople(page, base)
    flowId = await createFlow(house.server().db, { name: 'Nurture', graph: before, by: null, at: clock.now() })
  })

  test('people are inside, at two steps', async () => {
    await page.goto(`${base}/flows/${flowId}`)
    await publishFirst('Nurture')
    await enter(['ingrid'])
    await expect.poll(places, { timeout: 20_000 }).toEqual(['ingrid 1 first'])
    clock.forward(48 * HOUR)
    house.server().runner.nudge()
    await expect.poll(places, { timeout: 20_000 }).toEqual(['ingrid 1 second'])
    await enter(['peter', 'paul'])
    await expect.poll(places, { timeout: 20_000 }).toEqual(['ingrid 1 second', 'paul 1 first', 'peter 1 first'])
    clock.forward(2 * HOUR)
    await draw(flowId, after)
  })

  test('what becomes of them is shown, and has to be answered where their step is gone', async () => {
    await page.goto(`${base}/flows/${flowId}`)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await dialog().getByText('3 people are inside, on version 1.').waitFor()
    await giveReasons(dialog())
    const row = (name: string) => dialog().getByRole('row').filter({ hasText: name })
    await row('Wait 48 hours').getByText('becomes Wait 1 hour').waitFor()
    await row('Wait 48 hours').getByText('2 have waited long enough and go on at once').waitFor()
    await row('Wait 24 hours').getByText('not in version 2').waitFor()
    await dialog().getByText('Say what becomes of 1 person inside.').waitFor()
    const go = dialog().getByRole('button', { name: 'Publish 2 over 1' })
    expect(await go.isDisabled()).toBe(true)
    for (const theme of ['dark', 'light'] as const) {
      await inTheme(page, theme)
      expect(await seriousFaults(page)).toEqual([])
      await picture(page, `migrate-open-${theme}`)
    }
    await pick(page, dialog().getByRole('combobox', { name: 'What becomes of those at Wait 24 hours' }), 'Wait 1 hour')
    await dialog().getByText('1 passed there before, and do so again').waitFor()
    await pick(page, dialog().getByRole('combobox', { name: 'What becomes of those at Wait 24 hours' }), 'Wait 30 hours')
    await dialog().getByText('Of 3 people, 2 stay at the step and 1 goes on elsewhere: version 2 takes 3 along.').waitFor()
    await dialog().getByText('Nothing goes out at once.').waitFor()
    await dialog().getByLabel('What changed, and why').fill('Half the wait: people had forgotten us.')
    await picture(page, 'migrate-answered')
    await go.click()
    await page.getByText('Version 2 is live').first().waitFor()
    await expect.poll(places, { timeout: 20_000 }).toEqual(['ingrid 2 later', 'paul 2 later', 'peter 2 later'])
  })

  test('who took no step since is moved back', async () => {
    await page.getByText('1 person that version 2 took along has taken no step since.').waitFor()
    await picture(page, 'migrate-live')
    await page.getByRole('button', { name: 'Move them back…' }).click()
    const question = page.getByRole('dialog', { name: 'Move 1 person back?' })
    await question.getByRole('button', { name: 'Move them back' }).click()
    await expect.poll(places, { timeout: 20_000 }).toEqual(['ingrid 1 second', 'paul 2 later', 'peter 2 later'])
    await page.getByText('1 person that version 2 took along').waitFor({ state: 'detached' })
  })

  test('where more goes out at once than anybody may have meant, the number is typed', async () => {
    const { db } = house.server()
    const crowd = Array.from({ length: 130 }, (_, i) => `guest${i}`)
    await take(page, base, ['E-mail', ...crowd.map((it) => `${it}@guests.example`)].join('\r\n'))
    await page.getByText('All rows are read').waitFor()
    const [nora] = await db.query<{ id: string }>('select id from "user" limit 1')
    const waits = (hours: number) => graph(rest('first', 120, hours, 'hours'), note(nora?.id ?? ''))
    const id = await createFlow(db, { name: 'Crowd', graph: waits(48), by: null, at: clock.now() })
    await page.goto(`${base}/flows/${id}`)
    await publishFirst('Crowd')
    await enter(crowd, id)
    const notes = async () => (await db.query<{ n: number }>(`select count(*)::int as n from notification where text = 'Call them'`))[0]?.n
    const inside = async () =>
      (await db.query<{ n: number }>('select count(*)::int as n from enrolment where gen = 0 and flow_id = $1', [id]))[0]?.n
    await expect.poll(inside, { timeout: 30_000 }).toBe(130)
    clock.forward(2 * HOUR)
    await draw(id, waits(1))
    await page.goto(`${base}/flows/${id}`)
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await giveReasons(dialog('Crowd'))
    await dialog('Crowd').getByText('At once 130 calls and notes go out.').waitFor()
    const go = dialog('Crowd').getByRole('button', { name: /^Publish 2/ })
    const typed = dialog('Crowd').getByLabel('Type 130 to confirm that so much goes out at once')
    expect(await go.isDisabled()).toBe(true)
    await typed.fill('13')
    await dialog('Crowd').getByText('Type 130 to confirm.').waitFor()
    expect(await go.isDisabled()).toBe(true)
    await picture(page, 'migrate-typed')
    await typed.fill('130')
    await go.click()
    await page.getByText('Version 2 is live').first().waitFor()
    await expect.poll(notes, { timeout: 30_000 }).toBe(130)
    expect(faults).toEqual([])
  })
})
