import { createFlow } from '@baton/db'
import { flowGraph } from '@baton/engine'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { useHouse } from './harness/house.ts'
import { picture } from './harness/pictures.ts'
import { card, choose, saved } from './story/flow.ts'
import { invite, joinAs } from './story/people.ts'

const graph = flowGraph.parse({
  format: 1,
  nodes: [
    { id: 'in', type: 'trigger', position: { x: 0, y: 0 }, data: { v: 2, on: { kind: 'manual' } } },
    { id: 'w', type: 'wait', position: { x: 0, y: 128 }, data: { v: 2, slot: 1, until: { kind: 'duration', amount: 2, unit: 'days' } } },
    { id: 'out', type: 'exit', position: { x: 0, y: 256 }, data: { v: 1, label: 'Done' } },
  ],
  edges: [
    { id: 'a', source: 'in', sourceHandle: 'out', target: 'w' },
    { id: 'b', source: 'w', sourceHandle: 'out', target: 'out' },
  ],
})

/** Ines looks at a draft while Nora takes it back, changes it, lets it go live, and puts it away: she is told, and nothing she wrote is lost. */
describe('a draft that changes under its reviewer', () => {
  const house = useHouse('review-trouble', { noisy: true })
  let nora: Page
  let ines: Page
  let flow: string
  const panel = (page: Page) => page.getByRole('complementary', { name: 'Review' })
  const note = () => panel(ines).getByLabel('Note')
  const asked = async () => {
    await nora.goto(`${flow}?mode=review`)
    await panel(nora).getByLabel('Who looks at it').click()
    await nora.getByRole('option', { name: 'Ines Vogt' }).click()
    await nora.keyboard.press('Escape')
    await panel(nora).getByRole('button', { name: 'Ask for a review' }).click()
    await panel(nora).getByText('Nora Eide asks for a review').waitFor()
    await ines.goto(`${flow}?mode=review`)
    await panel(ines).getByText('Nora Eide asks for a review').waitFor()
  }
  const lost = async (words: string) => {
    await panel(ines).getByText('Not sent.').waitFor()
    expect(await panel(ines).getByLabel('What you wrote').inputValue()).toBe(words)
  }
  const counted = async (what: string) => (await house.server().db.query<{ n: number }>(`select count(*)::int as n from ${what}`))[0]?.n

  beforeAll(async () => {
    nora = await house.admin()
    ines = await house.newcomer()
    const id = await createFlow(house.server().db, { name: 'Warm up', graph, by: null, at: house.clock.now() })
    flow = `${house.base()}/flows/${id}`
  })

  test('what is written outlives another tab', async () => {
    await joinAs(ines, await invite(nora, house.base(), 'ines@ledgerline.example', 'Reviewer'), 'Ines Vogt')
    await asked()
    await note().fill('Two days are too short.')
    await panel(ines)
      .getByRole('tab', { name: /^Comments/ })
      .click()
    await panel(ines).getByLabel('Comment on the whole flow').fill('Who gets this?')
    await panel(ines)
      .getByRole('tab', { name: /^Review/ })
      .click()
    expect(await note().inputValue()).toBe('Two days are too short.')
    await panel(ines)
      .getByRole('tab', { name: /^Comments/ })
      .click()
    expect(await panel(ines).getByLabel('Comment on the whole flow').inputValue()).toBe('Who gets this?')
    await panel(ines).getByLabel('Comment on the whole flow').fill('')
    await panel(ines)
      .getByRole('tab', { name: /^Review/ })
      .click()
  })

  test('taken back: she is told, and what she wrote becomes a comment', async () => {
    await panel(nora).getByRole('button', { name: 'Withdraw' }).click()
    await lost('Two days are too short.')
    await picture(ines, 'review-withdrawn')
    await ines.getByRole('button', { name: /^Notes.*new/ }).click()
    await ines.getByText('Nora Eide does not ask you to review Warm up any more.').waitFor()
    await ines.keyboard.press('Escape')
    await panel(ines).getByRole('button', { name: 'Leave it as a comment' }).click()
    await ines.getByText('Your words stand among the comments on Warm up.').waitFor()
    expect(await panel(ines).getByText('Not sent.').count()).toBe(0)
    await panel(ines)
      .getByRole('tab', { name: /^Comments/ })
      .click()
    await panel(ines).getByRole('list', { name: 'Comments' }).getByText('Two days are too short.').waitFor()
  })

  test('changed: her approval is of what she saw only, and what she wrote stays', async () => {
    await asked()
    await note().fill('Fine.')
    await nora.locator('.canvas').focus()
    await nora.keyboard.press('1')
    const step = await choose(nora, 'Wait 2 days')
    await step.getByLabel('How long').fill('6')
    await card(nora, 'Wait 6 days').waitFor()
    await saved(nora)
    await panel(ines).getByRole('button', { name: 'Approve' }).click()
    await panel(ines).getByText('The draft was changed while you looked at it. Look at it again, then answer.').waitFor()
    await card(ines, 'Wait 6 days').waitFor()
    expect(await note().inputValue()).toBe('Fine.')
    expect(await counted(`reviewer where answer is not null`)).toBe(0)
  })

  test('live meanwhile: nothing is approved after it', async () => {
    await house
      .server()
      .db.query(
        `update workspace set settings = jsonb_set(settings, '{review}', '{"approvals":0,"salesApproves":false,"simulation":false}')`,
      )
    await nora.getByRole('button', { name: 'Publish', exact: true }).click()
    await nora
      .getByRole('dialog')
      .getByRole('button', { name: /^Publish/ })
      .click()
    await nora.getByText('Version 1 is live').first().waitFor()
    await lost('Fine.')
    await panel(ines).getByRole('button', { name: 'Throw it away' }).click()
    await expect.poll(() => panel(ines).getByText('Not sent.').count()).toBe(0)
    expect(await counted(`reviewer where answer is not null`)).toBe(0)
  })

  test('put away: her answer is not taken, and says so', async () => {
    await asked()
    await note().fill('Good.')
    const id = new URL(flow).pathname.split('/').at(-1)
    const call = (path: string, input: object) =>
      nora.evaluate(
        async ([where, body]) => {
          const answer = await fetch(`/api/trpc/${where}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
          if (!answer.ok) throw new Error(await answer.text())
        },
        [path, JSON.stringify(input)] as const,
      )
    await call('flows.stop', { id, how: 'leave' })
    await expect.poll(() => call('flows.archive', { id }).then(() => 'away', String), { timeout: 20_000 }).toBe('away')
    await panel(ines).getByRole('button', { name: 'Approve' }).click()
    await panel(ines).getByText('This flow was archived meanwhile. Nobody needs to answer any more.').waitFor()
    expect(await note().inputValue()).toBe('Good.')
    await picture(ines, 'review-archived')
    expect(await counted(`reviewer where answer is not null`)).toBe(0)
  })
})
