import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addContacts, createIds } from '@baton/db'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { becomeAdmin, openServer, PASSWORD, read, type TestServer, tokenOf, type Visitor, visitor } from '../harness.ts'
import { type Route, routesDuring } from './enumerate.ts'

/** What stands only with the lead of another rep. */
const SECRET = /obscura|whisper/i

/** What a rep could know or guess of somebody else's lead. */
interface Known {
  contactId: number
  /** Of an admin's export of everybody, and of an admin's import with rows that were refused. */
  exportId: string
  importId: string
}

interface Try {
  path: (known: Known) => string
  method?: string
  body?: string
  type?: string
  status: number
}

const json = (body: unknown): Pick<Try, 'method' | 'body' | 'type'> => ({
  ...{ method: 'POST', type: 'application/json' },
  body: JSON.stringify(body),
})
/** A write key is asked for, and a rep has none: being signed in counts for nothing. */
const keyed = (path: string, method = 'POST'): Try => ({
  path: ({ contactId }) => path.replace(':id', String(contactId)),
  ...json({
    userId: 'obscura@example.com',
    event: 'x',
    name: 'x',
    groupId: 'g',
    previousId: 'obscura@example.com',
    traits: { phone: '1' },
  }),
  ...{ method, status: 401 },
})
/** A link of a mail is signed: ids in its place open nothing. */
const link = (to: string, method = 'GET'): Try => ({
  ...{ path: ({ contactId }) => `${to}/${contactId}`, method, status: 404 },
  ...(method === 'GET' ? {} : { type: 'application/x-www-form-urlencoded', body: 'topic=marketing' }),
})
const open = (path: string, status = 200): Try => ({ path: () => path, status })

/** Every door by HTTP, tried by a rep at somebody else's lead. A new one without a line here fails the test. */
const DOORS: Readonly<Record<Route, Try | 'own-leads.test.ts'>> = {
  'ALL /api/auth/*splat': { path: () => '/api/auth/update-user', ...json({ role: 'admin' }), status: 400 },
  'DELETE /v1/companies/:id': keyed('/v1/companies/:id', 'DELETE'),
  'DELETE /v1/opportunities/:id': keyed('/v1/opportunities/:id', 'DELETE'),
  'DELETE /v1/purchases/:id': keyed('/v1/purchases/:id', 'DELETE'),
  'GET /api/exports/:file': { path: ({ exportId }) => `/api/exports/${exportId}.csv`, status: 404 },
  'GET /api/imports/:id/rejected.csv': { path: ({ importId }) => `/api/imports/${importId}/rejected.csv`, status: 403 },
  'GET /c/:token': link('/c'),
  'GET /f/:file': open('/f/obscura.js', 404),
  'GET /healthz': open('/healthz'),
  'GET /metrics': open('/metrics'),
  'GET /o/:file': { path: ({ contactId }) => `/o/${contactId}.gif`, status: 404 },
  'GET /p/:token': link('/p'),
  'GET /t.js': open('/t.js'),
  'GET /u/:token': link('/u'),
  'GET /y/:token': link('/y'),
  'OPTIONS /f/:id': { path: () => '/f/obscura', method: 'OPTIONS', status: 204 },
  'OPTIONS /v1/{*any}': { path: () => '/v1/track', method: 'OPTIONS', status: 204 },
  'POST /f/:id': { path: () => '/f/obscura', ...json({ email: 'obscura@example.com' }), status: 404 },
  'POST /p/:token': link('/p', 'POST'),
  'POST /u/:token': link('/u', 'POST'),
  'POST /v1/a': keyed('/v1/a'),
  'POST /v1/alias': keyed('/v1/alias'),
  'POST /v1/b': keyed('/v1/b'),
  'POST /v1/batch': keyed('/v1/batch'),
  'POST /v1/companies': keyed('/v1/companies'),
  'POST /v1/flows/:id/enrol': keyed('/v1/flows/flw_1/enrol'),
  'POST /v1/g': keyed('/v1/g'),
  'POST /v1/group': keyed('/v1/group'),
  'POST /v1/i': keyed('/v1/i'),
  'POST /v1/identify': keyed('/v1/identify'),
  'POST /v1/import': keyed('/v1/import'),
  'POST /v1/mail-events': keyed('/v1/mail-events'),
  'POST /v1/opportunities': keyed('/v1/opportunities'),
  'POST /v1/p': keyed('/v1/p'),
  'POST /v1/page': keyed('/v1/page'),
  'POST /v1/purchases': keyed('/v1/purchases'),
  'POST /v1/s': keyed('/v1/s'),
  'POST /v1/screen': keyed('/v1/screen'),
  'POST /v1/t': keyed('/v1/t'),
  'POST /v1/track': keyed('/v1/track'),
  'POST /y/:token': link('/y', 'POST'),
  'PUT /api/imports/upload': {
    path: () => '/api/imports/upload?name=mine.csv',
    method: 'PUT',
    body: 'email\nmine@example.com\n',
    status: 403,
  },
  // What stands under it says of itself who may call it; what does not exist is not there.
  'USE /api': open('/api/contacts', 404),
  'USE /api/trpc': 'own-leads.test.ts',
}

/** The pages are files, built or not, that ask the API for whatever they show. */
const PAGES: readonly Route[] = ['GET /', 'GET /{*path}']

let server: TestServer
let routes: Route[]
let rep: Visitor
let known: Known
let dir: string

const rows = <T extends object>(text: string, values: unknown[] = []) => server.db.query<T>(text, values)
const traces = async () => {
  const [row] = await rows(
    `select (select json_agg(h) from handoff h) as leads, (select json_agg(c.facts) from contact c) as people, (select count(*) from event) as events,
       (select count(*) from inbox) as told, (select count(*) from import_job) as imports, (select json_agg(u.role order by u.email) from "user" u) as roles`,
  )
  return row
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'baton-doors-'))
  const opened = await routesDuring(() => openServer('pglite', { dataDir: dir }))
  server = opened.made
  routes = opened.routes
  const admin = await becomeAdmin(server)
  const invited = await read(await admin.mutate('users.invite', { email: 'rep@example.com', role: 'sales_rep' }))
  rep = visitor(server.url)
  await rep.mutate('session.redeem', { token: tokenOf(invited.result.data.url), name: 'Rep', password: PASSWORD })
  const at = server.clock.now()
  const ids = createIds(server.db)
  const fields = { email: 'obscura@example.com', first_name: 'Obscura', phone: 'whisper' }
  const made = await addContacts(server.db, ids, [{ email: fields.email, external: null, fields, consent: {} }], { at, textKeys: [] })
  const contactId = made === 'taken' ? 0 : (made[0] ?? 0)
  const [leadId = 0] = await ids.take([contactId % 1024])
  await rows(
    `insert into handoff (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, team_id, rep_id, state, packet, created_at)
     select $1, $2, $3, 'k', 'flw_1', '', 1, 1, 'n', 'team_1', id, 'assigned', '{"why":"Whisper","note":"Whisper","fields":{},"scores":{}}', $4
     from "user" where role = 'admin'`,
    [contactId % 1024, leadId, contactId, at],
  )
  await rows(
    `insert into import_job (id, file_name, status, settings, by_id, by_name, created_at) select 'imp_1', 'obscura.csv', 'done', '{}', id, name, $1
     from "user" where role = 'admin'`,
    [at],
  )
  await rows(`insert into import_reject (job_id, line, reason, raw) values ('imp_1', 2, 'Whisper', 'obscura')`)
  const asked = await read(await admin.mutate('contacts.bulk', { target: { filter: {} }, action: { do: 'export' } }))
  const exportId: string = asked.result.data.id
  await vi.waitFor(async () => expect((await admin.query('contacts.job', { id: exportId })).result.data.status).toBe('done'), {
    timeout: 60_000,
  })
  known = { contactId, exportId, importId: 'imp_1' }
  // The admin gets both files: there is something to refuse.
  for (const path of [`/api/exports/${exportId}.csv`, '/api/imports/imp_1/rejected.csv'])
    expect(await (await admin.send(path)).text()).toMatch(SECRET)
})
afterAll(async () => {
  await server.stop()
  await rm(dir, { recursive: true, force: true })
})

test('every door by HTTP is tried at the leads of others', () => {
  expect(routes.filter((it) => !PAGES.includes(it)).sort()).toEqual(Object.keys(DOORS).sort())
})

for (const [route, door] of Object.entries(DOORS)) {
  if (door === 'own-leads.test.ts') continue
  test(`${route} gives a rep nothing of them, and changes nothing`, async () => {
    const before = await traces()
    const { method = 'GET', body, type, status } = door
    const answer = await rep.send(door.path(known), {
      ...{ method, headers: type === undefined ? {} : { 'content-type': type } },
      ...(body === undefined ? {} : { body }),
    })
    expect(answer.status).toBe(status)
    expect(await answer.text()).not.toMatch(SECRET)
    expect(await traces()).toEqual(before)
  })
}
