import { createUser, ensureMonths } from '@baton/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessTable, appRouter } from '../src/index.ts'
import { type Caller, codeOf, KINDS, openApi, type TestApi } from './harness.ts'
import { CONTRACT, lead } from './lead.ts'

/** What stands only in the leads of another rep: nothing that a rep is answered may hold any of it. */
const SECRET = /secret|hidden|whisper/i

/** Leads that are not, or no longer, this rep's. */
interface Others {
  /** Another rep's, open. */
  theirs: { id: number; contactId: number }
  /** Nobody's yet. */
  queued: { id: number; contactId: number }
  /** Was this rep's, and was taken back. */
  was: { id: number; contactId: number }
  otherRep: string
}

type Which = 'theirs' | 'queued' | 'was'

interface Door {
  call: (caller: Caller, others: Others, which: Which) => Promise<unknown>
  /** What one may ask for by an id is refused; what lists or counts answers, without any of it. */
  refuses: boolean
}

const refuses = (call: Door['call']): Door => ({ call, refuses: true })
const answers = (call: Door['call']): Door => ({ call, refuses: false })
const DEAL = { name: 'Mine now', stage: 'Demo', amount: 1, currency: null, closeOn: null }
const at = (others: Others, which: Which) => ({ id: others[which].id, rev: 0 })

/** Every door that a rep may open, tried at leads that are not theirs. A new one without a line here fails the test. */
const DOORS: Readonly<Record<string, Door>> = {
  'absences.plan': answers((rep) => rep.absences.plan({ teamId: null, from: '2026-03-01', days: 30 })),
  'absences.remove': refuses((rep) => rep.absences.remove({ id: 'abs_secret' })),
  'absences.save': refuses((rep, { otherRep }) =>
    rep.absences.save({ userId: otherRep, from: '2026-03-02', until: '2026-03-03', note: '' }),
  ),
  'board.mine': answers((rep) => rep.board.mine({ days: 30 })),
  'calendars.list': answers((rep) => rep.calendars.list()),
  'calendars.one': refuses((rep) => rep.calendars.one({ id: 'cal_none' })),
  'companies.ofContact': refuses((rep, others, which) => rep.companies.ofContact({ contactId: others[which].contactId })),
  'contacts.count': answers((rep) => rep.contacts.count({ filter: {} })),
  'contacts.get': refuses((rep, others, which) => rep.contacts.get({ id: others[which].contactId })),
  'contacts.list': answers((rep) => rep.contacts.list({})),
  'desk.accept': refuses((rep, others, which) => rep.desk.accept(at(others, which))),
  'desk.convert': refuses((rep, others, which) => rep.desk.convert({ ...at(others, which), deal: DEAL })),
  'desk.counts': answers((rep) => rep.desk.counts()),
  'desk.deal': refuses((rep, others, which) => rep.desk.deal({ ...at(others, which), deal: DEAL })),
  'desk.draft': refuses((rep, others, which) => rep.desk.draft({ id: others[which].id, subject: 'mine', body: 'mine' })),
  'desk.fill': refuses((rep, others, which) => rep.desk.fill({ id: others[which].id, templateId: 'tpl_none' })),
  'desk.giveBack': refuses((rep, others, which) => rep.desk.giveBack(at(others, which))),
  'desk.lead': refuses((rep, others, which) => rep.desk.lead({ id: others[which].id })),
  'desk.list': answers(async (rep, { otherRep }) => [await rep.desk.list({}), await rep.desk.list({ repId: otherRep })]),
  'desk.logCall': refuses((rep, others, which) => rep.desk.logCall({ ...at(others, which), how: 'connected' })),
  'desk.lost': refuses((rep, others, which) => rep.desk.lost({ ...at(others, which), reason: 'Price', deal: null })),
  'desk.meeting': refuses((rep, others, which) => rep.desk.meeting({ ...at(others, which), startsAt: Date.UTC(2026, 2, 3) })),
  'desk.note': refuses((rep, others, which) => rep.desk.note({ id: others[which].id, note: 'mine' })),
  'desk.onTime': answers((rep) => rep.desk.onTime()),
  'desk.reject': refuses((rep, others, which) => rep.desk.reject({ ...at(others, which), reason: 'No need' })),
  'desk.saveSettings': answers((rep) => rep.desk.saveSettings({ notify: 'daily', fromName: '', replyTo: '', signature: '' })),
  'desk.settings': answers((rep) => rep.desk.settings()),
  'desk.templates': answers((rep) => rep.desk.templates()),
  'desk.won': refuses((rep, others, which) => rep.desk.won({ ...at(others, which), deal: null })),
  'desk.write': refuses((rep, others, which) => rep.desk.write({ ...at(others, which), subject: 'mine', body: 'mine' })),
  'fields.list': answers((rep) => rep.fields.list()),
  'notifications.list': answers((rep) => rep.notifications.list({})),
  'notifications.read': answers((rep) => rep.notifications.read({ id: 'note_secret' })),
  'notifications.unread': answers((rep) => rep.notifications.unread()),
  'opportunities.ofContact': refuses((rep, others, which) => rep.opportunities.ofContact({ contactId: others[which].contactId })),
  // Names nobody: it is about whoever asks.
  'session.changePassword': answers(() => Promise.resolve()),
  'users.names': answers((rep) => rep.users.names()),
  'workspace.settings': answers((rep) => rep.workspace.settings()),
  'workspace.teams': answers((rep) => rep.workspace.teams()),
}

const open = accessTable(appRouter).filter(({ access }) => access !== 'anyone' && access?.includes('sales_rep'))

test('every procedure that lets a rep in is tried at the leads of others', () => {
  expect(Object.keys(DOORS).sort()).toEqual(open.map(({ path }) => path).sort())
})

describe.each(KINDS)('a rep and the leads of others on %s', (kind) => {
  let api: TestApi
  let others: Others
  const stateOf = () =>
    api.db.query(
      'select id, state, rev, rep_id, draft_at, reject_reason, opportunity_id from handoff where id = any($1::bigint[]) order by id',
      [[others.theirs.id, others.queued.id, others.was.id]],
    )
  const traces = () =>
    api.db.query(
      `select (select count(*) from handoff_log where by_id = $1) as log, (select count(*) from lead_draft) as drafts, (select count(*) from send) as sends,
         (select count(*) from inbox where kind in ('handoff', 'related')) as told, (select count(*) from notification where read_at is not null) as seen`,
      [api.users.sales_rep.id],
    )

  beforeAll(async () => {
    api = await openApi(kind)
    const now = api.clock.now()
    await api.db.query(`insert into team (id, name, created_at) values ('team_1', 'North', 0)`)
    const other = await createUser(api.db, { name: 'Olga', email: 'olga@example.com', role: 'sales_rep', passwordHash: 'x', at: now })
    const rep = api.users.sales_rep.id
    await api.db.query(`insert into team_member (team_id, user_id) values ('team_1', $1), ('team_1', $2)`, [rep, other.id])
    const secret = async (email: string, repId: string | null, state: string) => {
      const made = await lead(api, { email, repId, state, contract: CONTRACT, deadline: 3_600_000 })
      const bucket = made.contactId % 1024
      await api.db.query(
        `update contact set facts = jsonb_set(facts, '{f}', facts->'f' || '{"last_name":"Hidden","company":"Hidden Ltd","phone":"whisper"}') where id = $1`,
        [made.contactId],
      )
      await api.db.query(`update handoff set packet = packet || '{"why":"Whisper","note":"Whisper"}' where id = $1`, [made.id])
      await ensureMonths(api.db, [now])
      await api.db.query(
        `insert into event (bucket, at, id, contact_id, type, props, received_at) values ($1, $2, $3, $4, 'secret.read', '{"what":"whisper"}', $2)`,
        [bucket, now, email, made.contactId],
      )
      // All work at the company of the rep's own lead.
      await api.db.query(
        `insert into related (bucket, contact_id, kind, id, data, at) values ($1, $2, 'company', 'kiesel', '{"name":"Kiesel"}', $3)`,
        [bucket, made.contactId, now],
      )
      await api.db.query(
        `insert into handoff_log (bucket, id, handoff_id, contact_id, at, kind, by_id, by_name, data)
         values ($1, nextval('handoff_log_seq'), $2, $3, $4, 'note', $5, 'Olga', '{"note":"whisper"}')`,
        [bucket, made.id, made.contactId, now, other.id],
      )
      return made
    }
    others = {
      theirs: await secret('secret1@example.com', other.id, 'assigned'),
      queued: await secret('secret2@example.com', null, 'queued'),
      was: await secret('secret3@example.com', other.id, 'accepted'),
      otherRep: other.id,
    }
    await api.db.query('update handoff set had_by = $2::jsonb where id = $1', [others.was.id, JSON.stringify([rep])])
    await api.db.query(`insert into notification (id, user_id, at, text, contact_id) values ('note_secret', $1, $2, 'Whisper', $3)`, [
      ...[other.id, now, others.theirs.contactId],
    ])
    await api.db.query(
      `insert into absence (id, user_id, from_at, to_at, note, created_at) values ('abs_secret', $1, $2, $3, 'whisper', $2)`,
      [other.id, now, now + 86_400_000],
    )
  })
  afterAll(() => api.close())

  for (const [path, { call, refuses: must }] of Object.entries(DOORS)) {
    test(`${path} ${must ? 'refuses' : 'tells nothing of them'}`, async () => {
      const [before, left] = [await stateOf(), await traces()]
      const doors = { mail: { deliver: () => {} } as never }
      for (const which of ['theirs', 'queued', 'was'] as const) {
        const rep = api.as('sales_rep', doors)
        if (must) {
          expect(['NOT_FOUND', 'FORBIDDEN', 'UNAUTHORIZED', 'BAD_REQUEST', 'CONFLICT']).toContain(await codeOf(call(rep, others, which)))
          const said = await call(rep, others, which).then(JSON.stringify, String)
          expect(said).not.toMatch(SECRET)
        } else expect(JSON.stringify(await call(rep, others, which)) ?? '').not.toMatch(SECRET)
      }
      expect([await stateOf(), await traces()]).toEqual([before, left])
    })
  }

  test('by the id of another’s lead a rep is told what a missing one says: it cannot be guessed whether it is there', async () => {
    const { desk } = api.as('sales_rep')
    const missing = await desk.lead({ id: 99_999_999 }).catch(String)
    for (const which of ['theirs', 'queued', 'was'] as const) expect(await desk.lead({ id: others[which].id }).catch(String)).toBe(missing)
  })

  test('colleagues of an own lead are told of without a name, unless they are own leads too', async () => {
    const own = await lead(api, { email: 'own@example.com', repId: api.users.sales_rep.id, state: 'assigned' })
    await api.db.query(
      `insert into related (bucket, contact_id, kind, id, data, at) values ($1, $2, 'company', 'kiesel', '{"name":"Kiesel"}', 0)`,
      [own.contactId % 1024, own.contactId],
    )
    const { contact } = await api.as('sales_rep').desk.lead({ id: own.id })
    expect(contact?.company).toMatchObject({ name: 'Kiesel', people: 4 })
    expect(contact?.company?.colleagues.map(({ name, leadId }) => [name, leadId])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ])
    expect(JSON.stringify(contact?.company)).not.toMatch(/hidden|@example|\+47|whisper/i)
    const all = await api.as('sales_manager').desk.lead({ id: own.id })
    expect(all.contact?.company?.colleagues.map(({ name }) => name)).toContain('Ingrid Hidden')
  })
})
