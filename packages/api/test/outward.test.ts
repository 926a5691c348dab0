import { addNotifications, createIds, listEffects, sealedSecrets, workspaceSettings } from '@baton/db'
import { describe, expect, test } from 'vitest'
import { KINDS, openApi, type TestApi } from './harness.ts'

const NOW = Date.UTC(2026, 2, 2, 9)

async function contact({ db }: TestApi, key: string): Promise<number> {
  const [id = 0] = await createIds(db).take([7])
  await db.query(`insert into contact (bucket, id, key, facts, created_at) values (7, $1, $2, '{"f":{},"k":{},"c":{}}', $3)`, [
    id,
    key,
    NOW,
  ])
  return id
}

async function effect({ db }: TestApi, contactId: number, kind: string, status: 'queued' | 'failed'): Promise<number> {
  const [id = 0] = await createIds(db).take([7])
  await db.query(
    `insert into effect (bucket, id, contact_id, key, kind, flow_id, object_key, entry, version, node, payload, status, at, next_attempt_at, last_error)
     values (7, $1, $2, $3, $4, 'flw', '', 1, 1, 'n', $5::jsonb, $6, $7, $7, 'why')`,
    [
      id,
      contactId,
      `key-${id}`,
      kind,
      JSON.stringify({ url: 'https://a.example/x', headers: [{ name: 'k', value: 'hidden' }] }),
      status,
      NOW,
    ],
  )
  return id
}

describe.each(KINDS)('what goes out and what people are related to (%s)', (kind) => {
  test('calls that wait, failed or are over are listed without what they carry; retried and taken back by those who may', async () => {
    await using api = await openApi(kind)
    const ada = await contact(api, 'ada@example.com')
    const waiting = await effect(api, ada, 'webhook', 'queued')
    const failed = await effect(api, ada, 'webhook', 'failed')
    await effect(api, ada, 'throttle', 'queued')
    const marketer = api.as('marketer')
    const { rows } = await marketer.effects.list({ kind: 'webhook', filter: 'all' })
    expect(rows.map((row) => [row.id, row.status, row.about, row.contactKey]).sort()).toEqual(
      [
        [waiting, 'queued', 'https://a.example/x', 'ada@example.com'],
        [failed, 'failed', 'https://a.example/x', 'ada@example.com'],
      ].sort(),
    )
    expect(JSON.stringify(rows)).not.toContain('hidden')
    expect((await marketer.effects.list({ kind: 'webhook', filter: 'failed' })).rows.map((row) => row.id)).toEqual([failed])
    expect(await marketer.effects.status()).toEqual({
      counts: [
        { kind: 'throttle', status: 'queued', count: 1 },
        { kind: 'webhook', status: 'failed', count: 1 },
        { kind: 'webhook', status: 'queued', count: 1 },
      ],
      lines: [{ flowId: 'flw', flowName: null, node: 'n', waiting: 1, since: NOW }],
    })
    await marketer.effects.retry({ id: failed })
    await marketer.effects.cancel({ id: waiting })
    expect(
      (await listEffects(api.db, { kinds: ['webhook'], statuses: ['cancelled'], after: null, limit: 9 })).map((row) => row.id),
    ).toEqual([waiting])
    const told = await api.db.query<{ payload: object }>('select payload from inbox')
    expect(told.map((row) => row.payload)).toMatchObject([
      { kind: 'effect', effect: `key-${waiting}`, news: { outcome: 'failed', status: null } },
    ])
    await expect(marketer.effects.cancel({ id: waiting })).rejects.toThrow(/left already, or is over/)
    await expect(marketer.effects.retry({ id: waiting })).rejects.toThrow(/over already/)
    await expect(api.as('reviewer').effects.cancel({ id: failed })).rejects.toThrow()
  })

  test('a secret comes in and never goes out again', async () => {
    await using api = await openApi(kind)
    const seen: unknown[] = []
    const seal = (...asked: unknown[]) => `sealed ${seen.push(asked)}`
    const admin = api.as('admin', { seal })
    await admin.secrets.save({ name: 'crm', value: 'very secret' })
    const { value } = await admin.secrets.make({ name: 'hook' })
    expect(value).toMatch(/^whsec_/)
    await expect(admin.secrets.make({ name: 'hook' })).rejects.toThrow(/Choose another name/)
    const listed = await admin.secrets.list()
    expect(listed.map(({ name, last4 }) => [name, last4])).toEqual([
      ['crm', 'cret'],
      ['hook', value.slice(-4)],
    ])
    const log = JSON.stringify(await api.db.query('select * from audit'))
    expect(`${JSON.stringify(listed)}${log}`).not.toMatch(/very secret|whsec_/)
    const { linkSecrets } = await workspaceSettings(api.db)
    const sealed = await sealedSecrets(api.db, ['crm'])
    expect(sealed.get('crm')).toBe('sealed 1')
    expect(seen[0]).toEqual([linkSecrets, 'crm', 'very secret'])
    await admin.secrets.remove({ name: 'crm' })
    await expect(admin.secrets.remove({ name: 'crm' })).rejects.toThrow(/no such secret/)
    await expect(admin.secrets.save({ name: 'no spaces', value: 'very secret' })).rejects.toThrow(/A name has/)
    await expect(api.as('marketer').secrets.list()).rejects.toThrow()
  })

  test('everybody sees and reads their own notes alone', async () => {
    await using api = await openApi(kind)
    const { admin, sales_rep: rep } = api.users
    const note = (userId: string, at: number) => ({ id: `${at}/${userId}`, userId, at, text: `At ${at}`, contactId: null, flowId: null })
    await addNotifications(api.db, [note(rep.id, 1), note(rep.id, 2), note(rep.id, 3), note(admin.id, 1)])
    const mine = api.as('sales_rep').notifications
    expect(await mine.unread()).toBe(3)
    expect((await mine.list({})).rows.map((row) => row.text)).toEqual(['At 3', 'At 2', 'At 1'])
    await mine.read({ id: `3/${rep.id}` })
    await mine.read({ id: `1/${admin.id}` })
    expect([await mine.unread(), await api.as('admin').notifications.unread()]).toEqual([2, 1])
    await mine.read({ upTo: 2 })
    expect([await mine.unread(), await api.as('admin').notifications.unread()]).toEqual([0, 1])
  })

  test('companies and records by hand: made, changed, given to a person, taken away, with a line in the log each', async () => {
    await using api = await openApi(kind)
    const ada = await contact(api, 'ada@example.com')
    const { companies } = api.as('marketer')
    const { id } = await companies.save({ id: null, name: 'Acme', domain: 'acme.com', data: { employees: 50, plan: 'gold' } })
    await companies.save({ id, name: 'Acme', domain: null, data: { employees: 60 } })
    expect(await companies.get({ id })).toMatchObject({ name: 'Acme', domain: null, data: { employees: 60 }, people: [] })
    expect((await companies.list({ search: 'ac' })).companies).toMatchObject([{ id, people: 0 }])
    await companies.join({ contactId: ada, companyId: id })
    await companies.saveRecord({ contactId: ada, kind: 'purchase', id: null, at: NOW - 5, data: { total: 29, note: null } })
    await companies.removeRecord({ contactId: ada, kind: 'opportunity', id: 'o1' })
    const told = (await api.db.query<{ payload: object }>('select payload from inbox order by seq')).map((row) => row.payload)
    expect(told).toMatchObject([
      { kind: 'related', of: 'company', id, data: { name: 'Acme', employees: 60 } },
      { kind: 'related', of: 'purchase', data: { total: 29 }, occurredAt: NOW - 5 },
      { kind: 'related', of: 'opportunity', id: 'o1', data: null },
    ])
    await expect(companies.join({ contactId: ada, companyId: 'none' })).rejects.toThrow(/no such company/)
    await expect(companies.save({ id: 'none', name: 'X', data: {} })).rejects.toThrow(/no such company/)
    await expect(companies.save({ id: null, name: ' ', data: {} })).rejects.toThrow(/Give the company a name/)
    await expect(companies.save({ id: null, name: 'X', data: { 'a\u0000': 1 } })).rejects.toThrow(/name of a value/)
    await companies.remove({ id })
    await expect(companies.get({ id })).rejects.toThrow(/no such company/)
    const log = await api.db.query<{ action: string }>('select action from audit order by at, action')
    expect(log.map((row) => row.action).sort()).toEqual(
      ['company.changed', 'company.made', 'company.removed', 'related.removed', 'related.saved', 'related.saved'].sort(),
    )
    const rep = api.as('sales_rep').companies
    await expect(rep.ofContact({ contactId: ada })).rejects.toThrow(/not with you/)
    expect(await companies.ofContact({ contactId: ada })).toEqual([])
  })
})
