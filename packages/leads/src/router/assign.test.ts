import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign, type Rep, type RepLoad, type Team, type TeamLoad } from '../index.ts'

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
const fresh = { hadBy: [] }

/** Gives out `leads` leads, one a minute from `from` on; leads close at once. */
function run(of: Team, leads: number, load: TeamLoad = {}, from = 0) {
  const got: Record<string, number> = {}
  let carried = load
  for (let i = 0; i < leads; i++) {
    const result = assign(of, carried, fresh, from + i)
    if (result.kind !== 'rep') throw new Error('expected a rep')
    got[result.repId] = (got[result.repId] ?? 0) + 1
    const kept = result.load[result.repId]
    carried = kept ? { ...result.load, [result.repId]: { ...kept, open: 0 } } : result.load
  }
  return { got, load: carried }
}

describe('LR-1 rotation', () => {
  it('serves the smallest count over weight, then who waited longest, then by id', () => {
    const load = {
      ann: row({ count: 4, lastAt: 8 }),
      bob: row({ count: 1, lastAt: 9 }),
      cid: row({ count: 2, lastAt: 5 }),
      dan: row({ count: 1, lastAt: 7 }),
    }
    const result = assign(team(rep('ann', { weight: 2 }), rep('bob'), rep('cid'), rep('dan')), load, fresh, 10)
    expect(result).toMatchObject({ kind: 'rep', repId: 'dan', reason: { code: 'rotation', skipped: [] } })
    expect(result.reason.turns.map((turn) => [turn.repId, turn.ratio])).toEqual([
      ['dan', 1],
      ['bob', 1],
      ['cid', 2],
      ['ann', 2],
    ])
    expect(result.load.dan).toEqual(row({ open: 1, count: 2, lastAt: 10 }))
  })

  it('LR-6 can be recomputed from its reason', () => {
    const { reason, ...result } = assign(
      team(rep('ann', { weight: 3 }), rep('bob')),
      { ann: row({ count: 2 }), bob: row({ count: 1 }) },
      fresh,
      10,
    )
    const least = Math.min(...reason.turns.map((turn) => (turn.count + turn.credit) / turn.weight))
    expect(reason.turns.find((turn) => turn.ratio === least)?.repId).toBe(result.kind === 'rep' ? result.repId : undefined)
  })

  it('follows the weights exactly over a round', () => {
    expect(run(team(rep('ann', { weight: 3 }), rep('bob'), rep('cid', { weight: 2 })), 600).got).toEqual({ ann: 300, bob: 100, cid: 200 })
  })

  it('nobody is ever ahead of another by more than one lead of his own weight', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 200 }), (shares, leads) => {
        const reps = shares.map((weight, index) => rep(`rep-${index}`, { weight }))
        const { got } = run(team(...reps), leads)
        for (const one of reps) {
          for (const other of reps) {
            const ahead = (got[one.id] ?? 0) / one.weight - (got[other.id] ?? 0) / other.weight
            expect(ahead).toBeLessThanOrEqual(1 / one.weight + 1e-9)
          }
        }
      }),
      { seed: 101, numRuns: 200 },
    )
  })
})

describe('LR-2 who is passed over', () => {
  it.each([
    ['inactive', rep('bob', { active: false }), row()],
    ['no-weight', rep('bob', { weight: 0 }), row()],
    ['absent', rep('bob', { absences: [{ from: 10, to: 11 }] }), row()],
    ['at-cap', rep('bob', { cap: 3 }), row({ open: 3 })],
  ] as const)('%s', (code, bob, carried) => {
    const result = assign(team(rep('ann'), bob), { ann: row({ count: 99 }), bob: carried }, fresh, 10)
    expect(result).toMatchObject({ kind: 'rep', repId: 'ann', reason: { skipped: [{ repId: 'bob', code }] } })
  })

  it('who has had this lead', () => {
    expect(assign(team(rep('ann'), rep('bob')), {}, { hadBy: ['ann'] }, 10)).toMatchObject({
      repId: 'bob',
      reason: { skipped: [{ repId: 'ann', code: 'had-it' }] },
    })
  })

  it('an absence is half-open and a cap counts from its number on', () => {
    expect(assign(team(rep('bob', { absences: [{ from: 9, to: 10 }] })), {}, fresh, 10).kind).toBe('rep')
    expect(assign(team(rep('bob', { cap: 3 })), { bob: row({ open: 2 }) }, fresh, 10).kind).toBe('rep')
  })
})

describe('LR-3 the order of members', () => {
  it('does not matter', () => {
    const reps = ['ann', 'bob', 'cid', 'dan'].map((id, index) => rep(id, { weight: index + 1 }))
    fc.assert(
      fc.property(fc.shuffledSubarray(reps, { minLength: 4 }), fc.array(fc.nat(20), { minLength: 4, maxLength: 4 }), (shuffled, counts) => {
        const load = Object.fromEntries(reps.map(({ id }, index) => [id, row({ count: counts[index] ?? 0 })]))
        expect(assign(team(...shuffled), load, fresh, 10)).toEqual(assign(team(...reps), load, fresh, 10))
      }),
      { seed: 102, numRuns: 200 },
    )
  })

  it('stays when somebody leaves or joins', () => {
    const load = { ann: row({ count: 3 }), bob: row({ count: 1 }), cid: row({ count: 2 }) }
    const order = (...reps: Rep[]) => assign(team(...reps), load, fresh, 10).reason.turns.map((turn) => turn.repId)
    expect(order(rep('ann'), rep('bob'), rep('cid'))).toEqual(['bob', 'cid', 'ann'])
    expect(order(rep('ann'), rep('cid'))).toEqual(['cid', 'ann'])
    expect(order(rep('zoe'), rep('ann'), rep('bob'), rep('cid')).filter((id) => id !== 'zoe')).toEqual(['bob', 'cid', 'ann'])
  })
})

describe('LR-4 no flood', () => {
  const reps = ['ann', 'bob', 'cid'].map((id) => rep(id))

  it('after an absence', () => {
    const away = team(...reps.slice(0, 2), rep('cid', { absences: [{ from: 0, to: 1000 }] }))
    const { load } = run(away, 100)
    const back = run(away, 30, load, 1000)
    expect(back.got).toEqual({ ann: 10, bob: 10, cid: 10 })
    expect(back.load.cid).toMatchObject({ count: 10, credit: 50, creditAt: 1000 })
  })

  it('for somebody new, with a weight', () => {
    const { load } = run(team(...reps), 90)
    expect(run(team(...reps, rep('dan', { weight: 3 })), 60, load, 100).got).toEqual({ ann: 10, bob: 10, cid: 10, dan: 30 })
  })

  it('who is ahead already is not lifted', () => {
    const load = { ann: row({ count: 2 }), cid: row({ count: 9, present: false }) }
    expect(assign(team(rep('ann'), rep('cid')), load, fresh, 10).load.cid).toEqual(row({ count: 9 }))
  })

  it('the credit fades as the leads it stands for do', () => {
    const of = team(rep('ann'), rep('cid'))
    const load = { ann: row({ count: 60 }), cid: row({ credit: 50, creditAt: 0 }) }
    const creditAt = (now: number) => assign(of, load, fresh, now).reason.turns.find((turn) => turn.repId === 'cid')?.credit
    expect([0, 250_000, 1_000_000, 2_000_000].map(creditAt)).toEqual([50, 38.940039, 18.393972, 6.766764])
  })

  it('whatever the absences: who comes back gets at most a fair turn more than each of the others', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 60 }),
        (w1, w2, gone, leads) => {
          const pair = team(rep('ann', { weight: w1 }), rep('bob', { weight: w2, absences: [{ from: 50, to: 50 + gone }] }))
          const { load } = run(pair, 50 + gone)
          const { got } = run(pair, leads, load, 50 + gone)
          expect((got.bob ?? 0) / w2 - (got.ann ?? 0) / w1).toBeLessThanOrEqual(1 / w2 + 1 / w1 + 1e-9)
        },
      ),
      { seed: 103, numRuns: 300 },
    )
  })
})

describe('LR-5 queue and overflow', () => {
  const absent = rep('bob', { absences: [{ from: 0, to: 100 }] })
  it.each([
    ['queue', 'waiting-for-a-rep', team(absent), { hadBy: [] }],
    ['queue', 'waiting-for-a-rep', team(rep('ann', { cap: 0 })), { hadBy: [], queueUntil: 11 }],
    ['queue', 'waiting-for-a-rep', team(rep('ann'), absent), { hadBy: ['ann'] }],
    ['overflow', 'queue-time-over', team(absent), { hadBy: [], queueUntil: 10 }],
    ['overflow', 'everyone-had-it', team(rep('ann'), absent), { hadBy: ['ann', 'bob'] }],
    ['overflow', 'nobody-in-team', team(), { hadBy: [] }],
    ['overflow', 'nobody-in-team', team(rep('ann', { active: false })), { hadBy: [] }],
    ['overflow', 'attempts-used', { ...team(rep('ann'), rep('bob'), rep('cid')), maxAttempts: 2 }, { hadBy: ['ann', 'bob'] }],
  ] as const)('%s: %s', (kind, code, of, lead) => {
    const load = { ann: row() }
    const result = assign(of, load, lead, 10)
    expect(result).toMatchObject({ kind, reason: { code, teamId: 'north' } })
    expect(result.load).toBe(load)
  })
})
