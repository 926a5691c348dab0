import { smtpSink } from '@baton/connect/testing'
import { addContacts, createIds, type Handle } from '@baton/db'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { becomeAdmin, KINDS, openServer, read, type TestServer } from './harness.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A lead with lines in its log, each so many days ago. */
async function lead(db: Handle, teamId: string, email: string, now: number, lines: readonly (readonly [string, number, object?])[]) {
  const ids = createIds(db)
  const made = await addContacts(db, ids, [{ email, external: null, fields: { email }, consent: {} }], { at: now, textKeys: [] })
  if (made === 'taken') throw new Error('taken')
  const contactId = made[0] ?? 0
  const [id] = await ids.take([contactId % 1024])
  await db.query(
    `insert into handoff (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, team_id, state, packet, created_at)
     values ($1, $2, $3, $4, 'flw_1', '', 1, 1, 'n1', $5, 'closed', '{"why":"","fields":{},"scores":{},"note":null}', $6)`,
    [contactId % 1024, id, contactId, email, teamId, now],
  )
  for (const [kind, days, data = {}] of lines) {
    await db.query(
      `insert into handoff_log (bucket, id, handoff_id, contact_id, at, kind, by_name, data) values ($1, nextval('handoff_log_seq'), $2, $3, $4, $5, 'x', $6::jsonb)`,
      [contactId % 1024, id, contactId, now - days * DAY, kind, JSON.stringify(data)],
    )
  }
}

/** A workspace with a team whose report goes out on Mondays at noon UTC; it is Monday, 09:00. */
async function openTeam(server: TestServer, recipients: readonly string[]) {
  const admin = await becomeAdmin(server)
  await admin.mutate('workspace.change', { name: 'Acme', zone: 'UTC', senderAddress: 'hello@example.com' })
  const { id } = (await read(await admin.mutate('workspace.saveTeam', { name: 'North & South', members: [] }))).result.data
  const answer = await admin.mutate('teams.setDigest', { id, digest: { weekday: 1, time: '12:00', recipients } })
  if (!answer.ok) throw new Error(await answer.text())
  return { admin, id: String(id) }
}

describe.each(KINDS)('the weekly report by mail on %s', (kind) => {
  test('goes out once, at its time, with the figures of its page', async () => {
    await using sink = await smtpSink()
    await using server = await openServer(kind, { smtpUrl: sink.url })
    const { admin, id } = await openTeam(server, ['head@example.com', 'second@example.com'])
    const now = server.clock.now()
    await lead(server.db, id, 'a@example.com', now, [
      ['created', 4],
      ['accepted', 3],
      ['won', 2, { amount: 7_500 }],
    ])
    await lead(server.db, id, 'b@example.com', now, [
      ['created', 5],
      ['rejected', 4, { why: 'No budget' }],
    ])
    await lead(server.db, id, 'c@example.com', now, [['created', 10]])

    await server.chores.run('weekly-reports')
    expect(sink.received).toHaveLength(0)
    server.clock.advance(3 * HOUR)
    await Promise.all([server.chores.run('weekly-reports'), server.chores.run('weekly-reports')])
    await server.chores.run('weekly-reports')
    expect(sink.received.flatMap((it) => it.to).sort()).toEqual(['head@example.com', 'second@example.com'])

    const parsed = await PostalMime.parse(sink.received[0]?.raw ?? '')
    expect(parsed.subject).toBe('North & South: leads from 2026-02-23 to 2026-03-01')
    const page = (await admin.query('board.week', { teamId: id, from: '2026-02-23' })).result.data
    expect(page.now).toMatchObject({ handedOver: 2, accepted: 1, rejected: 1, won: 1, revenue: 7_500 })
    const row = (words: string) =>
      (parsed.text ?? '')
        .split('\n')
        .find((it) => it.startsWith(words))
        ?.split(/\s{2,}/)
    expect(row('Handed over')).toEqual(['Handed over', '2', '1', '+1'])
    expect(row('Revenue')).toEqual(['Revenue', '7,500', '0', '+7,500'])
    expect(row('No budget')).toEqual(['No budget', '1', '0'])
    expect(parsed.html).toContain('North &amp; South')
    expect(parsed.text).toContain(`/board/week?team=${id}&from=2026-02-23`)
  })

  test('after a long downtime only the latest week is mailed; of what was due before it was set up nothing is', async () => {
    await using sink = await smtpSink()
    await using server = await openServer(kind, { smtpUrl: sink.url })
    await openTeam(server, ['head@example.com'])
    server.clock.advance(23 * DAY)
    await server.chores.run('weekly-reports')
    const subjects = await Promise.all(sink.received.map(async (it) => (await PostalMime.parse(it.raw)).subject))
    expect(subjects).toEqual(['North & South: leads from 2026-03-16 to 2026-03-22'])
  })

  test('what was not taken by the server is tried again, and only for whom it is missing', async () => {
    await using sink = await smtpSink()
    await using server = await openServer(kind, { smtpUrl: sink.url })
    const { admin } = await openTeam(server, ['head@example.com'])
    await admin.mutate('workspace.change', { senderAddress: '' })
    server.clock.advance(4 * HOUR)
    await server.chores.run('weekly-reports')
    expect(sink.received).toHaveLength(0)
    expect(server.logged()).toContain('a weekly report was not mailed')
    await admin.mutate('workspace.change', { senderAddress: 'hello@example.com' })
    await server.chores.run('weekly-reports')
    await server.chores.run('weekly-reports')
    expect(sink.received.map((it) => it.to)).toEqual([['head@example.com']])
  })
})
