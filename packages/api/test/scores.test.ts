import { addContacts, createIds, listAudit } from '@baton/db'
import type { Condition } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const PEOPLE = 40
const company = (value: string): Condition => ({
  combinator: 'and',
  rules: [{ subject: { kind: 'field', key: 'company' }, op: 'is', value }],
})
const talk: Condition = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'talk' }, op: 'gt', value: 100 }] }
const dimensions = [
  { id: 'fit', name: 'Fit', cap: 4000 },
  { id: 'engagement', name: 'Engagement', halfLifeDays: 30 },
]
const kiesel = { kind: 'attribute' as const, id: 'kiesel', dimension: 'fit', points: 3000, when: company('Kiesel') }
const grade = {
  fit: { dimension: 'fit', at: [3000, 2000, 1000] as [number, number, number] },
  engagement: { dimension: 'engagement', at: [3000, 2000, 1000] as [number, number, number] },
}

describe.each(KINDS)('the score model (%s)', (kind) => {
  let api: TestApi
  let marketer: Caller
  beforeAll(async () => {
    api = await openApi(kind)
    marketer = api.as('marketer')
    await api.as('admin').fields.create({ label: 'Talk', type: 'number', afterOutcome: true })
    const people = Array.from({ length: PEOPLE }, (_, i) => {
      const email = `p${i}@example.com`
      return { email, external: null, consent: {}, fields: { email, company: i % 4 === 0 ? 'Kiesel' : 'Other', talk: i } }
    })
    const at = api.clock.now()
    const made = await api.db.transaction((tx) => addContacts(tx, createIds(tx), people, { at, textKeys: ['company'] }))
    if (made === 'taken') throw new Error('taken')
  })
  afterAll(() => api.close())

  test('begins with no rules; a draft is kept under a number, and two do not overwrite one another', async () => {
    const { inForce, draft, scoring } = await marketer.scores.model()
    expect([inForce.version, inForce.rules, draft, scoring]).toEqual([0, [], null, null])
    const model = { dimensions, rules: [kiesel], grade }
    expect(await marketer.scores.save({ rev: 0, model })).toEqual({ rev: 1 })
    expect(await codeOf(marketer.scores.save({ rev: 0, model }))).toBe('CONFLICT')
    expect(await marketer.scores.save({ rev: 1, model })).toEqual({ rev: 2 })
    expect((await marketer.scores.model()).draft).toMatchObject({ rev: 2, rules: [kiesel] })
    expect(await codeOf(marketer.scores.save({ rev: 2, model: { ...model, dimensions: dimensions.slice(0, 1) } }))).toBe('CONFLICT')
  })

  test('a preview says for real people what would change, and changes nothing', async () => {
    const preview = await marketer.scores.preview({ model: { dimensions, rules: [kiesel], grade } })
    expect(preview).toMatchObject({ looked: PEOPLE, people: PEOPLE, rescored: { count: 10 }, regraded: { count: PEOPLE } })
    expect(preview.grades?.filter((it) => it.after > 0)).toEqual([
      { grade: 'A4', before: 0, after: 10 },
      { grade: 'D4', before: 0, after: 30 },
    ])
    const [first] = preview.shown
    expect(first?.scores[0]).toMatchObject({
      before: 0,
      after: 3000,
      reasons: [{ rule: 'Company is Kiesel', points: 3000, change: 'new' }],
    })
    const fit = preview.distributions.find((it) => it.dimension === 'fit')
    expect(fit?.before.reduce((a, b) => a + b)).toBe(PEOPLE)
    expect(fit?.after.at(-1)).toBe(10)
    expect(await api.db.query('select 1 from ledger')).toEqual([])
  })

  test('what is not sound is not published, and a warning wants to be read', async () => {
    const late = { ...kiesel, id: 'late', when: talk }
    await marketer.scores.save({ rev: 2, model: { dimensions, rules: [{ ...kiesel, points: 0 }], grade } })
    await expect(marketer.scores.publish({ rev: 3 })).rejects.toThrow('Give the points')
    await marketer.scores.save({ rev: 3, model: { dimensions, rules: [late], grade } })
    await expect(marketer.scores.publish({ rev: 4 })).rejects.toThrow('“Talk” is known only after the outcome')
    await marketer.scores.save({ rev: 4, model: { dimensions, rules: [kiesel], grade } })
    expect(await codeOf(marketer.scores.publish({ rev: 4 }))).toBe('CONFLICT')
  })

  test('keeps a score that came by an import after the draft was begun', async () => {
    const settings = await api.as('admin').workspace.settings()
    const more = [...settings.dimensions.map(({ version: _, ...it }) => it), { id: 'later', name: 'Later' }]
    await api.as('admin').workspace.change({ dimensions: more })
    expect((await marketer.scores.model()).draft?.dimensions.map((it) => it.id)).toEqual(['fit', 'engagement', 'later'])
  })

  test('a version is published with its pass over everybody, for ever and for the record', async () => {
    expect(await marketer.scores.publish({ rev: 5, note: 'First' })).toEqual({ version: 1 })
    const { inForce, draft, scoring } = await marketer.scores.model()
    expect(inForce).toMatchObject({
      version: 1,
      rules: [kiesel],
      grade,
      dimensions: [{ cap: 4000 }, { halfLifeDays: 30 }, { id: 'later' }],
    })
    expect([draft, scoring?.kind, scoring?.status, scoring?.total]).toEqual([null, 'score', 'running', PEOPLE])
    expect((await marketer.scores.versions())[0]).toMatchObject({
      version: 1,
      note: 'First',
      rules: [{ words: 'Company is Kiesel', isNew: true }],
    })
    const id = scoring?.id ?? ''
    await marketer.scores.stop({ id })
    expect(await codeOf(marketer.scores.stop({ id }))).toBe('CONFLICT')
    await marketer.scores.resume({ id })
    expect((await marketer.scores.model()).scoring?.status).toBe('running')
    const [last] = await listAudit(api.db, { subject: { kind: 'scores', id: '1' }, limit: 5 })
    expect(last).toMatchObject({ action: 'scores.published', actor: { name: 'The marketer' } })
  })

  test('is named where it uses a field', async () => {
    const uses = await marketer.uses.of({ kind: 'field', id: 'company' })
    expect(uses).toContainEqual({ by: 'scores', id: 'scores', name: 'Score model', live: true })
  })

  test('a report holds the scores against an outcome, and says where it is fooled', async () => {
    await api.db.query(
      `insert into ledger (bucket, contact_id, key, dimension, points, at, rule, cause, held)
       select bucket, id, 'k', 'fit', 3000, $1, 'kiesel@1', '{"ruleId":"kiesel","model":1}', true from contact where facts->'f'->>'company' = 'Kiesel'`,
      [api.clock.now()],
    )
    const outcome: Condition = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'talk' }, op: 'lt', value: 4 }] }
    const report = await marketer.scores.report({ dimension: 'fit', outcome })
    // One of the four with the outcome, and nine of the 36 without, have the points: the score tells nothing.
    expect(report).toMatchObject({ people: PEOPLE, positive: 4, ranking: { auc: 0.5 }, warnings: [] })
    expect(report.lift).toHaveLength(10)
    expect(await marketer.scores.report({ dimension: 'fit', outcome: company('Kiesel') })).toMatchObject({
      ranking: { auc: 1 },
      warnings: [expect.stringContaining('the outcome itself')],
    })
    const nobody = await marketer.scores.report({ dimension: 'fit', outcome: company('Nobody') })
    expect(nobody).toMatchObject({ positive: 0, ranking: null, lift: [] })
    expect(await codeOf(marketer.scores.report({ dimension: 'gone', outcome }))).toBe('NOT_FOUND')
  })

  test('LS-11 EC-25 the grade stands in the list of contacts, sorts it, narrows it, and cannot be taken away while a segment asks for it', async () => {
    const isA: Condition = { combinator: 'and', rules: [{ subject: { kind: 'grade' }, op: 'any-of', value: ['A1', 'A4'] }] }
    const sorted = async (descending: boolean, condition?: Condition) => {
      const seen: (string | null)[] = []
      for (let after: Awaited<ReturnType<Caller['contacts']['list']>>['next'] = null; ; ) {
        const page = await marketer.contacts.list({
          sort: { by: ':grade', descending },
          after,
          ...(condition && { filter: { condition } }),
        })
        seen.push(...page.rows.map((it) => it.grade))
        after = page.next
        if (!after) return seen
      }
    }
    const [a, d] = [Array.from({ length: PEOPLE / 4 }, () => 'A4'), Array.from({ length: (PEOPLE * 3) / 4 }, () => 'D4')]
    expect(await sorted(false)).toEqual([...a, ...d])
    expect(await sorted(true)).toEqual([...d, ...a])
    expect(await sorted(true, isA)).toEqual(a)
    const { id } = await marketer.segments.create({ name: 'The best', condition: isA })
    const { draft } = await marketer.scores.model()
    await marketer.scores.save({
      rev: draft?.rev ?? 0,
      model: { dimensions: [...dimensions, { id: 'later', name: 'Later' }], rules: [kiesel], grade: null },
    })
    const rev = (await marketer.scores.model()).draft?.rev ?? 0
    await expect(marketer.scores.publish({ rev })).rejects.toThrow('The grade stays: it is used by 1 segment (The best)')
    // Thresholds that move have everybody looked at again for that segment.
    await api.db.query(`update scan set status = 'done'`)
    const moved = { ...grade, fit: { dimension: 'fit', at: [3500, 2000, 1000] as [number, number, number] } }
    await marketer.scores.save({
      rev,
      model: { dimensions: [...dimensions, { id: 'later', name: 'Later' }], rules: [kiesel], grade: moved },
    })
    await marketer.scores.publish({ rev: rev + 1 })
    expect(await api.db.query(`select kind, segment_id as segment from scan where status = 'running' order by 1`)).toEqual([
      { kind: 'score', segment: null },
      { kind: 'segment', segment: id },
    ])
    expect((await sorted(false))[0]).toBe('B4')
  })

  test('leaves in a bundle with the fields that its rules ask for, and arrives as a draft where there is none', async () => {
    const flow = await marketer.flows.create({ name: 'Any' })
    const out = await marketer.flows.bundle({ id: flow.id })
    expect(out.scoreModel).toMatchObject({ rules: [kiesel], grade: { engagement: grade.engagement } })
    const file = JSON.parse(JSON.stringify(out))
    // Where a model is in force, nothing is put in its place.
    await marketer.flows.importBundle({ file })
    expect((await marketer.scores.model()).draft).toBeNull()
    await api.db.query('delete from score_model')
    await marketer.flows.importBundle({ file })
    const { inForce, draft } = await marketer.scores.model()
    expect([inForce.version, draft?.rules]).toEqual([0, [{ ...kiesel, name: '' }]])
  })

  test('tells of the newest pass, also where several begin in one instant', async () => {
    await marketer.scores.discard()
    await api.db.query('delete from scan')
    const { inForce } = await marketer.scores.model()
    for (let i = 1; i <= 4; i++) {
      await marketer.scores.save({ rev: 0, model: { dimensions: inForce.dimensions, rules: [{ ...kiesel, points: 3000 + i }], grade } })
      const { version } = await marketer.scores.publish({ rev: 1 })
      const { scoring } = await marketer.scores.model()
      expect(scoring?.version).toBe(version)
      // It may be stopped, and go on.
      const id = scoring?.id ?? ''
      await marketer.scores.stop({ id })
      await marketer.scores.resume({ id })
      expect((await marketer.scores.model()).scoring?.status).toBe('running')
    }
  })
})
