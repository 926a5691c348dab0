import { DAY, HOUR, MINUTE } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { emptyCatalog } from '../../catalog.ts'
import { type HandoffContract, PLAIN_CONTRACT } from '../../state/contract.ts'
import { emptyState } from '../../state/empty.ts'
import type { RelatedFact } from '../../state/person.ts'
import type { HandoffEffect } from '../../state/result.ts'
import { createSales } from './sales.ts'
import { type TeamFacts, teamOf } from './team.ts'

/** A Monday. */
const NOW = Date.parse('2026-03-02T09:00:00Z')
const catalog = { ...emptyCatalog('Europe/Berlin'), fields: [{ key: 'country', label: 'Country', type: 'text' as const }] }
const rep = (id: string, more: Partial<TeamFacts['reps'][number]> = {}): TeamFacts['reps'][number] => ({
  ...{ id, name: id.toUpperCase(), weight: 1, cap: null, active: true, absences: [], hours: null },
  ...more,
})
const team = (reps: TeamFacts['reps'], more: Partial<TeamFacts> = {}): TeamFacts => ({
  ...{ id: 't', name: 'Team', hours: null, queueMinutes: null, levelMinutes: null, reps, territories: [] },
  ...more,
})
const living = (country: string): TeamFacts['territories'][number]['condition'] => ({
  combinator: 'and',
  rules: [{ subject: { kind: 'field', key: 'country' }, op: 'is', value: country }],
})
const lead = (key: string, contract: Partial<HandoffContract> = {}, at = NOW): HandoffEffect => ({
  ...{ key, teamId: 't', at, enrolment: { flowId: 'f', key: '', entry: 1 }, version: 1, node: 'n' },
  ...{ packet: { why: '', fields: {}, scores: {}, note: null }, contract: { ...PLAIN_CONTRACT, ...contract } },
})
const record = (kind: RelatedFact['kind'], data: RelatedFact['data'], at = NOW - DAY): RelatedFact => ({
  ...{ kind, id: `${kind}-${at}`, data, folded: null, at },
})
const somebody = (country: string, related: readonly RelatedFact[] = []) => {
  const state = emptyState({
    ...{
      id: 1,
      key: 'a',
      zone: null,
      ownerSide: 'sales',
      ownerId: null,
      stage: 'lead',
      fields: { country },
      folded: { country: country.toLowerCase() },
    },
    ...{ consent: {}, suppressed: null, createdAt: 0 },
  })
  return { ...state, related }
}
const floor = (facts: TeamFacts, states: Readonly<Record<string, ReturnType<typeof somebody>>> = {}, standsFor = 1) =>
  createSales([teamOf(facts, catalog)], { person: (contact) => states[contact], standsFor })
const given = (sales: ReturnType<typeof floor>, at = NOW) => sales.route(at).map((it) => [it.contact, it.rep?.id ?? null])

describe('S-45 who is asked before the rotation', () => {
  test('the owner of an open opportunity, then of the account, then a territory, then whoever is next', () => {
    const facts = team([rep('ann', { email: 'ann@x.com' }), rep('bob'), rep('cleo')], {
      territories: [{ id: 'ter', name: 'Austria', repIds: ['cleo'], condition: living('AT') }],
    })
    const sales = floor(facts, {
      deal: somebody('AT', [record('company', { owner_id: 'bob' }), record('opportunity', { owner_email: 'Ann@X.com' })]),
      won: somebody('AT', [
        record('company', { owner_id: 'bob' }),
        record('opportunity', { owner_email: 'ann@x.com', stage: 'Closed won' }),
      ]),
      land: somebody('AT'),
      none: somebody('DE'),
    })
    for (const [i, contact] of ['deal', 'won', 'land', 'none'].entries()) sales.take(contact, lead(`${i} ${contact}`))
    const routed = sales.route(NOW)
    expect(routed.map((it) => [it.contact, it.rep?.id])).toEqual([
      ['deal', 'ann'],
      ['won', 'bob'],
      ['land', 'cleo'],
      ['none', 'ann'],
    ])
    const reasons = routed.map(({ item }) => (item.kind === 'handoff' && item.news.outcome === 'assigned' ? item.news.reason.code : null))
    expect(reasons).toEqual(['owner', 'owner', 'territory', 'rotation'])
  })

  test('an owner who is full is waited for, and others go on meanwhile; one who is away is not', () => {
    const states = { mine: somebody('DE', [record('company', { owner: 'ann' })]), any: somebody('DE') }
    const full = floor(team([rep('ann', { cap: 1 }), rep('bob')]), {
      ...states,
      first: somebody('DE', [record('company', { owner: 'ann' })]),
    })
    for (const [i, contact] of ['first', 'mine', 'any'].entries()) full.take(contact, lead(`${i} ${contact}`))
    expect(given(full)).toEqual([
      ['first', 'ann'],
      ['any', 'bob'],
    ])
    full.closed('0 first', NOW + HOUR)
    expect(given(full, NOW + HOUR)).toEqual([['mine', 'ann']])
    const away = floor(team([rep('ann', { absences: [{ from: NOW - DAY, to: NOW + DAY }] }), rep('bob')]), states)
    away.take('mine', lead('mine'))
    expect(given(away)).toEqual([['mine', 'bob']])
  })

  test('who goes on vacation while a lead waits for them waits for nobody', () => {
    const facts = team([rep('ann', { cap: 1, absences: [{ from: NOW + HOUR, to: NOW + DAY }] }), rep('bob')])
    const owned = somebody('DE', [record('company', { owner: 'ann' })])
    const sales = floor(facts, { one: owned, two: owned })
    for (const contact of ['one', 'two']) sales.take(contact, lead(contact))
    expect(given(sales)).toEqual([['one', 'ann']])
    expect(sales.next()).toBe(NOW + HOUR)
    expect(given(sales, NOW + HOUR)).toEqual([['two', 'bob']])
  })

  test('a level runs in the hours of whoever got it', () => {
    const hours = { zone: 'America/New_York', hours: { 1: [{ from: '09:00', to: '17:00' }] }, holidays: [] }
    const sales = floor(
      team([rep('ann', { hours })], { hours: { zone: null, hours: { 1: [{ from: '09:00', to: '17:00' }] }, holidays: [] } }),
    )
    sales.take('a', lead('a', { level: { minutes: 60, remindBefore: null } }))
    expect(sales.route(NOW)).toMatchObject([{ item: { news: { deadline: Date.parse('2026-03-02T15:00:00Z') } } }])
  })

  test('a territory that cannot be read any more is for nobody', () => {
    const condition = {
      combinator: 'and' as const,
      rules: [{ subject: { kind: 'field' as const, key: 'gone' }, op: 'is' as const, value: 'x' }],
    }
    const made = teamOf(team([rep('ann')], { territories: [{ id: 'ter', name: 'Gone', repIds: ['ann'], condition }] }), catalog)
    expect(made.territories).toEqual([])
  })
})

describe('S-7 leads of one instant go into the queue by key, whoever had them before', () => {
  test('two that are taken back at once are given to the last one left in that order', () => {
    const sales = floor(team([rep('ann'), rep('bob', { cap: 1 })]))
    const level = { level: { minutes: 60, remindBefore: null }, redistribute: 1 }
    sales.take('busy', lead('0', level))
    sales.route(NOW)
    sales.take('z', lead('z', level))
    sales.route(NOW)
    sales.take('y', lead('y', level))
    sales.route(NOW)
    const again = sales
      .route(NOW + HOUR)
      .flatMap(({ item, lead: { key } }) => (item.kind === 'handoff' && item.news.outcome === 'assigned' ? [[key, item.news.repId]] : []))
    expect(again).toEqual([
      ['0', 'bob'],
      ['z', 'ann'],
    ])
  })
})

describe('S-46 a rep who writes keeps the lead a little longer', () => {
  const promised = { level: { minutes: 60, remindBefore: null }, redistribute: 1 }
  const outcomes = (sales: ReturnType<typeof floor>, at: number) =>
    sales.route(at).map(({ item }) => (item.kind === 'handoff' ? item.news.outcome : item.kind))

  test('told as late at once, taken back five minutes after the last change', () => {
    const sales = floor(team([rep('ann'), rep('bob')]))
    sales.take('a', lead('a', promised))
    sales.route(NOW)
    expect(sales.drafted('a', NOW + 58 * MINUTE)).toBe(true)
    expect(outcomes(sales, NOW + HOUR)).toEqual(['breached'])
    expect(sales.next()).toBe(NOW + 63 * MINUTE)
    expect(outcomes(sales, NOW + 63 * MINUTE)).toEqual(['taken-back', 'assigned'])
  })

  test('who goes on writing has it for fifteen minutes at most', () => {
    const sales = floor(team([rep('ann'), rep('bob')]))
    sales.take('a', lead('a', promised))
    sales.route(NOW)
    for (let at = NOW + 58 * MINUTE; at < NOW + 75 * MINUTE; at += MINUTE) {
      sales.drafted('a', at)
      sales.route(at)
    }
    expect(sales.next()).toBe(NOW + 75 * MINUTE)
    expect(outcomes(sales, NOW + 75 * MINUTE)).toEqual(['taken-back', 'assigned'])
    expect(sales.drafted('b', NOW)).toBe(false)
  })
})

describe('S-22 the room of a rep is divided by how many each of a sample stands for', () => {
  /** How many of a hundred leads that come at once were given out by then, each answered after an hour. */
  const servedBy = (standsFor: number, until: number) => {
    const sales = floor(team([rep('ann', { cap: 10 })]), {}, standsFor)
    const answered: { key: string; at: number }[] = []
    for (let i = 0; i < 1000 / standsFor; i++) sales.take(`c${i}`, lead(`l${i}`))
    let served = 0
    for (let at = NOW; at <= until; at += MINUTE) {
      for (const it of answered.filter((one) => one.at === at)) sales.closed(it.key, at)
      for (const it of sales.route(at)) {
        served += standsFor
        answered.push({ key: it.lead.key, at: at + HOUR })
      }
    }
    return served
  }

  test.each([2, 5, 10, 20, 50])('each for %i: as many get through as without a sample, but for a last one', (standsFor) => {
    const all = servedBy(1, NOW + 40 * HOUR)
    expect(Math.abs(servedBy(standsFor, NOW + 40 * HOUR) - all)).toBeLessThanOrEqual(2 * standsFor)
  })

  test('how long somebody had no room is counted', () => {
    const sales = floor(team([rep('ann', { cap: 1 }), rep('bob')]))
    sales.take('a', lead('a'))
    sales.route(NOW)
    expect(sales.fullSpans('t', 'ann', NOW + HOUR)).toEqual([{ from: NOW, to: NOW + HOUR }])
    sales.closed('a', NOW + 2 * HOUR)
    expect([sales.fullSpans('t', 'ann', NOW + DAY), sales.fullSpans('t', 'bob', NOW + DAY)]).toEqual([
      [{ from: NOW, to: NOW + 2 * HOUR }],
      [],
    ])
  })
})
