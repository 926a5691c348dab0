import { createIds, ensureMonths, machineNow } from '@baton/db'
import { describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const NOW = Date.UTC(2026, 2, 2, 9)

/** One of each sort of trouble, and some that is none. */
async function inTrouble(api: TestApi) {
  const { db } = api
  await ensureMonths(db, [NOW])
  const ids = await createIds(db).take(Array.from({ length: 12 }, () => 7))
  const [ada = 0, ...free] = ids
  const facts = { f: { first_name: 'Ada', last_name: 'Byron', email: 'ada@example.com' }, k: {}, c: {} }
  await db.query('insert into contact (bucket, id, key, facts, created_at) values (7, $1, $2, $3::jsonb, 0)', [
    ada,
    'ada@example.com',
    JSON.stringify(facts),
  ])
  await db.query(
    `insert into flow (id, name, status, draft, updated_at, created_at) values ('flw', 'Trial', 'live', '{"nodes":[],"edges":[]}', 0, 0)`,
  )
  const mail = async (status: string, error: string, more = 'null') => {
    const id = free.pop() ?? 0
    await db.query(
      `insert into send (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, template_id, purpose, status, at, attempts, last_error, subject, envelope, bounced_at)
       values (7, $1, $2, $3, 'flw', '', 1, 1, 'mail', 'tpl', 'marketing', $4, $5, 1, $6, 'Hello', '{"date": 5}', ${more})`,
      [id, ada, `mail-${id}`, status, NOW, error],
    )
    return id
  }
  const effect = async (kind: string, status: string) => {
    const id = free.pop() ?? 0
    await db.query(
      `insert into effect (bucket, id, contact_id, key, kind, flow_id, object_key, entry, version, node, payload, status, at, last_error)
       values (7, $1, $2, $3, $4, 'flw', '', 1, 1, 'call', '{"url":"https://a.example/x"}', $5, $6, 'It answered 503.')`,
      [id, ada, `call-${id}`, kind, status, NOW + 1],
    )
    return id
  }
  const passage = free.pop() ?? 0
  const vars = { visits: {}, here: {}, held: [], frozenMs: 0, parked: { code: 'step-failed', message: 'boom', at: NOW + 2, during: 'due' } }
  await db.query(
    `insert into enrolment (bucket, id, contact_id, flow_id, key, entry, version, node, node_since, entered_at, vars, seq)
     values (7, $1, $2, 'flw', 'o-1', 1, 1, 'wait', 0, 0, $3::jsonb, 1)`,
    [passage, ada, JSON.stringify(vars)],
  )
  await db.query(
    `insert into parked (bucket, enrolment_id, contact_id, flow_id, node, error, at) values (7, $1, $2, 'flw', 'wait', 'boom', $3), (7, 1031, $2, 'flw', 'wait', 'gone', $3)`,
    [passage, ada, NOW + 2],
  )
  const item = { kind: 'fields', at: 1, set: { city: 'Bonn' }, source: { kind: 'system', id: 's' } }
  await db.query(
    `insert into dead (bucket, seq, contact_id, kind, payload, at, error, failed_at) values (7, 90, $1, 'fields', $2::json, 1, 'cannot be stored', $3)`,
    [ada, JSON.stringify(item), NOW + 3],
  )
  return {
    ada,
    passage,
    failed: [
      await mail('failed', 'The mail server refused it: 554 5.7.1 <ada@example.com> queue 4Xk2Zq0LmN'),
      await mail('failed', 'The mail server refused it: 554 5.7.1 <bo@example.com> queue 9Zk2Aq0LmP'),
    ],
    unknown: [await mail('unknown', 'The line broke.'), await mail('unknown', 'The line broke.')],
    bounced: await mail('failed', '550 no such user', '1'),
    call: await effect('webhook', 'failed'),
    note: await effect('notify', 'failed'),
    done: await effect('webhook', 'done'),
  }
}

describe.each(KINDS)('what went wrong for good (%s)', (kind) => {
  test('is counted, put together by error, and listed with whom it is about', async () => {
    await using api = await openApi(kind)
    await inTrouble(api)
    const { trouble } = api.as('reviewer')
    expect(await trouble.counts()).toEqual({ mail: 2, unknown: 2, call: 1, note: 1, person: 1, item: 1 })
    const groups = await trouble.groups({})
    expect(groups).toHaveLength(6)
    // Addresses and numbers of queues differ from mail to mail; what is wrong does not.
    expect(groups.find((it) => it.kind === 'mail')).toMatchObject({ n: 2, same: 'The mail server refused it: 554 5.7.1 <…> queue …' })
    const { rows, next } = await trouble.list({})
    expect(rows.map((row) => row.kind)).toEqual(['item', 'person', 'call', 'note', 'mail', 'mail', 'unknown', 'unknown'])
    expect(rows.every((row) => row.name === 'Ada Byron')).toBe(true)
    expect(next).toBeNull()
    expect((await trouble.list({ kind: 'call' })).rows).toMatchObject([
      { about: 'https://a.example/x', error: 'It answered 503.', node: 'call' },
    ])
    expect((await trouble.list({ kind: 'mail', flowId: 'other' })).rows).toEqual([])
  })

  test('is tried again, one or all of an error, by those who may, and the audit log says who did', async () => {
    await using api = await openApi(kind)
    const made = await inTrouble(api)
    const { trouble } = api.as('marketer')
    const one = { which: { kind: 'call' as const, ids: [made.call] }, deed: 'retry' as const }
    expect(await codeOf(api.as('reviewer').trouble.decide(one))).toBe('FORBIDDEN')
    expect(await trouble.decide(one)).toEqual({ done: 1, next: null })
    expect(await codeOf(trouble.decide(one))).toBe('CONFLICT')
    const [group] = (await trouble.groups({})).filter((it) => it.kind === 'mail')
    const all = { kind: 'mail' as const, flowId: 'flw', same: group?.same ?? '' }
    expect(await trouble.decide({ which: all, deed: 'retry' })).toEqual({ done: 2, next: null })
    const again = await api.db.query<{ id: number }>(
      `select id from send where status = 'queued' and attempts = 0 and next_attempt_at is not null order by id`,
    )
    expect(again.map((row) => row.id)).toEqual([...made.failed].sort((a, b) => a - b))
    await trouble.decide({ which: { kind: 'person', ids: [made.passage] }, deed: 'retry' })
    await trouble.decide({ which: { kind: 'item', ids: [90] }, deed: 'retry' })
    const told = await api.db.query(`select kind, payload ->> 'key' as key, payload -> 'set' ->> 'city' as city from inbox order by seq`)
    expect(told).toEqual([
      { kind: 'retry', key: 'o-1', city: null },
      { kind: 'fields', key: null, city: 'Bonn' },
    ])
    const { rows } = await api.as('admin').system.audit({})
    expect(rows.map((row) => [row.action, row.detail?.kind, row.detail?.count, row.actor.name])).toContainEqual([
      'trouble.retried',
      'mail',
      2,
      'The marketer',
    ])
  })

  test('is given up with a reason, and a mail of unknown fate said to have arrived is sent', async () => {
    await using api = await openApi(kind)
    const made = await inTrouble(api)
    const { trouble } = api.as('admin')
    const [first = 0, second = 0] = made.unknown
    expect(await codeOf(trouble.decide({ which: { kind: 'unknown', ids: [first] }, deed: 'give-up' }))).toBe('BAD_REQUEST')
    expect(await codeOf(trouble.decide({ which: { kind: 'mail', ids: made.failed }, deed: 'arrived' }))).toBe('BAD_REQUEST')
    await trouble.decide({ which: { kind: 'unknown', ids: [first] }, deed: 'arrived' })
    expect(await api.db.query('select status, sent_at as at from send where id = $1', [first])).toEqual([{ status: 'sent', at: 5 }])
    expect(await api.db.query(`select type, props ->> 'sendId' as send from event`)).toEqual([{ type: 'mail.sent', send: String(first) }])
    const why = 'Told by telephone'
    await trouble.decide({ which: { kind: 'unknown', ids: [second] }, deed: 'give-up', why })
    await trouble.decide({ which: { kind: 'mail', ids: made.failed }, deed: 'give-up', why })
    for (const [of, id] of [
      ['call', made.call],
      ['note', made.note],
      ['person', made.passage],
      ['item', 90],
    ] as const)
      await trouble.decide({ which: { kind: of, ids: [id] }, deed: 'give-up', why })
    // Who stands still leaves through the inbox; everything else is gone from the list at once.
    expect(await trouble.counts()).toEqual({ mail: 0, unknown: 0, call: 0, note: 0, person: 1, item: 0 })
    expect(await api.db.query(`select kind from inbox where kind <> 'event'`)).toEqual([{ kind: 'remove' }])
    const { rows } = await api.as('admin').system.audit({})
    expect(rows.filter((row) => row.action === 'trouble.given-up').map((row) => row.detail?.why)).toEqual(
      Array.from({ length: 6 }, () => why),
    )
  })

  test('what is due and not done is told by part, and for how long', async () => {
    await using api = await openApi(kind)
    const made = await inTrouble(api)
    const wall = 1_000_000
    await api.db.query(`update send set status = 'queued', next_attempt_at = $2 where id = $1`, [made.failed[0], NOW - 5_000])
    await api.db.query(`update effect set status = 'queued', next_attempt_at = $2 where id = $1`, [made.call, NOW + 5_000])
    await api.db.query(`insert into wheel (bucket, slot, chunk, ids) values (0, $1, 1, '{1,2,3}'), (0, $2, 2, '{4}')`, [
      NOW - 60_000,
      NOW + 1,
    ])
    await api.db.query(
      `insert into inbox (bucket, seq, contact_id, kind, payload, at) select b, 100 + b, $1, 'x', '{}', $2::bigint - b from generate_series(0, 3) b`,
      [made.ada, NOW],
    )
    await api.db.query(`insert into worker (owner, started_at, seen_at) values ('w', 1, $1)`, [wall - 1])
    await api.db.query(`update lease set owner = 'w', expires_at = $1 where bucket < 1000`, [wall + 1])
    expect(await machineNow(api.db, { now: NOW, wall })).toEqual({
      inbox: { count: 4, since: NOW - 3 },
      timers: { count: 3, since: NOW - 60_000 },
      mails: { count: 1, since: NOW - 5_000 },
      calls: { count: 0, since: null },
      scans: 0,
      workers: [{ owner: 'w', startedAt: 1, seenAt: wall - 1, buckets: 1000 }],
      unowned: 24,
      slowed: [],
    })
  })
})
