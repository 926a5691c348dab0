import { hashKey } from '@baton/api'
import { addKey } from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { ingestDoor } from '../../src/ingest/door.ts'
import { createMetrics } from '../../src/metrics.ts'
import { onBoth, START, type World } from '../runner/programme.ts'
import { serveDoors } from './house.ts'

const SERVER = 'sk_a_server_key'
const BROWSER = 'bk_a_browser_key'
const graph = (kind: string) =>
  buildGraph(
    [
      ['in', 'trigger', { v: 2, on: { kind } }],
      ['rest', 'wait', { until: { kind: 'duration', amount: 2, unit: 'hours' } }],
      ['out', 'exit', { label: 'Done' }],
    ],
    ['in.out>rest', 'rest.out>out'],
  )

async function opened(world: World) {
  for (const [kind, key] of [
    ['server', SERVER],
    ['browser', BROWSER],
  ] as const) {
    const made = { name: kind, kind, hash: hashKey(key), last4: key.slice(-4), origins: [], createdBy: 'usr_test', createdAt: START }
    await addKey(world.handle, made)
  }
  await world.fields([
    { key: 'email', label: 'E-mail', type: 'text' },
    { key: 'first_name', label: 'First name', type: 'text' },
  ])
  await world.flow('flw_api', graph('api'))
  await world.flow('flw_hand', graph('manual'))
  const metrics = createMetrics(null)
  const web = await serveDoors([
    ingestDoor({ db: world.handle, clock: world.clock, log: pino({ level: 'silent' }), metrics, nudge: () => {} }),
  ])
  const post = async (flow: string, body: unknown, key: string | null = SERVER, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${web.url}/v1/flows/${flow}/enrol`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Basic ${btoa(`${key}:`)}` }), ...headers },
    })
    const { message, stored } = (await answer.json()) as { message?: string; stored?: boolean }
    return { status: answer.status, message, stored }
  }
  return { post, [Symbol.asyncDispose]: () => web[Symbol.asyncDispose]() }
}

const inside = (world: World) =>
  world.rows(
    `select c.key as who, e.key, e.vars -> 'data' as data, e.node from enrolment e join contact c on c.bucket = e.bucket and c.id = e.contact_id
     order by c.key, e.key`,
  )

onBoth('a program that lets people in', (open) => {
  test('E-163 known or new, one passage per business object, with what it carries; the same message is one', async () => {
    const world = await open()
    await using it = await opened(world)
    await world.person('ada@example.com')
    await world.rows(`insert into identity (kind, value, contact_id) select 'email', key, id from contact`)
    expect(await it.post('flw_api', { email: 'Ada@Example.com', key: 'A-1', data: { total: 12.5, gift: true } })).toMatchObject({
      status: 200,
    })
    expect(await it.post('flw_api', { userId: 7, traits: { email: 'new@example.com', firstName: 'Nia' }, messageId: 'm1' })).toMatchObject({
      status: 200,
      stored: true,
    })
    expect(await it.post('flw_api', { userId: 7, messageId: 'm1' })).toMatchObject({ status: 200, stored: false })
    await world.runner.drainUntilIdle()
    expect(await inside(world)).toEqual([
      { who: 'ada@example.com', key: 'A-1', data: { total: 12.5, gift: true }, node: 'rest' },
      { who: 'new@example.com', key: '', data: null, node: 'rest' },
    ])
    const [first] = await world.journal()
    expect(first?.reason).toMatchObject({ code: 'trigger.api', by: { kind: 'key' } })
  })

  test('says what is wrong', async () => {
    const world = await open()
    await using it = await opened(world)
    const ada = { email: 'ada@example.com' }
    expect(await it.post('flw_api', ada, null)).toMatchObject({ status: 401 })
    expect(await it.post('flw_api', ada, BROWSER)).toMatchObject({ status: 403 })
    expect(await it.post('flw_api', ada, SERVER, { origin: 'https://shop.example' })).toMatchObject({ status: 403 })
    expect(await it.post('flw_api', '{')).toMatchObject({ status: 400 })
    expect(await it.post('flw_api', {})).toMatchObject({ status: 400, message: expect.stringContaining('Neither userId nor email') })
    expect(await it.post('flw_api', { email: 'nobody' })).toMatchObject({ status: 400, message: expect.stringContaining('is no address') })
    expect(await it.post('flw_api', { ...ada, data: { list: [] } })).toMatchObject({ status: 400 })
    expect(await it.post('flw_gone', ada)).toMatchObject({ status: 404 })
    expect(await it.post('flw_hand', ada)).toMatchObject({ status: 409, message: expect.stringContaining('no start for programs') })
    await world.rows(`update flow set status = 'draining' where id = 'flw_api'`)
    await world.rows('update workspace set plan_rev = plan_rev + 1')
    expect(await it.post('flw_api', ada)).toMatchObject({ status: 409, message: expect.stringContaining('Publish it first') })
    await world.runner.drainUntilIdle()
    expect(await inside(world)).toEqual([])
  })
})
