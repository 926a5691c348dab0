import { createFlow } from '@baton/db'
import { flowGraph } from '@baton/engine'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { atRest, boxOf } from './harness/pointer.ts'
import { nameTheSender } from './story/people.ts'

const MAILS = [0, 1, 2, 3, 4, 5]

/** Who is asked nothing gets six mails, a day apart; who bought gets one. */
const graph = flowGraph.parse({
  format: 1,
  nodes: [
    { id: 'in', type: 'trigger', position: { x: 0, y: 0 }, data: { v: 2, on: { kind: 'manual' } } },
    {
      id: 'which',
      type: 'branch',
      position: { x: 0, y: 128 },
      data: {
        ...{ v: 1, name: 'Have they bought' },
        cases: [
          {
            ...{ id: 'yes', name: 'Bought' },
            when: { combinator: 'and', rules: [{ subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 30 }] },
          },
        ],
      },
    },
    { id: 'thanks', type: 'send-email', position: { x: -320, y: 288 }, data: { v: 2, name: 'Thank them', templateId: 'tpl_tip' } },
    ...MAILS.flatMap((n) => [
      {
        id: `m${n}`,
        type: 'send-email',
        position: { x: 0, y: 288 + n * 240 },
        data: { v: 2, name: `Tip ${n + 1}`, templateId: 'tpl_tip' },
      },
      {
        id: `w${n}`,
        type: 'wait',
        position: { x: 0, y: 408 + n * 240 },
        data: { v: 2, slot: 1, until: { kind: 'duration', amount: 1, unit: 'days' } },
      },
    ]),
    { id: 'out', type: 'exit', position: { x: 0, y: 288 + 6 * 240 }, data: { v: 1, label: 'Done' } },
  ],
  edges: [
    { id: 'a', source: 'in', sourceHandle: 'out', target: 'which' },
    { id: 'b', source: 'which', sourceHandle: 'yes', target: 'thanks' },
    { id: 'c', source: 'which', sourceHandle: 'otherwise', target: 'm0' },
    { id: 'd', source: 'thanks', sourceHandle: 'sent', target: 'out' },
    ...MAILS.flatMap((n) => [
      { id: `m${n}`, source: `m${n}`, sourceHandle: 'sent', target: `w${n}` },
      { id: `w${n}`, source: `w${n}`, sourceHandle: 'out', target: n === 5 ? 'out' : `m${n + 1}` },
    ]),
  ],
})

/** How much mail a way can bring is found before anybody gets it, and the way is shown. */
describe('too much mail on one way', () => {
  const house = useHouse('pressure')
  let page: Page
  const chosen = () => page.locator('.react-flow__node.selected').evaluateAll((all) => all.map((it) => it.getAttribute('data-id')).sort())
  const lit = () =>
    page
      .locator('.react-flow__edge', { has: page.locator('.way-line.on') })
      .evaluateAll((all) => all.map((it) => it.getAttribute('data-id')).sort())
  const path = [...MAILS.map((n) => `m${n}`), ...MAILS.slice(0, 5).map((n) => `w${n}`)].sort()

  beforeAll(async () => {
    page = await house.admin()
  })

  /** All of the path and nothing else is chosen, the ways from its first mail to its last are lit, and all of it is in view. */
  const shown = async () => {
    await expect.poll(chosen).toEqual(path)
    expect(await lit()).toEqual(path.filter((it) => it !== 'm5'))
    await atRest(page)
    const frame = await boxOf(page.locator('.canvas'))
    for (const id of ['m0', 'm5']) {
      const { x, y, width, height } = await boxOf(page.locator(`.react-flow__node[data-id="${id}"]`))
      expect(x).toBeGreaterThanOrEqual(frame.x)
      expect(y).toBeGreaterThanOrEqual(frame.y)
      expect(x + width).toBeLessThanOrEqual(frame.x + frame.width)
      expect(y + height).toBeLessThanOrEqual(frame.y + frame.height)
    }
  }

  test('is named in the list of problems, and a press shows the whole way', async () => {
    await house
      .server()
      .db.query(
        `insert into template (id, name, subject, body, created_at, updated_at) values ('tpl_tip', 'Tip', 'A tip', '<mjml></mjml>', 0, 0)`,
      )
    await nameTheSender(page, house.base())
    const id = await createFlow(house.server().db, { name: 'Tips', graph, by: null, at: house.clock.now() })
    await page.goto(`${house.base()}/flows/${id}`)
    await page.getByRole('button', { name: /warning/ }).click()
    const list = page.getByRole('list', { name: 'Problems' })
    await list.getByRole('button', { name: /can come to 6 or more mails within 7 days on this way: .*Tip 1.*Tip 6/ }).click()
    await shown()
    await picture(page, 'pressure-path')
  })

  test('is shown from where one publishes, too', async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /6 or more mails within 7 days/ })
      .click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await shown()
    expect(house.faults).toEqual([])
  })
})
