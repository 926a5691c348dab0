import { DAY } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { alone, behaving, clickers, edge, FROM, input, people, rep, run, sampleOf, set, team } from '../../../testing/forecasts.ts'
import { buildGraph, planOf } from '../../../testing/index.ts'
import { differences } from './compare.ts'
import { questionsOf } from './questions.ts'

describe('sales', () => {
  test('S-26 leads by rep and day, the promised level, and what is won', () => {
    const all = behaving({ clicked: set(1), opened: set(1), accepted: set(1), won: set(1), value: 1000 })
    const of = run(input(planOf({ f: clickers() }), { behaviour: all }))
    expect(of.reps.map((it) => [it.name, it.leads.mid])).toEqual([
      ['ann', 100],
      ['bob', 100],
    ])
    expect(of.totals).toMatchObject({ leads: { mid: 200 }, won: { mid: 200 }, revenue: { mid: 200_000 } })
    // Half of the answers take longer than the median of an hour, which is what was promised.
    expect(Math.abs(of.totals.breaches.mid - 100)).toBeLessThan(25)
    const none = run(input(planOf({ f: clickers() }), { behaviour: all, teams: [team({ levelMinutes: null })] }))
    expect(none.totals.breaches.mid).toBe(0)
  })

  test.each(['first-answer', 'final-outcome'] as const)(
    'S-26 whatever is won was an opportunity, and of the lost as many as hold its share (%s)',
    (leaveAt) => {
      const played = (won: number, opportunity: number) => {
        const behaviour = behaving({ clicked: set(1), opened: set(1), accepted: set(1), won: set(won), opportunity: set(opportunity) })
        return run(input(planOf({ f: clickers(3, leaveAt) }), { behaviour, days: 360 })).totals
      }
      const [few, all, none] = [played(0.2, 0.6), played(0.5, 1), played(0.3, 0)]
      expect(Math.abs(few.opportunities.mid - 120)).toBeLessThan(25)
      expect(Math.abs(few.won.mid - 40)).toBeLessThan(20)
      expect(all.opportunities.mid).toBe(200)
      expect(none.opportunities).toEqual(none.won)
      expect(none.won.mid).toBeGreaterThan(0)
    },
  )

  test('S-26 a small team makes a queue; leads of other flows make it longer', () => {
    const slow = { ...behaving({ clicked: set(1), opened: set(1) }), lead: { ...behaving().lead, minutes: 1440 } }
    const small = {
      behaviour: slow,
      intake: [{ node: 'in', how: 'everybody', days: 25 } as const],
      teams: [team({ reps: [rep('ann', { cap: 2 })] })],
    }
    const of = run(input(planOf({ f: clickers() }), small))
    expect(of.totals.longestQueue.mid).toBeGreaterThan(100)
    const pressed = run(
      input(planOf({ f: clickers() }), { ...small, pressure: { mailsPerWeek: 0, leadsPerWeek: { team_inbound: 40 }, flows: ['Other'] } }),
    )
    expect(pressed.totals.accepted.mid).toBeLessThan(of.totals.accepted.mid)
  })

  test('S-26 where the only rep is away all wait, and who still waits at the end has waited, too', () => {
    const gone = [team({ reps: [rep('ann', { absences: [{ from: FROM, to: FROM + 1000 * DAY }] })] })]
    const { totals, reps } = run(
      input(planOf({ f: clickers() }), { teams: gone, behaviour: behaving({ clicked: set(1), opened: set(1) }) }),
    )
    expect(totals.longestQueue.mid).toBe(200)
    expect(totals.longestWaitHours.p10).toBeGreaterThan(24)
    expect(new Set(reps[0]?.atWork)).toEqual(new Set(['away']))
  })

  test('S-26 a rep with one place who never answers is full by day from the first lead on', () => {
    const one = {
      teams: [team({ reps: [rep('ann', { cap: 1 })] })],
      behaviour: behaving({ clicked: set(1), opened: set(1), answered: set(0) }),
    }
    const [ann] = run(input(planOf({ f: clickers() }), one)).reps
    expect(ann?.byDay.reduce((a, b) => a + b, 0)).toBe(1)
    expect(ann?.fullByDay.at(-1)).toBe(1)
    expect(ann?.full.mid).toBeCloseTo((ann?.fullByDay.reduce((a, b) => a + b, 0) ?? 0) / (ann?.fullByDay.length ?? 1), 3)
  })

  test('S-26 nobody there: all overflow; what a deal is worth unknown: a note', () => {
    const of = run(input(planOf({ f: clickers() }), { teams: [], behaviour: behaving({ clicked: set(1), opened: set(1) }) }))
    expect(of.totals).toMatchObject({ overflow: { mid: 200 }, accepted: { mid: 0 } })
    expect(run(input(planOf({ f: clickers() }))).notes).toContainEqual({ code: 'no-value' })
  })
})

describe('what people do by themselves', () => {
  const waiting = buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      [
        'w',
        'wait',
        {
          v: 2,
          slot: 1,
          until: {
            kind: 'event',
            branches: [
              { id: 'yes', name: '', match: { kind: 'event', type: 'form.sent', where: [{ key: 'form', op: 'is', value: 'demo' }] } },
            ],
            timeOut: { amount: 10, unit: 'days' },
          },
        },
      ],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>w', 'w.yes>end', 'w.time-out>end'],
  )

  test.each([0, 1])('S-27 at a share of %d', (share) => {
    const of = run(input(planOf({ f: waiting }), { behaviour: { ...behaving(), does: { w: { yes: set(share) } } } }))
    expect(edge(of, 'w', 'yes')?.people.mid).toBe(share * 200)
    expect(of.notes).toContainEqual({ code: 'deeds-drawn', nodes: ['w'] })
  })
})

describe('what people do anyway', () => {
  const listening = buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'event', type: 'demo.requested', where: [{ key: 'plan', op: 'is', value: 'pro' }], key: null } }],
      ['end', 'exit', { label: '', finished: true }],
    ],
    ['in.out>end'],
  )
  const doing = { ...behaving(), happens: { 'demo.requested': { perWeek: 0.25, of: 'test' }, unheard: { perWeek: 5, of: 'test' } } }
  const asked = (plan: string) => ({ id: 'e', type: 'demo.requested', props: { plan }, occurredAt: 0, receivedAt: 0 })
  const sampleWith = (plan: string) => sampleOf(people(200).map((it, i) => (i === 0 ? { ...it, events: [asked(plan)] } : it)))

  test('S-30 lets in as often as it happens, and looks like what people of the sample did', () => {
    const plan = planOf({ f: listening })
    const starts = questionsOf(plan, 'f', new Set(['demo.requested'])).starts
    expect(starts).toEqual([{ node: 'in', how: 'happening' }])
    const more = { behaviour: doing, intake: starts, days: 28 }
    const came = run(input(plan, { ...more, sample: sampleWith('pro') })).totals.entered.mid / 200
    expect(Math.abs(came - (1 - Math.exp(-1)))).toBeLessThan(0.1)
    expect(run(input(plan, { ...more, sample: sampleWith('free') })).totals.entered.mid).toBe(0)
  })

  test('S-30 what is asked of a flow: starts as they are known, and what people do in it', () => {
    const { starts, questions, deeds } = questionsOf(planOf({ f: clickers() }), 'f')
    expect(starts).toEqual([{ node: 'in', how: 'everybody', days: 28 }])
    expect(questions.map((it) => [it.node, it.asks.of])).toEqual([
      ['mail', 'mail'],
      ['w', 'deeds'],
      ['sales', 'lead'],
    ])
    expect(deeds).toEqual([])
    expect(questionsOf(planOf({ f: listening }), 'f')).toMatchObject({ starts: [{ how: 'everybody' }], deeds: ['demo.requested'] })
  })
})

describe('two settings', () => {
  test('S-28 a change that changes nothing makes no difference at all', () => {
    const plan = planOf({ f: clickers() })
    const other = differences(run(input(plan)), run(input(planOf({ f: clickers() }))))
    expect(Object.values(other ?? {}).every((it) => it.p10 === 0 && it.p90 === 0)).toBe(true)
  })

  test('S-28 a longer wait only adds leads, in every draw', () => {
    const late = { behaviour: { ...behaving(), mail: { ...behaving().mail, minutes: 2000 } } }
    const [short, long] = [run(input(planOf({ f: clickers(1) }), late)), run(input(planOf({ f: clickers(6) }), late))]
    const made = differences(short, long)
    expect(made?.leads.p10).toBeGreaterThan(0)
    expect(made?.entered).toEqual({ p10: 0, mid: 0, p90: 0 })
  })

  test('S-28 an absence moves leads to others', () => {
    const away = team({ reps: [rep('ann', { absences: [{ from: FROM, to: FROM + 30 * DAY }] }), rep('bob')] })
    const of = run(input(planOf({ f: clickers() }), { teams: [away] }))
    expect(of.reps.map((it) => it.leads.mid > 0)).toEqual([false, true])
  })

  test('S-28 what was played otherwise cannot be compared', () => {
    const plan = planOf({ f: alone() })
    expect(differences(run(input(plan)), run(input(plan, { seed: 'other' })))).toBeUndefined()
  })
})
