import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BASE_URL, codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const tokenOf = (link: { url: string }) => link.url.slice(`${BASE_URL}/link#`.length)
const password = 'three short words'

describe.each(KINDS)('the first sign-in link on %s', (kind) => {
  // A database without users for each test, opened outside of it: under load that alone can take as long as a test may.
  let api: TestApi
  beforeEach(async () => {
    api = await openApi(kind, false)
  })
  afterEach(() => api.close())

  test('makes one admin, once, and is worth nothing afterwards', async () => {
    const { accounts } = api
    const first = await accounts.firstLink()
    const other = await accounts.firstLink()
    if (!first || !other) throw new Error('no link')
    const nobody = api.as(null)
    expect((await nobody.session.me()).firstRun).toBe(true)
    expect(await nobody.session.link({ token: tokenOf(first) })).toEqual({ kind: 'first' })
    expect(await codeOf(nobody.session.redeem({ token: tokenOf(first), password }))).toBe('BAD_REQUEST')
    const form = { token: tokenOf(first), name: 'Ada', email: 'Ada@Example.com', password }
    const answers = await Promise.all([1, 2, 3].map(() => codeOf(nobody.session.redeem(form))))
    expect(answers.sort()).toEqual(['NOT_FOUND', 'NOT_FOUND', 'ok'])
    expect(api.cookies.join()).toMatch(/baton\.session_token=.*HttpOnly.*SameSite=Lax/i)
    expect(await codeOf(nobody.session.redeem({ ...form, token: tokenOf(other) }))).toBe('NOT_FOUND')
    expect(await accounts.firstLink()).toBeNull()
    expect((await nobody.session.me()).firstRun).toBe(false)
  })

  test('works for 15 minutes', async () => {
    const { accounts } = api
    const link = await accounts.firstLink()
    if (!link) throw new Error('no link')
    api.clock.advance(15 * MINUTE)
    expect(await codeOf(api.as(null).session.link({ token: tokenOf(link) }))).toBe('NOT_FOUND')
  })
})

describe.each(KINDS)('users on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())

  test('an invitation makes a user with its role and address, whatever the form says', async () => {
    const link = await api.as('admin').users.invite({ email: 'New.Rep@example.com', role: 'sales_rep' })
    expect(link.expiresAt - api.clock.now()).toBe(7 * DAY)
    expect(link.mailed).toEqual({ result: 'sent' })
    expect(api.letters.at(-1)).toMatchObject({ to: { email: 'new.rep@example.com' }, text: expect.stringContaining(link.url) })
    const page = await api.as(null).session.link({ token: tokenOf(link) })
    expect(page).toEqual({ kind: 'invitation', email: 'new.rep@example.com', role: 'sales_rep' })
    await api.as(null).session.redeem({ token: tokenOf(link), name: 'Nia', email: 'boss@example.com', password })
    const { users, invitations } = await api.as('admin').users.list()
    expect(users.find((user) => user.name === 'Nia')).toMatchObject({ email: 'new.rep@example.com', role: 'sales_rep', active: true })
    expect(invitations).toEqual([])
  })

  test('a newer invitation replaces the older; a withdrawn or late one is dead', async () => {
    const admin = api.as('admin')
    const older = await admin.users.invite({ email: 'x@example.com', role: 'marketer' })
    const newer = await admin.users.invite({ email: 'x@example.com', role: 'reviewer' })
    expect(await codeOf(api.as(null).session.link({ token: tokenOf(older) }))).toBe('NOT_FOUND')
    const { invitations } = await admin.users.list()
    expect(invitations).toMatchObject([{ email: 'x@example.com', role: 'reviewer' }])
    await admin.users.withdrawInvitation({ id: invitations[0]!.id })
    expect(await codeOf(api.as(null).session.link({ token: tokenOf(newer) }))).toBe('NOT_FOUND')
    const late = await admin.users.invite({ email: 'y@example.com', role: 'marketer' })
    api.clock.advance(7 * DAY)
    expect(await codeOf(api.as(null).session.redeem({ token: tokenOf(late), name: 'Y', password }))).toBe('NOT_FOUND')
  })

  test('an address that has an account cannot be invited', async () => {
    expect(await codeOf(api.as('admin').users.invite({ email: 'MARKETER@example.com', role: 'admin' }))).toBe('CONFLICT')
  })

  test('the last admin can neither step down nor be deactivated, also not by two at once', async () => {
    const { id } = api.users.admin
    expect(await codeOf(api.as('admin').users.change({ id, role: 'marketer' }))).toBe('CONFLICT')
    expect(await codeOf(api.as('admin').users.change({ id, active: false }))).toBe('CONFLICT')
    const second = api.users.reviewer.id
    await api.as('admin').users.change({ id: second, role: 'admin' })
    const both = await Promise.all([id, second].map((one) => codeOf(api.as('admin').users.change({ id: one, active: false }))))
    expect(both.sort()).toEqual(['CONFLICT', 'ok'])
    const gone = (await api.as('admin').users.list()).users.find((user) => !user.active)
    await api.as('admin').users.change({ id: gone!.id, active: true })
    await api.as('admin').users.change({ id: second, role: 'reviewer' })
  })

  test('a deactivated user loses the sessions at once, and links for them are refused', async () => {
    const { id } = api.users.marketer
    const link = await api.as('admin').users.resetLink({ id })
    expect(await api.as(null).session.link({ token: tokenOf(link) })).toMatchObject({ kind: 'reset', name: 'The marketer' })
    await api.as(null).session.redeem({ token: tokenOf(link), password })
    const sessions = () => api.db.query('select id from session where user_id = $1', [id])
    expect(await sessions()).toHaveLength(1)
    const again = await api.as('admin').users.resetLink({ id })
    await api.as('admin').users.change({ id, active: false })
    expect(await sessions()).toHaveLength(0)
    expect(await codeOf(api.as(null).session.redeem({ token: tokenOf(again), password }))).toBe('NOT_FOUND')
    expect(await codeOf(api.as('admin').users.resetLink({ id }))).toBe('CONFLICT')
    await api.as('admin').users.change({ id, active: true })
  })

  test('every change leaves a line of who did it, newest first, page by page', async () => {
    const admin = api.as('admin')
    api.clock.advance(MINUTE)
    await admin.users.change({ id: api.users.marketer.id, role: 'reviewer' })
    await admin.users.change({ id: api.users.marketer.id, role: 'marketer' })
    const { rows } = await admin.system.audit({ subject: { kind: 'user', id: api.users.marketer.id } })
    expect(rows[0]).toMatchObject({ actor: { id: api.users.admin.id, name: 'The admin' }, action: 'user.role-changed' })
    expect(rows.map((row) => row.action)).toContain('user.deactivated')
    expect(JSON.stringify(rows)).not.toMatch(/three short words/)
  })

  test('a short password is refused with what to do', async () => {
    const link = await api.as('admin').users.invite({ email: 'short@example.com', role: 'marketer' })
    await expect(api.as(null).session.redeem({ token: tokenOf(link), name: 'S', password: 'short' })).rejects.toThrow(
      'at least 10 characters',
    )
  })
})
