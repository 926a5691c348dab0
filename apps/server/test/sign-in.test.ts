import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { becomeAdmin, KINDS, openServer, PASSWORD, read, type TestServer, tokenOf, type Visitor, visitor } from './harness.ts'

describe.each(KINDS)('signing in on %s', (kind) => {
  let server: TestServer
  let admin: Visitor
  beforeAll(async () => {
    server = await openServer(kind)
    admin = await becomeAdmin(server)
  })
  afterAll(() => server.stop())

  const me = async (who: Visitor) => (await who.query('session.me')).result.data.user

  test('the first link signs its maker in by an HttpOnly, SameSite=Lax cookie, and works once', async () => {
    expect(await me(admin)).toMatchObject({ name: 'Ada', email: 'ada@example.com', role: 'admin' })
    const again = { token: tokenOf(server.firstLink?.url), name: 'Eve', email: 'eve@example.com', password: PASSWORD }
    expect((await visitor(server.url).mutate('session.redeem', again)).status).toBe(404)
    const answer = await visitor(server.url).signIn('ada@example.com')
    expect(answer.headers.getSetCookie().join()).toMatch(/^baton\.session_token=[^;]+;.*HttpOnly.*SameSite=Lax/i)
  })

  test('a password signs in, a wrong one does not, and signing out ends the session', async () => {
    const who = visitor(server.url)
    expect((await who.signIn('ada@example.com', 'something else')).status).toBe(401)
    expect(await me(who)).toBeNull()
    expect((await who.signIn('Ada@Example.com')).status).toBe(200)
    expect(await me(who)).toMatchObject({ name: 'Ada' })
    const stolen = new Map(who.cookies)
    expect((await who.post('/api/auth/sign-out', {})).status).toBe(200)
    const thief = visitor(server.url)
    for (const [name, value] of stolen) thief.cookies.set(name, value)
    expect(await me(thief)).toBeNull()
  })

  test('nobody signs up, and nobody gives themselves a role', async () => {
    const who = visitor(server.url)
    const answer = await who.post('/api/auth/sign-up/email', { name: 'Eve', email: 'eve@example.com', password: PASSWORD, role: 'admin' })
    expect(answer.status).toBe(400)
    const update = await admin.post('/api/auth/update-user', { name: 'Ada L.', role: 'reviewer', active: false })
    expect(update.status).toBe(400)
    expect(await me(admin)).toMatchObject({ role: 'admin' })
  })

  test('a deactivated person is out at once and cannot come back; reactivated, may', async () => {
    const invited = await read(await admin.mutate('users.invite', { email: 'rep@example.com', role: 'sales_rep' }))
    const rep = visitor(server.url)
    await rep.mutate('session.redeem', { token: tokenOf(invited.result.data.url), name: 'Rep', password: PASSWORD })
    const { id } = await me(rep)
    expect((await admin.mutate('users.change', { id, active: false })).status).toBe(200)
    expect(await me(rep)).toBeNull()
    const refused = await rep.signIn('rep@example.com')
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('deactivated')])
    await admin.mutate('users.change', { id, active: true })
    expect((await rep.signIn('rep@example.com')).status).toBe(200)
  })

  test('a new role holds from the next request', async () => {
    const invited = await read(await admin.mutate('users.invite', { email: 'two@example.com', role: 'reviewer' }))
    const who = visitor(server.url)
    await who.mutate('session.redeem', { token: tokenOf(invited.result.data.url), name: 'Two', password: PASSWORD })
    expect((await who.query('users.list')).error.data.code).toBe('FORBIDDEN')
    await admin.mutate('users.change', { id: (await me(who)).id, role: 'admin' })
    expect((await who.query('users.list')).result.data.users).toHaveLength(3)
  })

  test('neither log nor metrics name anybody, and the log holds no code of a link', async () => {
    const { url } = (await read(await admin.mutate('users.invite', { email: 'secret@example.com', role: 'reviewer' }))).result.data
    await visitor(server.url).signIn('nobody@example.com')
    const metrics = await (await admin.send('/metrics')).text()
    expect(metrics).toContain('baton_http_seconds')
    expect(server.logged()).toContain('"msg":"request"')
    for (const text of [metrics, server.logged()]) {
      expect(text).not.toMatch(/@example\.com|Ada|three short words/)
      expect(text).not.toContain(tokenOf(url))
      expect(text).not.toContain(tokenOf(server.firstLink?.url))
    }
  })

  test('guessing passwords from one address is slowed down, whatever it claims about itself', async () => {
    const guesser = visitor(server.url)
    const guess = (n: number) =>
      guesser.send('/api/auth/sign-in/email', {
        method: 'POST',
        body: JSON.stringify({ email: 'ada@example.com', password: `guess number ${n}` }),
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.0.${n}`, 'x-baton-client-address': `10.0.0.${n}` },
      })
    const statuses = []
    for (let n = 1; n <= 25; n++) statuses.push((await guess(n)).status)
    expect(statuses.at(-1)).toBe(429)
  })
})
