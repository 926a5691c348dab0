import { addContacts, createIds, saveTeam, simulationById, updateWorkspace } from '@baton/db'
import { DEFAULT_BEHAVIOUR, type FlowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const DAY = 86_400_000
const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const edge = (way: string) => {
  const [source = '', sourceHandle = '', target = ''] = way.split(/[.>]/)
  return { id: way, source, sourceHandle, target }
}
/** Half of the people are handed to a team of one who takes three at a time. */
let team = ''
const graph = (company = 'Kiesel'): FlowGraph => ({
  format: 1,
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  nodes: [
    node('in', 'trigger', { on: { kind: 'manual' } }),
    node('b', 'branch', {
      cases: [
        {
          id: 'k',
          name: 'Theirs',
          when: { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'company' }, op: 'is', value: company }] },
        },
      ],
    }),
    node('s', 'hand-to-sales', { teamId: team, why: 'Theirs', note: '', fields: [], leaveAt: 'first-answer' }),
    node('end', 'exit', { label: 'Done', finished: true }),
  ],
  edges: ['in.out>b', 'b.k>s', 'b.otherwise>end', 's.accepted>end', 's.rejected>end', 's.overflow>end'].map(edge),
})

describe.each(KINDS)('simulations that are kept (%s)', (kind) => {
  let api: TestApi
  let marketer: Caller
  let flowId: string
  let ids: readonly number[]
  beforeAll(async () => {
    api = await openApi(kind)
    marketer = api.as('marketer')
    const people = Array.from({ length: 40 }, (_, i) => {
      const email = `p${i}@example.com`
      return { email, external: null, consent: {}, fields: { email, company: i % 2 === 0 ? 'Kiesel' : 'Basalt' } }
    })
    const at = api.clock.now() - DAY
    const made = await api.db.transaction((tx) => addContacts(tx, createIds(api.db), people, { at, textKeys: ['company'] }))
    if (made === 'taken') throw new Error('taken')
    ids = made
    const members = [{ userId: api.users.sales_rep.id, weight: 1, cap: 3, active: true }]
    const settings = { calendarId: null, managerId: null, quietDays: null }
    team = (await api.db.transaction((tx) => saveTeam(tx, { id: undefined, name: 'Desk', members, at, ...settings }))) ?? ''
    flowId = (await marketer.flows.create({ name: 'Over' })).id
    await marketer.flows.saveDraft({ id: flowId, rev: 0, graph: graph() })
  })
  afterAll(() => api.close())

  const rev = async () => (await marketer.flows.get({ id: flowId })).draftRev
  const begin = async (more: object = {}, by = marketer) => {
    const from = Math.floor(api.clock.now() / DAY) * DAY
    const set = { from: 'set', share: 0 } as const
    const behaviour = { ...DEFAULT_BEHAVIOUR, lead: { ...DEFAULT_BEHAVIOUR.lead, answered: set } }
    const ask = {
      ...{ kind: 'forecast' as const, from, days: 14, seed: 's', size: 100, behaviour },
      intake: [{ node: 'in', how: 'everybody' as const, days: 7 }],
      teams: [{ id: team, calendarId: null, levelMinutes: null, away: [] }],
    }
    return (await by.simulations.begin({ flowId, rev: await rev(), ask: { ...ask, ...more } })).id
  }
  const made = async (id: string) => {
    await expect.poll(async () => (await marketer.simulations.one({ id })).status, { interval: 50 }).not.toBe('running')
    return marketer.simulations.one({ id })
  }

  test('the server makes it, keeps its figures with the draft, and the same again gives the same', async () => {
    const [one, two] = [await made(await begin()), await made(await begin())]
    expect(one).toMatchObject({ status: 'done', progress: 1, error: null, kind: 'forecast' })
    expect(one.forecast).toMatchObject({ people: 40, sample: 40, days: 14, seed: 's' })
    expect(two.forecast).toEqual(one.forecast)
    const { kept, running } = await marketer.simulations.ofDraft({ flowId })
    expect(running).toBeNull()
    expect(kept).toMatchObject({ kind: 'forecast', fresh: true, sample: 40, totals: { entered: { mid: 40 }, leads: { mid: 20 } } })
  })

  test('more leads than the team takes is a warning, as the simulation of this draft says', async () => {
    const { warnings } = await marketer.flows.publishPreview({ id: flowId })
    const over = warnings.find((it) => it.issue.code === 'over-capacity')
    // Twenty in ten working days; three are taken, and nobody answers.
    expect(over?.issue).toMatchObject({
      nodes: ['s'],
      say: expect.stringContaining('Desk would get 2 leads a working day and can take 0.3'),
    })
  })

  test('of a draft that was changed it is stale, shown as such, and warns no more', async () => {
    await marketer.flows.saveDraft({ id: flowId, rev: await rev(), graph: graph('Basalt') })
    expect((await marketer.simulations.ofDraft({ flowId })).kept).toMatchObject({ fresh: false })
    const { warnings } = await marketer.flows.publishPreview({ id: flowId })
    expect(warnings.some((it) => it.issue.code === 'over-capacity')).toBe(false)
    await marketer.flows.saveDraft({ id: flowId, rev: await rev(), graph: graph() })
    expect((await marketer.simulations.ofDraft({ flowId })).kept).toMatchObject({ fresh: true })
  })

  test('where the workspace wants one, nothing is approved or published without one of this very draft', async () => {
    await updateWorkspace(api.db, { review: { approvals: 1, salesApproves: false, simulation: true } })
    await marketer.flows.saveDraft({ id: flowId, rev: await rev(), graph: graph('Basalt') })
    await marketer.reviews.ask({ flowId, note: '', reviewers: [api.users.reviewer.id] })
    const reviewer = api.as('reviewer')
    const { approval, simulation } = await reviewer.reviews.state({ flowId })
    expect([approval.simulationNeeded, approval.simulated, simulation?.fresh]).toEqual([true, false, false])
    expect(approval.lacks).toContain('A simulation of this very draft is missing.')
    await expect(reviewer.reviews.answer({ flowId, rev: await rev(), answer: 'approved', note: '' })).rejects.toThrow(
      /very draft is missing/,
    )
    // To ask for changes needs no evidence.
    await reviewer.reviews.answer({ flowId, rev: await rev(), answer: 'changes', note: 'Simulate it.' })
    expect((await made(await begin())).status).toBe('done')
    await reviewer.reviews.answer({ flowId, rev: await rev(), answer: 'approved', note: '' })
    expect((await reviewer.reviews.state({ flowId })).approval.lacks).toEqual([])
  })

  test('the evidence is made again: other figures of the same data are refused, and contacts that changed too much', async () => {
    const kept = (await marketer.simulations.ofDraft({ flowId })).kept
    const row = await simulationById(api.db, kept?.id ?? '')
    const publish = async () => {
      const { warnings } = await marketer.flows.publishPreview({ id: flowId })
      const reasons = Object.fromEntries(warnings.map((it) => [it.key, 'Looked at.']))
      return marketer.flows.publish({ id: flowId, rev: await rev(), enrolMatching: false, reasons })
    }
    const put = (figures: object) =>
      api.db.query('update simulation set figures = $2::jsonb where id = $1', [row?.id, JSON.stringify(figures)])
    await put({ ...row?.figures, steps: 1 })
    await expect(publish()).rejects.toThrow(/other figures now, from the same data/)
    await put(row?.figures ?? {})
    const move = (to: string, of: readonly number[]) =>
      api.db.query(
        `update contact set facts = jsonb_set(jsonb_set(facts, '{f,company}', to_jsonb($2::text)), '{k,company}', to_jsonb(lower($2::text))) where id = any($1::bigint[])`,
        [of, to],
      )
    await move('Kiesel', ids)
    await expect(publish()).rejects.toThrow(
      /Contacts have changed since this draft was simulated: 40 people who reach the end instead of 20/,
    )
    // One of forty is within what a forecast leaves open.
    await move(
      'Basalt',
      ids.filter((_, i) => i % 2 === 1 || i === 0),
    )
    expect(await publish()).toMatchObject({ version: 1 })
    const [version] = await marketer.flows.versions({ id: flowId })
    expect(version?.hash).toBe(row?.hash)
  })

  test('a larger one than can be made again is no evidence, and says why; a smaller one beside it is', async () => {
    await updateWorkspace(api.db, { review: { approvals: 0, salesApproves: false, simulation: true } })
    const sized = (size: number) =>
      api.db.query(`update simulation set setting = jsonb_set(setting, '{size}', to_jsonb($2::int)) where id = $1`, [kept, size])
    const kept = await begin()
    await made(kept)
    await api.db.query(`delete from simulation where flow_id = $1 and id <> $2`, [flowId, kept])
    await sized(50_000)
    const publish = async () => marketer.flows.publish({ id: flowId, rev: await rev(), enrolMatching: false, reasons: {} })
    await expect(publish()).rejects.toThrow(/too large to be made again here.*at most 10,000 people/)
    await sized(40)
    await expect(publish()).rejects.not.toThrow(/too large/)
    await updateWorkspace(api.db, { review: { approvals: 0, salesApproves: false } })
  })

  test('one at a time; it can be stopped; one whose server is gone says so', async () => {
    await marketer.flows.saveDraft({ id: flowId, rev: await rev(), graph: graph('Granit') })
    const id = await begin({ size: 40, days: 366 })
    const again = await codeOf(begin())
    const stopped = await codeOf(marketer.simulations.cancel({ id }))
    // A quick machine is done before it is asked.
    expect([again, stopped]).toSatisfy(([a, b]: string[]) => (a === 'CONFLICT' && b === 'ok') || b === 'CONFLICT')
    await made(id)
    await api.db.query(`update simulation set status = 'running', owned_until = 0 where id = $1`, [id])
    expect(await marketer.simulations.one({ id })).toMatchObject({ status: 'failed', error: expect.stringContaining('stopped') })
    expect((await marketer.simulations.ofDraft({ flowId })).running).toBeNull()
  })

  test('a back-test is kept as well; what is asked wrongly is refused', async () => {
    const from = api.clock.now() - 10 * DAY
    const ask = { kind: 'backtest' as const, from, days: 7, seed: 's', size: 40, matching: true }
    const id = (await marketer.simulations.begin({ flowId, rev: await rev(), ask })).id
    expect(await made(id)).toMatchObject({ status: 'done', kind: 'backtest', backtest: { days: 7, draft: { totals: { entered: 0 } } } })
    await expect(marketer.simulations.begin({ flowId, rev: await rev(), ask: { ...ask, from: api.clock.now() } })).rejects.toThrow(
      /ends in the past/,
    )
    expect(await codeOf(marketer.simulations.begin({ flowId, rev: 0, ask }))).toBe('CONFLICT')
    expect(await codeOf(marketer.simulations.begin({ flowId: 'gone', rev: 0, ask }))).toBe('NOT_FOUND')
    expect(await codeOf(marketer.simulations.begin({ flowId, rev: await rev(), ask: { ...ask, size: 300_000 } }))).toBe('BAD_REQUEST')
    expect(await codeOf(marketer.simulations.one({ id: 'gone' }))).toBe('NOT_FOUND')
    expect(await codeOf(api.as('sales_rep').simulations.ofDraft({ flowId }))).toBe('FORBIDDEN')
  })
})
