import { createTemplate } from '@baton/db'
import type { FlowGraph } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const HOUR = 3_600_000
const first = ['in', 'trigger', { on: { kind: 'manual' } }] as const
const wait = (id: string, amount: number) => [id, 'wait', { until: { kind: 'duration', amount, unit: 'hours' } }] as const
const end = ['out', 'exit', { label: 'Done' }] as const

/** Two rests behind one another; `rest` alone in the second version, shorter, with a message behind it. */
const before = buildGraph([first, wait('rest', 48), wait('gone', 24), end], ['in.out>rest', 'rest.out>gone', 'gone.out>out'])
const after = (templateId: string) =>
  buildGraph(
    [first, wait('rest', 1), ['mail', 'send-email', { templateId, ifNotSent: 'skip' }], end],
    ['in.out>rest', 'rest.out>mail', 'mail.sent>out'],
  )

describe.each(KINDS)('people in flight on %s', (kind) => {
  let api: TestApi
  let templateId: string
  beforeAll(async () => {
    api = await openApi(kind)
    const text = { subject: 'Hello', preheader: '', body: '<mjml></mjml>', text: '', purpose: 'transactional' as const }
    const made = { name: 'Hello', text, by: api.users.marketer.id, at: api.clock.now() }
    templateId = await api.db.transaction((tx) => createTemplate(tx, made))
  })
  afterAll(() => api.close())

  /** Somebody inside, as a turn would have left them. */
  const inside = (flowId: string, node: string, people: number, from: number, visits: object) =>
    api.db.transaction(async (tx) => {
      const since = api.clock.now()
      for (let i = 0; i < people; i++) {
        const id = (from + i) * 1024 + ((from + i) % 1024)
        await tx.query(`insert into contact (bucket, id, key, facts, created_at) values ($1, $2, $3, $4::jsonb, 0)`, [
          id % 1024,
          id,
          `c${id}@example.com`,
          JSON.stringify({ f: { email: `c${id}@example.com` }, k: {}, c: {} }),
        ])
        const vars = { visits, here: { arrived: since, arrivedZone: 'UTC' }, held: [], frozenMs: 0 }
        await tx.query(
          `insert into enrolment (bucket, id, contact_id, flow_id, key, gen, entry, version, node, node_since, entered_at, due_at, seq, vars)
           values ($1, $2, $2, $3, '', 0, 1, 1, $4, $5, $5, $6, 1, $7::jsonb)`,
          [id % 1024, id, flowId, node, since, since + 48 * HOUR, JSON.stringify(vars)],
        )
      }
    })

  /** A live flow with people at both rests, and a draft without the second. */
  let lives = 0
  async function live(atRest: number, atGone: number): Promise<{ id: string; rev: number }> {
    lives++
    const author = api.as('marketer')
    const { id } = await author.flows.create({ name: 'Nurture' })
    await author.flows.saveDraft({ id, rev: 0, graph: before })
    await author.flows.publish({ id, rev: 1, enrolMatching: false })
    await inside(id, 'rest', atRest, lives * 2000, { in: 1, rest: 1 })
    await inside(id, 'gone', atGone, lives * 2000 + 1000, { in: 1, rest: 1, gone: 1 })
    const { rev } = await author.flows.saveDraft({ id, rev: 1, graph: after(templateId) as FlowGraph })
    return { id, rev }
  }

  test('are shown before a publish: where they stand, what must be answered, what goes out at once', async () => {
    const { id } = await live(5, 3)
    api.clock.advance(2 * HOUR)
    expect((await api.as('reviewer').flows.publishPreview({ id })).inFlight).toBe(8)
    const plan = await api.as('reviewer').migration.plan({ id, answers: {} })
    expect(plan).toMatchObject({ version: 2, people: 8, same: 5, open: 3, again: 0, mails: 5, atOnce: 5, tried: 8, running: null })
    expect(plan?.lines).toMatchObject([
      { node: 'rest', name: 'Wait 48 hours', becomes: 'Wait 1 hour', people: 5, fallback: 'same', answer: { do: 'same' }, overdue: 5 },
      { node: 'gone', name: 'Wait 24 hours', becomes: null, people: 3, fallback: null, answer: null, overdue: 0 },
    ])
    expect(plan?.targets.map((it) => it.id)).toEqual(['rest', 'mail', 'out'])
    const again = await api.as('marketer').migration.plan({ id, answers: { gone: { do: 'go-on', node: 'rest' } } })
    expect(again).toMatchObject({ same: 5, goOn: 3, open: 0, again: 3 })
    expect(await codeOf(api.as('sales_rep').migration.plan({ id, answers: {} }))).toBe('FORBIDDEN')
  })

  test('need an answer where their step is gone, and one that leads somewhere', async () => {
    const { id, rev } = await live(1, 2)
    const publish = (answers: object) =>
      api
        .as('marketer')
        .flows.publish({ id, rev, enrolMatching: false, people: { answers } as { answers: Record<string, { do: 'leave' }> } })
    await expect(publish({})).rejects.toThrow('say what becomes of the 2 people at “Wait 24 hours”')
    await expect(publish({ gone: { do: 'go-on', node: 'in' } })).rejects.toThrow('cannot go on at a step')
    expect((await api.as('marketer').flows.get({ id })).liveVersion).toBe(1)
    await publish({ gone: { do: 'leave' } })
    expect(await api.as('reviewer').flows.versions({ id })).toMatchObject([
      { version: 2, migration: { answers: { gone: { do: 'leave' } }, people: 3, same: 1, leave: 2, goOn: 0, stay: 0 } },
      { version: 1, migration: null },
    ])
    expect(await api.as('reviewer').live.scans({ flowId: id })).toMatchObject([
      { kind: 'migrate', version: 2, status: 'running', total: 3 },
    ])
    const [noted] = await api.db.query<{ detail: object }>(
      `select detail from audit where action = 'flow.published' and subject_id = $1 and detail ->> 'version' = '2'`,
      [id],
    )
    expect(noted?.detail).toMatchObject({ version: 2, people: { same: 1, leave: 2 } })
  })

  test('stay on their version where nothing is said of them', async () => {
    const { id, rev } = await live(2, 0)
    await api.as('marketer').flows.publish({ id, rev, enrolMatching: false, notes: 'Shorter, as agreed.' })
    expect(await api.as('reviewer').flows.versions({ id })).toMatchObject([
      { version: 2, migration: null, notes: 'Shorter, as agreed.', inside: 0 },
      { version: 1, inside: 2 },
    ])
    expect(await api.as('reviewer').live.scans({ flowId: id })).toEqual([])
    expect(await api.as('reviewer').migration.latest({ flowId: id })).toBeNull()
  })

  test('above a limit the number that goes out at once is typed, and looked at once more', async () => {
    const { id, rev } = await live(130, 0)
    api.clock.advance(2 * HOUR)
    const publish = (confirmed?: number) =>
      api.as('admin').flows.publish({ id, rev, enrolMatching: false, people: { answers: {}, confirmed } })
    expect(await api.as('admin').migration.plan({ id, answers: {} })).toMatchObject({ atOnce: 130, limit: 100 })
    await expect(publish()).rejects.toThrow('130 messages would go out at once. Type 130 to confirm that.')
    for (const typed of [13, 1_000_000]) await expect(publish(typed)).rejects.toThrow('Type 130')
    await publish(130)
    expect((await api.as('admin').flows.get({ id })).liveVersion).toBe(2)
  })

  test('an earlier pass ends when a newer version takes people along, and is told before', async () => {
    const { id, rev } = await live(2, 0)
    const author = api.as('marketer')
    await author.flows.publish({ id, rev, enrolMatching: false, people: { answers: {} } })
    const saved = await author.flows.saveDraft({ id, rev, graph: before })
    expect(await author.migration.plan({ id, answers: {} })).toMatchObject({ version: 3, running: { version: 2, done: 0, total: 2 } })
    await expect(author.migration.back({ flowId: id, version: 2 })).rejects.toThrow('People are still being moved')
    await author.flows.publish({ id, rev: saved.rev, enrolMatching: false, people: { answers: {} } })
    expect((await author.live.scans({ flowId: id })).map(({ version, status }) => [version, status]).sort()).toEqual([
      [2, 'cancelled'],
      [3, 'running'],
    ])
    await expect(author.migration.back({ flowId: id, version: 2 })).rejects.toThrow('Another version took people along')
  })
})
