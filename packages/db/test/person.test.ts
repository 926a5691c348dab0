import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import {
  addContacts,
  appendAudit,
  createIds,
  ensureMonths,
  erasePerson,
  exportPerson,
  forgetLate,
  type Handle,
  schema,
  suppressedAmong,
} from '../src/index.ts'
import { holdings } from '../src/operate/person/holdings.ts'
import { onBothDrivers } from './drivers.ts'

const NOW = Date.UTC(2026, 2, 2, 9)
const MAIL = 'zoe.quint@person.example'
const NAME = 'Quintessa'
const OTHER = `a${MAIL}`

/** Where in the database a text stands: every text and JSON column of every table, whatever its case. */
async function findEverywhere(handle: Handle, text: string): Promise<string[]> {
  const columns = await handle.query<{ table: string; column: string }>(
    `select c.table_schema || '.' || quote_ident(c.table_name) as table, c.column_name as column from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
       and (c.data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'USER-DEFINED', 'bytea'))`,
  )
  const found: string[] = []
  for (const { table, column } of columns) {
    const rows = await handle.query(`select 1 from ${table} where "${column}"::text ilike $1 limit 1`, [`%${text}%`])
    if (rows.length > 0) found.push(`${table}.${column}`)
  }
  return found
}

/** Two people with nearly the same address, and something of each in every table that can hold it. */
async function fill(handle: Handle): Promise<[number, number]> {
  await ensureMonths(handle, [NOW])
  const ids = createIds(handle)
  const people = [MAIL, OTHER].map((email) => ({
    ...{ email, external: `crm-${email}`, consent: { marketing: true } },
    fields: { email, first_name: NAME, phone: '+49 30 1234567' },
  }))
  const made = await addContacts(handle, ids, people, { at: NOW, textKeys: ['first_name'] })
  if (made === 'taken') throw new Error('taken')
  for (const [i, id] of made.entries()) {
    const mail = people[i]?.email ?? ''
    const bucket = id % 1024
    const data = JSON.stringify({ mail, name: NAME, lines: `\n${mail}` })
    const insert = (table: string, columns: string, values: string, params: unknown[] = []) =>
      handle.query(`insert into ${table} (${columns}) values (${values})`, params)
    await insert(
      'event',
      'bucket, at, id, contact_id, type, props, folded, received_at',
      `$1, $2, $3, $4, 'Said', $5::jsonb, $5::jsonb, $2`,
      [bucket, NOW, `e-${mail}`, id, data],
    )
    await insert('form_answer', 'bucket, at, event_id, contact_id, form_id', `$1, $2, $3, $4, 'f'`, [bucket, NOW, `e-${mail}`, id])
    await insert('inbox', 'bucket, seq, contact_id, kind, payload, at', `$1, $2, $2, 'fields', $3::json, $4`, [bucket, id, data, NOW])
    await insert('dead', 'bucket, seq, contact_id, kind, payload, at, error, failed_at', `$1, $2, $2, 'fields', $3::json, $4, $3, $4`, [
      bucket,
      id,
      data,
      NOW,
    ])
    await insert('consent_log', 'bucket, contact_id, seq, topic, given, at, source', `$1, $2, 1, 'marketing', true, $3, $4::jsonb`, [
      bucket,
      id,
      NOW,
      data,
    ])
    await insert('consent_ask', 'bucket, id, contact_id, form_id, topics, email, at', `$1, $2, $2, 'f', '["marketing"]', $3, $4`, [
      bucket,
      id,
      mail,
      NOW,
    ])
    await insert('member', 'bucket, contact_id, segment_id, since', `$1, $2, 'seg', $3`, [bucket, id, NOW])
    await insert('ledger', 'bucket, contact_id, key, dimension, points, at, rule, cause', `$1, $2, $3, 'fit', 100, $4, $3, $5::jsonb`, [
      bucket,
      id,
      `${mail}/1`,
      NOW,
      data,
    ])
    await insert('related', 'bucket, contact_id, kind, id, data, folded, at', `$1, $2, 'purchase', 'p', $3::jsonb, $3::jsonb, $4`, [
      bucket,
      id,
      data,
      NOW,
    ])
    await insert('drawn', 'bucket, contact_id, flow_id, node, way, at', `$1, $2, 'flow_x', 'n', 'a', $3`, [bucket, id, NOW])
    await insert('refused', 'bucket, contact_id, flow_id, node, at, why', `$1, $2, 'flow_x', 'n', $3, $4`, [bucket, id, NOW, mail])
    for (const [gen, entry] of [
      [0, 2],
      [1, 1],
    ] as const) {
      const own = id + entry * 2 ** 30
      await insert(
        'enrolment',
        'bucket, id, contact_id, flow_id, key, gen, entry, version, node, node_since, entered_at, vars, seq',
        `$1, $2, $3, 'flow_x', $4, $5, $6, 1, 'n', $7, $7, $8::jsonb, 1`,
        [bucket, own, id, mail, gen, entry, NOW, data],
      )
      await insert('journal', 'bucket, enrolment_id, seq, at, steps', `$1, $2, 1, $3, $4::json`, [bucket, own, NOW, `[${data}]`])
      await insert('parked', 'bucket, enrolment_id, contact_id, flow_id, node, error, at', `$1, $2, $3, 'flow_x', 'n', $4, $5`, [
        bucket,
        own,
        id,
        mail,
        NOW,
      ])
    }
    for (const [n, status] of ['queued', 'sending', 'sent', 'failed'].entries()) {
      const own = id + (n + 5) * 2 ** 30
      await insert(
        'send',
        'bucket, id, contact_id, key, flow_id, object_key, entry, version, node, template_id, purpose, status, at, message_id, to_address, envelope, subject, html, text, last_error, claimed_by, claimed_until',
        `$1, $2, $3, $4, 'flow_x', $5, 1, 1, 'n', 't', 'marketing', $6, $7, $4, $5, $8::jsonb, $5, $5, $5, $5, 'w', $7`,
        [bucket, own, id, `${mail}/flow_x//1/n/${n}/0`, mail, status, NOW, data],
      )
      await insert('send_link', 'bucket, send_id, n, url', `$1, $2, 0, $3`, [bucket, own, `https://x.example/?to=${mail}`])
      await insert(
        'effect',
        'bucket, id, contact_id, key, kind, flow_id, object_key, entry, version, node, payload, status, at, last_error, answer',
        `$1, $2, $3, $4, 'webhook', 'flow_x', $5, 1, 1, 'n', $6::jsonb, $7, $8, $5, $6::jsonb`,
        [bucket, own, id, `${mail}/flow_x//1/n/${n}/0`, mail, data, status === 'sent' ? 'done' : status, NOW],
      )
    }
    await insert(
      'handoff',
      'bucket, id, contact_id, key, flow_id, object_key, entry, version, node, team_id, rep_id, state, packet, created_at, assign_reason, reject_note',
      `$1, $2, $2, $3, 'flow_x', $3, 1, 1, 'n', 't', 'r', 'queued', $4::jsonb, $5, $4::jsonb, $3`,
      [bucket, id, mail, data, NOW],
    )
    await insert(
      'handoff_log',
      'bucket, id, handoff_id, contact_id, at, kind, by_name, data',
      `$1, $2, $2, $2, $3, 'note', 'Rep', $4::jsonb`,
      [bucket, id, NOW, data],
    )
    await insert('lead_draft', 'bucket, handoff_id, user_id, subject, body, updated_at', `$1, $2, 'r', $3, $3, $4`, [bucket, id, mail, NOW])
    await insert('team_queue', 'team_id, handoff_id, at', `'t', $1, $2`, [id, NOW])
    await insert('notification', 'id, user_id, at, text, contact_id', `$1, 'u', $2, $1, $3`, [`Call ${mail}`, NOW, id])
    await insert(
      'test_mail',
      'id, at, contact_id, by_id, by_name, status, transport, message_id, envelope, purpose, subject, html, text',
      `$1, $2, $3, 'u', 'U', 'sent', 'outbox', $1, $4::jsonb, 'marketing', $1, $1, $1`,
      [`to ${mail}`, NOW, id, data],
    )
    await insert('import_job', 'id, file_name, status, settings, error, created_at', `$1, $2, 'done', '{}', $2, $3`, [
      `imp_${i}`,
      `${mail}.csv`,
      NOW,
    ])
    await insert('import_reject', 'job_id, line, reason, raw', `$1, 1, 'bad', $2`, [`imp_${i}`, `${NAME},"${mail.toUpperCase()}"`])
    await insert('import_key', 'job_id, value, line', `$1, $2, 1`, [`imp_${i}`, mail])
    await insert(
      'bulk_job',
      'id, action, target, status, by_id, by_name, started_at',
      `$1, '{"do":"consent"}', $2::jsonb, 'done', 'u', 'U', $3`,
      [`b${i}`, JSON.stringify({ filter: { search: mail } }), NOW],
    )
    await insert('suppression', 'value, reason, note, at, by_name', `$1, 'complained', $2, $3, 'U'`, [mail, `said ${mail}`, NOW])
    const actor = { id: 'u', name: 'User' }
    await appendAudit(handle, {
      at: NOW,
      actor,
      action: 'contact.enrol',
      subject: { kind: 'contact', id: String(id) },
      detail: { name: NAME },
    })
    await appendAudit(handle, {
      at: NOW,
      actor,
      action: 'suppression.added',
      subject: { kind: 'address', id: mail },
      detail: { note: `<${mail}>.` },
    })
    await handle.query('update contact set merged_into = $1 where false', [id])
  }
  return [made[0] ?? 0, made[1] ?? 0]
}

test('every table of the schema says what it holds of people', () => {
  const tables = Object.values(schema).flatMap((it) => (is(it, PgTable) ? [getTableName(it)] : []))
  expect(Object.keys(holdings).sort()).toEqual(tables.sort())
})

onBothDrivers('one person', (handle) => {
  let zoe = 0
  let other = 0

  test('is exported with a part for every table that holds something of people, and with nothing of others', async () => {
    ;[zoe, other] = await fill(handle())
    const all = await exportPerson(handle(), zoe, NOW)
    if (!all) throw new Error('nobody')
    const parts = Object.values(holdings).flatMap((it) => (it.by === 'none' ? [] : [it.part]))
    for (const part of parts) {
      expect(all.about.parts[part], part).toMatch(/\.$/)
      expect(all[part], part).not.toEqual([])
    }
    const text = JSON.stringify(all)
    expect(text).not.toContain(OTHER)
    expect(text).toContain('"at":"2026-03-02T09:00:00.000Z"')
    expect(all.person).toMatchObject([{ key: MAIL, facts: { f: { first_name: NAME } } }])
    expect(all.mails).toHaveLength(4)
    expect(await exportPerson(handle(), 5, NOW)).toBeUndefined()
  })

  test('is erased wherever its address stands, and nobody else is', async () => {
    const before = await exportPerson(handle(), other, NOW)
    const erased = await handle().transaction((tx) => erasePerson(tx, zoe, NOW))
    expect(erased).toEqual({ kept: 1, stillNamed: [] })
    const places = await findEverywhere(handle(), MAIL)
    const others = await findEverywhere(handle(), OTHER)
    expect(places.length).toBeGreaterThan(20)
    for (const place of places) {
      const [table = '', column = ''] = place.split(/\.(?=[^.]*$)/)
      const rows = await handle().query(`select 1 from ${table} where "${column}"::text ~* $1`, [`(^|[^a])${MAIL.replaceAll('.', '\\.')}`])
      // What is left is the neighbour's, whose address holds this one.
      expect(rows.length === 0 || others.includes(place), place).toBe(true)
    }
    expect(await exportPerson(handle(), other, NOW)).toEqual(before)
    expect(await exportPerson(handle(), zoe, NOW)).toBeUndefined()
    expect(await handle().transaction((tx) => erasePerson(tx, zoe, NOW))).toBeUndefined()
  })

  test('is nowhere any more once the neighbour is erased, too: neither address nor name stand in any column', async () => {
    await handle().transaction((tx) => erasePerson(tx, other, NOW))
    expect(await findEverywhere(handle(), 'quint')).toEqual([])
    expect(await findEverywhere(handle(), '1234567')).toEqual([])
  })

  test('leaves bare rows for the numbers: passages closed, nothing goes out, a count that is true', async () => {
    expect(await handle().query(`select distinct gen = entry as over, end_how from enrolment where end_how is not null`)).toEqual([
      { over: true, end_how: 'removed' },
    ])
    expect(await handle().query(`select count(*) as n from enrolment where gen = 0`)).toEqual([{ n: 0 }])
    expect(await handle().query(`select status, count(*) as n from send group by 1 order by 1`)).toEqual([
      { status: 'failed', n: 2 },
      { status: 'sent', n: 2 },
      { status: 'unknown', n: 2 },
      { status: 'withdrawn', n: 2 },
    ])
    expect(await handle().query(`select count(*) as n from effect where status in ('queued', 'sending')`)).toEqual([{ n: 0 }])
    expect(await handle().query(`select port, sum(n)::int as n from node_delta group by 1`)).toEqual([{ port: 'removed', n: 2 }])
    expect(await handle().query(`select count(*) as n from team_queue`)).toEqual([{ n: 0 }])
  })

  test('keeps its no: whoever comes again with the address gets no mail', async () => {
    expect(await handle().query(`select left(value, 7) as value, reason, note from suppression`)).toEqual([
      { value: 'erased:', reason: 'complained', note: '' },
      { value: 'erased:', reason: 'complained', note: '' },
    ])
    expect(await suppressedAmong(handle(), ['new@person.example', MAIL])).toEqual(new Map([[MAIL, 'complained']]))
    expect(await suppressedAmong(handle(), [MAIL])).toEqual(new Map([[MAIL, 'complained']]))
    await handle().query('delete from suppression where value = $1', [MAIL])
  })

  test('is erased once more where something came in at that very moment', async () => {
    await handle().query(
      `insert into event (bucket, at, id, contact_id, type, props, received_at) values ($1, $2, 'late', $3, 'Said', $4::jsonb, $2)`,
      [zoe % 1024, NOW, zoe, JSON.stringify({ mail: MAIL })],
    )
    expect(await findEverywhere(handle(), MAIL)).not.toEqual([])
    expect(await handle().transaction((tx) => forgetLate(tx, { now: NOW + 3_600_000, limit: 100 }))).toBe(2)
    expect(await findEverywhere(handle(), MAIL)).toEqual([])
    expect(await handle().transaction((tx) => forgetLate(tx, { now: NOW + 10 * 86_400_000, limit: 100 }))).toBe(0)
  })

  test('what users wrote and names the person is told, and left to them', async () => {
    const [id] = (await addContacts(
      handle(),
      createIds(handle()),
      [{ email: MAIL, external: null, consent: {}, fields: { email: MAIL } }],
      { at: NOW, textKeys: [] },
    )) as number[]
    await handle().query(
      `insert into segment (id, name, condition, created_at, updated_at) values ('seg_vip', 'One person', $1::jsonb, 0, 0)`,
      [JSON.stringify({ all: [{ value: MAIL }] })],
    )
    expect((await exportPerson(handle(), id ?? 0, NOW))?.about.namedIn).toEqual([{ kind: 'segment', id: 'seg_vip', name: 'One person' }])
    const erased = await handle().transaction((tx) => erasePerson(tx, id ?? 0, NOW))
    expect(erased?.stillNamed).toEqual([{ kind: 'segment', id: 'seg_vip', name: 'One person' }])
  })
})

describe('patterns', () => {
  test('fit a name as a whole only', async () => {
    const { patternsOf } = await import('../src/operate/person/erase.ts')
    expect(patternsOf(['u1', '12345'])).toEqual([])
    expect(patternsOf(['a+b@x.org', 'account-77'])).toHaveLength(2)
  })
})
