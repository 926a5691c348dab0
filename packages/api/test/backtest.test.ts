import { addContacts, appendItems, createIds, prepareEvents } from '@baton/db'
import { type Backtest, backtest, backtestGround, DEFAULT_BEHAVIOUR, type FlowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const edge = (way: string) => {
  const [source = '', sourceHandle = '', target = ''] = way.split(/[.>]/)
  return { id: way, source, sourceHandle, target }
}
/** Who asks for a demo gets a mail, and is done when they click. */
const graph = (templateId: string): FlowGraph => ({
  format: 1,
  settings: { reentry: { when: 'always' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  nodes: [
    node('in', 'trigger', { on: { kind: 'event', type: 'demo.requested', where: [{ key: 'plan', op: 'is', value: 'pro' }], key: null } }),
    node('mail', 'send-email', { templateId, ifNotSent: 'port' }),
    node('w', 'wait', {
      v: 2,
      slot: 1,
      until: {
        kind: 'event',
        branches: [{ id: 'yes', name: '', match: { kind: 'event', type: 'mail.clicked', where: [] } }],
        timeOut: { amount: 3, unit: 'days' },
      },
    }),
    node('end', 'exit', { label: 'Done', finished: true }),
    node('out', 'exit', { label: 'Lost', finished: false }),
  ],
  edges: ['in.out>mail', 'mail.sent>w', 'mail.not-sent>out', 'w.yes>end', 'w.time-out>out'].map(edge),
})

describe.each(KINDS)('what a back-test gets (%s)', (kind) => {
  let api: TestApi
  let marketer: Caller
  let flowId: string
  let tpl: string
  let ids: readonly number[]
  let from: number
  beforeAll(async () => {
    api = await openApi(kind)
    marketer = api.as('marketer')
    from = api.clock.now() - 30 * DAY
    const people = Array.from({ length: 12 }, (_, i) => {
      const email = `p${i}@example.com`
      return { email, external: null, consent: { marketing: true }, fields: { email, first_name: 'Ada' } }
    })
    const made = await api.db.transaction((tx) =>
      addContacts(tx, createIds(api.db), people, { at: from - 30 * DAY, textKeys: ['first_name'] }),
    )
    if (made === 'taken') throw new Error('taken')
    ids = made
    tpl = (await marketer.templates.create({ name: 'Demo', from: { kind: 'empty' } })).id
    flowId = (await marketer.flows.create({ name: 'Demo' })).id
    await marketer.flows.saveDraft({ id: flowId, rev: 0, graph: graph(tpl) })
    // Everybody asked on the second day and got a mail; half of them clicked after two hours.
    const items = ids.flatMap((contactId, i) => {
      const at = from + DAY + i * HOUR
      const asked = { id: `a${i}`, type: 'demo.requested', props: { plan: 'pro', said: 'Ada' }, occurredAt: at, receivedAt: at }
      const click = { sendKey: `k${i}`, flowId, url: 'https://example.com/ada' }
      const clicked = { id: `c${i}`, type: 'mail.clicked', props: click, occurredAt: at + 2 * HOUR, receivedAt: at + 2 * HOUR }
      return [asked, ...(i % 2 === 0 ? [clicked] : [])].map((event) => ({
        contactId,
        item: { kind: 'event' as const, at: event.receivedAt, event },
      }))
    })
    await prepareEvents(
      api.db,
      items.map((it) => it.item.event),
      api.clock.now(),
    )
    await api.db.transaction((tx) => appendItems(tx, items))
    for (const [i, id] of ids.entries()) {
      const at = from + DAY + i * HOUR
      await api.db.query(
        `insert into send (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, template_id, purpose, status, at, sent_at)
         values ($1, $2, $3, $4, $5, '', 1, 1, 'mail', $6, 'transactional', 'sent', $7, $7)`,
        [id % 1024, 1_000_000 + i * 1024 + (id % 1024), id, `k${i}`, flowId, tpl, at],
      )
    }
  })
  afterAll(() => api.close())

  const portion = (skip: number, limit: number, more = {}) =>
    marketer.forecast.recorded({ flowId, seed: 's', skip, limit, from, days: 30, ...more })

  test('what was recorded of everybody once, in portions, nobody by name', async () => {
    const { people: all } = await portion(0, 100)
    expect(all).toHaveLength(12)
    expect(JSON.stringify(all)).not.toMatch(/Ada|ada|p\d+@example|"[ack]\d+"/)
    const first = await portion(0, 5)
    const rest = await portion(5, 100, { at: first.next })
    expect([[...first.people, ...rest.people], rest.next]).toEqual([all, null])
    const clicked = all.filter((it) => it.mails[0]?.deeds.length === 1)
    expect(clicked).toHaveLength(6)
    expect(clicked[0]).toMatchObject({
      born: null,
      mails: [{ node: 'mail', templateId: tpl, deeds: [{ type: 'mail.clicked', afterMs: 2 * HOUR, machine: false, props: {} }] }],
      happened: [{ kind: 'event', event: { type: 'demo.requested', props: { plan: 'pro' } } }],
      was: { entered: 0, mails: 1, leads: 0 },
    })
  })

  test('who comes in and what they do is as it was; another mail is answered by what is assumed', async () => {
    const { people } = await portion(0, 100)
    const run = async (templateId: string): Promise<Backtest> => {
      const catalog = await marketer.flows.catalog()
      const made = backtestGround({ flowId, draft: graph(templateId), live: graph(tpl), catalog, segments: [] })
      if ('issues' in made) throw new Error(made.issues.map((it) => it.say).join(' '))
      const { draft, live } = made.ok
      const steps = backtest({
        ...{ flowId, draft, live, people: { count: people.length, at: (place) => people[place] as (typeof people)[number] } },
        ...{ population: 12, from, days: 30, seed: 's', behaviour: DEFAULT_BEHAVIOUR, matching: true, teams: [] },
      })
      for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
    }
    const same = await run(tpl)
    expect(same.live?.totals).toMatchObject({ entered: 12, mails: 12, finished: 6, leftEarly: 6 })
    expect(same.draft).toEqual(same.live)
    expect(same.draft.caused).toEqual({ same: 12, fresh: 0, replayed: 6, assumed: 0, freshAt: [] })
    const other = (await marketer.templates.create({ name: 'Other', from: { kind: 'copy', id: tpl } })).id
    const changed = await run(other)
    expect(changed.draft.caused).toMatchObject({ same: 0, fresh: 12, replayed: 0 })
    expect(changed.differ.mails).toBe(12)
  })

  test('a person of the sample can be named by whoever sees contacts, one at a time', async () => {
    const who = await marketer.forecast.who({ seed: 's', place: 3 })
    expect(ids).toContain(who.id)
    expect(who.key).toMatch(/@example/)
    expect(await codeOf(marketer.forecast.who({ seed: 's', place: 400 }))).toBe('NOT_FOUND')
    expect(await codeOf(api.as('sales_rep').forecast.who({ seed: 's', place: 3 }))).toBe('FORBIDDEN')
  })

  test('only of the past, of a flow that is there, and of a draft that hangs together', async () => {
    await expect(portion(0, 5, { from: api.clock.now() - DAY })).rejects.toThrow(/ends in the past/)
    expect(await codeOf(marketer.forecast.beside({ flowId: 'gone' }))).toBe('NOT_FOUND')
    expect(await marketer.forecast.beside({ flowId })).toEqual({
      live: null,
      liveVersion: null,
      segments: [],
      scoring: null,
      now: api.clock.now(),
    })
    expect(await codeOf(api.as('sales_rep').forecast.recorded({ flowId, seed: 's', skip: 0, limit: 1, from, days: 30 }))).toBe('FORBIDDEN')
  })
})
