import { currentCatalog } from '@baton/api'
import {
  flowById,
  flowComments,
  type Handle,
  isEmpty,
  isSigned,
  lastMonth,
  latestSimulation,
  listAgreements,
  listCalendars,
  listCompanies,
  listTeams,
  liveScoreModel,
  openDatabase,
  openReview,
  versionTallies,
} from '@baton/db'
import { agreementProblems, checkFlow, checkScoreModel, diffFlows, planHash } from '@baton/engine'
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

const count = async (text: string, values: unknown[] = []) => Number((await db.query<{ n: number }>(text, values))[0]?.n)

test('sales and marketing have signed an agreement: every lead was handed over by it, and fits it', async () => {
  const agreements = await listAgreements(db)
  const [row] = agreements
  const [version] = row?.versions ?? []
  if (!row || !version) throw new Error('There is no agreement.')
  expect([agreements.length, row.versions.length, isSigned(version)]).toEqual([1, 1, true])
  expect(version.signatures.map((it) => [it.side, it.userName])).toEqual([
    ['marketing', 'Marta Lindqvist'],
    ['sales', 'Jonas Weber'],
  ])
  expect(agreementProblems(version.content, await currentCatalog(db))).toEqual([])
  // It was in force before the first lead, and is not due for review yet.
  expect(version.inForceAt).toBeLessThan(await count('select min(created_at) as n from handoff'))
  expect(Date.parse(version.content.reviewOn ?? '')).toBeGreaterThan(now)
  const [tally, ...others] = await versionTallies(db, row.id, { from: 0, to: now + 1 })
  if (!tally) throw new Error('No lead was handed over by the agreement.')
  expect(others).toEqual([])
  expect(tally.handed).toBe(await count('select count(*) as n from handoff'))
  expect(tally.accepted + tally.rejected).toBe(tally.answered)
  expect(tally.ended + tally.open).toBe(tally.handed)
  const small = `select count(*) as n from handoff h join contact c on c.bucket = h.bucket and c.id = h.contact_id
    where coalesce((c.facts->'f'->>'company_size')::int, 0) < 25`
  expect(await count(small)).toBe(0)
})

test('the score model is in force, each of its rules gave somebody points, and people have every letter of the grade', async () => {
  const live = await liveScoreModel(db)
  if (!live) throw new Error('There is no score model.')
  expect(live).toMatchObject({ version: 1, byName: 'Marta Lindqvist' })
  expect(new Set(live.model.rules.map((it) => it.dimension))).toEqual(new Set(['fit', 'engagement']))
  expect(live.model.dimensions.map((it) => [it.id, it.halfLifeDays ?? null])).toEqual([
    ['fit', null],
    ['engagement', 30],
  ])
  const catalog = await currentCatalog(db)
  expect(checkScoreModel({ rules: live.model.rules, grade: live.model.grade }, catalog)).toEqual([])
  expect(catalog.grade).toEqual(live.model.grade)
  const silent = []
  for (const { id } of live.model.rules)
    if ((await count('select count(distinct contact_id) as n from ledger where rule = $1', [`${id}@1`])) === 0) silent.push(id)
  expect(silent).toEqual([])
  expect(await count(`select count(*) as n from scan where status <> 'done'`)).toBe(0)
  const at = live.model.grade?.fit.at ?? []
  const fit = await db.query<{ points: number }>(`select sum(points) as points from ledger where dimension = 'fit' group by contact_id`)
  const place = (points: number) => at.findIndex((it) => points >= it)
  expect(new Set(fit.map((it) => place(Number(it.points))))).toEqual(new Set([0, 1, 2, -1]))
})

test('everybody is in the company that their file names, and the team closes on days of its calendar', async () => {
  const { companies } = await listCompanies(db, { search: '', after: null, limit: 100 })
  expect(companies).toHaveLength(20)
  expect(companies.reduce((sum, it) => sum + it.people, 0)).toBe(200)
  expect(companies.every((it) => it.people > 0 && it.domain !== null && Number(it.data.employees) > 0)).toBe(true)
  const astray = `select count(*) as n from related r join contact c on c.bucket = r.bucket and c.id = r.contact_id
    where r.kind = 'company' and (c.facts->'f'->>'company' <> r.data->>'name' or c.facts->'f'->>'company_size' <> r.data->>'employees')`
  expect(await count(astray)).toBe(0)
  const [calendar, ...more] = await listCalendars(db)
  expect(more).toEqual([])
  expect((await listTeams(db)).map((it) => it.calendarId)).toEqual([calendar?.id])
  const days = calendar?.holidays ?? []
  expect(days.map((it) => it.date)).toEqual([...new Set(days.map((it) => it.date))].sort())
  expect(days).toContainEqual({ date: '2026-05-01', name: 'Labour Day' })
  expect(days).toContainEqual({ date: '2027-12-24', name: 'Closed: Christmas Eve' })
  expect(days.filter((it) => it.date >= '2026-03-13').length).toBeGreaterThan(5)
})
