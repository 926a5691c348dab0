import { addContacts, claimJob, createIds, type NewContact, stepBulk } from '@baton/db'
import type { Condition, Rule } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, KINDS, openApi, type TestApi } from './harness.ts'

const field = (key: string, op: Rule['op'], value?: Rule['value']): Rule => ({ subject: { kind: 'field', key }, op, value })
const all = (...rules: Rule[]): Condition => ({ combinator: 'and', rules })
const problem = async (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )

describe.each(KINDS)('contacts (%s)', (kind) => {
  let api: TestApi
  let marketer: Caller
  const ran: string[] = []

  const people = (list: Partial<NewContact>[]) =>
    api.db.transaction(async (tx) => {
      const whole = list.map((it): NewContact => ({ email: null, external: null, fields: {}, consent: {}, ...it }))
      const ids = await addContacts(tx, createIds(tx), whole, {
        at: api.clock.now(),
        textKeys: ['email', 'first_name', 'last_name', 'city'],
      })
      if (ids === 'taken') throw new Error('taken')
      return ids
    })
  const inbox = async () => {
    const rows = await api.db.query<{ id: number; payload: unknown }>('select contact_id as id, payload from inbox order by seq')
    await api.db.query('delete from inbox')
    return rows
  }

  beforeAll(async () => {
    api = await openApi(kind)
    marketer = api.as('marketer', { bulk: { run: (id) => void ran.push(id) } })
  })
  afterAll(() => api.close())

  test('fields are made, renamed, and go only while nothing uses them', async () => {
    expect(await marketer.fields.create({ label: 'City', type: 'text' })).toEqual({ key: 'city' })
    expect(await marketer.fields.create({ label: 'Plan size (m²)', type: 'number' })).toEqual({ key: 'plan_size_m' })
    expect(await marketer.fields.create({ label: 'Tier', type: 'choice', options: ['Free', 'Pro'] })).toEqual({ key: 'tier' })
    expect(await problem(marketer.fields.create({ label: 'city', type: 'number' }))).toMatch(/a field like “city” already/)
    expect(await problem(marketer.fields.remove({ key: 'email' }))).toMatch(/field of every workspace/)
    await people([{ email: 'user@example.org', fields: { email: 'user@example.org', city: 'Bonn', tier: 'Pro' } }])
    await marketer.segments.create({ name: 'In Bonn', condition: all(field('city', 'is', 'Bonn')) })
    expect(await problem(marketer.fields.remove({ key: 'city' }))).toMatch(
      /City stays: it is used by 1 segment \(In Bonn\) and 1 person has a value/,
    )
    const change = { key: 'city', label: 'Town', type: 'text' as const, afterOutcome: false }
    await marketer.fields.change(change)
    expect(await problem(marketer.fields.change({ ...change, type: 'number' }))).toMatch(/type of Town stays/)
    const tier = { key: 'tier', label: 'Tier', type: 'choice' as const, afterOutcome: false }
    await marketer.fields.change({ ...tier, options: ['Free', 'Pro', 'Max'] })
    expect(await problem(marketer.fields.change({ ...tier, options: ['Free'] }))).toMatch(/option “Pro” stays/)
    await marketer.fields.remove({ key: 'plan_size_m' })
    expect((await marketer.fields.list()).filter((it) => !it.system).map((it) => it.label)).toEqual(['Town', 'Tier'])
  })

  test('the list is paged by key, searched, filtered and sorted, what is missing last', async () => {
    const many = Array.from({ length: 120 }, (_, i): Partial<NewContact> => {
      const email = `p${String(i).padStart(3, '0')}@list.example`
      return { email, fields: { email, first_name: i % 2 ? 'Zoë' : 'Ann', ...(i < 100 ? { city: `Town ${i % 7}` } : {}) } }
    })
    await people(many)
    const filter = { search: 'list.example' }
    for (const sort of [
      { by: 'city', descending: false },
      { by: 'city', descending: true },
      { by: 'key', descending: true },
      { by: 'created', descending: true },
    ]) {
      const seen: string[] = []
      const towns: unknown[] = []
      for (let after: Awaited<ReturnType<Caller['contacts']['list']>>['next'] = null, page = 0; page < 9; page++) {
        const { rows, next } = await marketer.contacts.list({ filter, sort, after })
        seen.push(...rows.map((it) => it.key))
        towns.push(...rows.map((it) => it.fields.city ?? null))
        if (!next) break
        after = next
      }
      expect(new Set(seen).size).toBe(120)
      expect(seen).toHaveLength(120)
      if (sort.by === 'city') {
        expect(towns.slice(100)).toEqual(Array.from({ length: 20 }, () => null))
        const known = towns.slice(0, 100).map(String)
        expect(known).toEqual(sort.descending ? [...known].sort().reverse() : [...known].sort())
      }
    }
    expect(await marketer.contacts.count({ filter: { search: 'ZOË list.example' } })).toEqual({ n: 60, exact: true })
    expect(await marketer.contacts.count({ filter: { ...filter, condition: all(field('city', 'is', 'town 3')) } })).toMatchObject({ n: 14 })
    expect(await marketer.contacts.count({ filter: { search: "%' or 1=1 --" } })).toMatchObject({ n: 0 })
    expect(await problem(marketer.contacts.list({ filter: { condition: all(field('gone', 'empty')) } }))).toMatch(/no field “gone”/)
  })

  test('a count knows who matches, who does not, and who cannot be told', async () => {
    const source: Condition = {
      combinator: 'and',
      rules: [field('email', 'ends-with', '@list.example'), field('city', 'is-not', 'Town 0')],
    }
    const sum = { matches: 0, not: 0, unknown: 0 }
    for (let from: number | null = 0; from !== null; ) {
      const answer: Awaited<ReturnType<Caller['segments']['count']>> = await marketer.segments.count({ condition: source, from })
      if (!('counts' in answer) || !answer.counts) throw new Error('no counts')
      const { next, ...counts } = answer.counts
      for (const key of ['matches', 'not', 'unknown'] as const) sum[key] += counts[key]
      from = next
    }
    expect(sum).toEqual({ matches: 85, not: 16, unknown: 20 })
    const { counts: estimated } = await marketer.segments.estimate({ condition: source })
    expect(Math.abs(estimated!.matches - 85)).toBeLessThanOrEqual(Math.max(estimated!.error, estimated!.exact ? 0 : 85))
    expect((await marketer.segments.preview({ condition: source })).rows).toHaveLength(10)
    expect(await marketer.segments.count({ condition: all(field('city', 'is')) })).toMatchObject({ issues: [{ path: 'rules.0.value' }] })
  })

  test('tags are read from one text, kept as a list, compared whatever their case', async () => {
    const { id } = await marketer.contacts.create({ fields: { email: 'tagged@tags.example', tags: 'VIP; Zürich, vip' } })
    const tagged = all(field('tags', 'all-of', ['vip', 'zu\u0308rich']))
    const count = async () => (await marketer.contacts.count({ filter: { condition: tagged } })) as { n: number }
    expect((await marketer.contacts.get({ id })).fields.tags).toEqual(['VIP', 'Zürich'])
    expect((await count()).n).toBe(1)
    expect(await problem(marketer.contacts.create({ fields: { email: 'other@tags.example', tags: 'a|b' } }))).toMatch(
      /Tags: a tag cannot hold/,
    )
  })

  test('a segment tells of one person why they match or not, rule by rule', async () => {
    const [zoe] = (await marketer.contacts.list({ filter: { search: 'p001@list.example' } })).rows
    const condition: Condition = {
      combinator: 'and',
      rules: [
        field('first_name', 'is', 'ZOË'),
        { combinator: 'or', not: true, rules: [field('city', 'is', 'Town 0'), field('job_title', 'is', 'CEO')] },
      ],
    }
    const explained = await marketer.segments.explain({ condition, contactId: zoe!.id })
    expect(explained).toMatchObject({
      truth: null,
      until: null,
      rules: [
        { truth: true, seen: 'Zoë', path: 'and/0' },
        { truth: false, seen: 'Town 1', path: 'and/1/or!/0' },
        { truth: null, seen: null, path: 'and/1/or!/1' },
      ],
    })
    expect('rules' in explained && explained.rules[0]?.sentence.map((it) => it.text).join(' ')).toBe('First name is ZOË')
    expect(await problem(marketer.segments.explain({ condition, contactId: 5 }))).toMatch(/was removed/)
  })

  test('segments are scanned in the background, know their users, never ask themselves', async () => {
    const { id: a } = await marketer.segments.create({ name: 'A', condition: all(field('city', 'not-empty')) })
    const inA: Rule = { subject: { kind: 'segment', segmentId: a }, op: 'is' }
    const { id: b } = await marketer.segments.create({ name: 'B', condition: all(inA) })
    expect(await api.db.query(`select kind, status from scan where segment_id = $1`, [a])).toEqual([{ kind: 'segment', status: 'running' }])
    expect(await problem(marketer.segments.remove({ id: a }))).toMatch(/A stays: it is used by 1 segment \(B\)/)
    const inB: Rule = { subject: { kind: 'segment', segmentId: b }, op: 'is' }
    expect(await problem(marketer.segments.change({ id: a, rev: 0, name: 'A', condition: all(inB) }))).toMatch(
      /Segments would go in a circle: A → B → A/,
    )
    await marketer.segments.change({ id: a, rev: 0, name: 'A1', condition: all(field('city', 'empty')) })
    expect(await problem(marketer.segments.change({ id: a, rev: 0, name: 'A2', condition: all(field('city', 'empty')) }))).toMatch(
      /meanwhile/,
    )
    expect((await marketer.segments.get({ id: a })).uses).toEqual([{ by: 'segment', id: b, name: 'B', live: true }])
    await marketer.segments.remove({ id: b })
    await marketer.segments.remove({ id: a })
    const list = await marketer.segments.list()
    expect(list.map((it) => it.name)).toEqual(['In Bonn'])
    expect(list[0]?.sentence.map((it) => it.text).join(' ')).toBe('Town is Bonn')
  })

  test('one contact is made and changed by hand, through its inbox', async () => {
    await inbox()
    const { id } = await marketer.contacts.create({ fields: { email: 'Hand@Example.org', first_name: 'Hanna' }, consent: true })
    expect(await problem(marketer.contacts.create({ fields: { email: 'hand@example.org' } }))).toMatch(/is a contact already/)
    expect(await problem(marketer.contacts.create({ fields: { first_name: 'Nobody' } }))).toMatch(/Write an e-mail address/)
    await marketer.contacts.change({ id, fields: { first_name: 'Hanna', last_name: 'Berg', city: null, tier: 'Pro' } })
    expect(await problem(marketer.contacts.change({ id, fields: { email: 'user@example.org' } }))).toMatch(/belongs to another contact/)
    const rows = await inbox()
    expect(rows.map((row) => row.payload)).toMatchObject([{ kind: 'created' }, { kind: 'fields', set: { last_name: 'Berg', tier: 'Pro' } }])
    const page = await marketer.contacts.get({ id })
    expect(page).toMatchObject({
      key: 'hand@example.org',
      fields: { first_name: 'Hanna' },
      consent: { marketing: true },
      passages: [],
      ledger: [],
    })
    expect(page.identities).toEqual([{ kind: 'email', value: 'hand@example.org' }])
  })

  test('a sales rep sees whom he has to work, and nobody else: list, count, page', async () => {
    const [mine = 0, other = 0] = await people([{ email: 'mine@rep.example' }, { email: 'other@rep.example' }])
    const rep = api.as('sales_rep')
    const give = (contactId: number, repId: string, state: string) =>
      api.db.query(
        `insert into handoff (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, team_id, rep_id, state, packet, created_at)
         values ($1, $2, $2, $3, 'f', '', 1, 1, 'n', 't', $4, $5, '{"why":"","fields":{},"scores":{},"note":null}', 0)`,
        [contactId % 1024, contactId, `h${contactId}`, repId, state],
      )
    await give(mine, api.users.sales_rep.id, 'assigned')
    await give(other, api.users.sales_manager.id, 'assigned')
    expect((await rep.contacts.list({})).rows.map((it) => it.id)).toEqual([mine])
    expect(await rep.contacts.count({})).toEqual({ n: 1, exact: true })
    expect(await rep.contacts.get({ id: mine })).toMatchObject({ key: 'mine@rep.example', handoffs: [{ state: 'assigned' }] })
    expect(await problem(rep.contacts.get({ id: other }))).toMatch(/not with you/)
    await api.db.query(`update handoff set state = 'rejected' where contact_id = $1`, [mine])
    expect(await problem(rep.contacts.get({ id: mine }))).toMatch(/not with you/)
  })

  test('bulk work reaches exactly those chosen, chunk by chunk, and stops when cancelled', async () => {
    await inbox()
    const filter = { search: 'list.example', condition: all(field('city', 'is', 'Town 1')) }
    expect(await problem(marketer.contacts.bulk({ target: { filter }, action: { do: 'set-field', key: 'tier', value: 'Gold' } }))).toMatch(
      /Gold/,
    )
    const { id, total } = await marketer.contacts.bulk({ target: { filter }, action: { do: 'set-field', key: 'tier', value: 'Pro' } })
    expect(total).toBe(15)
    expect(ran.at(-1)).toBe(id)
    const ids = (await marketer.contacts.list({ filter })).rows.map((it) => it.id)
    const target = { ids }
    const step = (owner: string) => stepBulk(api.db, id, target, { at: 5, limit: 10, owner })
    expect(await claimJob(api.db, 'bulk_job', { id, owner: 'one', now: 0, until: 10 })).toBe(true)
    expect(await claimJob(api.db, 'bulk_job', { id, owner: 'two', now: 9, until: 19 })).toBe(false)
    expect(await step('two')).toBeNull()
    expect(await claimJob(api.db, 'bulk_job', { id, owner: 'two', now: 10, until: 20 })).toBe(true)
    expect(await step('one')).toBeNull()
    expect(await step('two')).toHaveLength(10)
    expect(await marketer.contacts.job({ id })).toMatchObject({ done: 10, total: 15, status: 'running' })
    await marketer.contacts.cancel({ id })
    expect(await step('two')).toBeNull()
    const rows = await inbox()
    expect(rows).toHaveLength(10)
    expect(rows[0]?.payload).toMatchObject({ kind: 'fields', set: { tier: 'Pro' }, source: { kind: 'user' } })
    expect(await problem(marketer.contacts.cancel({ id }))).toMatch(/over already/)
    expect(
      await problem(marketer.contacts.bulk({ target: { ids }, action: { do: 'set-field', key: 'email', value: 'x@y.example' } })),
    ).toMatch(/belongs to one person/)
  })

  test('one person is put into a flow, tried again and taken out by hand, through the inbox', async () => {
    const [id = 0] = await people([{ email: 'journey@example.org' }])
    await inbox()
    const nodes = [
      { id: 't', type: 'trigger', position: { x: 0, y: 0 }, data: { v: 1, name: 'By hand', on: { kind: 'manual' } } },
      { id: 'x', type: 'exit', position: { x: 0, y: 90 }, data: { v: 1 } },
    ]
    await api.db.query(
      `insert into flow (id, name, status, draft, live_version, created_at, updated_at) values ('flw_j', 'Journey', 'live', $1::jsonb, 1, 0, 0)`,
      [JSON.stringify({ format: 1, nodes, edges: [], settings: {} })],
    )
    await api.db.query(`insert into version (flow_id, version, graph, hash, published_at) values ('flw_j', 1, $1::jsonb, 'h', 0)`, [
      JSON.stringify({ format: 1, nodes, edges: [], settings: {} }),
    ])
    await marketer.contacts.enter({ id, flowId: 'flw_j', node: 't' })
    expect(await problem(marketer.contacts.enter({ id, flowId: 'flw_j', node: 'x' }))).toMatch(/not part of the live version/)
    const ref = { id, flowId: 'flw_j', key: '' }
    expect(await problem(marketer.contacts.leave(ref))).toMatch(/not in the flow any more/)
    await api.db.query(
      `insert into enrolment (bucket, id, contact_id, flow_id, key, entry, version, node, node_since, entered_at, seq, gen, vars)
       values ($1, $2, $2, 'flw_j', '', 1, 1, 'x', 5, 5, 0, 0, '{"visits":{},"here":{},"held":[],"frozenMs":0}')`,
      [id % 1024, id],
    )
    expect(await problem(marketer.contacts.retry(ref))).toMatch(/does not stand still/)
    await api.db.query(
      `update enrolment set vars = vars || '{"parked":{"code":"step-failed","message":"No.","at":6,"during":"enter"}}' where id = $1`,
      [id],
    )
    await marketer.contacts.retry(ref)
    await marketer.contacts.leave(ref)
    const source = { kind: 'user', name: 'The marketer' }
    expect((await inbox()).map((row) => row.payload)).toMatchObject([
      { kind: 'enrol', flowId: 'flw_j', node: 't', key: '', source },
      { kind: 'retry', flowId: 'flw_j', key: '', source },
      { kind: 'remove', flowId: 'flw_j', key: '', source },
    ])
    const page = await marketer.contacts.get({ id })
    expect(page.passages).toMatchObject([{ flowName: 'Journey', parked: { message: 'No.' } }])
    expect(page.graphs).toMatchObject([{ flowId: 'flw_j', version: 1, nodes: [{ id: 't', data: { name: 'By hand' } }, { id: 'x' }] }])
    expect(page.scores.map((it) => [it.name, it.total, it.lines.length])).toEqual([
      ['Fit', 0, 0],
      ['Engagement', 0, 0],
    ])
    await api.db.query(`delete from enrolment where id = $1`, [id])
    await api.db.query(`delete from version where flow_id = 'flw_j'`)
    await api.db.query(`delete from flow where id = 'flw_j'`)
  })

  test('removed people leave nothing behind that names them', async () => {
    const [id = 0] = await people([
      { email: 'gone@example.org', external: 'ext-gone', fields: { email: 'gone@example.org', city: 'Secretville' } },
    ])
    const { id: job } = await marketer.contacts.bulk({ target: { ids: [id] }, action: { do: 'remove' } })
    await claimJob(api.db, 'bulk_job', { id: job, owner: 'one', now: 0, until: 10 })
    await stepBulk(api.db, job, { ids: [id] }, { at: 7, limit: 10, owner: 'one' })
    expect(await problem(marketer.contacts.get({ id }))).toMatch(/no such contact/)
    expect(await api.db.query('select * from identity where contact_id = $1', [id])).toEqual([])
    const [row] = await api.db.query('select * from contact where id = $1', [id])
    expect(JSON.stringify(row)).not.toMatch(/gone@|Secretville|ext-gone/)
    await people([{ email: 'gone@example.org' }])
  })
})
