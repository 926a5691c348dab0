import { currentCatalog } from '@baton/api'
import { flowById, flowComments, type Handle, isEmpty, lastMonth, latestSimulation, openDatabase, openReview } from '@baton/db'
import { checkFlow, diffFlows, planHash } from '@baton/engine'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSample } from '../src/sample/programme.ts'
import { IN_REVIEW } from '../src/sample/review.ts'

const now = Date.UTC(2026, 2, 13, 10, 20)
let db: Handle

beforeAll(async () => {
  db = await openDatabase({ memory: true })
  await db.migrate()
  await db.query(`insert into "user" (id, name, email, role) values ('usr_a', 'Ada', 'ada@example.org', 'admin')`)
})
afterAll(() => db.close())

test('the sample programme is made by the product itself: people, steps, mails and leads that add up', { timeout: 240_000 }, async () => {
  let hushed = 0
  const sample = createSample({
    db,
    log: pino({ level: process.env.SAMPLE_LOG ?? 'silent' }),
    baseUrl: 'http://localhost:3000',
    now: () => now,
    people: 200,
    days: 14,
    hush: async () => {
      hushed++
      return async () => void hushed--
    },
  })
  expect(await isEmpty(db)).toBe(true)
  const began = performance.now()
  await sample.start({ id: 'usr_a', name: 'Ada' })
  await sample.over()
  if (process.env.SAMPLE_LOG) console.log('took', performance.now() - began)
  expect(sample.status()).toMatchObject({ state: 'done', done: 14, total: 14 })
  expect(hushed).toBe(0)
  const one = async (text: string) => Number((await db.query<{ n: number }>(text))[0]?.n)
  const figures = {
    people: await one('select count(*) as n from contact'),
    live: await one('select count(*) as n from enrolment where gen = 0'),
    ended: await one('select count(*) as n from enrolment where gen > 0'),
    mails: await one(`select count(*) as n from send where status = 'sent'`),
    clicks: await one(`select count(*) as n from event where type = 'mail.clicked'`),
    waiting: await one(`select count(*) as n from handoff where state = 'assigned'`),
    answered: await one(`select count(*) as n from handoff where state in ('accepted', 'rejected', 'won', 'lost')`),
    deals: await one(`select count(*) as n from related where kind = 'opportunity'`),
    calls: await one(`select count(*) as n from handoff_log where kind in ('call', 'voicemail')`),
    parked: await one(`select count(*) as n from enrolment where vars ? 'parked'`),
    dead: await one('select count(*) as n from dead'),
    points: await one('select count(*) as n from ledger'),
    last: await one('select max(at) as n from journal'),
  }
  if (process.env.SAMPLE_LOG) console.log(figures)
  expect(figures).toMatchObject({ people: 200, parked: 0, dead: 0 })
  for (const some of ['live', 'ended', 'mails', 'clicks', 'waiting', 'answered', 'deals', 'calls', 'points'] as const)
    expect(figures[some]).toBeGreaterThan(0)
  expect(figures.last).toBeLessThanOrEqual(now)
  // The figures of Home add up, and tell of something: people who are new, leads that are answered, some on time and some not yet.
  const month = await lastMonth(db, now)
  const leads = {
    all: await one(`select count(*) as n from handoff where created_at > ${now - 30 * 86_400_000}`),
    unanswered: await one(`select count(*) as n from handoff where answered_at is null and created_at > ${now - 30 * 86_400_000}`),
    promised: await one(`select count(*) as n from handoff where contract->'level'->>'minutes' is not null`),
  }
  expect(month.handedOver).toBe(leads.all)
  expect(month.accepted + month.rejected + leads.unanswered).toBe(month.handedOver)
  expect(month.people).toBeLessThanOrEqual(figures.people)
  const late = await one('select count(*) as n from contact where created_at > (select min(created_at) from contact)')
  expect([month.accepted, month.rejected, late].every((it) => it > 0)).toBe(true)
  expect(leads.promised).toBe(leads.all)
  const imports = await one('select count(*) as n from import_job')
  expect(imports).toBeGreaterThan(1)
  // One flow waits for a review: with something different, something said, and nothing the checks have against it.
  const flow = await flowById(db, IN_REVIEW)
  if (!flow?.liveGraph) throw new Error('The flow in review is not there.')
  const diff = diffFlows(flow.liveGraph, flow.draft)
  expect([diff.added, diff.removed, diff.changed.map((it) => it.node).sort()]).toEqual([['rest'], ['not-now'], ['ready', 'week']])
  expect(checkFlow(flow.draft, await currentCatalog(db), { flowId: flow.id, now })).toEqual([])
  expect((await openReview(db, IN_REVIEW))?.reviewers.map((it) => it.name)).toEqual(['Ada', 'Jonas Weber'])
  expect((await latestSimulation(db, IN_REVIEW, planHash(flow.draft)))?.byName).toBe('Marta Lindqvist')
  expect((await flowComments(db, IN_REVIEW)).map((it) => it.node)).toEqual(['ready', 'ready', 'rest'])
})
