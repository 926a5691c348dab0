import { DAY, HOUR, sumScore } from '@baton/leads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  arbitraryProgramme,
  arbitraryScoreModel,
  buildGraph,
  planOf,
  programmeCatalog,
  runInMemory,
  samplePerson,
} from '../../testing/index.ts'
import {
  advance,
  type Catalog,
  type Condition,
  type ContactState,
  checkScoreModel,
  emptyCatalog,
  emptyState,
  type InboxItem,
  linesUnder,
  type Plan,
  type PublishedModel,
  publishRules,
  type Rule,
  type ScoreRule,
} from '../index.ts'

const T = Date.UTC(2026, 2, 2, 9)
const ida = { kind: 'user', id: 'u' } as const
const catalog: Catalog = {
  ...emptyCatalog('UTC'),
  fields: [
    { key: 'job', label: 'Job', type: 'text' },
    { key: 'size', label: 'Size', type: 'number' },
    { key: 'duration', label: 'Duration of the call', type: 'number', afterOutcome: true },
  ],
  dimensions: [
    { id: 'fit', name: 'Fit', cap: 4000 },
    { id: 'engagement', name: 'Engagement' },
  ],
}
const all = (...rules: Rule[]): Condition => ({ combinator: 'and', rules })
const chief = all({ subject: { kind: 'field', key: 'job' }, op: 'contains', value: 'chief' })
const large = all({ subject: { kind: 'field', key: 'size' }, op: 'ge', value: 100 })
const about = (id: string, points: number, when: Condition, dimension = 'fit'): ScoreRule => ({
  kind: 'attribute',
  id,
  name: '',
  dimension,
  points,
  when,
})
const each = (id: string, points: number, event: string, more: Partial<Extract<ScoreRule, { kind: 'behaviour' }>> = {}): ScoreRule => ({
  kind: 'behaviour',
  id,
  name: '',
  dimension: 'engagement',
  points,
  event,
  where: [],
  atMost: null,
  ...more,
})
const modelOf = (rules: readonly ScoreRule[], version = 1, before: PublishedModel['rules'] = []): PublishedModel => ({
  version,
  rules: publishRules(rules, { before, version, catalog }),
  grade: null,
})
const planWith = (rules: readonly ScoreRule[], more: Partial<Catalog> = {}): Plan => planOf({}, [], { ...catalog, ...more }, modelOf(rules))
const ada = emptyState(samplePerson({ key: 'ada', fields: {} }))
const turn = (plan: Plan, state: ContactState, items: InboxItem[], now = T) => advance(plan, state, { now, items }, { now, seed: '' })
const set = (values: Record<string, string | number | null>, at = T): InboxItem => ({ kind: 'fields', at, set: values, source: ida })
const event = (id: string, type: string, at: number, more: object = {}): InboxItem => ({
  kind: 'event',
  at,
  event: { id, type, props: {}, occurredAt: at, receivedAt: at, ...more },
})
const score = (state: ContactState, dimension = 'fit', at = T) =>
  sumScore(state.ledger, dimension, at, dimension === 'fit' ? { cap: 4000 } : {})

describe('rules about the person', () => {
  const plan = planWith([about('chief', 3000, chief), about('large', 2000, large)])

  test('E-353 E-354 give points while they hold, under the cap, and take back exactly what they gave', () => {
    const one = turn(plan, ada, [set({ job: 'Chief of all', size: 500 })])
    expect(one.ledger).toEqual([
      {
        key: `ada/!chief@1/${T}`,
        dimension: 'fit',
        points: 3000,
        at: T,
        rule: 'chief@1',
        cause: { ruleId: 'chief', model: 1 },
        held: true,
      },
      {
        key: `ada/!large@1/${T}`,
        dimension: 'fit',
        points: 2000,
        at: T,
        rule: 'large@1',
        cause: { ruleId: 'large', model: 1 },
        held: true,
      },
    ])
    expect(score(one.state)).toBe(4000)
    const two = turn(plan, one.state, [set({ job: null })], T + DAY)
    expect(two.ended).toEqual([{ key: `ada/!chief@1/${T}`, at: T + DAY }])
    expect(two.ledger).toEqual([])
    expect(score(two.state)).toBe(2000)
    expect(turn(plan, two.state, [set({ size: 200 })], T + 2 * DAY)).toMatchObject({ ledger: [], ended: [] })
  })

  test('E-354 what turns back within a turn was never gone, and what comes and goes in one was never there', () => {
    const there = turn(plan, ada, [set({ job: 'Chief' })]).state
    const back = turn(plan, there, [set({ job: null }), set({ job: 'The chief' })], T + 1)
    expect(back).toMatchObject({ ledger: [], ended: [] })
    expect(back.state.ledger).toEqual(there.ledger)
    expect(turn(plan, ada, [set({ job: 'Chief' }), set({ job: null })])).toMatchObject({ ledger: [], ended: [], state: { ledger: [] } })
  })

  test('E-353 time alone makes a condition true and untrue', () => {
    const lately: Condition = all({
      subject: { kind: 'event', type: 'visit', where: [], window: { kind: 'days', days: 2 } },
      op: 'ge',
      value: 1,
    })
    const timed = planWith([about('lately', 100, lately)])
    const one = turn(timed, ada, [event('e', 'visit', T)])
    expect(score(one.state)).toBe(100)
    expect(one.state.rechecks).toEqual({ '!lately': T + 2 * DAY })
    const later = turn(timed, one.state, [], T + 2 * DAY)
    expect(later.ended).toHaveLength(1)
    expect(later.state.rechecks).toEqual({})
  })

  test('E-353 a segment sees the points that the same fact brought, and joins once', () => {
    const good: Condition = all({ subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 30 })
    const withSegment = planOf({}, [{ id: 'seg', condition: good }], catalog, modelOf([about('chief', 3000, chief)]))
    const one = turn(withSegment, ada, [set({ job: 'Chief' })])
    expect(one.members.filter((it) => it.since !== null)).toEqual([{ segmentId: 'seg', since: T, recheckAt: null }])
    expect(turn(withSegment, one.state, [set({ job: null })]).members).toMatchObject([{ segmentId: 'seg', since: null }])
  })

  test('E-354 a trigger by score hears of points that a rule gives', () => {
    const graph = buildGraph(
      [
        ['in', 'trigger', { v: 2, on: { kind: 'score', dimension: 'fit', way: 'up', points: 20 } }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>end'],
    )
    const listening = planOf({ f: graph }, [], catalog, modelOf([about('chief', 3000, chief)]))
    expect(turn(listening, ada, [set({ job: 'Chief' })]).enrolments).toHaveLength(1)
  })

  test('E-350 who is there already gets a line at the first look, one that was taken away is told and left out', () => {
    expect(turn(plan, turn(planWith([]), ada, [set({ job: 'Chief' })]).state, [{ kind: 'rescore', at: T }]).ledger).toHaveLength(1)
    const lost = planWith([about('chief', 3000, chief), about('large', 2000, large)], {
      fields: catalog.fields.filter((it) => it.key !== 'job'),
    })
    expect(lost.scoring?.broken).toMatchObject([{ rule: 'chief' }])
    expect(turn(lost, ada, [set({ size: 100 })]).ledger).toHaveLength(1)
  })
})

describe('rules about happenings', () => {
  test('E-351 a line per event, when it occurred; machines do not count; the same event counts once', () => {
    const plan = planWith([each('visit', 500, 'visit'), each('big', 200, 'visit', { where: [{ key: 'amount', op: 'gt', value: 10 }] })])
    const late = event('b', 'visit', T + HOUR, { occurredAt: T - DAY, props: { amount: 20 } })
    const done = turn(plan, ada, [event('a', 'visit', T), late, late, event('c', 'visit', T, { machine: true })], T + HOUR)
    expect(done.ledger.map(({ key, points, at, cause }) => [key, points, at, cause])).toEqual([
      ['ada/!visit@1/a', 500, T, { ruleId: 'visit', model: 1, event: 'a' }],
      ['ada/!visit@1/b', 500, T - DAY, { ruleId: 'visit', model: 1, event: 'b' }],
      ['ada/!big@1/b', 200, T - DAY, { ruleId: 'big', model: 1, event: 'b' }],
    ])
  })

  test('E-352 at most so many in so many days, whatever the order in which they come', () => {
    const plan = planWith([each('visit', 500, 'visit', { atMost: { count: 2, days: 1 } })])
    const times = fc.array(fc.integer({ min: 0, max: 96 }), { minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(times, (hours) => {
        const items = hours.map((h, i) => event(`e${i}`, 'visit', T + 4 * DAY, { occurredAt: T + h * HOUR }))
        const given = turn(plan, ada, items, T + 4 * DAY).ledger.map((it) => it.at)
        expect(given.length).toBeGreaterThan(1)
        for (const at of given) expect(given.filter((it) => it >= at && it < at + DAY).length).toBeLessThanOrEqual(2)
      }),
      { seed: 41, numRuns: 200 },
    )
    const daily = [0, 24, 48].map((h) => event(`d${h}`, 'visit', T + h * HOUR))
    expect(turn(plan, ada, daily, T + 2 * DAY).ledger).toHaveLength(3)
  })
})

describe('a new version', () => {
  const rules = [about('chief', 3000, chief), each('visit', 500, 'visit')]
  const first = modelOf(rules)
  const planBy = (model: PublishedModel) => planOf({}, [], catalog, model)
  const history = turn(planBy(first), ada, [set({ job: 'Chief', size: 200 }), event('a', 'visit', T)]).state

  test('E-350 keeps the lines of rules that say what they said, also under another name', () => {
    const [chiefs, visits] = rules
    if (!chiefs || !visits) throw new Error('no rules')
    const second = modelOf(
      [
        { ...chiefs, name: 'Top people' },
        { ...visits, points: 700 },
      ],
      2,
      first.rules,
    )
    expect(second.rules.map(({ since, words }) => [since, words])).toEqual([
      [1, 'Top people'],
      [2, 'they did visit'],
    ])
    const done = turn(planBy(second), history, [{ kind: 'rescore', at: T }], T + DAY)
    expect(done.ended).toEqual([{ key: 'ada/!visit@1/a', at: T + DAY }])
    expect(done.ledger).toMatchObject([{ key: 'ada/!visit@2/a', at: T, points: 700, cause: { model: 2 } }])
    expect(turn(planBy(second), done.state, [{ kind: 'rescore', at: T }], T + DAY)).toMatchObject({ ledger: [], ended: [] })
  })

  test('E-355 no trigger by score fires, segments follow; points of events that are gone stay with their rule', () => {
    const second = modelOf([...rules, about('large', 2000, large)], 2, first.rules)
    const good: Condition = all({ subject: { kind: 'score', dimension: 'engagement' }, op: 'ge', value: 7 })
    const graph = buildGraph(
      [
        ['in', 'trigger', { v: 2, on: { kind: 'score', dimension: 'engagement', way: 'up', points: 6 } }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>end'],
    )
    const more = modelOf([...rules, each('twice', 300, 'visit')], 2, first.rules)
    const plan = planOf({ f: graph }, [{ id: 'seg', condition: good }], catalog, more)
    const done = turn(plan, history, [{ kind: 'rescore', at: T }])
    expect(done.enrolments).toEqual([])
    expect(done.members.map((it) => it.segmentId)).toContain('seg')
    const forgotten = turn(planBy(second), { ...history, events: [] }, [{ kind: 'rescore', at: T }])
    expect(forgotten.ended).toEqual([])
    expect(forgotten.ledger).toMatchObject([{ rule: 'large@2' }])
  })
})

describe('what is wrong with a draft', () => {
  const codes = (rules: ScoreRule[], more: Partial<Catalog> = {}) =>
    checkScoreModel({ rules, grade: null }, { ...catalog, ...more }).map(({ rule, code, severity }) => [rule, code, severity])

  test('E-356 a score that depends on itself, at once, by a segment, or by another score', () => {
    const byScore = (dimension: string): Condition => all({ subject: { kind: 'score', dimension }, op: 'ge', value: 1 })
    expect(codes([about('a', 100, byScore('fit'))])).toEqual([['a', 'circle', 'error']])
    expect(codes([about('a', 100, byScore('engagement'))])).toEqual([])
    expect(codes([about('a', 100, byScore('engagement')), about('b', 100, byScore('fit'), 'engagement')])).toEqual([
      ['a', 'circle', 'error'],
      ['b', 'circle', 'error'],
    ])
    const segments = [{ id: 's', name: 'S', condition: byScore('fit') }]
    const graded = {
      grade: { fit: { dimension: 'fit', at: [30, 20, 10] as const }, engagement: { dimension: 'engagement', at: [30, 20, 10] as const } },
    }
    expect(codes([about('a', 100, all({ subject: { kind: 'grade' }, op: 'is', value: 'A1' }))], graded)).toEqual([['a', 'circle', 'error']])
    const member = all({ subject: { kind: 'segment', segmentId: 's' }, op: 'is' })
    expect(codes([about('a', 100, member)], { segments })).toEqual([['a', 'circle', 'error']])
    expect(planWith([about('a', 100, member)], { segments }).scoring?.broken).toMatchObject([{ rule: 'a' }])
  })

  test('E-357 what is known only after the outcome is a warning, also by way of a segment', () => {
    const late = all({ subject: { kind: 'field', key: 'duration' }, op: 'gt', value: 200 })
    const segments = [{ id: 's', name: 'S', condition: late }]
    expect(codes([about('a', 100, late)])).toEqual([['a', 'after-outcome', 'warning']])
    expect(codes([about('a', 100, all({ subject: { kind: 'segment', segmentId: 's' }, op: 'is' }))], { segments })).toEqual([
      ['a', 'after-outcome', 'warning'],
    ])
  })

  test('E-350 what is missing is told with its place', () => {
    expect(codes([about('a', 0, all(), 'gone'), each('b', 100, '')])).toEqual([
      ['a', 'dimension', 'error'],
      ['a', 'points', 'error'],
      ['a', 'condition', 'error'],
      ['b', 'event', 'error'],
    ])
    const at = (dimension: string, ...three: [number, number, number]) => ({ dimension, at: three })
    const grades = (fit: ReturnType<typeof at>, engagement: ReturnType<typeof at>) =>
      checkScoreModel({ rules: [], grade: { fit, engagement } }, catalog).length
    expect(grades(at('fit', 30, 20, 10), at('engagement', 30, 20, 10))).toBe(0)
    expect(grades(at('fit', 30, 30, 10), at('gone', 30, 20, 10))).toBe(2)
    expect(grades(at('fit', 30, 20, 10), at('fit', 30, 20, 10))).toBe(1)
  })
})

describe('any model', () => {
  test('E-353 E-354 E-355 the lines in the end are those of the model over person and history, and a look back changes nothing', () => {
    const seen = { held: 0, happened: 0, ended: 0 }
    fc.assert(
      fc.property(arbitraryProgramme, arbitraryScoreModel, (programme, model) => {
        const plan = planOf({}, programme.segments, programmeCatalog, model)
        const start = Math.min(...programme.contacts.flatMap((it) => it.items.map((item) => item.at)))
        const contacts = programme.contacts.map(({ state, items }) => ({
          state: { ...state, enrolments: [], past: [] },
          items: [{ kind: 'rescore' as const, at: start }, ...items.filter((it) => it.kind !== 'enrol')],
        }))
        const until = start + 20 * DAY
        const { contacts: ends, turns } = runInMemory(plan, contacts, until)
        for (const { result } of turns) seen.ended += result.ended.length
        for (const state of ends) {
          for (const line of state.ledger) seen[line.held ? 'held' : 'happened'] += 'ruleId' in line.cause ? 1 : 0
          const meant = linesUnder(plan.scoring ?? compiledNothing(), state, until, plan.dimensions)
          // Some bring points along that no rule gave.
          const given = (lines: typeof meant) => new Set(lines.flatMap((it) => ('ruleId' in it.cause ? [it.key] : [])))
          expect(given([...state.ledger])).toEqual(given(meant))
          expect(turn(plan, state, [{ kind: 'rescore', at: until }], until)).toMatchObject({ ledger: [], ended: [] })
        }
      }),
      { seed: 42, numRuns: 150 },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20)
  })

  test('E-358 without rules a plan has no scoring', () => {
    expect(planWith([]).scoring).toBeNull()
    expect(planOf({}, [], catalog).scoring).toBeNull()
  })
})

function compiledNothing(): never {
  throw new Error('the model has rules')
}
