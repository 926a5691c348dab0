import { agreementRow, type Role } from '@baton/db'
import { EMPTY_AGREEMENT } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { figure, periodOf, remindOfReviews } from '../src/index.ts'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'
import { lead } from './lead.ts'

const content = (atLeast: number, reviewOn: string | null = null) => ({
  ...EMPTY_AGREEMENT,
  thresholds: [{ dimension: 'fit', atLeast }],
  reviewOn,
})

describe.each(KINDS)('agreements (%s)', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  }, 120_000)
  afterAll(() => api.close())

  const get = (id: string) => api.as('reviewer').agreements.get({ id })
  async function made(reviewOn: string | null = null): Promise<string> {
    const { id } = await api.as('marketer').agreements.create({ name: 'Ready for sales' })
    await api.as('marketer').agreements.change({ id, rev: 0, name: 'Ready for sales', content: content(60, reviewOn) })
    return id
  }
  async function sign(id: string, role: Role, side: 'marketing' | 'sales') {
    const { versions } = await get(id)
    const last = versions.at(-1)
    return api.as(role).agreements.sign({ id, version: last?.version ?? 0, hash: last?.hash ?? '', side })
  }

  test('AG-3 what says nothing cannot be signed, and says why', async () => {
    const { id } = await api.as('sales_manager').agreements.create({ name: 'Empty' })
    expect((await get(id)).versions[0]?.problems).toEqual(['It says of nobody who qualifies: add a criterion or a threshold.'])
    await expect(sign(id, 'marketer', 'marketing')).rejects.toThrow(/cannot be signed yet/)
  })

  test('AG-5 each side signs for itself: a marketer, a sales manager, an admin for one of them', async () => {
    const id = await made()
    expect(await codeOf(sign(id, 'marketer', 'sales'))).toBe('FORBIDDEN')
    expect(await codeOf(sign(id, 'sales_manager', 'marketing'))).toBe('FORBIDDEN')
    expect(await codeOf(sign(id, 'reviewer', 'marketing'))).toBe('FORBIDDEN')
    expect(await sign(id, 'admin', 'sales')).toEqual({ inForce: false })
    await expect(sign(id, 'admin', 'marketing')).rejects.toThrow(/You have signed for the other side/)
    expect(await sign(id, 'marketer', 'marketing')).toEqual({ inForce: true })
    const [row] = await api.as('reviewer').agreements.list()
    expect(await get(id)).toMatchObject({ deciding: 1, draft: null, versions: [{ signed: true }] })
    expect(row).toBeDefined()
  })

  test('AG-6 a change of what one side has signed says whose signature is void; a stale page is told', async () => {
    const id = await made()
    await sign(id, 'sales_manager', 'sales')
    const asked = async (role: Role) => (await api.as(role).home.look()).agreements.filter((it) => it.id === id)
    expect(await asked('marketer')).toEqual([{ kind: 'sign', id, name: 'Ready for sales', version: 1, signedBy: 'The sales_manager' }])
    expect([await asked('sales_manager'), await asked('reviewer')]).toEqual([[], []])
    const { rev, versions } = await get(id)
    const done = await api.as('marketer').agreements.change({ id, rev, name: 'Ready', content: content(61) })
    expect(done).toEqual({ version: 1, voided: ['The sales_manager'] })
    expect(await codeOf(api.as('marketer').agreements.change({ id, rev, name: 'Ready', content: content(62) }))).toBe('CONFLICT')
    const stale = { id, version: 1, hash: versions[0]?.hash ?? '', side: 'sales' as const }
    await expect(api.as('sales_manager').agreements.sign(stale)).rejects.toThrow(/changed since you read it/)
  })

  test('AG-7 one takes back one’s own signature; an admin any', async () => {
    const id = await made()
    await sign(id, 'marketer', 'marketing')
    await sign(id, 'sales_manager', 'sales')
    const [of] = (await get(id)).versions[0]?.signatures ?? []
    const back = (role: Role) => api.as(role).agreements.withdraw({ id, signatureId: of?.id ?? '' })
    expect(await codeOf(back('sales_manager'))).toBe('CONFLICT')
    await back('admin')
    expect((await get(id)).versions[0]).toMatchObject({
      signed: false,
      signatures: [
        { side: 'marketing', ended: 'withdrawn' },
        { side: 'sales', ended: null },
      ],
    })
  })

  test('two versions differ in words; a draft over a version in force can be thrown away', async () => {
    const id = await made()
    await sign(id, 'marketer', 'marketing')
    await sign(id, 'sales_manager', 'sales')
    await api.as('sales_manager').agreements.change({ id, rev: (await get(id)).rev, name: 'Ready', content: content(70) })
    expect(await get(id)).toMatchObject({ deciding: 1, draft: 2 })
    const [change] = await api.as('reviewer').agreements.compare({ id, from: 1, to: 2 })
    expect(change).toMatchObject({ about: 'Threshold' })
    expect(change?.after?.map((it) => it.text).join(' ')).toBe('Fit score is at least 70')
    await api.as('marketer').agreements.discard({ id, rev: (await get(id)).rev })
    expect(await get(id)).toMatchObject({ deciding: 1, draft: null })
  })

  test('what a segment asks for stays, and neither asks around in a circle', async () => {
    const id = await made()
    const meets = { combinator: 'and' as const, rules: [{ subject: { kind: 'agreement' as const, agreementId: id }, op: 'is' as const }] }
    const { id: segmentId } = await api.as('marketer').segments.create({ name: 'Meets it', condition: meets })
    await expect(api.as('marketer').agreements.remove({ id })).rejects.toThrow(/used by 1 segment \(Meets it\)/)
    const inIt = { combinator: 'and' as const, rules: [{ subject: { kind: 'segment' as const, segmentId }, op: 'is' as const }] }
    const { rev } = await get(id)
    const around = api.as('marketer').agreements.change({ id, rev, name: 'Ready', content: { ...content(60), fit: inIt } })
    await expect(around).rejects.toThrow(/would ask for itself: Ready → Meets it → Ready/)
    await api.as('marketer').segments.remove({ id: segmentId })
    await api.as('marketer').agreements.remove({ id })
    expect(await codeOf(get(id))).toBe('NOT_FOUND')
  })

  test('what came of it is told with honest counts: nothing yet is nothing', async () => {
    const id = await made()
    const found = await api.as('sales_manager').agreements.measured({ id, period: 'quarter' })
    expect(found).toMatchObject({ tally: { handed: 0 }, accepted: { of: 0, n: 0, share: null, drift: null }, reasons: [], versions: [] })
    expect(await api.as('sales_manager').agreements.criteria({ id, period: 'year' })).toMatchObject({
      leads: 0,
      criteria: [{ met: { of: 0 } }],
    })
    const suggested = await api.as('marketer').agreements.suggestions({ id })
    expect(suggested).toMatchObject({ rejected: { group: 0, found: [] }, won: { group: 0, found: [] }, floor: { people: 30, cases: 10 } })
    const history = await api.as('reviewer').agreements.history({ id, dimension: 'fit', weeks: 26 })
    expect(history).toMatchObject({ handed: [], left: [], leftWon: 0, threshold: 60, otherCriteria: 0 })
  })

  test('leads are judged by the scores they were handed over with, whatever sales did to their points since', async () => {
    const id = await made()
    const at = api.clock.now()
    for (const [email, fit, state] of [
      ['high@kyst.example', 7000, 'rejected'],
      ['low@kyst.example', 4000, 'accepted'],
    ] as const) {
      const { id: leadId, contactId } = await lead(api, { email, repId: null, state, ago: 3_600_000 })
      await api.db.query(
        `update handoff set agreement_id = $1, agreement_version = 1, outcome = $4, packet = jsonb_set(packet, '{scores,fit}', to_jsonb($3::int))
         where id = $2`,
        [id, leadId, fit, state === 'rejected' ? 'rejected' : null],
      )
      // The one's points were lowered when it came back; the other's came later.
      await api.db.query(
        `insert into ledger (bucket, contact_id, key, dimension, points, at, until, rule, cause)
         values ($1, $2, 'p', 'fit', 7000, $3, $4, 'r', '{"flowId":"f","node":"n","visit":1}'::jsonb)`,
        [contactId % 1024, contactId, at - 7_200_000, state === 'rejected' ? at : null],
      )
    }
    api.clock.advance(60_000)
    const { leads, criteria } = await api.as('sales_manager').agreements.criteria({ id, period: 'year' })
    expect(leads).toBe(2)
    expect(criteria).toMatchObject([{ met: { n: 1, of: 1 }, unmet: { n: 0, of: 1 }, unknown: { of: 0 } }])
  })

  test('both sides are told of a review when it is near and when it is due, once each', async () => {
    const id = await made('2026-03-10')
    await sign(id, 'marketer', 'marketing')
    await sign(id, 'sales_manager', 'sales')
    const tasks = async (role: Role) => (await api.as(role).home.look()).agreements.filter((it) => it.id === id)
    expect(await tasks('reviewer')).toEqual([{ kind: 'review', id, name: 'Ready for sales', on: '2026-03-10', over: false }])
    const told: string[] = []
    const remind = () =>
      remindOfReviews(api.db, api.clock.now(), {
        baseUrl: 'https://b.example',
        mail: async (it) => told.push(`${it.to.email}: ${it.subject}`),
      })
    await remind()
    await remind()
    expect(told.sort()).toEqual([
      'marketer@example.com: The agreement “Ready for sales” is to be reviewed by 10 March 2026',
      'sales_manager@example.com: The agreement “Ready for sales” is to be reviewed by 10 March 2026',
    ])
    const bell = await api.as('sales_manager').notifications.list({})
    expect(bell.rows.map((it) => it.text)).toContain('The agreement “Ready for sales” is to be reviewed by 10 March 2026.')
    api.clock.advance(9 * 86_400_000)
    await remind()
    expect(told.at(-1)).toMatch(/was due on 10 March 2026/)
    expect((await agreementRow(api.db, id))?.versions).toHaveLength(1)
  })
})

describe('figures', () => {
  test('below twenty nothing is said; a change is told only where both times have enough', () => {
    expect(figure(3, 19, null)).toEqual({ of: 19, n: 3, share: null, before: null, drift: null })
    expect(figure(10, 20, { n: 9, of: 19 })).toMatchObject({ share: { share: 0.5 }, drift: null })
    // By hand: 30/100 against 50/100, pooled 0.4: z = 0.2 / √(0.24 × 0.02) = 2.8868, p = 0.0039.
    const { drift } = figure(50, 100, { n: 30, of: 100 })
    expect(drift?.difference).toBeCloseTo(0.2, 10)
    expect(drift?.p).toBeCloseTo(0.0039, 4)
  })

  test('quarters are those of the calendar where the workspace is', () => {
    const now = Date.UTC(2026, 0, 1, 3)
    const iso = (it: { from: number; to: number } | null) => it && [it.from, it.to].map((at) => new Date(at).toISOString())
    const quarter = periodOf('quarter', now, 'Europe/Berlin')
    expect(iso(quarter)).toEqual(['2025-12-31T23:00:00.000Z', '2026-01-01T03:00:00.000Z'])
    expect(iso(quarter.before)).toEqual(['2025-09-30T22:00:00.000Z', '2025-12-31T23:00:00.000Z'])
    // In New York it is still the last evening of the old year.
    expect(iso(periodOf('quarter', now, 'America/New_York'))).toEqual(['2025-10-01T04:00:00.000Z', '2026-01-01T03:00:00.000Z'])
    expect(periodOf('all', now, 'UTC')).toEqual({ from: 0, to: now, before: null })
  })
})
