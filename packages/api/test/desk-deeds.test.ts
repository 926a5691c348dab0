import { type Handle, repMailOf, type SendingSettings, updateWorkspace } from '@baton/db'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Mail } from '../src/index.ts'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'
import { CONTRACT, type LeadAt, lead } from './lead.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Nobody carries mail out here. */
const mailRoom = { deliver: () => {} } as unknown as Mail
const SENDING = { caps: [{ count: 1, hours: 24 }], quiet: null } as unknown as SendingSettings
const DEAL = { name: 'Ledger', stage: 'Demo', amount: 12_000, currency: 'EUR', closeOn: '2026-06-30' }

interface Row {
  state: string
  rev: number
  repId: string | null
  outcome: string | null
  firstActivityAt: number | null
  nextLook: number | null
  deadline: number | null
  sleepingSince: number | null
  opportunityId: string | null
  hadBy: string[]
  draftAt: number | null
}

const rowOf = async (db: Handle, id: number) =>
  (
    await db.query<Row>(
      `select state, rev, rep_id as "repId", outcome, first_activity_at as "firstActivityAt", next_look as "nextLook", deadline,
         sleeping_since as "sleepingSince", opportunity_id as "opportunityId", had_by as "hadBy", draft_at as "draftAt" from handoff where id = $1`,
      [id],
    )
  )[0]!
const logOf = (db: Handle, id: number) =>
  db.query<{ kind: string; by: string; data: Record<string, unknown> }>(
    'select kind, by_name as by, data from handoff_log where handoff_id = $1 order by id',
    [id],
  )
const toldOf = async (db: Handle, contactId: number) =>
  (
    await db.query<{ payload: Record<string, unknown> & { kind: string; news?: Record<string, unknown> } }>(
      'select payload from inbox where contact_id = $1 order by seq',
      [contactId],
    )
  ).map(({ payload }) => payload.news ?? payload)

describe.each(KINDS)('what a rep does on %s', (kind) => {
  let api: TestApi
  let count = 0
  const mine = (state: string, more: Partial<LeadAt> = {}) =>
    lead(api, { email: `lead${++count}@example.com`, repId: api.users.sales_rep.id, state, ...more })
  const desk = () => api.as('sales_rep').desk
  beforeAll(async () => {
    api = await openApi(kind)
    await api.db.query(`insert into team (id, name, created_at) values ('team_1', 'North', 0)`)
    await updateWorkspace(api.db, { senderAddress: 'hello@example.com', senderName: 'Ledgerline', postalAddress: 'Somewhere 1' })
  })
  afterAll(() => api.close())

  test('accepting stops the level and is written down with who and when', async () => {
    const { id, contactId } = await mine('assigned', { deadline: HOUR, contract: CONTRACT })
    await api.db.query('update handoff set next_look = deadline where id = $1', [id])
    expect(await desk().accept({ id, rev: 0 })).toEqual({ rev: 1 })
    expect(await rowOf(api.db, id)).toMatchObject({ state: 'accepted', rev: 1, firstActivityAt: api.clock.now(), nextLook: null })
    const { sales_rep } = api.users
    expect(await logOf(api.db, id)).toEqual([
      { kind: 'accepted', by: sales_rep.name, data: { repId: sales_rep.id, repName: sales_rep.name } },
    ])
    expect(await toldOf(api.db, contactId)).toEqual([{ outcome: 'accepted', repId: sales_rep.id, repName: sales_rep.name }])
  })

  test('a rejection carries its reason, and what the agreement says of leads that come back', async () => {
    const one = await mine('assigned', { contract: CONTRACT })
    await desk().reject({ id: one.id, rev: 0, reason: 'No need', note: 'Has one', disqualify: true })
    expect(await rowOf(api.db, one.id)).toMatchObject({ state: 'rejected', outcome: 'disqualified' })
    expect((await logOf(api.db, one.id)).map((line) => line.kind)).toEqual(['rejected', 'disqualified'])
    expect(await toldOf(api.db, one.contactId)).toMatchObject([
      { outcome: 'rejected', why: 'No need', note: 'Has one', disqualified: true, coolOffDays: 90 },
    ])
  })

  test('who was reached stops the clock, who was not does not', async () => {
    const tried = await mine('assigned', { deadline: HOUR })
    for (const [rev, how] of (['no-answer', 'wrong-number', 'voicemail'] as const).entries())
      await desk().logCall({ id: tried.id, rev, how, note: 'n' })
    expect(await rowOf(api.db, tried.id)).toMatchObject({ state: 'assigned', firstActivityAt: null, deadline: api.clock.now() + HOUR })
    await desk().logCall({ id: tried.id, rev: 3, how: 'connected' })
    expect(await rowOf(api.db, tried.id)).toMatchObject({ state: 'assigned', firstActivityAt: api.clock.now(), nextLook: null })
    expect((await toldOf(api.db, tried.contactId)).map((news) => [news.outcome, news.how])).toEqual([
      ['attempted', 'no-answer'],
      ['attempted', 'wrong-number'],
      ['attempted', 'no-answer'],
      ['contacted', 'call'],
    ])
  })

  test('where there is a loop a voicemail puts the lead to rest, and the last one ends it', async () => {
    const first = await mine('assigned', { contract: CONTRACT, deadline: HOUR })
    await desk().logCall({ id: first.id, rev: 0, how: 'voicemail' })
    expect(await rowOf(api.db, first.id)).toMatchObject({ state: 'sleeping', sleepingSince: api.clock.now(), deadline: null })
    expect(await toldOf(api.db, first.contactId)).toMatchObject([{ outcome: 'attempted', how: 'voicemail', attempt: 1 }])
    // It is still the rep's: seen, and accepted when they call back.
    expect((await desk().lead({ id: first.id })).contact).not.toBeNull()
    await desk().accept({ id: first.id, rev: 1 })
    const last = await mine('assigned', { contract: CONTRACT, attempt: 2 })
    await desk().logCall({ id: last.id, rev: 0, how: 'voicemail' })
    expect(await rowOf(api.db, last.id)).toMatchObject({ state: 'no-response', outcome: 'no-response' })
    expect((await toldOf(api.db, last.contactId)).map((news) => news.outcome)).toEqual(['attempted', 'no-response'])
  })

  test('a meeting stops the clock and stands in the list of its day', async () => {
    const { id } = await mine('assigned', { deadline: HOUR })
    const startsAt = api.clock.now() + 3 * HOUR
    await desk().meeting({ id, rev: 0, startsAt, note: 'Demo' })
    const row = (await desk().list({})).leads.find((one) => one.id === id)
    expect(row).toMatchObject({ meetingAt: startsAt, firstActivityAt: api.clock.now(), clock: null, deed: { kind: 'meeting' } })
    expect(await codeOf(desk().meeting({ id, rev: 1, startsAt: api.clock.now() + 400 * DAY }))).toBe('BAD_REQUEST')
  })

  test('a lead becomes an opportunity of its rep, changes and is won', async () => {
    const { id, contactId } = await mine('accepted')
    await desk().convert({ id, rev: 0, deal: DEAL })
    await expect(desk().convert({ id, rev: 1, deal: DEAL })).rejects.toThrow('opportunity already')
    await desk().deal({ id, rev: 1, deal: { ...DEAL, stage: 'Offer' } })
    await desk().won({ id, rev: 2, deal: { ...DEAL, stage: 'Won', amount: 13_000 } })
    const { opportunityId, ...row } = await rowOf(api.db, id)
    expect(row).toMatchObject({ state: 'won', outcome: 'converted' })
    const told = await toldOf(api.db, contactId)
    const { sales_rep } = api.users
    expect(told.map((it) => it.outcome ?? it.kind)).toEqual(['opportunity', 'related', 'related', 'converted', 'related'])
    expect(told[0]).toMatchObject({ id: opportunityId, name: 'Ledger', amount: 12_000, stage: 'Demo', closeOn: '2026-06-30' })
    expect(told[4]).toMatchObject({ of: 'opportunity', id: opportunityId, data: { stage: 'Won', amount: 13_000, won: true } })
    expect(told[1]).toMatchObject({ data: { owner_id: sales_rep.id, owner: sales_rep.name, close_date: '2026-06-30' } })
    expect((await logOf(api.db, id)).map((line) => line.kind)).toEqual(['opportunity', 'stage', 'won'])
  })

  test('a lead is lost with a reason, and not before it was accepted', async () => {
    const { id, contactId } = await mine('accepted', { contract: CONTRACT })
    expect(await codeOf(desk().lost({ id, rev: 0, reason: 'Something else', deal: null }))).toBe('BAD_REQUEST')
    await desk().lost({ id, rev: 0, reason: 'Price', note: 'Too dear', deal: null })
    expect(await rowOf(api.db, id)).toMatchObject({ state: 'lost', outcome: 'lost' })
    expect(await toldOf(api.db, contactId)).toMatchObject([{ outcome: 'lost', why: 'Price', note: 'Too dear', coolOffDays: 180 }])
    const fresh = await mine('assigned')
    expect(await codeOf(desk().lost({ id: fresh.id, rev: 0, reason: 'Price', deal: null }))).toBe('CONFLICT')
    expect(await codeOf(desk().won({ id: fresh.id, rev: 0, deal: null }))).toBe('CONFLICT')
    expect(await codeOf(desk().convert({ id: fresh.id, rev: 0, deal: DEAL }))).toBe('CONFLICT')
  })

  test('what is given back waits for the router, and its rep sees it no more', async () => {
    const { id, contactId } = await mine('assigned', { deadline: HOUR })
    await desk().giveBack({ id, rev: 0, note: 'Speaks Finnish' })
    expect(await rowOf(api.db, id)).toMatchObject({ state: 'routing', repId: null, deadline: null, hadBy: [api.users.sales_rep.id] })
    expect(await toldOf(api.db, contactId)).toMatchObject([{ outcome: 'given-back', note: 'Speaks Finnish' }])
    expect(await codeOf(desk().lead({ id }))).toBe('NOT_FOUND')
    expect(await codeOf(desk().accept({ id, rev: 1 }))).toBe('NOT_FOUND')
    await expect(desk().accept({ id, rev: 0 })).rejects.toThrow('You gave this lead back.')
  })

  test.each([
    ['its time ran out', [['breached'], ['clawed-back']], 'The time to answer ran out, and this lead was taken back'],
    ['its deal was quiet', [['quiet'], ['clawed-back']], 'Nothing had happened on this deal for too long'],
    ['a manager gave it to another', [['reassigned', 'usr_maja', 'Maja', 'Tom']], 'Maja gave this lead to Tom.'],
    ['a manager took it back', [['escalated', 'usr_maja', 'Maja']], 'Maja took this lead back from you.'],
    ['its rep left the team', [['handed-on']], 'You are no longer in the team of this lead'],
  ] as const)('whoever still has a lead on the screen is told why it is gone: %s', async (_, lines, words) => {
    const { id, contactId } = await mine('assigned')
    const me = api.users.sales_rep.id
    for (const [what, byId = null, by = 'Baton', to] of lines) {
      const data = to === undefined ? { repId: me } : { from: me, repId: 'usr_tom', repName: to }
      await api.db.query(
        `insert into handoff_log (bucket, id, handoff_id, contact_id, at, kind, by_id, by_name, data)
         values ($1, nextval('handoff_log_seq'), $2, $3, $4, $5, $6, $7, $8::jsonb)`,
        [id % 1024, id, contactId, api.clock.now(), what, byId, by, JSON.stringify(data)],
      )
    }
    await api.db.query('update handoff set rep_id = null where id = $1', [id])
    for (const late of [() => desk().accept({ id, rev: 0 }), () => desk().lead({ id })]) {
      expect(await codeOf(late())).toBe('NOT_FOUND')
      await expect(late()).rejects.toThrow(words)
    }
  })

  test('of a lead that was never theirs nobody is told a thing', async () => {
    const { id } = await mine('assigned', { repId: api.users.sales_manager.id })
    await api.as('sales_manager').desk.giveBack({ id, rev: 0, note: '' })
    await expect(desk().lead({ id })).rejects.toThrow('This lead is not yours, or not there any more. Go back to the list.')
  })

  test('notes stand in the story, and own notes stay when access has ended', async () => {
    const { id } = await mine('assigned')
    await desk().note({ id, note: 'Budget in autumn' })
    const { contact } = await desk().lead({ id })
    expect(contact?.happenings.find((one) => one.kind === 'note')).toMatchObject({ by: 'The sales_rep', detail: 'Budget in autumn' })
    await desk().reject({ id, rev: 0, reason: 'No need' })
    const after = await desk().lead({ id })
    expect([after.contact, after.ownNotes.map((one) => one.note)]).toEqual([null, ['Budget in autumn']])
  })

  test('what Baton and managers did with it stands in the story: by whose hand it came, and why it came again', async () => {
    const { id, contactId } = await mine('assigned')
    const line = (kind: string, data: object, by: string | null) =>
      api.db.query(
        `insert into handoff_log (bucket, id, handoff_id, contact_id, at, kind, by_id, by_name, data)
         values ($1, nextval('handoff_log_seq'), $2, $3, $4, $5, $6, 'Mara', $7::jsonb)`,
        [contactId % 1024, id, contactId, api.clock.now(), kind, by, JSON.stringify(data)],
      )
    await line('breached', { repName: 'Olga' }, null)
    await line('clawed-back', { repName: 'Olga' }, null)
    await line('reassigned', { repName: 'The sales_rep' }, 'usr_mara')
    await line('joined', { flowId: 'flw_1', why: 'Asked again' }, null)
    await line('reminded', {}, null)
    const { contact } = await desk().lead({ id })
    const told = contact?.happenings.map((one) => [one.kind, one.about, one.detail]) ?? []
    expect(told).toContainEqual(['assigned', 'North', 'By a manager’s hand'])
    expect(told).toContainEqual(['late', 'Olga', null])
    expect(told).toContainEqual(['taken-back', 'Olga', null])
    expect(told).toContainEqual(['joined', null, 'Asked again'])
    expect(told.map(([what]) => what)).not.toContain('reminded')
  })

  test.each([
    ['a call', (id: number) => desk().logCall({ id, rev: 0, how: 'connected' })],
    ['a mail', (id: number) => api.as('sales_rep', { mail: mailRoom }).desk.write({ id, rev: 0, subject: 's', body: 'b' })],
    ['giving back', (id: number) => desk().giveBack({ id, rev: 0 })],
  ] as const)('%s on a lead that a manager answered meanwhile is refused, with who was faster', async (_, late) => {
    const { id } = await mine('assigned')
    await api.as('sales_manager').desk.accept({ id, rev: 0 })
    await expect(late(id)).rejects.toThrow('Accepted by The sales_manager meanwhile')
    expect((await logOf(api.db, id)).map((line) => line.kind)).toEqual(['accepted'])
  })

  describe('writing', () => {
    const write = (id: number, rev = 0) =>
      api.as('sales_rep', { mail: mailRoom }).desk.write({ id, rev, subject: 'Our call', body: 'Dear Ingrid,\nsee https://example.com/a.' })
    beforeEach(async () => {
      await api.db.query('delete from handoff_log')
      await updateWorkspace(api.db, { senderAddress: 'hello@example.com' })
    })

    test('a mail is put in the outbox from the rep’s own address, stops the clock, and its draft is gone', async () => {
      const { id, contactId } = await mine('assigned', { deadline: HOUR })
      await desk().draft({ id, subject: 'Our', body: 'Dear' })
      expect((await rowOf(api.db, id)).draftAt).toBe(api.clock.now())
      expect((await desk().lead({ id })).draft).toMatchObject({ subject: 'Our', body: 'Dear' })
      expect(await write(id)).toEqual({ rev: 1, at: null })
      expect(await rowOf(api.db, id)).toMatchObject({ firstActivityAt: api.clock.now(), draftAt: null })
      const shown = await desk().lead({ id })
      expect(shown.draft).toBeNull()
      expect(shown.contact?.happenings.find((one) => one.kind === 'wrote')).toMatchObject({ by: 'The sales_rep', about: 'Our call' })
      const [send] = await api.db.query<{ id: number; status: string; purpose: string; topic: string; flowId: string }>(
        'select id, status, purpose, topic, flow_id as "flowId" from send where contact_id = $1',
        [contactId],
      )
      expect(send).toMatchObject({ status: 'queued', purpose: 'marketing', topic: 'marketing', flowId: '' })
      expect(await repMailOf(api.db, { bucket: contactId % 1024, id: send?.id ?? 0 })).toEqual({
        subject: 'Our call',
        body: 'Dear Ingrid,\nsee https://example.com/a.',
        from: { address: 'sales_rep@example.com', name: 'The sales_rep' },
        replyTo: null,
      })
      expect(await toldOf(api.db, contactId)).toMatchObject([{ outcome: 'contacted', how: 'mail' }])
    })

    test('from another domain than the workspace’s it goes out under the workspace’s address, and answers go to the rep', async () => {
      await updateWorkspace(api.db, { senderAddress: 'hello@else.example' })
      await desk().saveSettings({ notify: 'daily', fromName: 'Nora', replyTo: 'n@example.com', signature: ' Nora ' })
      expect(await desk().settings()).toMatchObject({ notify: 'daily', fromName: 'Nora', replyTo: 'n@example.com', signature: 'Nora' })
      const { id } = await mine('assigned')
      expect((await desk().lead({ id })).mail).toMatchObject({
        from: { address: 'hello@else.example', name: 'Nora' },
        replyTo: { address: 'n@example.com', name: 'Nora' },
      })
      await desk().saveSettings({ notify: 'at-once', fromName: '', replyTo: '', signature: '' })
      expect(await codeOf(desk().saveSettings({ notify: 'daily', fromName: '', replyTo: 'nobody', signature: '' }))).toBe('BAD_REQUEST')
    })

    test('without consent, or with the address stopped, nothing is written, and the words say what to do', async () => {
      const { id } = await mine('assigned', { consent: false })
      expect((await desk().lead({ id })).mail?.verdict).toBe('no-consent')
      await expect(write(id)).rejects.toThrow('has not agreed to mail. Call, and ask.')
      const stopped = await mine('assigned')
      await api.db.query(`update contact set facts = facts || '{"s":"bounced"}' where id = $1`, [stopped.contactId])
      await expect(write(stopped.id)).rejects.toThrow('is stopped. Call instead.')
      expect(await rowOf(api.db, id)).toMatchObject({ rev: 0, firstActivityAt: null })
      expect(await api.db.query('select 1 from send where contact_id = any($1::bigint[])', [[stopped.contactId]])).toEqual([])
    })

    test('the cap counts a rep’s mail like every other, and marketing’s hold does not concern it', async () => {
      await updateWorkspace(api.db, { sending: SENDING })
      const { id, contactId } = await mine('assigned')
      await api.db.query(`update contact set owner_side = 'sales' where id = $1`, [contactId])
      await write(id)
      expect((await desk().lead({ id })).mail?.verdict).toBe('capped')
      await expect(write(id, 1)).rejects.toThrow('as many mails as the workspace allows')
    })

    test('in quiet hours it waits until they end', async () => {
      await updateWorkspace(api.db, { sending: { ...SENDING, caps: [], quiet: { from: '08:00', to: '12:00' } }, zone: 'UTC' })
      const { id } = await mine('assigned')
      expect(await write(id)).toEqual({ rev: 1, at: Date.UTC(2026, 2, 2, 12) })
    })

    test('no more than the daily limit, over all leads, also of two at once', async () => {
      await api.db.query(
        `insert into rep_setting (user_id, mails_a_day) values ($1, 2) on conflict (user_id) do update set mails_a_day = 2`,
        [api.users.sales_rep.id],
      )
      const leads = await Promise.all([mine('assigned'), mine('assigned'), mine('assigned')])
      await write(leads[0].id)
      const answers = await Promise.allSettled([write(leads[1].id), write(leads[2].id)])
      expect(answers.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(String(answers.find((one) => one.status === 'rejected')?.reason)).toContain('2 mails to leads in 24 hours')
      await api.db.query('update rep_setting set mails_a_day = 50')
    })

    test('an empty draft is dropped, and a manager’s draft puts nothing off and takes nobody’s place', async () => {
      const { id } = await mine('assigned')
      await desk().draft({ id, subject: 'Mine', body: '' })
      await api.as('sales_manager').desk.draft({ id, subject: 'Theirs', body: '' })
      expect((await desk().lead({ id })).draft?.subject).toBe('Mine')
      await desk().draft({ id, subject: '', body: ' ' })
      expect((await rowOf(api.db, id)).draftAt).toBeNull()
      expect((await desk().lead({ id })).draft).toBeNull()
    })
  })

  test('the clock runs in the rep’s working hours and stands still outside of them', async () => {
    const { id } = await mine('assigned', { deadline: HOUR, contract: CONTRACT })
    expect((await desk().lead({ id })).clock).toEqual({
      deadline: api.clock.now() + HOUR,
      left: HOUR,
      whole: 4 * HOUR,
      standsUntil: null,
    })
    await api.db.query(
      `insert into calendar (id, name, zone, hours, holidays, created_at, updated_at) values ('cal_late', 'Late', 'UTC', $1::jsonb, '[]', 0, 0)`,
      [JSON.stringify({ '1': [{ from: '09:30', to: '18:00' }] })],
    )
    await api.db.query(`insert into team_member (team_id, user_id, calendar_id) values ('team_1', $1, 'cal_late')`, [
      api.users.sales_rep.id,
    ])
    expect((await desk().lead({ id })).clock).toMatchObject({ left: HOUR / 2, standsUntil: api.clock.now() + HOUR / 2 })
    await api.db.query('update handoff set deadline = $2 where id = $1', [id, api.clock.now() - HOUR])
    expect((await desk().lead({ id })).clock?.left).toBeLessThan(0)
    expect(await desk().onTime()).toEqual({ own: expect.any(Object), team: expect.any(Object) })
  })
})
