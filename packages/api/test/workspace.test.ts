import { workspaceSettings } from '@baton/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashKey } from '../src/index.ts'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

describe.each(KINDS)('the workspace on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())

  test('shows its settings without the secrets', async () => {
    const shown = await api.as('sales_rep').workspace.settings()
    expect(Object.keys(shown).sort()).toEqual(['dimensions', 'name', 'postalAddress', 'review', 'senderAddress', 'senderName', 'zone'])
  })

  test('changes what is given, keeps the rest, and wakes the runner for the new plan', async () => {
    const rev = async () => (await api.db.query<{ plan_rev: number }>('select plan_rev from workspace'))[0]!.plan_rev
    const [before, woken] = [await rev(), api.nudges()]
    await api.as('admin').workspace.change({ zone: 'europe/berlin', postalAddress: 'Elm Street 1' })
    expect(await api.as('admin').workspace.settings()).toMatchObject({
      name: 'My workspace',
      zone: 'Europe/Berlin',
      postalAddress: 'Elm Street 1',
    })
    expect(await rev()).toBe(before + 1)
    expect(api.nudges()).toBe(woken + 1)
  })

  test.each([
    [{ zone: 'Mars/Olympus' }, 'Europe/Berlin'],
    [{ senderAddress: 'me' }, 'name@example.com'],
    [{ name: ' ' }, 'Write a name'],
    [{ dimensions: [{ id: 'Fit!', name: 'Fit' }] }, 'small letters'],
  ])('refuses %j and says what to write', async (change, say) => {
    await expect(api.as('admin').workspace.change(change)).rejects.toThrow(say)
  })

  test('a score that exists can be renamed and not removed', async () => {
    const { dimensions } = await api.as('admin').workspace.settings()
    expect(await codeOf(api.as('admin').workspace.change({ dimensions: dimensions.slice(1) }))).toBe('CONFLICT')
    const renamed = [{ ...dimensions[0]!, name: 'Match' }, ...dimensions.slice(1), { id: 'intent', name: 'Intent' }]
    await api.as('admin').workspace.change({ dimensions: renamed })
    const made = { halfLifeDays: null, expiryDays: null, cap: null, version: 1 }
    expect((await api.as('admin').workspace.settings()).dimensions).toEqual([...renamed.slice(0, 2), { ...renamed[2], ...made }])
  })

  test('a score gets a model with its table; another one is the next version and has segments on it looked at again', async () => {
    const admin = api.as('admin')
    const on = (dimension: string) => ({
      combinator: 'and' as const,
      rules: [{ subject: { kind: 'score' as const, dimension }, op: 'ge' as const, value: 1 }],
    })
    const hot = await admin.segments.create({ name: 'Hot', condition: on('engagement') })
    const fits = await admin.segments.create({ name: 'Fits', condition: on('fit') })
    await api.db.query(`update segment set status = 'ready'`)
    await api.db.query('delete from scan')
    const stored = async () => (await workspaceSettings(api.db)).dimensions.find((it) => it.id === 'engagement')
    const change = async (model: object) => {
      const { dimensions } = await admin.workspace.settings()
      await admin.workspace.change({ dimensions: dimensions.map((it) => (it.id === 'engagement' ? { ...it, ...model } : it)) })
    }
    await change({ halfLifeDays: 14, expiryDays: 30, cap: 10_000 })
    const { factors, ...model } = (await stored())!
    expect(model).toMatchObject({ halfLifeDays: 14, expiryDays: 30, cap: 10_000, version: 2 })
    expect([factors?.[0], factors?.[14], factors?.[30], factors?.length]).toEqual([1_000_000, 500_000, 0, 31])
    expect(await api.db.query('select segment_id as id, status from scan')).toEqual([{ id: hot.id, status: 'running' }])
    expect((await admin.segments.get({ id: hot.id })).status).toBe('building')
    expect((await admin.segments.get({ id: fits.id })).status).toBe('ready')
    await change({ name: 'Interest' })
    expect(await stored()).toMatchObject({ name: 'Interest', version: 2, factors })
    await change({ halfLifeDays: null, expiryDays: null })
    expect(await stored()).not.toHaveProperty('factors')
    expect(await stored()).toMatchObject({ version: 3, cap: 10_000 })
  })

  test.each([
    [{ halfLifeDays: 0 }, 'at least 1 day'],
    [{ halfLifeDays: 1.5 }, 'whole days'],
    [{ expiryDays: 731 }, 'at most 730'],
    [{ cap: 0 }, 'above 0'],
  ])('refuses the model %j and says what to write', async (model, say) => {
    const { dimensions } = await api.as('admin').workspace.settings()
    await expect(api.as('admin').workspace.change({ dimensions: dimensions.map((it) => ({ ...it, ...model })) })).rejects.toThrow(say)
  })

  test('a team is made, changed and removed by a sales manager', async () => {
    const manager = api.as('sales_manager')
    const rep = { userId: api.users.sales_rep.id, weight: 2, cap: 5, active: true }
    const { id } = await manager.workspace.saveTeam({ name: 'North', members: [rep] })
    expect(await api.as('marketer').workspace.teams()).toMatchObject([{ id, name: 'North', members: [{ ...rep, name: 'The sales_rep' }] }])
    await manager.workspace.saveTeam({ id, name: 'South', members: [] })
    expect(await manager.workspace.teams()).toMatchObject([{ id, name: 'South', members: [] }])
    await manager.workspace.removeTeam({ id })
    expect(await manager.workspace.teams()).toEqual([])
    expect(await codeOf(manager.workspace.removeTeam({ id }))).toBe('NOT_FOUND')
  })

  test('a team takes nobody twice, nobody unknown, and nobody newly who is deactivated', async () => {
    const manager = api.as('sales_manager')
    const rep = { userId: api.users.sales_rep.id }
    expect(await codeOf(manager.workspace.saveTeam({ name: 'T', members: [rep, rep] }))).toBe('BAD_REQUEST')
    expect(await codeOf(manager.workspace.saveTeam({ name: 'T', members: [{ userId: 'nobody' }] }))).toBe('BAD_REQUEST')
    const { id } = await manager.workspace.saveTeam({ name: 'T', members: [rep] })
    await api.as('admin').users.change({ id: rep.userId, active: false })
    expect(await codeOf(manager.workspace.saveTeam({ name: 'T2', members: [rep] }))).toBe('BAD_REQUEST')
    expect(await codeOf(manager.workspace.saveTeam({ id, name: 'T', members: [rep] }))).toBe('ok')
    await api.as('admin').users.change({ id: rep.userId, active: true })
    await manager.workspace.removeTeam({ id })
  })

  test('a server’s key is shown once, kept as a hash, and revoked for good', async () => {
    const admin = api.as('admin')
    const { id, key } = await admin.keys.make({ name: 'Shop', kind: 'server' })
    expect(key).toMatch(/^sk_[\w-]{32}$/)
    const listed = await admin.keys.list()
    expect(listed).toMatchObject([{ id, name: 'Shop', last4: key.slice(-4), publicKey: null, revokedAt: null }])
    expect(JSON.stringify(listed)).not.toContain(key)
    const rows = await api.db.query('select * from write_key')
    expect(JSON.stringify(rows)).not.toContain(key)
    expect(JSON.stringify(rows)).toContain(hashKey(key))
    await admin.keys.revoke({ id })
    expect((await admin.keys.list())[0]?.revokedAt).toBe(api.clock.now())
    expect(await codeOf(admin.keys.revoke({ id }))).toBe('NOT_FOUND')
  })

  test('a browser’s key, which every page that uses it shows, is kept for its snippet', async () => {
    const admin = api.as('admin')
    const { id, key } = await admin.keys.make({ name: 'Web site', kind: 'browser', origins: ['https://www.example.com/'] })
    expect(key).toMatch(/^bk_[\w-]{32}$/)
    const mine = (await admin.keys.list()).find((it) => it.id === id)
    expect(mine).toMatchObject({ name: 'Web site', publicKey: key, origins: ['https://www.example.com'] })
  })

  test('a server key is bound to no site, and a site is an origin', async () => {
    const make = (kind: 'browser' | 'server', origins: string[]) => codeOf(api.as('admin').keys.make({ name: 'K', kind, origins }))
    expect(await make('server', ['https://a.example'])).toBe('BAD_REQUEST')
    expect(await make('browser', ['https://a.example/path'])).toBe('BAD_REQUEST')
    expect(await make('browser', ['javascript:alert(1)'])).toBe('BAD_REQUEST')
  })
})
