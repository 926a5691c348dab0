import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assign, fading, type Rep, type RepLoad, rollingCount, type Team, type TeamLoad } from '../src/index.ts'

const DAY = 86_400_000
const WINDOW = 30 * DAY
const EPS = 1e-4

/** A member with the stretches in which it is in the team, and away. */
interface Member {
  id: string
  weight: number
  cap: number | null
  from: number
  to: number
  absences: { from: number; to: number }[]
}

interface Given {
  at: number
  repId: string
  /** When it was answered: it is open until then. */
  answered: number
}

const NOTHING: RepLoad = { open: 0, count: 0, credit: 0, creditAt: null, present: false, lastAt: null }

/** A team over months: leads at random times, reps who come, go, are away and answer late. What it gave, and how it stood before each. */
function play(members: readonly Member[], leads: readonly { at: number; takes: number }[]) {
  const given: Given[] = []
  const looks: {
    at: number
    given: Given | null
    present: Set<string>
    able: Set<string>
    x: Map<string, number>
    open: Map<string, number>
  }[] = []
  let kept: TeamLoad = {}
  for (const { at, takes } of [...leads].sort((a, b) => a.at - b.at)) {
    const inTeam = members.filter((it) => it.from <= at && at < it.to)
    const reps: Rep[] = inTeam.map(({ id, weight, cap, absences }) => ({ id, weight, cap, absences, active: true }))
    const open = new Map(reps.map(({ id }) => [id, given.filter((it) => it.repId === id && it.answered > at).length]))
    const load = Object.fromEntries(
      reps.map(({ id }) => {
        const times = given.filter((it) => it.repId === id).map((it) => it.at)
        return [id, { ...(kept[id] ?? NOTHING), open: open.get(id) ?? 0, count: rollingCount(times, at, WINDOW) }]
      }),
    )
    const team: Team = { id: 't', reps, maxAttempts: null, window: WINDOW }
    const result = assign(team, { ...kept, ...load }, { hadBy: [] }, at)
    const one = result.kind === 'rep' ? { at, repId: result.repId, answered: at + takes } : null
    const x = new Map(
      reps.map(({ id, weight }) => {
        const it = result.load[id] ?? NOTHING
        const credit = it.creditAt === null ? 0 : it.credit * fading(it.creditAt, at, WINDOW)
        return [id, (it.count + credit) / weight]
      }),
    )
    const present = new Set(inTeam.filter((it) => !it.absences.some((no) => no.from <= at && at < no.to)).map((it) => it.id))
    looks.push({ at, given: one, present, able: new Set(result.reason.turns.map((it) => it.repId)), x, open })
    if (one) given.push(one)
    kept = result.load
  }
  return { given, looks }
}

const stretch = (most: number) => fc.tuple(fc.nat(most), fc.nat(60)).map(([from, days]) => ({ from: from * DAY, to: (from + days) * DAY }))
const member = (caps: fc.Arbitrary<number | null>) =>
  fc.record({
    weight: fc.integer({ min: 1, max: 5 }),
    cap: caps,
    from: fc.oneof(fc.constant(0), fc.nat(90)).map((day) => day * DAY),
    stays: fc.oneof(fc.constant(400), fc.nat(120)),
    absences: fc.array(stretch(150), { maxLength: 3 }),
  })
const teamOf = (caps: fc.Arbitrary<number | null>) =>
  fc
    .array(member(caps), { minLength: 1, maxLength: 6 })
    .map((all) => all.map(({ stays, ...it }, i): Member => ({ ...it, id: `rep-${i}`, to: it.from + stays * DAY })))
const leadsOf = fc.array(fc.record({ at: fc.integer({ min: 0, max: 150 * DAY }), takes: fc.integer({ min: 0, max: 5 * DAY }) }), {
  minLength: 20,
  maxLength: 160,
})

describe('LR-12 fairness, over random absences, joinings, leavings and loads', () => {
  it('the weighted counts of those who are there never lie further apart than one lead of the least weight', () => {
    fc.assert(
      fc.property(teamOf(fc.constant(null)), leadsOf, (members, leads) => {
        const bound = Math.max(...members.map((it) => 1 / it.weight))
        for (const { present, x } of play(members, leads).looks) {
          const values = [...present].map((id) => x.get(id) ?? 0)
          if (values.length > 1) expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(bound + EPS)
        }
      }),
      { seed: 105, numRuns: 150 },
    )
  })

  it('LR-13 nobody is flooded on return: in any stretch in which two are there, what they get differs by the bound of that stretch', () => {
    fc.assert(
      fc.property(teamOf(fc.constant(null)), leadsOf, (members, leads) => {
        const { looks } = play(members, leads)
        const bound = Math.max(...members.map((it) => 1 / it.weight))
        for (const [i, one] of members.entries()) {
          for (const other of members.slice(i + 1)) {
            let got = new Map<string, number>()
            let since: number | null = null
            for (const { at, present, given } of looks) {
              if (!present.has(one.id) || !present.has(other.id)) {
                since = null
                continue
              }
              if (since === null) {
                since = at
                got = new Map()
              }
              if (given) got.set(given.repId, (got.get(given.repId) ?? 0) + 1)
              const apart = Math.abs((got.get(one.id) ?? 0) / one.weight - (got.get(other.id) ?? 0) / other.weight)
              expect(apart).toBeLessThanOrEqual(bound * (2 + (at - since) / WINDOW) + EPS)
            }
          }
        }
      }),
      { seed: 106, numRuns: 150 },
    )
  })

  it('with limits: nobody ever has more open leads than they may, and whoever gets one stands least among those who could', () => {
    fc.assert(
      fc.property(teamOf(fc.option(fc.integer({ min: 1, max: 4 }))), leadsOf, (members, leads) => {
        const { looks } = play(members, leads)
        for (const { given, able, x, open } of looks) {
          if (!given) {
            expect(able.size).toBe(0)
            continue
          }
          const winner = members.find((it) => it.id === given.repId)
          expect(open.get(given.repId) ?? 0).toBeLessThan(winner?.cap ?? Number.POSITIVE_INFINITY)
          const before = (x.get(given.repId) ?? 0) - 1 / (winner?.weight ?? 1)
          for (const id of able) expect(before).toBeLessThanOrEqual((x.get(id) ?? 0) + EPS)
        }
      }),
      { seed: 107, numRuns: 150 },
    )
  })
})
