import { addContacts, appendItems, createFlow, createIds, createTemplate, DEFAULT_PACE, DEFAULT_SENDING } from '@baton/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

describe.each(KINDS)('sending on %s', (kind) => {
  let api: TestApi
  let ada = 0
  beforeAll(async () => {
    api = await openApi(kind)
    const at = api.clock.now()
    ada = await api.db.transaction(async (tx) => {
      const person = { email: 'ada@example.com', external: null, fields: { email: 'ada@example.com' }, consent: { marketing: true } }
      const made = await addContacts(tx, createIds(tx), [person], { at, textKeys: [] })
      const id = made === 'taken' ? 0 : (made[0] ?? 0)
      await appendItems(tx, [{ contactId: id, item: { kind: 'created', at, source: { kind: 'import', id: 'i' } } }])
      return id
    })
  })
  afterAll(() => api.close())

  const rev = async () => (await api.db.query<{ rev: number }>('select plan_rev as rev from workspace'))[0]?.rev ?? 0
  const audit = (action: string) => api.db.query('select detail from audit where action = $1', [action])

  test('the rules of the workspace: defaults, a part of them changed, and the plan compiled anew', async () => {
    const untouched = { ...DEFAULT_SENDING, pace: DEFAULT_PACE }
    expect(await api.as('reviewer').sending.settings()).toEqual(untouched)
    const before = await rev()
    const quiet = { from: '21:00', to: '08:00' }
    await api.as('admin').sending.change({ quiet, caps: [{ count: 3, hours: 168 }] })
    expect(await api.as('marketer').sending.settings()).toEqual({ ...untouched, quiet, caps: [{ count: 3, hours: 168 }] })
    expect(await rev()).toBe(before + 1)
    expect((await api.as('admin').flows.catalog()).sending).toEqual({ quiet, caps: [{ count: 3, hours: 168 }] })
    await api.as('admin').sending.change({ quiet: null })
    expect(await api.as('admin').sending.settings()).toMatchObject({ quiet: null, caps: [{ count: 3, hours: 168 }] })
  })

  test.each([
    [{ quiet: { from: '21:00', to: '21:00' } }, 'begin and end at different times'],
    [{ quiet: { from: '9', to: '10:00' } }, 'such as 21:00'],
    [{ caps: [{ count: 0, hours: 24 }] }, 'At least 1 mail'],
    [{ caps: [{ count: 1, hours: 721 }] }, 'At most 30 days'],
    [{ breaker: { ...DEFAULT_SENDING.breaker, bounces: 101 } }, 'from 0 to 100'],
  ])('refuses %j and says what to write', async (change, say) => {
    await expect(api.as('admin').sending.change(change)).rejects.toThrow(say)
  })

  test('topics: made, given to a message, not put away while one goes out under it', async () => {
    const marketer = api.as('marketer')
    const { id } = await marketer.topics.save({ name: 'Events', description: 'Fairs' })
    expect(await codeOf(marketer.topics.save({ name: 'events' }))).toBe('CONFLICT')
    const at = api.clock.now()
    const text = { subject: 's', preheader: '', body: '', text: '', purpose: 'marketing' as const }
    const templateId = await api.db.transaction((tx) => createTemplate(tx, { name: 'Invitation', text, by: 'u', at }))
    const before = await rev()
    await marketer.topics.ofMessage({ templateId, topicId: id })
    expect(await rev()).toBe(before + 1)
    const catalog = await marketer.flows.catalog()
    expect(catalog.topics).toEqual([
      { id: 'marketing', name: 'News and offers' },
      { id, name: 'Events' },
    ])
    expect(catalog.templates.find((it) => it.id === templateId)).toMatchObject({ topic: id })
    await expect(marketer.topics.archive({ id, archived: true })).rejects.toThrow('The message Invitation goes out under this topic')
    await marketer.topics.ofMessage({ templateId, topicId: 'marketing' })
    expect((await marketer.templates.get({ id: templateId })).topicId).toBeNull()
    await marketer.topics.archive({ id, archived: true })
    await expect(marketer.topics.ofMessage({ templateId, topicId: id })).rejects.toThrow('put away')
    await marketer.topics.archive({ id, archived: false })
    expect(await codeOf(marketer.topics.archive({ id: 'marketing', archived: true }))).toBe('CONFLICT')
  })

  test('what somebody said to us is recorded with who recorded it', async () => {
    const [, events] = await api.as('reviewer').topics.list()
    if (!events) throw new Error('no topic')
    const woken = api.nudges()
    await api.as('marketer').topics.record({ contactId: ada, topic: events.id, given: true, note: 'on the phone' })
    expect(api.nudges()).toBe(woken + 1)
    const { topics, history } = await api.as('reviewer').topics.ofContact({ contactId: ada })
    expect(topics.map((it) => [it.id, it.given])).toEqual([
      ['marketing', true],
      [events.id, true],
    ])
    expect(history[0]).toMatchObject({ topic: events.id, given: true, source: { name: `${api.users.marketer.name}: on the phone` } })
    expect(await audit('consent.given')).toMatchObject([{ detail: { topic: events.id } }])
    expect(await codeOf(api.as('marketer').topics.record({ contactId: ada, topic: 'top_no', given: true }))).toBe('BAD_REQUEST')
    expect(await codeOf(api.as('marketer').topics.ofContact({ contactId: 1024 * 99 + 1 }))).toBe('NOT_FOUND')
  })

  test('the suppression list: a pasted list in, an address out, each with why', async () => {
    const marketer = api.as('marketer')
    const done = await marketer.suppression.add({ text: 'email\nada@example.com\nx@example.com\nnothing', why: 'Old list' })
    expect(done).toEqual({ added: 2, people: 1, known: 0, without: 1 })
    expect(await marketer.suppression.add({ text: 'x@example.com', why: 'Asked us' })).toMatchObject({ added: 0, known: 1 })
    const { rows, next } = await marketer.suppression.list({ search: 'ada' })
    expect(rows).toMatchObject([
      { value: 'ada@example.com', reason: 'imported', note: 'Old list', contactId: ada, by: api.users.marketer.name },
    ])
    expect(next).toBeNull()
    await expect(marketer.suppression.add({ text: 'hello', why: 'Asked us' })).rejects.toThrow('no e-mail address in it')
    await expect(marketer.suppression.remove({ value: 'ada@example.com', why: '' })).rejects.toThrow('Write why')
    await marketer.suppression.remove({ value: 'Ada@example.com', why: 'Wrote to us' })
    expect(await audit('suppression.removed')).toMatchObject([{ detail: { reason: 'imported', why: 'Wrote to us' } }])
    expect(await codeOf(marketer.suppression.remove({ value: 'ada@example.com', why: 'Wrote to us' }))).toBe('NOT_FOUND')
  })

  test('a flow: limits of its own, how its mails fare, and how far it reaches', async () => {
    const nodes = [
      { id: 'in', type: 'trigger', position: { x: 0, y: 0 }, data: { v: 1, on: { kind: 'manual' } } },
      { id: 'm', type: 'send-email', position: { x: 0, y: 128 }, data: { v: 2, templateId: 'tpl_gone' } },
    ]
    const settings = { reentry: { when: 'never' as const }, whileInside: 'ignore' as const, onLeavingSegment: 'stay' as const }
    const edges = [{ id: 'e', source: 'in', sourceHandle: 'out', target: 'm' }]
    const graph = { format: 1 as const, nodes, edges, settings }
    const at = api.clock.now()
    const flowId = await api.db.transaction((tx) => createFlow(tx, { name: 'Invite', graph, by: null, at }))
    const nothing = { lastHour: 0, mails: 0, bounced: 0, complained: 0, unsubscribed: 0 }
    expect(await api.as('reviewer').sending.flow({ flowId })).toMatchObject({ rates: nothing, own: null, limits: DEFAULT_SENDING.breaker })
    const limits = { ...DEFAULT_SENDING.breaker, mailsPerHour: 500 }
    await api.as('marketer').sending.setLimits({ flowId, limits })
    expect(await api.as('reviewer').sending.flow({ flowId })).toMatchObject({
      own: limits,
      limits,
      house: DEFAULT_SENDING.breaker,
      tripped: null,
    })
    const hour = Math.floor(at / 3_600_000) - 1
    for (const n of [40, 2])
      await api.db.query(`insert into node_delta (bucket, flow_id, node, port, hour, n) values (1, $1, 'in', '', $2, $3)`, [
        flowId,
        hour,
        n,
      ])
    expect(await api.as('reviewer').sending.reach({ flowId })).toEqual({ mailsEach: 1, arrivals: 42, speed: null, limit: 500 })
    await api.as('marketer').sending.setLimits({ flowId, limits: null })
    expect(await api.as('reviewer').sending.reach({ flowId })).toMatchObject({ limit: null })
    expect(await codeOf(api.as('marketer').sending.flow({ flowId: 'flw_gone' }))).toBe('NOT_FOUND')
  })
})
