import { addContacts, appendItems, createIds, prepareEvents } from '@baton/db'
import type { FlowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, codeOf, KINDS, openApi, type TestApi } from './harness.ts'
import { lead } from './lead.ts'

const DAY = 86_400_000
const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const edge = (way: string) => {
  const [source = '', sourceHandle = '', target = ''] = way.split(/[.>]/)
  return { id: way, source, sourceHandle, target }
}
const graph: FlowGraph = {
  format: 1,
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  nodes: [
    node('in', 'trigger', { on: { kind: 'manual' } }),
    node('b', 'branch', {
      cases: [
        {
          id: 'k',
          name: 'Kiesel',
          when: { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'company' }, op: 'is', value: 'Kiesel' }] },
        },
      ],
    }),
    node('end', 'exit', { label: 'Done', finished: true }),
  ],
  edges: ['in.out>b', 'b.k>end', 'b.otherwise>end'].map(edge),
}

describe.each(KINDS)('what a forecast gets (%s)', (kind) => {
  let api: TestApi
  let marketer: Caller
  let flowId: string
  let ids: readonly number[]
  beforeAll(async () => {
    api = await openApi(kind)
    marketer = api.as('marketer')
    const people = Array.from({ length: 40 }, (_, i) => {
      const email = `p${i}@example.com`
      return { email, external: null, consent: { marketing: true }, fields: { email, first_name: 'Ada', company: 'Kiesel' } }
    })
    const at = api.clock.now()
    const made = await api.db.transaction((tx) => addContacts(tx, createIds(tx), people, { at, textKeys: ['first_name', 'company'] }))
    if (made === 'taken') throw new Error('taken')
    ids = made
    flowId = (await marketer.flows.create({ name: 'Nurture' })).id
    await marketer.flows.saveDraft({ id: flowId, rev: 0, graph })
  })
  afterAll(() => api.close())

  const part = (seed: string, skip: number, limit: number, at?: { place: number; within: number }) =>
    marketer.forecast.sample({ flowId, seed, skip, limit, ...(at ? { at } : {}) })
  const portion = async (seed: string, limit: number) => (await part(seed, 0, limit)).people

  test('everybody once, in portions, in an order that goes by the seed; nobody by name', async () => {
    const all = await portion('s', 100)
    expect(all.map((it) => it.person.key)).toEqual(Array.from({ length: 40 }, (_, i) => `person ${i + 1}`))
    expect(JSON.stringify(all)).not.toMatch(/Ada|p\d+@example/)
    expect(all[0]?.person.fields).toEqual({ company: 'Kiesel', email: 'someone@example.com' })
    for (const limit of [1, 7, 15, 40]) {
      const parts: (typeof all)[] = []
      let at: { place: number; within: number } | null = { place: 0, within: 0 }
      for (let skip = 0; at !== null; skip += limit) {
        const next: Awaited<ReturnType<typeof part>> = await part('s', skip, limit, at)
        parts.push(next.people)
        at = next.next
      }
      expect(parts.flat()).toEqual(all)
    }
    expect(await part('s', 40, 10, { place: 1024, within: 0 })).toEqual({ people: [], next: null })
  })

  test('events that a start listens to come along, with what the draft compares of them and no more', async () => {
    const starts = await marketer.flows.create({ name: 'By event' })
    const on = { kind: 'event', type: 'demo.requested', where: [{ key: 'plan', op: 'is', value: 'pro' }], key: null }
    const nodes = graph.nodes.map((it) => (it.id === 'in' ? node('in', 'trigger', { on }) : it))
    await marketer.flows.saveDraft({ id: starts.id, rev: 0, graph: { ...graph, nodes } })
    const at = api.clock.now() - DAY
    const event = { id: 'd', type: 'demo.requested', props: { plan: 'pro', said: 'Ada' }, occurredAt: at, receivedAt: at }
    await prepareEvents(api.db, [event], at)
    await api.db.transaction((tx) => appendItems(tx, [{ contactId: ids[0] ?? 0, item: { kind: 'event', at, event } }]))
    const { people: all } = await marketer.forecast.sample({ flowId: starts.id, seed: 's', skip: 0, limit: 100 })
    expect(all.flatMap((it) => it.events.map(({ type, props }) => ({ type, props })))).toEqual([
      { type: 'demo.requested', props: { plan: 'pro' } },
    ])
  })

  test('not of a flow that is gone, nor of a draft that does not hang together', async () => {
    expect(await codeOf(marketer.forecast.basis({ flowId: 'gone' }))).toBe('NOT_FOUND')
    const open = await marketer.flows.create({ name: 'Open' })
    await marketer.flows.saveDraft({ id: open.id, rev: 0, graph: { ...graph, edges: [edge('in.out>b')] } })
    await expect(marketer.forecast.sample({ flowId: open.id, seed: '', skip: 0, limit: 1 })).rejects.toThrow(/cannot be played yet/)
  })

  test('before anything was counted: starting values, and no pressure', async () => {
    const basis = await marketer.forecast.basis({ flowId })
    expect(basis.people).toBe(40)
    expect([basis.behaviour.mail.opened.from, basis.behaviour.happens]).toEqual(['default', {}])
    expect(basis.pressure).toEqual({ mailsPerWeek: 0, leadsPerWeek: {}, flows: [] })
  })

  test('what was counted: mails by what people did with them, leads by their answers, and what other flows did', async () => {
    const now = api.clock.now()
    const ago = now - 2 * DAY
    const other = (await marketer.flows.create({ name: 'Newsletter' })).id
    for (const [i, id] of ids.entries()) {
      await api.db.query(
        `insert into send (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, template_id, purpose, status, at, sent_at)
         values ($1, $2, $3, $4, $5, '', 1, 1, 'm', 't', 'marketing', 'sent', $6, $6)`,
        [id % 1024, 1_000_000 + i * 1024 + (id % 1024), id, `k${i}`, other, ago],
      )
      const state = i < 10 ? 'accepted' : i < 15 ? 'rejected' : 'assigned'
      await api.db.query(
        `insert into handoff (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, team_id, rep_id, state, packet, created_at, assigned_at, answered_at, reject_reason)
         values ($1, $2, $3, $4, $5, '', 1, 1, 'h', 'team', 'rep', $6, '{}'::jsonb, $7, $7, $8, $9)`,
        [
          id % 1024,
          2_000_000 + i * 1024 + (id % 1024),
          id,
          `h${i}`,
          other,
          state,
          ago - 20 * DAY,
          i < 15 ? ago - 20 * DAY + 3_600_000 : null,
          state === 'rejected' ? 'x' : null,
        ],
      )
    }
    const opened = ids.slice(0, 12).flatMap((contactId, i) => {
      const props = { sendKey: `k${i}` }
      const event = { id: `o${i}`, type: 'mail.opened', props, occurredAt: ago + 1_800_000, receivedAt: ago + 1_800_000 }
      const again = { ...event, id: `a${i}` }
      const machine = { ...event, id: `m${i}`, type: 'mail.clicked', machine: true }
      return [event, again, machine].map((it) => ({ contactId, item: { kind: 'event' as const, at: it.receivedAt, event: it } }))
    })
    await prepareEvents(
      api.db,
      opened.map((it) => it.item.event),
      now,
    )
    await api.db.transaction((tx) => appendItems(tx, opened))
    const { behaviour, pressure } = await marketer.forecast.basis({ flowId })
    expect(behaviour.mail.opened).toEqual({ from: 'measured', yes: 12, no: 28, of: '40 mails of the last 90 days' })
    expect(behaviour.mail.clicked).toMatchObject({ yes: 0, no: 40 })
    expect(behaviour.mail.minutes).toBe(30)
    expect(behaviour.lead).toMatchObject({ answered: { yes: 15, no: 25 }, accepted: { yes: 10, no: 5 }, minutes: 60 })
    expect(behaviour.mailAt).toEqual({})
    expect(pressure).toEqual({ mailsPerWeek: 0.25, leadsPerWeek: { team: 10 }, flows: ['Newsletter'] })
  })

  test('what was counted of deals and calls: how many were won, for how much, and whether addresses answered', async () => {
    const now = api.clock.now()
    const other = (await marketer.flows.create({ name: 'Closing' })).id
    for (const [i, id] of ids.slice(0, 30).entries()) {
      const [bucket, lead] = [id % 1024, 3_000_000 + i * 1024 + (id % 1024)]
      const outcome = i < 22 ? 'converted' : 'lost'
      await api.db.query(
        `insert into handoff (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, team_id, state, packet, created_at, closed_at, outcome, opportunity_id)
         values ($1, $2, $3, $4, $5, '', 1, 1, 'h', 'team', $6, '{}'::jsonb, $7, $8, $9, $10)`,
        [
          bucket,
          lead,
          id,
          `d${i}`,
          other,
          outcome === 'lost' ? 'lost' : 'won',
          now - 300 * DAY,
          now - 200 * DAY,
          outcome,
          i % 5 === 0 ? `o${i}` : null,
        ],
      )
      if (i < 20)
        await api.db.query(
          `insert into handoff_log (bucket, id, handoff_id, contact_id, at, kind, by_name, data) values ($1, $2, $3, $4, $5, 'won', 'Mara', $6)`,
          [...[bucket, lead + 500_000_000, lead, id, now - 200 * DAY], JSON.stringify({ amount: i % 2 === 0 ? 1000 : 2000.5 })],
        )
      await api.db.query(
        `insert into effect (bucket, id, contact_id, key, kind, flow_id, object_key, entry, version, node, payload, status, at)
         values ($1, $2, $3, $4, 'webhook', $5, '', 1, 1, 'call', '{}'::jsonb, $6, $7)`,
        [bucket, lead, id, i === 29 ? 'lead/x' : `c${i}`, other, i < 25 ? 'done' : 'failed', now - DAY],
      )
    }
    const { behaviour } = await marketer.forecast.basis({ flowId })
    expect(behaviour.lead.won).toEqual({ from: 'measured', yes: 22, no: 8, of: '30 decided deals of the last 365 days' })
    // Of the eight that were lost one had become an opportunity; the won all count.
    expect(behaviour.lead.opportunity).toMatchObject({ from: 'measured', yes: 23, no: 7 })
    expect(behaviour.lead.value).toBe(1500.25)
    expect(behaviour.call.answered).toEqual({ from: 'measured', yes: 25, no: 4, of: '29 calls of the last 90 days' })
    expect([behaviour.leadAt, behaviour.callAt]).toEqual([{}, {}])
  })

  test('the desks of sales as they stand: what reps have not answered, who waits, whose turn it is', async () => {
    const now = api.clock.now()
    await api.db.query(`insert into team (id, name, created_at) values ('team_1', 'Inbound', 0)`)
    await api.db.query(`insert into "user" (id, name, email, role, active) values ('rep_1', 'Mara', 'mara@rep.invalid', 'sales_rep', true)`)
    await api.db.query(`insert into team_member (team_id, user_id, weight, cap, active) values ('team_1', 'rep_1', 1, 5, true)`)
    await api.db.query(
      `insert into rep_load (team_id, rep_id, credit, credit_at, present, last_at) values ('team_1', 'rep_1', 0.5, $1, true, $1)`,
      [now],
    )
    for (const [i, state] of ['assigned', 'assigned', 'accepted', 'rejected', 'queued'].entries()) {
      const { id } = await lead(api, { email: `lead${i}@example.com`, repId: state === 'queued' ? null : 'rep_1', state })
      if (state === 'queued') await api.db.query(`insert into team_queue (team_id, handoff_id, at) values ('team_1', $1, $2)`, [id, now])
    }
    const { teams } = await marketer.forecast.basis({ flowId })
    const carries = { open: 2, count: 2, credit: 0.5, creditAt: now, present: true, lastAt: now }
    expect(teams).toMatchObject([{ id: 'team_1', waiting: 1, reps: [{ id: 'rep_1', carries }] }])
    expect(JSON.stringify(teams)).not.toContain('rep.invalid')
  })
})
