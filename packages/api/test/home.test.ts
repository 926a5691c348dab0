import { addContacts, createFlow, createIds } from '@baton/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SampleProgramme, SampleStatus } from '../src/index.ts'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

async function person(api: TestApi, email: string): Promise<number> {
  const made = await addContacts(api.db, createIds(api.db), [{ email, external: null, fields: { email }, consent: {} }], {
    at: api.clock.now(),
    textKeys: [],
  })
  if (made === 'taken') throw new Error('taken')
  return made[0]!
}

describe.each(KINDS)('Home on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())
  const look = () => api.as('marketer').home.look()

  test('of an empty workspace says what is missing, and that nothing waits', async () => {
    expect(await look()).toEqual({
      begun: { people: false, templates: false, flows: false, live: false, teams: false },
      needs: { leads: { count: 0, since: null }, mails: { failed: 0, unknown: 0 }, parked: 0, imports: [] },
      missing: { sender: true, postal: true },
      reps: [],
      month: { people: 0, mails: 0, handedOver: 0, accepted: 0, rejected: 0, answerMs: null },
      agreements: [],
    })
    expect(await api.as('admin').home.running()).toEqual({
      since: api.clock.now() - HOUR,
      steps: 0,
      lagMs: 0,
      mailsWaiting: 0,
    })
  })

  test('counts what waits for somebody, and forgets what is a week old', async () => {
    const now = api.clock.now()
    const id = await person(api, 'a@example.com')
    const rep = api.users.sales_rep.id
    await api.as('admin').workspace.saveTeam({ name: 'North', members: [{ userId: rep, cap: 5 }, { userId: api.users.admin.id }] })
    const [{ teamId } = { teamId: '' }] = await api.db.query<{ teamId: string }>('select id as "teamId" from team')
    const handoff = (key: string, state: string, repId: string | null) =>
      api.db.query(
        `insert into handoff (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, team_id, rep_id, state, packet, created_at, assigned_at)
         values ($1, $2, $3, $4, 'f', '', 1, 1, 'n', $5, $6, $7, '{}', $8, $9)`,
        [id % 1024, id + 1024 * key.length, id, key, teamId, repId, state, now - HOUR, repId === null ? null : now],
      )
    await handoff('a', 'assigned', rep)
    await handoff('bb', 'accepted', rep)
    await handoff('ccc', 'queued', null)
    const mail = (n: number, status: string, at: number) =>
      api.db.query(
        `insert into send (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, template_id, purpose, status, at)
         values ($1, $2, $3, $4, 'f', '', 1, 1, 'n', 't', 'marketing', $5, $6)`,
        [id % 1024, id + 1024 * n, id, `s${n}`, status, at],
      )
    await mail(1, 'failed', now - DAY)
    await mail(2, 'failed', now - 8 * DAY)
    await mail(3, 'unknown', now)
    await mail(4, 'queued', now)
    const job = (jobId: string, rejected: number, at: number) =>
      api.db.query(
        `insert into import_job (id, file_name, status, settings, rejected, created_at) values ($1, $1 || '.csv', 'done', '{}', $2, $3)`,
        [jobId, rejected, at],
      )
    await job('good', 0, now)
    await job('bad', 3, now)
    await job('old', 3, now - 8 * DAY)
    await mail(5, 'sent', now)
    await api.db.query(`update handoff set answered_at = assigned_at + 5000 where key = 'bb'`)
    // Handed over long ago and answered now: it is none of this month's leads, which would not add up else.
    await handoff('dddd', 'accepted', rep)
    await api.db.query(`update handoff set created_at = $1, assigned_at = $1, answered_at = $2 where key = 'dddd'`, [now - 40 * DAY, now])
    const { needs, reps, begun, month } = await look()
    expect(month).toEqual({ people: 1, mails: 1, handedOver: 3, accepted: 1, rejected: 0, answerMs: 5000 })
    expect(needs).toMatchObject({ leads: { count: 2, since: now - HOUR }, mails: { failed: 1, unknown: 1 }, parked: 0 })
    expect(needs.imports.map((one) => [one.fileName, one.rejected])).toEqual([['bad.csv', 3]])
    expect(begun).toMatchObject({ people: true, teams: true, flows: false })
    expect(reps.map(({ name, open, cap, away }) => [name, open, cap, away])).toEqual([
      ['The sales_rep', 1, 5, false],
      ['The admin', 0, null, false],
    ])
    expect((await api.as('reviewer').home.running()).mailsWaiting).toBe(1)
  })

  test('counts steps by the hours they were taken in', async () => {
    const hour = Math.floor(api.clock.now() / HOUR)
    const delta = (port: string, at: number, n: number) =>
      api.db.query(`insert into node_delta (bucket, flow_id, node, port, hour, n) values (0, 'f', 'n', $1, $2, $3)`, [port, at, n])
    await delta('out', hour, 4)
    await delta('out', hour - 1, 3)
    await delta('out', hour - 2, 100)
    await delta('', hour, 50)
    await delta('?', hour, 9)
    expect(await api.as('admin').home.running()).toMatchObject({ steps: 7, since: (hour - 1) * HOUR })
  })

  test('a rep has no Home', async () => {
    expect(await codeOf(api.as('sales_rep').home.look())).toBe('FORBIDDEN')
  })
})

describe('the sample programme', () => {
  const sample = (state: SampleStatus['state']): SampleProgramme & { begun: number } => {
    const one = {
      begun: 0,
      start: () => Promise.resolve(void one.begun++),
      status: (): SampleStatus => ({ state, stage: 'Importing people', done: 1, total: 2 }),
      cancel: () => Promise.resolve(),
    }
    return one
  }

  test('is loaded into an empty workspace only, and once at a time', async () => {
    await using api = await openApi('pglite')
    const idle = sample('idle')
    expect(await api.as('admin', { sample: idle }).sample.status()).toMatchObject({ state: 'idle', loadable: true })
    await api.as('admin', { sample: idle }).sample.start()
    expect(idle.begun).toBe(1)
    expect(await codeOf(api.as('admin', { sample: sample('running') }).sample.start())).toBe('CONFLICT')
    const settings = { reentry: { when: 'never' as const }, whileInside: 'ignore' as const, onLeavingSegment: 'stay' as const }
    const graph = { format: 1 as const, nodes: [], edges: [], settings }
    await createFlow(api.db, { name: 'Mine', graph, by: api.users.admin, at: api.clock.now() })
    expect(await api.as('admin', { sample: idle }).sample.status()).toMatchObject({ loadable: false })
    expect(await codeOf(api.as('admin', { sample: idle }).sample.start())).toBe('CONFLICT')
    expect(idle.begun).toBe(1)
  })
})
