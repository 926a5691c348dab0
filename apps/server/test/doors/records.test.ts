import { hashKey } from '@baton/api'
import { addKey, tellCompany } from '@baton/db'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createKeyFinder, ingestDoor, keyLimits } from '../../src/ingest/door.ts'
import { createMetrics } from '../../src/metrics.ts'
import { recordDoor } from '../../src/related/door.ts'
import { onBoth, START, type World } from '../runner/programme.ts'
import { serveDoors } from './house.ts'

const SERVER = 'sk_a_server_key'
const BROWSER = 'bk_a_browser_key'

/** The doors of records and of tracking over a world. */
async function served(world: World) {
  for (const [kind, key] of [
    ['server', SERVER],
    ['browser', BROWSER],
  ] as const) {
    await addKey(world.handle, {
      name: kind,
      kind,
      hash: hashKey(key),
      last4: key.slice(-4),
      origins: [],
      createdBy: 'usr',
      createdAt: START,
    })
  }
  const log = pino({ level: 'silent' })
  const metrics = createMetrics(null)
  const { handle: db, clock } = world
  const nudge = () => {}
  const web = await serveDoors([
    recordDoor({ db, clock, log, nudge, findKey: createKeyFinder(db), limits: keyLimits() }),
    ingestDoor({ db, clock, log, metrics, nudge }),
  ])
  const ask = async (method: string, path: string, body?: unknown, key: string | null = SERVER) => {
    const answer = await fetch(`${web.url}/v1/${path}`, {
      method,
      headers: { ...(key === null ? {} : { authorization: `Basic ${btoa(`${key}:`)}` }), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
  }
  return {
    ask,
    post: (path: string, body: unknown) => ask('POST', path, body),
    related: () =>
      world.rows(
        'select c.key, r.kind, r.id, r.data, r.at from related r join contact c on c.id = r.contact_id order by c.key, r.kind, r.id',
      ),
    [Symbol.asyncDispose]: () => web[Symbol.asyncDispose](),
  }
}

onBoth('records of companies, opportunities and purchases', (open) => {
  test('a group call makes the company and puts the person into it; its changes reach them', async () => {
    const world = await open()
    await using it = await served(world)
    await it.post('identify', { userId: 'u1', traits: { email: 'zoe@example.com' } })
    await it.post('group', { userId: 'u1', groupId: 'acme', traits: { name: 'Acme', employees: 50, website: 'https://acme.com' } })
    await world.runner.drainUntilIdle()
    const acme = { name: 'Acme', employees: 50, domain: 'acme.com' }
    expect(await it.related()).toMatchObject([{ key: 'zoe@example.com', kind: 'company', id: 'acme', data: acme }])
    expect(await it.post('companies', { id: 'acme', data: { employees: 60, country: 'JP' } })).toEqual({
      status: 200,
      json: { success: true, stored: 1 },
    })
    while ((await tellCompany(world.handle, world.clock.now())) !== null);
    await world.runner.drainUntilIdle()
    expect(await it.related()).toMatchObject([{ data: { ...acme, employees: 60, country: 'JP' } }])
    expect((await it.ask('DELETE', 'companies/acme')).status).toBe(200)
    while ((await tellCompany(world.handle, world.clock.now())) !== null);
    await world.runner.drainUntilIdle()
    expect(await it.related()).toEqual([])
    expect((await it.ask('DELETE', 'companies/acme')).status).toBe(404)
  })

  test('a browser says nothing of companies', async () => {
    const world = await open()
    await using it = await served(world)
    await it.ask('POST', 'group', { anonymousId: 'a', groupId: 'acme', traits: { name: 'Acme' } }, BROWSER)
    await world.runner.drainUntilIdle()
    expect(await world.rows('select * from company')).toEqual([])
    for (const path of ['companies', 'opportunities', 'purchases']) {
      expect(await it.ask('POST', path, { id: 'x' }, BROWSER)).toMatchObject({ status: 403 })
      expect(await it.ask('POST', path, { id: 'x' }, null)).toMatchObject({ status: 401 })
      expect(await it.ask('DELETE', `${path}/x`, undefined, BROWSER)).toMatchObject({ status: 403 })
    }
  })

  test('opportunities and purchases go to a person by id or address, or to all of a company; told again they are replaced', async () => {
    const world = await open()
    await using it = await served(world)
    for (const user of ['u1', 'u2']) {
      await it.post('identify', { userId: user, traits: { email: `${user}@example.com` } })
      await it.post('group', { userId: user, groupId: 'acme', traits: { name: 'Acme' } })
    }
    const at = new Date(world.clock.now() - 5_000).toISOString()
    const batch = [
      { id: 'p1', userId: 'u1', at, data: { total: 29, currency: 'EUR', note: null } },
      { id: 7, email: 'U2@example.com', data: { total: 5 } },
    ]
    expect(await it.post('purchases', { batch })).toEqual({ status: 200, json: { success: true, stored: 2 } })
    expect(await it.post('opportunities', { id: 'o1', companyId: 'acme', data: { stage: 'Engaging' } })).toMatchObject({
      json: { stored: 1 },
    })
    await world.runner.drainUntilIdle()
    const kept = (await it.related()).filter((row) => row.kind !== 'company')
    expect(kept).toEqual([
      { key: 'u1@example.com', kind: 'opportunity', id: 'o1', data: { stage: 'Engaging' }, at: world.clock.now() },
      { key: 'u1@example.com', kind: 'purchase', id: 'p1', data: { total: 29, currency: 'EUR' }, at: world.clock.now() - 5_000 },
      { key: 'u2@example.com', kind: 'opportunity', id: 'o1', data: { stage: 'Engaging' }, at: world.clock.now() },
      { key: 'u2@example.com', kind: 'purchase', id: '7', data: { total: 5 }, at: world.clock.now() },
    ])
    await it.post('purchases', { id: 'p1', userId: 'u1', data: { total: 30 } })
    // Before the first is handled: whoever is about to have it loses it too.
    await it.post('opportunities', { id: 'o2', userId: 'u1', data: {} })
    expect((await it.ask('DELETE', 'opportunities/o2')).status).toBe(200)
    expect((await it.ask('DELETE', 'opportunities/o1')).status).toBe(200)
    await world.runner.drainUntilIdle()
    expect((await it.related()).filter((row) => row.kind !== 'company').map(({ id, data }) => [id, data])).toEqual([
      ['p1', { total: 30 }],
      ['7', { total: 5 }],
    ])
  })

  test.each([
    ['companies', { name: 'No id' }, /^id: /],
    ['companies', { id: 'a', data: { 'a\u0000': 1 } }, /cannot be the name/],
    ['companies', { id: 'a', data: { list: [1] } }, /“list” must be a text/],
    ['purchases', { id: 'a' }, /Say whose it is/],
    ['purchases', { id: 'a', userId: 'nobody' }, /Nobody is known as nobody/],
    ['purchases', { id: 'a', email: 'x' }, /not an e-mail address/],
    ['purchases', { id: 'a', userId: 'u', at: 'soon' }, /not a time/],
    ['opportunities', { id: 'a', companyId: 'none' }, /Nobody is in the company/],
  ])('%s %j is refused with what to do, the rest of a batch is kept', async (path, bad, say) => {
    const world = await open()
    await using it = await served(world)
    await it.post('identify', { userId: 'u1', traits: {} })
    const good = path === 'companies' ? { id: 'good' } : { id: 'good', userId: 'u1' }
    expect(await it.post(path, bad)).toMatchObject({
      status: 400,
      json: { success: false, refused: [{ index: 0, say: expect.stringMatching(say) }] },
    })
    expect(await it.post(path, { batch: [good, bad] })).toMatchObject({
      status: 200,
      json: { success: true, stored: 1, refused: [{ index: 1 }] },
    })
  })

  test('bodies that are too large or no JSON are refused whole', async () => {
    const world = await open()
    await using it = await served(world)
    expect(await it.post('companies', [])).toMatchObject({ status: 400 })
    expect(await it.post('companies', { batch: 'x' })).toMatchObject({ status: 400 })
    expect(await it.post('companies', { batch: Array.from({ length: 1_001 }, (_, i) => ({ id: `c${i}` })) })).toMatchObject({ status: 413 })
    expect(await it.post('companies', { id: 'a', data: { text: 'x'.repeat(600_000) } })).toMatchObject({ status: 413 })
  })
})
