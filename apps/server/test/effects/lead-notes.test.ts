import { smtpTransport } from '@baton/connect'
import { smtpSink } from '@baton/connect/testing'
import {
  answerHandoff,
  changeHandoff,
  clawBackQuiet,
  createIds,
  handoffLogOf,
  moveLead,
  notificationsOf,
  saveRepSettings,
  tellOfLeads,
  updateWorkspace,
} from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { mailGathered } from '../../src/effects/index.ts'
import { onBoth, START, type World } from '../runner/programme.ts'
import { BASE, openBureau } from './bureau.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A rep and a manager, and a flow that hands over with a level of an hour and tells by mail. */
async function desk(world: World, present: object = { mail: true }) {
  await updateWorkspace(world.handle, { name: 'Acme', senderName: 'Acme', senderAddress: 'news@acme.test', zone: 'UTC' })
  await world.fields([{ key: 'first_name', label: 'First name', type: 'text' }])
  await world.rows(`insert into team (id, name, created_at, quiet_days) values ('team_a', 'Team A', 0, 14)`)
  for (const [id, role] of [
    ['ann', 'sales_rep'],
    ['max', 'sales_manager'],
  ]) {
    await world.rows(`insert into "user" (id, name, email, role) values ($1, $1, $1 || '@acme.test', $2)`, [id, role])
  }
  await world.rows(`insert into team_member (team_id, user_id) values ('team_a', 'ann')`)
  const hand = { teamId: 'team_a', why: 'Asked for a call', level: { minutes: 60, remindBefore: null }, afterBreach: 'manager', present }
  await world.flow(
    'flw_h',
    buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
        ['hand', 'hand-to-sales', hand],
        ['end', 'exit', { label: 'End' }],
      ],
      ['in.out>hand', 'hand.accepted>end', 'hand.rejected>end', 'hand.overflow>end'],
    ),
  )
  const runner = world.worker('router', { routing: true })
  const ask = async (key: string) => {
    const id = await world.person(key, { fields: { first_name: 'Zoë', company: 'Kiesel' } })
    const at = world.clock.now()
    await world.tell(key, { kind: 'event', at, event: { id: key, type: 'asked', props: {}, occurredAt: at, receivedAt: at } })
    await runner.drainUntilIdle()
    const [lead] = await world.rows<{ id: number; rev: number }>('select id, rev from handoff where contact_id = $1', [id])
    return { contactId: id, id: lead?.id ?? 0, rev: lead?.rev ?? 0 }
  }
  return { runner, ask }
}

onBoth('notes about leads', (open) => {
  test('a new lead stands in the rep’s bell and comes by mail at once, with why and until when; a breach goes to the manager', async () => {
    await using sink = await smtpSink()
    const world = await open()
    const bureau = await openBureau(world, { transport: smtpTransport(sink.url) })
    const { runner, ask } = await desk(world)
    // Sales is not paused with the flow.
    const { id, contactId } = await ask('zoe@example.com')
    await world.rows(`update flow set status = 'paused'`)
    await bureau.courier.deliverDue()
    const [note, ...more] = await notificationsOf(world.handle, 'ann', { before: null, limit: 10 })
    expect(note).toMatchObject({ text: 'New lead: Zoë (Kiesel). Answer by Mon 2 Mar, 10:00.', leadId: id, contactId })
    expect(more).toEqual([])
    const [mail] = await Promise.all(sink.received.map((it) => PostalMime.parse(it.raw)))
    expect(mail?.to?.[0]?.address).toBe('ann@acme.test')
    expect(mail?.subject).toBe('New lead: Zoë (Kiesel). Answer by Mon 2 Mar, 10:00.')
    expect(mail?.text).toContain('Why: Asked for a call')
    expect(mail?.text).toContain(`${BASE}/desk/${id}`)
    await world.runUntil(START + 2 * HOUR, runner)
    await bureau.courier.deliverDue()
    expect((await notificationsOf(world.handle, 'max', { before: null, limit: 10 })).map((it) => it.text).sort()).toEqual([
      'Zoë (Kiesel) waits for you: nobody of the team took the lead.',
      'ann did not work Zoë (Kiesel) in time. It waits for your decision.',
    ])
    expect(sink.received).toHaveLength(4)
    await bureau.courier.stop()
  })

  test('who wants them gathered gets the bell at once and one mail for all, each note once', async () => {
    await using sink = await smtpSink()
    const transport = smtpTransport(sink.url)
    const world = await open()
    const bureau = await openBureau(world, { transport })
    const { ask } = await desk(world)
    await world.rows(`insert into rep_setting (user_id, notify) values ('ann', 'hourly')`)
    await ask('a@example.com')
    await ask('b@example.com')
    await bureau.courier.deliverDue()
    expect(await notificationsOf(world.handle, 'ann', { before: null, limit: 10 })).toHaveLength(2)
    expect(sink.received).toHaveLength(0)
    const gather = (hours: number) => mailGathered(world.handle, START + hours * HOUR, { transport, baseUrl: BASE })
    expect([await gather(1), await gather(2)]).toEqual([1, 0])
    const [mail, ...others] = await Promise.all(sink.received.map((it) => PostalMime.parse(it.raw)))
    expect(others).toEqual([])
    expect(mail?.subject).toBe('2 notes about your leads')
    await world.rows(`update rep_setting set notify = 'daily', told_until = null`)
    await world.rows('update notification set to_mail = true')
    expect([await gather(-1), await gather(1), await gather(3), await gather(23)]).toEqual([0, 1, 0, 0])
    await bureau.courier.stop()
  })

  test('whoever had notes at once and wants them gathered from now on gets none of them again', async () => {
    await using sink = await smtpSink()
    const transport = smtpTransport(sink.url)
    const world = await open()
    const bureau = await openBureau(world, { transport })
    const { ask } = await desk(world)
    await ask('a@example.com')
    await bureau.courier.deliverDue()
    expect(sink.received).toHaveLength(1)
    const chosen = { fromName: null, replyTo: null, signature: '' }
    const choose = (notify: 'at-once' | 'hourly', hours: number) =>
      saveRepSettings(world.handle, 'ann', { ...chosen, notify }, START + hours * HOUR)
    const gather = (hours: number) => mailGathered(world.handle, START + hours * HOUR, { transport, baseUrl: BASE })
    await choose('hourly', 1)
    expect(await gather(2)).toBe(0)
    // The same by way of settings that were there before.
    await choose('at-once', 3)
    await choose('hourly', 4)
    expect(await gather(5)).toBe(0)
    expect(sink.received).toHaveLength(1)
    // Whoever wants them daily from the evening on has the next one at eight in the morning.
    await world.rows(`update rep_setting set notify = 'daily', told_until = $1 where user_id = 'ann'`, [START + 12 * HOUR])
    await world.rows(
      `insert into notification (id, user_id, at, text, lead_id, to_mail) select 'later', user_id, $1, 'Later', lead_id, true from notification where user_id = 'ann'`,
      [START + 13 * HOUR],
    )
    expect([await gather(14), await gather(22), await gather(24), await gather(25)]).toEqual([0, 0, 1, 0])
    await bureau.courier.stop()
  })

  test('what waited to be gathered is still mailed, once, to who chose to be told at once since, and after the clock was moved back', async () => {
    await using sink = await smtpSink()
    const transport = smtpTransport(sink.url)
    const world = await open()
    const bureau = await openBureau(world, { transport })
    const { ask } = await desk(world)
    const choose = (notify: 'at-once' | 'hourly' | 'daily', hours: number) =>
      saveRepSettings(world.handle, 'ann', { fromName: null, replyTo: null, signature: '', notify }, START + hours * HOUR)
    const gather = (hours: number) => mailGathered(world.handle, START + hours * HOUR, { transport, baseUrl: BASE })
    const subjects = async () => (await Promise.all(sink.received.map((it) => PostalMime.parse(it.raw)))).map((it) => it.subject ?? '')
    await choose('daily', 0)
    await ask('a@example.com')
    await bureau.courier.deliverDue()
    await choose('at-once', 1)
    expect([await gather(2), await gather(3)]).toEqual([1, 0])
    expect(await subjects()).toEqual([expect.stringContaining('New lead')])
    // Told last at a time that is still to come: the clock was moved back.
    await choose('hourly', 30)
    await choose('daily', 30)
    await ask('b@example.com')
    await bureau.courier.deliverDue()
    expect([await gather(2), await gather(3)]).toEqual([1, 0])
    expect(sink.received).toHaveLength(2)
    await bureau.courier.stop()
  })

  test('more notes than a mail tells are counted in it, and gone with it', async () => {
    await using sink = await smtpSink()
    const transport = smtpTransport(sink.url)
    const world = await open()
    const bureau = await openBureau(world, { transport })
    const { ask } = await desk(world)
    await world.rows(`insert into rep_setting (user_id, notify) values ('ann', 'hourly')`)
    await ask('a@example.com')
    await bureau.courier.deliverDue()
    await world.rows(
      `insert into notification (id, user_id, at, text, lead_id, to_mail)
       select 'n' || i, user_id, at + i, 'Note ' || i || '.', lead_id, true from notification, generate_series(1, 101) i where user_id = 'ann'`,
    )
    const gather = (hours: number) => mailGathered(world.handle, START + hours * HOUR, { transport, baseUrl: BASE })
    expect([await gather(1), await gather(2)]).toEqual([1, 0])
    const [mail] = await Promise.all(sink.received.map((it) => PostalMime.parse(it.raw)))
    expect(mail?.subject).toBe('102 notes about your leads')
    expect(mail?.text).toContain('Note 101.')
    expect(mail?.text).toContain('Note 2.')
    expect(mail?.text).not.toContain('Note 1.')
    expect(mail?.text).toContain('And 2 more notes, which are older: they stand under the bell.')
    await bureau.courier.stop()
  })

  test('what a manager does by hand is told to who gets the lead and to who loses it, with why', async () => {
    await using sink = await smtpSink()
    const world = await open()
    const bureau = await openBureau(world, { transport: smtpTransport(sink.url) })
    const { ask } = await desk(world)
    const { id, rev } = await ask('zoe@example.com')
    const more = await ask('b@example.com')
    await bureau.courier.deliverDue()
    await world.rows(`insert into rep_setting (user_id, notify) values ('max', 'daily')`)
    const moved = await world.handle.transaction((tx) =>
      moveLead(tx, { id, to: { kind: 'rep', id: 'max', name: 'max' }, by: { id: 'eve', name: 'Eve' }, note: 'Knows them', at: START }),
    )
    expect(moved).toMatchObject({ id })
    const shared = { handoffId: id, nth: rev + 1, at: START, mail: true }
    const data = { by: 'Eve', to: 'max', note: 'Knows them' }
    await world.handle.transaction((tx) =>
      tellOfLeads(tx, createIds(tx), {
        notes: [
          { ...shared, what: 'moved-here', to: 'max', data },
          { ...shared, what: 'moved-on', to: 'ann', data: { ...data, more: 1 } },
          { ...shared, handoffId: more.id, what: 'to-marketing', to: 'ann', mail: false, data: { by: 'Eve', note: 'Not now' } },
        ],
      }),
    )
    await bureau.courier.deliverDue()
    const bell = async (who: string) => (await notificationsOf(world.handle, who, { before: null, limit: 10 })).map((it) => it.text)
    expect(await bell('max')).toEqual(['Eve gave you Zoë (Kiesel). Why: Knows them. Answer by Mon 2 Mar, 10:00.'])
    expect(await bell('ann')).toEqual(
      expect.arrayContaining(['Eve gave Zoë (Kiesel) to max. Why: Knows them.', 'Eve gave Zoë (Kiesel) back to marketing. Why: Not now.']),
    )
    // The one who wants a mail a day gets none now.
    const [last, ...others] = (await Promise.all(sink.received.slice(2).map((it) => PostalMime.parse(it.raw)))).map((it) => it.subject)
    expect([last, others]).toEqual(['Eve gave Zoë (Kiesel) and 1 more lead to max. Why: Knows them.', []])
    await bureau.courier.stop()
  })

  test('a rep who has the lead no more is not told to hurry; without mail, and without a server, the bell stands in', async () => {
    const world = await open()
    const bureau = await openBureau(world)
    const { ask } = await desk(world)
    const { id } = await ask('zoe@example.com')
    await world.rows(`update handoff set rep_id = 'max' where id = $1`, [id])
    await bureau.courier.deliverDue()
    expect(await notificationsOf(world.handle, 'ann', { before: null, limit: 10 })).toEqual([])
    await ask('b@example.com')
    await bureau.courier.deliverDue()
    expect(await notificationsOf(world.handle, 'ann', { before: null, limit: 10 })).toHaveLength(1)
    expect(await world.rows(`select status, last_error as error from effect order by at, id`)).toMatchObject([
      { status: 'done', error: null },
      { status: 'done', error: expect.stringContaining('SMTP_URL') },
    ])
    await bureau.courier.stop()
  })

  test('a web address is called with the lead, under a key of its own', async () => {
    const world = await open()
    const { ask } = await desk(world, { mail: false, webhook: { url: 'https://crm.example/leads', secret: 'CRM' } })
    const { id, contactId } = await ask('zoe@example.com')
    const [call] = await world.rows<{ key: string; payload: { body: object; sign: string; url: string } }>(
      `select key, payload from effect where kind = 'webhook'`,
    )
    expect(call).toMatchObject({
      key: `lead/${id}/call/1`,
      payload: {
        url: 'https://crm.example/leads',
        sign: 'CRM',
        body: { type: 'lead.assigned', lead: id, contact: contactId, rep: { id: 'ann' } },
      },
    })
  })

  test('a deal on which nothing happened for as long as the team allows is taken back, and both are told', async () => {
    const world = await open()
    const { runner, ask } = await desk(world)
    const { id, rev } = await ask('zoe@example.com')
    const tx = world.handle
    await tx.transaction((it) =>
      answerHandoff(it, { id, rev, rep: { id: 'ann', name: 'ann' }, asManager: false, answer: { kind: 'accept' }, at: START }),
    )
    const note = (at: number) =>
      tx.transaction((it) =>
        changeHandoff(it, {
          id,
          from: ['accepted'],
          set: { opportunityId: 'opp' },
          log: [{ kind: 'note', by: { id: 'ann', name: 'ann' } }],
          at,
        }),
      )
    await note(START + DAY)
    await runner.drainUntilIdle()
    expect(await clawBackQuiet(world.handle, world.ids, START + 15 * DAY)).toBe(0)
    // What the person does keeps a deal alive, unless the team looks at sales alone; a machine never does, nor what we send.
    const happened = (type: string, day: number, origin = '') =>
      world.rows(
        `insert into event (bucket, at, id, contact_id, type, props, received_at, origin) select bucket, $1, $2, id, $3, '{}', $1, $4 from contact`,
        [...[START + day * DAY, `${type}-${day}`, type, origin]],
      )
    for (const type of ['mail.sent', 'sales.attempted', 'lifecycle.changed']) await happened(type, 14)
    await happened('mail.clicked', 14, 'm')
    await happened('page', 3)
    expect(await clawBackQuiet(world.handle, world.ids, START + 17 * DAY)).toBe(0)
    await world.rows(`update team set quiet_by = 'sales'`)
    expect(await clawBackQuiet(world.handle, world.ids, START + 15 * DAY + 1)).toBe(1)
    expect(await clawBackQuiet(world.handle, world.ids, START + 15 * DAY + 1)).toBe(0)
    expect((await handoffLogOf(world.handle, id)).map((it) => it.kind).slice(-2)).toEqual(['quiet', 'clawed-back'])
    expect(await world.rows(`select payload -> 'to' ->> 'id' as to from effect where payload ->> 'what' = 'quiet' order by 1`)).toEqual([
      { to: 'ann' },
      { to: 'max' },
    ])
    await runner.drainUntilIdle()
    expect(await world.rows('select state, rep_id as rep from handoff')).toEqual([{ state: 'overflow', rep: null }])
  })
})
