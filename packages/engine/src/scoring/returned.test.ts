import { DAY, type DimensionRules, HOUR, modelFactors, sumScore } from '@baton/leads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planOf, runInMemory, samplePerson } from '../../testing/index.ts'
import {
  advance,
  type Catalog,
  type Condition,
  type ContactState,
  type Enrolment,
  emptyCatalog,
  emptyState,
  type HandoffFact,
  type InboxItem,
  linesUnder,
  type Plan,
  publishRules,
  type ScoreRule,
} from '../index.ts'

const T = Date.UTC(2026, 2, 2, 9)
const RATES: DimensionRules = { cap: 6000, factors: modelFactors({ halfLifeDays: 14, expiryDays: 60 }) }
const catalog: Catalog = {
  ...emptyCatalog('UTC'),
  fields: [{ key: 'job', label: 'Job', type: 'text' }],
  dimensions: [
    { ...RATES, id: 'engagement', name: 'Engagement' },
    { id: 'fit', name: 'Fit' },
  ],
}
const happens = (
  id: string,
  points: number,
  event: string,
  atMost: Extract<ScoreRule, { kind: 'behaviour' }>['atMost'] = null,
): ScoreRule => ({
  ...{ kind: 'behaviour', id, name: '', dimension: 'engagement', points, event, where: [], atMost },
})
const chief: ScoreRule = {
  ...{ kind: 'attribute', id: 'chief', name: '', dimension: 'engagement', points: 700 },
  when: { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'job' }, op: 'is', value: 'chief' }] },
}
const RULES: readonly ScoreRule[] = [
  happens('visit', 900, 'visited'),
  happens('bought', 2500, 'bought', { count: 2, days: 10 }),
  happens('gone', -400, 'unsubscribed'),
  happens('no', -300, 'sales.rejected'),
  chief,
]
const planWith = (rules: readonly ScoreRule[], version = 1, before: readonly ScoreRule[] = []): Plan =>
  planOf({}, [], catalog, {
    version,
    rules: publishRules(rules, { before: publishRules(before, { before: [], version: 1, catalog }), version, catalog }),
    grade: null,
  })
const plan = planWith(RULES)
const event = (id: string, type: string, at: number): InboxItem => ({
  kind: 'event',
  at,
  event: { id, type, props: {}, occurredAt: at, receivedAt: at },
})
const job = (value: string | null, at: number): InboxItem => ({
  kind: 'fields',
  at,
  set: { job: value },
  source: { kind: 'user', id: 'u' },
})
const back = (handoff: string, scores: 'reset' | { cap: number }, at: number): InboxItem => ({
  kind: 'handoff',
  at,
  handoff,
  news: { outcome: 'rejected', repId: 'r1', repName: 'Mara', why: 'Timing', scores },
})
const handoff = (key: string): HandoffFact => ({
  ...{ key, teamId: 't', repId: 'r1', state: 'assigned', attempt: 1, node: 'h' },
  enrolment: { flowId: 'f', key: '', entry: 1 },
})
const handed: ContactState = {
  ...emptyState(samplePerson({ key: 'ada', fields: {} })),
  handoffs: ['h1', 'h2', 'h3'].map(handoff),
  ledger: [
    { key: 's', dimension: 'engagement', points: 1100, at: T - 3 * DAY, rule: 'r', cause: { flowId: 'f', node: 'n', visit: 1 } },
    { key: 'p', dimension: 'engagement', points: -200, at: T - 2 * DAY, rule: 'r', cause: { flowId: 'f', node: 'n', visit: 2 } },
  ],
}
const turn = (of: Plan, state: ContactState, items: InboxItem[], now: number) => advance(of, state, { now, items }, { now, seed: '' })
const score = (state: Pick<ContactState, 'ledger'>, at: number) => sumScore(state.ledger, 'engagement', at, RATES)
const rescored = (of: Plan, state: ContactState, at: number) => turn(of, state, [{ kind: 'rescore', at }], at)

describe('the score of somebody whom sales gave back', () => {
  const before = turn(plan, handed, [event('e1', 'bought', T), event('e2', 'visited', T), job('chief', T)], T).state

  test('E-87 begins anew: lines are taken back, what is held stays, a line of no points says so', () => {
    const result = turn(plan, before, [back('h1', 'reset', T + DAY)], T + DAY)
    expect(result.ended.map((it) => it.key).sort()).toEqual(['ada/!bought@1/e1', 'ada/!visit@1/e2', 'p', 's'])
    expect(result.ledger).toEqual([
      {
        ...{ key: 'h1/score/engagement', dimension: 'engagement', points: 0, at: T + DAY },
        rule: 'Reset when sales gave the lead back',
        cause: { flowId: 'f', node: 'h', visit: 1, left: 0, answered: T + DAY },
      },
    ])
    expect([1, 30, 100].map((days) => score(result.state, T + days * DAY))).toEqual([700, 700, 700])
    // A counter-line would come back as the points that it took faded, and would bar what is given later.
    const later = turn(plan, result.state, [event('e3', 'visited', T + 5 * DAY)], T + 5 * DAY).state
    expect(score(later, T + 5 * DAY)).toBe(1600)
    expect(score(turn(plan, later, [job(null, T + 5 * DAY)], T + 5 * DAY).state, T + 5 * DAY)).toBe(900)
  })

  test('E-87 once for one hand-off: a score that it lowered before it does not lower again, another one does', () => {
    const lowered = turn(plan, before, [back('h1', 'reset', T + DAY)], T + DAY).state
    const richer = turn(plan, lowered, [event('e3', 'visited', T + 2 * DAY)], T + 2 * DAY).state
    const again = { ...richer, handoffs: [handoff('h1'), handoff('h2')] }
    const same = turn(plan, again, [back('h1', 'reset', T + 3 * DAY)], T + 3 * DAY)
    expect([same.ledger, same.ended]).toEqual([[], []])
    expect(turn(plan, again, [back('h2', 'reset', T + 3 * DAY)], T + 3 * DAY).ledger.map((it) => it.key)).toEqual(['h2/score/engagement'])
  })

  test.each<[string, Record<string, number>, number]>([
    ['had the step twice', { h: 2, n: 5 }, 2],
    ['never had it', { n: 5 }, 1],
    ['had steps of which one is called as every object’s own', { constructor: 3, h: 4 }, 4],
  ])('E-87 the line names the visit at which who comes back %s', (_, visits, visit) => {
    const passage: Enrolment = {
      ...{ id: null, flowId: 'f', key: '', entry: 1, version: 1, node: 'n', nodeSince: T, enteredAt: T, dueAt: null, seq: 9 },
      vars: { visits, here: {}, held: [], frozenMs: 0 },
    }
    const result = turn(plan, { ...before, enrolments: [passage] }, [back('h1', 'reset', T + DAY)], T + DAY)
    expect(result.ledger.find((it) => it.key === 'h1/score/engagement')?.cause).toMatchObject({ flowId: 'f', node: 'h', visit })
  })

  test('E-87 at most so much: what is left ages as it did, and E-351 what is given afterwards comes on top', () => {
    const { state, ledger } = turn(plan, before, [back('h1', { cap: 2000 }, T + DAY)], T + DAY)
    expect(score(state, T + DAY)).toBe(2000)
    expect(ledger.map((it) => it.key)).toEqual(['h1/score/engagement', expect.stringMatching(/^ada\/!bought@1\/e1\/left\/\d+$/)])
    expect(score(state, T + 59 * DAY)).toBeGreaterThan(700)
    expect(score(state, T + 60 * DAY)).toBe(700)
    expect(score(turn(plan, state, [event('e3', 'visited', T + 2 * DAY)], T + 2 * DAY).state, T + 2 * DAY)).toBeGreaterThan(2700)
  })

  test('E-355 a new model gives no more for what came before than the return left, and all that came after', () => {
    const { state } = turn(plan, before, [back('h1', { cap: 2000 }, T + DAY)], T + DAY)
    const later = turn(plan, state, [event('e3', 'visited', T + 2 * DAY)], T + 2 * DAY).state
    const at = T + 2 * DAY
    expect(rescored(plan, later, at)).toMatchObject({ ledger: [], ended: [] })
    const richer = planWith([happens('visit', 5000, 'visited'), chief], 2, RULES)
    const again = rescored(richer, later, at).state
    // Held 700, and 1,300 of the first visit as it has faded in a day; the cap is above it all.
    expect(score(again, T + DAY)).toBe(2000)
    expect(score(again, at)).toBe(6000)
    expect(again.ledger.find((it) => it.since !== undefined)).toMatchObject({ key: 'ada/!visit@2/e2/left/1366', at: T, since: T + DAY })
    expect(rescored(richer, again, at)).toMatchObject({ ledger: [], ended: [] })
  })

  type Step = { do: 'visited' | 'bought' | 'unsubscribed' | 'chief' | 'clerk' | 'reset' | 'cap' | 'rescore'; wait: number }
  const steps = fc.array(
    fc.record<Step>({
      do: fc.constantFrom('visited', 'visited', 'bought', 'unsubscribed', 'chief', 'clerk', 'reset', 'cap', 'cap', 'rescore'),
      wait: fc.integer({ min: 1, max: 200 }),
    }),
    { minLength: 3, maxLength: 14 },
  )

  test('E-87 E-355 whatever happens and whenever it is gone through anew: never above what was left by time alone, and a look back changes nothing', () => {
    const seen = { lowered: 0, cut: 0 }
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 4000 }), (list, cap) => {
        let state = handed
        let now = T
        let open = 0
        for (const [i, it] of list.entries()) {
          now += it.wait * HOUR
          const was = score(state, now)
          const base = score({ ledger: state.ledger.filter((line) => line.held) }, now)
          const isBack = it.do === 'reset' || it.do === 'cap'
          if (isBack && ++open > 3) continue
          const item: InboxItem =
            it.do === 'rescore'
              ? { kind: 'rescore', at: now }
              : isBack
                ? back(`h${open}`, it.do === 'reset' ? 'reset' : { cap }, now)
                : it.do === 'chief' || it.do === 'clerk'
                  ? job(it.do, now)
                  : event(`e${i}`, it.do, now)
          const result = turn(plan, state, [item], now)
          const most = Math.max(it.do === 'reset' ? base : cap, base)
          if (it.do === 'rescore') expect(result).toMatchObject({ ledger: [], ended: [] })
          if (isBack) {
            // The rejection itself takes points off before the score is lowered.
            const rejection = score(result.state, now)
            expect(rejection).toBeLessThanOrEqual(Math.max(most, base))
            if (was - 300 > most) expect(rejection).toBe(most)
            if (result.ended.length > 0) seen.lowered++
            if (result.ledger.some((line) => line.since !== undefined)) seen.cut++
          }
          state = result.state
          expect(rescored(plan, state, now)).toMatchObject({ ledger: [], ended: [] })
          const meant = linesUnder(plan.scoring ?? noScoring(), state, now, plan.dimensions)
          expect(new Set(meant.map((line) => line.key))).toEqual(new Set(state.ledger.map((line) => line.key)))
        }
      }),
      { seed: 87, numRuns: 400 },
    )
    expect(seen.lowered).toBeGreaterThan(200)
    expect(seen.cut).toBeGreaterThan(100)
  })

  test('E-87 segments and triggers by score hear of it', () => {
    const segments: (Catalog['segments'][number] & { condition: Condition })[] = [
      {
        ...{ id: 'warm', name: 'Warm' },
        condition: { combinator: 'and', rules: [{ subject: { kind: 'score', dimension: 'engagement' }, op: 'ge', value: 10 }] },
      },
    ]
    const model = { version: 1, rules: publishRules(RULES, { before: [], version: 1, catalog }), grade: null }
    const { contacts } = runInMemory(
      planOf({}, segments, { ...catalog, segments }, model),
      [{ state: handed, items: [event('e1', 'bought', T), back('h1', 'reset', T + DAY)] }],
      T + 2 * DAY,
    )
    expect(contacts[0]?.members).toEqual({})
  })
})

function noScoring(): never {
  throw new Error('the model has rules')
}
