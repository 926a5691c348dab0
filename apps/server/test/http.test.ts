import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { becomeAdmin, openServer, read, type TestServer, type Visitor, visitor } from './harness.ts'

let server: TestServer
let admin: Visitor
beforeAll(async () => {
  server = await openServer('pglite')
  admin = await becomeAdmin(server)
})
afterAll(() => server.stop())

/** Posts a body in pieces without saying how long it is. @returns the status */
function pour(path: string, megabytes: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const sent = request(server.url + path, { method: 'POST', headers: { 'content-type': 'application/json' } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    sent.on('error', () => resolve(undefined))
    for (let i = 0; i < megabytes; i++) sent.write(Buffer.alloc(1024 * 1024, 0x20))
    sent.end()
  })
}

describe('headers', () => {
  test('every page has a policy that runs only our own scripts, and asks for no https on a plain address', async () => {
    const { headers } = await visitor(server.url).send('/')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe|upgrade-insecure-requests/)
    expect(headers.get('strict-transport-security')).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  test('every answer has an id of ours, the API is never stored', async () => {
    const { headers } = await visitor(server.url).send('/api/trpc/session.me', { headers: { 'x-request-id': 'mine' } })
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}$/)
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('a change asked for by a page of somebody else', () => {
  test.each([
    ['https://evil.example', 403],
    ['null', 403],
    ['http://localhost:1', 403],
  ])('with Origin %s is refused', async (origin, status) => {
    const thief = visitor(server.url, origin)
    for (const [name, value] of admin.cookies) thief.cookies.set(name, value)
    expect((await thief.mutate('workspace.change', { name: 'Stolen' })).status).toBe(status)
    expect((await thief.post('/api/auth/sign-out', {})).status).toBe(status)
  })

  test('that hides its origin is told by where the request came from', async () => {
    const thief = visitor(server.url, null)
    for (const [name, value] of admin.cookies) thief.cookies.set(name, value)
    const answer = await thief.send('/api/trpc/workspace.change', {
      method: 'POST',
      body: '{"name":"Stolen"}',
      headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
    })
    expect(answer.status).toBe(403)
  })

  test('is allowed from our own address by its other loopback name', async () => {
    const own = visitor(server.url, server.url.replace('localhost', '127.0.0.1'))
    for (const [name, value] of admin.cookies) own.cookies.set(name, value)
    expect((await own.mutate('workspace.change', { name: 'Ours' })).status).toBe(200)
  })
})

describe('what is too large', () => {
  test('is refused by the sign-in doors before it is parsed', async () => {
    expect(await pour('/api/auth/sign-in/email', 1)).toBe(413)
  })

  test('is refused by the API', async () => {
    expect(await pour('/api/trpc/session.redeem', 22)).toBe(413)
  })
})

describe('errors', () => {
  test('of input say input by input what to do, without a stack', async () => {
    const { error } = await read(await admin.mutate('workspace.change', { zone: 'Moon', name: '' }))
    expect(error.data.problems).toEqual([
      { path: 'name', message: 'Write a name for the workspace.' },
      { path: 'zone', message: expect.stringContaining('Europe/Berlin') },
    ])
    expect(JSON.stringify(error)).not.toMatch(/stack|\.ts:/)
  })

  test('nobody foresaw say nothing of themselves, and stand in the log under the id of the answer', async () => {
    await server.db.query('alter table audit rename to audit_away')
    const answer = await admin.mutate('workspace.change', { name: 'Broken' })
    await server.db.query('alter table audit_away rename to audit')
    const text = await answer.text()
    expect(answer.status).toBe(500)
    expect(text).toContain('The details are in its log')
    expect(text).not.toMatch(/audit|insert|relation/)
    const id = answer.headers.get('x-request-id')
    expect(server.logged()).toMatch(new RegExp(`"request":"${id}".*procedure failed`))
    expect((await admin.query('workspace.settings')).result.data.name).not.toBe('Broken')
  })

  test('an address of the API that is not there is no page', async () => {
    const answer = await visitor(server.url).send('/api/nothing', { headers: { accept: 'text/html' } })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8'])
  })
})

test('/healthz says how far behind the runner is', async () => {
  expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok', database: 'ok', mail: 'ok', lagMs: 0 })
  const late = server.clock.now() - 5000
  // The runner takes what is due away as soon as it looks: it may come between the two, so they are tried anew.
  const asked = async () => {
    await server.db.query(`insert into wheel (bucket, slot, chunk, ids) values (1023, $1, 1, '{}') on conflict do nothing`, [late])
    return (await fetch(`${server.url}/healthz`)).json()
  }
  await expect.poll(asked).toMatchObject({ lagMs: 5000 })
  await server.db.query('delete from wheel')
})
