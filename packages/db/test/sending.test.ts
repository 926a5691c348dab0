import { bucketOf } from '@baton/leads'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  addContacts,
  appendItems,
  archiveTopic,
  type BreakerLimits,
  breakerOf,
  consentHistory,
  consentsOf,
  countSuppressions,
  createFlow,
  createIds,
  ensureMonths,
  flowRates,
  type Handle,
  listSuppressions,
  listTopics,
  passedLimit,
  removeContacts,
  repeatAllUnknown,
  resumeFlow,
  saveTopic,
  scanSpeed,
  setTemplateTopic,
  storeAnswers,
  storeMailEvents,
  suppress,
  topicUses,
  trip,
  unsuppress,
} from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

const NOW = Date.parse('2026-06-10T12:00Z')
const HOUR = 3_600_000
const by = { kind: 'user' as const, id: 'usr_nora', name: 'Nora' }
const key = { kind: 'key' as const, id: 'key_1', name: 'Postmark' }

async function person(handle: Handle, email: string, consent: Record<string, boolean> = {}): Promise<number> {
  return handle.transaction(async (tx) => {
    const made = await addContacts(tx, createIds(tx), [{ email, external: null, fields: { email }, consent }], { at: NOW, textKeys: [] })
    const id = made === 'taken' ? undefined : made[0]
    if (id === undefined) throw new Error('not made')
    await appendItems(tx, [
      { contactId: id, item: { kind: 'created', at: NOW, source: { kind: 'import', id: 'imp_1', name: 'people.csv' } } },
    ])
    return id
  })
}

const items = (handle: Handle, kind: string) =>
  handle.query<{ contactId: number; payload: Record<string, unknown> }>(
    `select contact_id as "contactId", payload from inbox where kind = $1 order by seq`,
    [kind],
  )

/** A mail of a flow in the state given. */
async function mail(handle: Handle, flowId: string, n: number, more: Record<string, unknown> = {}): Promise<number> {
  const bucket = bucketOf(`${flowId}${n}`)
  const [id = 0] = await createIds(handle).take([bucket])
  const row = {
    status: 'sent',
    at: NOW - n,
    contactId: id,
    messageId: null,
    to: null,
    attempts: 1,
    bounced: null,
    unsubscribed: null,
    ...more,
  }
  await handle.query(
    `insert into send (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, template_id, purpose, status, at, message_id,
       to_address, attempts, bounced_at, unsubscribed_at, envelope, html)
     values ($1, $2, $3, $4, $5, '', 1, 1, 'm', 'tpl', 'marketing', $6, $7, $8, $9, $10, $11, $12, '{}', '')`,
    [
      bucket,
      id,
      row.contactId,
      `k/${flowId}/${id}`,
      flowId,
      row.status,
      row.at,
      row.messageId,
      row.to,
      row.attempts,
      row.bounced,
      row.unsubscribed,
    ],
  )
  return id
}

onBothDrivers('sending', (open) => {
  beforeEach(async () => {
    const handle = open()
    await ensureMonths(handle, [NOW])
    for (const table of [
      'suppression',
      'consent_log',
      'identity',
      'inbox',
      'contact',
      'send',
      'notification',
      'audit',
      'seen',
      'pause',
      'event',
      'scan',
    ])
      await handle.query(`delete from ${table} where true`)
    await handle.query(`delete from topic where not system`)
  })

  describe('topics', () => {
    test('the general one is always there; others are made, renamed, put away and taken out', async () => {
      const handle = open()
      expect(await listTopics(handle)).toMatchObject([{ id: 'marketing', name: 'News and offers', system: true }])
      const make = (name: string, id?: string) =>
        handle.transaction((tx) => saveTopic(tx, { id, name, description: 'Fairs', doubleOptIn: true, at: NOW }))
      const events = await make('Events')
      expect(await make('events')).toBe('taken')
      expect(await make('Events', events)).toBe(events)
      expect(await make('Else', 'top_gone')).toBe('unknown')
      expect((await listTopics(handle)).map((it) => it.name)).toEqual(['News and offers', 'Events'])
      const put = (id: string, archived: boolean) => handle.transaction((tx) => archiveTopic(tx, { id, archived, at: NOW }))
      expect([await put(events, true), await put(events, true), await put('marketing', true)]).toEqual([true, false, false])
      expect(await listTopics(handle)).toHaveLength(1)
      expect((await listTopics(handle, { archived: true })).at(-1)).toMatchObject({ id: events, archived: true, doubleOptIn: true })
      expect(await put(events, false)).toBe(true)
    })

    test('each counts the people who agreed and the messages that go out under it', async () => {
      const handle = open()
      const events = await handle.transaction((tx) => saveTopic(tx, { name: 'Events', description: '', doubleOptIn: false, at: NOW }))
      await person(handle, 'ada@example.com', { marketing: true, [events]: true })
      await person(handle, 'bo@example.com', { marketing: false })
      await handle.query(`insert into template (id, name, created_at, updated_at) values ('tpl_x', 'X', 0, 0) on conflict do nothing`)
      expect(await handle.transaction((tx) => setTemplateTopic(tx, { templateId: 'tpl_x', topicId: events }))).toBe(true)
      expect((await topicUses(handle)).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
        { id: 'marketing', messages: 0, people: 1 },
        { id: events, messages: 1, people: 1 },
      ])
    })
  })

  describe('the history of consent', () => {
    test('holds what people had said when they came, and every answer since, with who recorded it', async () => {
      const handle = open()
      const id = await person(handle, 'ada@example.com', { marketing: true })
      const say = (topic: string, given: boolean, at: number) =>
        handle.transaction((tx) => appendItems(tx, [{ contactId: id, item: { kind: 'consent', at, topic, given, source: by } }]))
      await say('marketing', false, NOW + 1)
      await say('events', true, NOW + 2)
      expect(await consentHistory(handle, id)).toEqual([
        { topic: 'events', given: true, at: NOW + 2, source: by },
        { topic: 'marketing', given: false, at: NOW + 1, source: by },
        { topic: 'marketing', given: true, at: NOW, source: { kind: 'import', id: 'imp_1', name: 'people.csv' } },
      ])
      expect(await consentsOf(handle, id)).toEqual(
        new Map([
          ['marketing', false],
          ['events', true],
        ]),
      )
      await handle.transaction((tx) => removeContacts(tx, [id], NOW + 3))
      expect(await consentHistory(handle, id)).toEqual([])
      expect(await consentsOf(handle, id)).toBeUndefined()
    })

    test('answers from the link of a mail are told with their event, and noted at the mail', async () => {
      const handle = open()
      const contactId = await person(handle, 'ada@example.com', { marketing: true })
      const id = await mail(handle, 'flw_a', 1, { contactId })
      const of = { id, key: 'k', flowId: 'flw_a', node: 'm', templateId: 'tpl' }
      const answers = [
        { topic: 'marketing', given: false },
        { topic: 'events', given: true },
      ]
      await storeAnswers(handle, { contactId, answers, source: by, mail: of }, NOW)
      expect((await items(handle, 'consent')).map((it) => [it.payload.topic, it.payload.given])).toEqual([
        ['marketing', false],
        ['events', true],
      ])
      expect((await items(handle, 'event')).map((it) => it.payload.event)).toMatchObject([
        { type: 'mail.unsubscribed', props: { topic: 'marketing', sendId: String(id) } },
      ])
      expect((await flowRates(handle, { now: NOW }))[0]).toMatchObject({ flowId: 'flw_a', mails: 1, unsubscribed: 1 })
    })
  })

  describe('suppressed addresses', () => {
    const put = (handle: Handle, value: string, reason: 'bounced' | 'complained' | 'by-hand' | 'imported', contactId?: number) =>
      handle.transaction((tx) => suppress(tx, [{ value, reason, note: '', contactId }], { by, at: NOW }))

    test('whoever has one is told; who comes later with one starts so', async () => {
      const handle = open()
      const ada = await person(handle, 'ada@example.com')
      expect(await put(handle, 'ada@example.com', 'bounced')).toEqual({ added: 1, people: 1 })
      expect(await put(handle, 'new@example.com', 'imported')).toEqual({ added: 1, people: 0 })
      expect(await items(handle, 'suppress')).toMatchObject([{ contactId: ada, payload: { reason: 'bounced', source: by } }])
      const late = await person(handle, 'new@example.com')
      const [row] = await handle.query<{ s: string }>(`select facts ->> 's' as s from contact where id = $1`, [late])
      expect(row?.s).toBe('imported')
    })

    test('what is there stays as it is, but a complaint weighs more', async () => {
      const handle = open()
      await put(handle, 'ada@example.com', 'by-hand')
      expect(await put(handle, 'ada@example.com', 'bounced')).toEqual({ added: 0, people: 0 })
      expect(await put(handle, 'ada@example.com', 'complained')).toEqual({ added: 0, people: 0 })
      expect(await countSuppressions(handle)).toEqual([{ reason: 'complained', n: 1 }])
    })

    test('the address a mail was for counts too, where no name says it is theirs', async () => {
      const handle = open()
      const ada = await person(handle, 'ada@example.com')
      await handle.query(`update contact set facts = jsonb_set(facts, '{f,email}', '"Ada@Other.example"') where id = $1`, [ada])
      expect(await put(handle, 'ada@other.example', 'bounced', ada)).toEqual({ added: 1, people: 1 })
    })

    test('is found, and let through again', async () => {
      const handle = open()
      const ada = await person(handle, 'ada@example.com')
      for (const value of ['ada@example.com', 'b_o@example.com', 'box@example.com']) await put(handle, value, 'by-hand')
      const list = (search: string) => listSuppressions(handle, { search, reason: null, limit: 10 })
      expect((await list('ADA@')).map((it) => it.contactId)).toEqual([ada])
      expect((await list('b_o')).map((it) => it.value)).toEqual(['b_o@example.com'])
      const [first] = await listSuppressions(handle, { search: '', reason: 'by-hand', limit: 1 })
      if (!first) throw new Error('nothing listed')
      expect(await listSuppressions(handle, { search: '', reason: null, after: first, limit: 10 })).toHaveLength(2)
      expect(await handle.transaction((tx) => unsuppress(tx, 'ada@example.com', { by, at: NOW }))).toBe('by-hand')
      expect(await handle.transaction((tx) => unsuppress(tx, 'ada@example.com', { by, at: NOW }))).toBeUndefined()
      expect((await items(handle, 'suppress')).at(-1)).toMatchObject({ contactId: ada, payload: { reason: null } })
    })
  })

  describe('what a provider tells', () => {
    test('is stored with its mail and person, stops the address, and the same told twice changes nothing', async () => {
      const handle = open()
      const ada = await person(handle, 'ada@example.com')
      const id = await mail(handle, 'flw_a', 1, { contactId: ada, messageId: '<1.x@acme.test>', to: 'Ada@example.com' })
      const event = { type: 'bounce' as const, messageId: '1.x@acme.test', permanent: true, reason: '550 no such user' }
      const store = () => storeMailEvents(handle, { events: [event], source: key, now: NOW })
      expect(await store()).toEqual({ stored: 1, suppressed: 1, unknown: 0 })
      expect(await store()).toEqual({ stored: 0, suppressed: 0, unknown: 0 })
      expect((await items(handle, 'event')).map((it) => it.payload.event)).toMatchObject([
        { type: 'mail.bounced', props: { sendId: String(id), flowId: 'flw_a', permanent: true, response: '550 no such user' } },
      ])
      expect(await listSuppressions(handle, { search: '', reason: null, limit: 5 })).toMatchObject([
        { value: 'ada@example.com', reason: 'bounced', note: '550 no such user', by: 'Postmark' },
      ])
      expect((await flowRates(handle, { now: NOW }))[0]).toMatchObject({ bounced: 1 })
    })

    test('a complaint by address alone; a bounce that may pass stops nothing; nobody known is counted', async () => {
      const handle = open()
      const ada = await person(handle, 'ada@example.com')
      const events = [
        { type: 'complaint' as const, email: 'ada@example.com', permanent: true, reason: '' },
        { type: 'bounce' as const, email: 'ada@example.com', permanent: false, reason: 'full', id: 'e1' },
        { type: 'bounce' as const, email: 'who@example.com', permanent: true, reason: '', id: 'e2' },
      ]
      expect(await storeMailEvents(handle, { events, source: key, now: NOW })).toEqual({ stored: 2, suppressed: 2, unknown: 1 })
      expect(await countSuppressions(handle)).toEqual([
        { reason: 'bounced', n: 1 },
        { reason: 'complained', n: 1 },
      ])
      expect((await items(handle, 'suppress')).map((it) => [it.contactId, it.payload.reason])).toEqual([[ada, 'complained']])
    })
  })

  describe('the breaker', () => {
    const graph = {
      format: 1 as const,
      nodes: [],
      edges: [],
      settings: { reentry: { when: 'never' as const }, whileInside: 'ignore' as const, onLeavingSegment: 'stay' as const },
    }
    const limits: BreakerLimits = { mailsPerHour: 10, bounces: 5, complaints: 1, unsubscribes: 5, minimum: 4 }
    const rates = { lastHour: 0, mails: 100, bounced: 0, complained: 0, unsubscribed: 0 }

    test.each([
      ['nothing', {}, undefined],
      ['exactly the limit', { bounced: 5 }, undefined],
      ['more', { bounced: 6 }, { rule: 'bounces', limit: 5, seen: 6, mails: 100 }],
      ['the worst first', { bounced: 50, complained: 2 }, { rule: 'complaints', seen: 2 }],
      ['too few to say', { mails: 3, bounced: 3 }, undefined],
      ['too many at once', { lastHour: 11 }, { rule: 'mailsPerHour', seen: 11, mails: 11 }],
    ])('%s', (_, more, expected) => {
      const tripped = passedLimit({ ...rates, ...more }, limits, NOW)
      if (expected) expect(tripped).toMatchObject(expected)
      else expect(tripped).toBeUndefined()
      expect(passedLimit({ ...rates, ...more }, { ...limits, mailsPerHour: null, bounces: null, complaints: null }, NOW)).toBeUndefined()
    })

    test('rates are of the last 24 hours, and begin anew when the flow goes on; a trip pauses with reason, note and audit', async () => {
      const handle = open()
      await handle.query(`insert into "user" (id, name, email, role) values ('usr_nora', 'Nora', 'n@x', 'marketer') on conflict do nothing`)
      const id = await handle.transaction((tx) => createFlow(tx, { name: 'Spring', graph, by: null, at: 0 }))
      await handle.query(`update flow set status = 'live' where id = $1`, [id])
      await mail(handle, id, 25 * HOUR, { bounced: NOW })
      await mail(handle, id, 2 * HOUR)
      await mail(handle, id, 3, { status: 'failed', bounced: NOW })
      await mail(handle, id, 4, { status: 'failed' })
      await mail(handle, id, 5, { status: 'withdrawn' })
      await mail(handle, id, 6, { status: 'queued' })
      const now = () => flowRates(handle, { flowId: id, now: NOW })
      expect(await now()).toEqual([{ flowId: id, lastHour: 3, mails: 2, bounced: 1, complained: 0, unsubscribed: 0 }])

      const tripped = { rule: 'bounces' as const, limit: 5, seen: 50, mails: 2, at: NOW }
      const stop = () => handle.transaction((tx) => trip(tx, { id, name: 'Spring', tripped, say: 'Spring was paused by itself.' }))
      expect([await stop(), await stop()]).toEqual([true, false])
      expect(await breakerOf(handle, id)).toEqual({ breaker: null, tripped, status: 'paused' })
      expect(await handle.query('select user_id as who, text, flow_id as flow from notification')).toEqual([
        { who: 'usr_nora', text: 'Spring was paused by itself.', flow: id },
      ])
      expect(await handle.query('select action from audit')).toEqual([{ action: 'flow.tripped' }])

      expect(await handle.transaction((tx) => resumeFlow(tx, { id, by, at: NOW + 1 }))).toBe(true)
      expect(await breakerOf(handle, id)).toMatchObject({ tripped: null, status: 'live' })
      expect(await flowRates(handle, { flowId: id, now: NOW + 2 })).toEqual([])
    })

    test('the speed of passes is that of the fastest that was long enough to tell', async () => {
      const handle = open()
      expect(await scanSpeed(handle)).toBeNull()
      const scan = (id: string, done: number, ms: number) =>
        handle.query(`insert into scan (id, kind, status, done, started_at, ended_at) values ($1, 'publish', 'done', $2, $3, $4)`, [
          id,
          done,
          NOW,
          NOW + ms,
        ])
      await scan('a', 10, 1)
      await scan('b', 2000, HOUR / 2)
      expect(await scanSpeed(handle)).toBe(4000)
    })
  })

  test('mail of unknown fate is sent once more, a few times, and not for ever', async () => {
    const handle = open()
    await mail(handle, 'flw_a', 1, { status: 'unknown' })
    await mail(handle, 'flw_a', 2, { status: 'unknown', attempts: 5 })
    await mail(handle, 'flw_a', 3, { status: 'unknown', at: NOW - 96 * HOUR })
    expect(await repeatAllUnknown(handle, NOW)).toBe(1)
    expect(await handle.query(`select status, attempts from send where status = 'queued'`)).toEqual([{ status: 'queued', attempts: 1 }])
  })
})
