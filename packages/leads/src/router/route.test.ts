import { describe, expect, it } from 'vitest'
import { type LeadHistory, lapsed, type Rep, type RepLoad, rollingCount, route, type Team } from '../index.ts'

const rep = (id: string, more: Partial<Rep> = {}): Rep => ({ id, weight: 1, cap: null, active: true, absences: [], ...more })
const team = (...reps: Rep[]): Team => ({ id: 'north', reps, maxAttempts: null, window: 1_000_000 })
const row = (more: Partial<RepLoad> = {}): RepLoad => ({
  open: 0,
  count: 0,
  credit: 0,
  creditAt: null,
  present: true,
  lastAt: null,
  ...more,
})
const away = { absences: [{ from: 0, to: 100 }] }
const deal = { repId: 'cid', of: 'opportunity', id: 'opp_1' } as const
const account = { repId: 'bob', of: 'account', id: 'acme' } as const
const south = { id: 'ter_s', name: 'South', repIds: ['bob', 'cid'] }
const lead = (more: Partial<LeadHistory> = {}): LeadHistory => ({ hadBy: [], ...more })
const load = { ann: row(), bob: row({ count: 9 }), cid: row({ count: 5 }) }
const all = ['ann', 'bob', 'cid'].map((id) => rep(id))
const with_ = (id: string, more: Partial<Rep>) => team(...all.map((it) => (it.id === id ? { ...it, ...more } : it)))

describe('LR-8 owners first', () => {
  it.each([
    ['of the opportunity', team(...all), [deal, account], 'cid', 'owner', [undefined]],
    ['of the account where the other is away', with_('cid', away), [deal, account], 'bob', 'owner', ['absent', undefined]],
    ['nobody of them in the team', team(rep('ann'), rep('zoe')), [deal, account], 'ann', 'rotation', ['no-member', 'no-member']],
    ['inactive, so whose turn it is', with_('cid', { active: false }), [deal], 'ann', 'rotation', ['inactive']],
  ] as const)('%s', (_, of, owners, repId, code, codes) => {
    const result = route(of, load, lead({ owners }), 10)
    expect(result).toMatchObject({ kind: 'rep', repId, reason: { code } })
    expect(result.reason.asked?.map((it) => it.code)).toEqual(codes)
    expect(result.load[repId]).toMatchObject({ open: 1 })
  })

  it('who has had it is not given it again', () => {
    expect(route(team(...all), load, lead({ owners: [deal], hadBy: ['cid'] }), 10)).toMatchObject({
      repId: 'ann',
      reason: { code: 'rotation' },
    })
  })

  it('counts in the rotation like any other lead', () => {
    expect(route(team(...all), load, lead({ owners: [deal] }), 10).load.cid).toEqual(row({ count: 6, open: 1, lastAt: 10 }))
  })
})

describe('LR-9 a territory next', () => {
  it.each([
    ['rotation among its reps', team(...all), {}, 'cid', 'territory', [undefined]],
    ['after the owner', team(...all), { owners: [{ ...deal, repId: 'gone' }] }, 'cid', 'territory', ['no-member', undefined]],
    ['one of them is away', with_('cid', away), {}, 'bob', 'territory', [undefined]],
    ['all of them are away', team(rep('ann'), rep('bob', away), rep('cid', away)), {}, 'ann', 'rotation', ['absent']],
    ['for different reasons', team(rep('ann'), rep('bob', away), rep('cid', { active: false })), {}, 'ann', 'rotation', ['nobody-there']],
  ] as const)('%s', (_, of, more, repId, code, codes) => {
    const result = route(of, load, lead({ ...more, territory: south }), 10)
    expect(result).toMatchObject({ kind: 'rep', repId, reason: { code } })
    expect(result.reason.asked?.map((it) => it.code)).toEqual(codes)
  })

  it('without reps of its own goes on', () => {
    expect(route(team(...all), load, lead({ territory: { ...south, repIds: [] } }), 10)).toMatchObject({ repId: 'ann' })
  })
})

describe('LR-10 full is waited for', () => {
  const full = with_('cid', { cap: 1 })
  const busy = { ...load, cid: row({ open: 1 }) }
  it.each([
    ['an owner', { owners: [deal] }, 'waiting-for-owner'],
    ['an owner, for so long', { owners: [deal], queueUntil: 11 }, 'waiting-for-owner'],
    ['a territory', { territory: { ...south, repIds: ['cid'] } }, 'waiting-for-territory'],
  ])('%s', (_, more, code) => {
    const result = route(full, busy, lead(more), 10)
    expect(result).toMatchObject({ kind: 'queue', reason: { code, asked: [{ code: 'full' }] } })
    expect(result.load).toBe(busy)
  })

  it('but no longer than it may queue: then it goes on, and overflows only where nobody else can', () => {
    const late = { owners: [deal], queueUntil: 10 }
    expect(route(full, busy, lead(late), 10)).toMatchObject({ kind: 'rep', repId: 'ann', reason: { asked: [{ code: 'full-too-long' }] } })
    expect(route(team(rep('cid', { cap: 1 })), busy, lead(late), 10)).toMatchObject({
      kind: 'overflow',
      reason: { code: 'queue-time-over' },
    })
  })

  it('and nobody else is held up: what is given out behind goes to others', () => {
    expect(route(full, busy, lead({ owners: [deal] }), 10).kind).toBe('queue')
    expect(route(full, busy, lead(), 10)).toMatchObject({ kind: 'rep', repId: 'ann' })
  })

  it('attempts that are used up end every way', () => {
    const of = { ...team(...all), maxAttempts: 1 }
    expect(route(of, load, lead({ owners: [deal], hadBy: ['ann'] }), 10)).toMatchObject({
      kind: 'overflow',
      reason: { code: 'attempts-used' },
    })
  })
})

describe('LR-7 the rolling count', () => {
  it('fades, the e-th part in a window', () => {
    expect(rollingCount([0, 0], 0, 1000)).toBe(2)
    expect(rollingCount([0], 1000, 1000)).toBeCloseTo(1 / Math.E, 12)
    expect(rollingCount([500], 0, 1000)).toBe(1)
  })

  it('at a steady pace is what the window holds', () => {
    const given = Array.from({ length: 20_000 }, (_, i) => i)
    expect(rollingCount(given, 20_000, 1000)).toBeGreaterThan(999)
    expect(rollingCount(given, 20_000, 1000)).toBeLessThan(1001)
  })
})

describe('LR-11 silence', () => {
  it('uses the turn: who let a lead lapse is not next', () => {
    const of = team(rep('ann'), rep('bob'))
    const given = route(of, { ann: row(), bob: row({ count: 0.5 }) }, lead(), 10)
    expect(given).toMatchObject({ repId: 'ann' })
    const back = { ...given.load, ann: lapsed({ ...row(given.load.ann), count: 0, open: 0 }, 10, 20, of.window) }
    expect(back.ann?.credit).toBeCloseTo(1, 4)
    expect(route(of, back, lead({ hadBy: ['ann'] }), 20)).toMatchObject({ repId: 'bob' })
    expect(route(of, back, lead(), 20)).toMatchObject({ repId: 'bob' })
    expect(lapsed(undefined, 0, 0, 5)).toEqual(row({ credit: 1, creditAt: 0 }))
  })
})
