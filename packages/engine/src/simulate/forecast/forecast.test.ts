import { DAY } from '@baton/leads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  alone,
  behaving,
  clickers,
  edge,
  FROM,
  input,
  measured,
  node,
  people,
  person,
  run,
  sampleOf,
  set,
  team,
} from '../../../testing/forecasts.ts'
import { arbitraryProgramme, buildGraph, planOf, programmeCatalog } from '../../../testing/index.ts'
import { playAlone } from '../play/play.ts'
import { createWorld } from '../world/world.ts'
import { forecast } from './forecast.ts'
import { drawnShare } from './parameters.ts'
import { type Rate, shareOf } from './rates.ts'
import type { FlowForecast } from './result.ts'
import { sharedIn } from './sharing.ts'

/** At every node and stretch: who stood there, and came, is there or has left. */
function conserved(of: FlowForecast): void {
  for (const { node: id, entered, people: now, dropOff } of of.nodes) {
    expect(now.mid).toBeLessThanOrEqual(entered.mid + 1e9)
    if (dropOff) expect(dropOff.p90).toBeLessThanOrEqual(1)
    const { peopleOver = [], enteredOver = [] } = of.nodes.find((it) => it.node === id) ?? {}
    expect([peopleOver.length, peopleOver.at(-1), enteredOver.at(-1)]).toEqual([of.stretches, now, entered])
    for (const it of [...peopleOver, ...enteredOver]) expect(it.p10 <= it.mid && it.mid <= it.p90).toBe(true)
  }
  for (const total of of.drawn) {
    expect(total.entered).toBeCloseTo(total.inside + total.finished + total.leftEarly, 6)
    expect(total.leads).toBeGreaterThanOrEqual(total.accepted + total.rejected + total.overflow)
  }
}

describe('what is shared', () => {
  test('S-20 a rotation and a line are; without them everybody is played alone', () => {
    expect(sharedIn(planOf({ f: clickers() }))).toEqual({ leads: ['sales'], places: [] })
    expect(sharedIn(planOf({ f: alone() }))).toEqual({ leads: [], places: [] })
    expect([run(input(planOf({ f: clickers() }))).order, run(input(planOf({ f: alone() }))).order]).toEqual(['all-at-once', 'one-by-one'])
  })
})

describe('parameters', () => {
  test('S-21 what is set is not drawn; what was counted is drawn around its share, the more closely the more was counted', () => {
    const draws = (it: Rate) => Array.from({ length: 400 }, (_, draw) => drawnShare(it, 'x', 's', draw))
    const spread = (all: readonly number[]) => Math.max(...all) - Math.min(...all)
    expect(new Set(draws(set(0.3)))).toEqual(new Set([0.3]))
    const [few, many] = [draws(measured(3, 7)), draws(measured(300, 700))]
    expect(spread(many)).toBeLessThan(spread(few) / 4)
    expect(many.reduce((a, b) => a + b) / 400).toBeCloseTo(0.3, 1)
    expect([shareOf(measured(0, 0)), shareOf(set(0.2))]).toEqual([0.5, 0.2])
    expect(draws({ from: 'default', share: 0, like: 20, of: '' })[0]).toBe(0)
  })

  test('S-21 wider knowledge, wider bands', () => {
    const band = (clicked: Rate) => {
      const { accepted } = run(input(planOf({ f: clickers() }), { behaviour: behaving({ clicked }), draws: 19 })).totals
      return accepted.p90 - accepted.p10
    }
    expect(band(measured(2, 8))).toBeGreaterThan(band(measured(200, 800)))
  })
})

describe('counting', () => {
  test('S-22 S-24 people, ways, stays and ends', () => {
    const of = run(input(planOf({ f: alone() })))
    expect(of.totals.entered).toEqual({ p10: 200, mid: 200, p90: 200 })
    expect(of.totals.finished.mid).toBe(200)
    expect(node(of, 'w')?.medianMinutes?.mid).toBeGreaterThan(2 * 1440 * 0.97)
    expect(node(of, 'w')?.medianMinutes?.mid).toBeLessThan(2 * 1440 * 1.03)
    expect(node(of, 'mail')?.medianMinutes?.mid).toBe(0)
    expect(
      node(of, 'w')
        ?.peopleOver.slice(0, 4)
        .map((it) => it.mid),
    ).toEqual([200, 200, 0, 0])
    expect(
      node(of, 'end')
        ?.dropOffOver.slice(0, 3)
        .map((it) => it?.mid),
    ).toEqual([undefined, undefined, 1])
    expect(
      of.edges
        .find((it) => it.node === 'w' && it.people.mid > 0)
        ?.shareOver.map((it) => it?.mid)
        .slice(0, 3),
    ).toEqual([undefined, undefined, 1])
    expect(edge(of, 'mail', 'sent')).toMatchObject({ people: { mid: 200 }, share: { mid: 1 } })
    expect(edge(of, 'mail', 'not-sent')).toMatchObject({ people: { mid: 0 }, share: { mid: 0 } })
    expect(node(of, 'end')?.dropOff?.mid).toBe(1)
    expect(of.steps).toBe(5 * 200 * 4)
    conserved(of)
  })

  test.each([0, 1])('S-22 a share of %d is nobody or everybody', (share) => {
    const of = run(input(planOf({ f: clickers() }), { behaviour: behaving({ clicked: set(share), opened: set(share), accepted: set(1) }) }))
    expect(edge(of, 'w', 'yes')?.people.mid).toBe(share * 200)
    expect(of.totals.accepted.mid).toBe(share * 200)
    conserved(of)
  })

  test('S-22 nobody at all', () => {
    const of = run(input(planOf({ f: clickers() }), { sample: sampleOf([]), people: 0 }))
    expect(of).toMatchObject({ people: 0, sample: 0, totals: { entered: { mid: 0 }, mails: { mid: 0 } }, mailWeeks: [] })
    expect(of.nodes.every((it) => it.medianMinutes === null)).toBe(true)
  })

  test('S-22 a sample speaks for all: counts are theirs, notes say so', () => {
    const of = run(input(planOf({ f: alone() }), { people: 2000 }))
    expect(of.totals.entered.mid).toBe(2000)
    expect(of.totals.mostMailsInAWeek.mid).toBe(1)
    expect(of.notes).toContainEqual({ code: 'sampled', sample: 200, people: 2000 })
  })

  test('S-22 any flow: people before and come are people there and gone, at each node, and the same seed gives the same', () => {
    fc.assert(
      fc.property(arbitraryProgramme, fc.nat(), ({ flows, segments, contacts }, seed) => {
        const plan = planOf({ a: flows.a ?? alone() }, segments, programmeCatalog)
        const states = contacts.map((it) => it.state)
        const of = () =>
          run({
            ...input(plan, {
              flowId: 'a',
              seed: `${seed}`,
              sample: sampleOf(states),
              people: states.length,
              draws: 2,
              teams: [team({ id: 'team_a' })],
            }),
            from: Date.parse('2026-03-01T00:00:00Z'),
            intake: [{ node: 't0', how: 'rate', perWeek: 2 }],
          })
        const one = of()
        conserved(one)
        expect(of()).toEqual(one)
      }),
      { seed: 20261122, numRuns: 40 },
    )
  })

  test('S-25 mails by week, with those of other flows, and the most anybody gets', () => {
    const quiet = run(input(planOf({ f: alone() }), { days: 28 }))
    expect(quiet.mailWeeks).toEqual([
      { mails: 0, share: 0.75 },
      { mails: 1, share: 0.25 },
    ])
    const pressed = run(input(planOf({ f: alone() }), { days: 28, pressure: { mailsPerWeek: 2, leadsPerWeek: {}, flows: ['Newsletter'] } }))
    expect(pressed.totals.mostMailsInAWeek.mid).toBeGreaterThan(2)
    expect(pressed.mailWeeks.reduce((sum, it) => sum + it.mails * it.share, 0)).toBeCloseTo(2.25, 0)
    expect(pressed.notes).toContainEqual({ code: 'pressure', flows: ['Newsletter'], mailsPerWeek: 2, leadsPerWeek: 0 })
    expect(pressed.totals.mails.mid).toBe(200)
  })
})

describe('time', () => {
  test('S-23 who comes over so many days, or at a rate, comes by their key alone', () => {
    const spread = run(input(planOf({ f: alone() }), { intake: [{ node: 'in', how: 'everybody', days: 20 }] }))
    const came = node(spread, 'in')?.enteredOver.map((it) => it.mid) ?? []
    expect(came.at(-1)).toBe(200)
    expect(Math.abs((came[9] ?? 0) - 100)).toBeLessThan(25)
    const rate = run(input(planOf({ f: alone() }), { days: 28, intake: [{ node: 'in', how: 'rate', perWeek: 0.1 }] }))
    expect(Math.abs(rate.totals.entered.mid / 200 - (1 - Math.exp(-0.4)))).toBeLessThan(0.1)
  })

  test('S-23 a year with both changes of the clock keeps the time of day, week by week', () => {
    const graph = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'manual' } }],
        ['w', 'wait', { v: 2, slot: 1, until: { kind: 'time', time: '09:00', weekdays: [], late: { do: 'next' } } }],
        ['d', 'wait', { v: 2, slot: 1, until: { kind: 'duration', amount: 300, unit: 'days' } }],
        ['end', 'exit', { label: '', finished: true }],
      ],
      ['in.out>w', 'w.out>d', 'd.out>end'],
    )
    const berlin = Array.from({ length: 20 }, (_, i) => person(i, { zone: 'Europe/Berlin' }))
    const of = run(input(planOf({ f: graph }), { sample: sampleOf(berlin), people: 20, days: 365, draws: 2 }))
    expect([of.stretch, of.stretches]).toEqual([7 * DAY, 53])
    // From nine in winter to nine in summer time: an hour less than 300 × 24.
    const minutes = node(of, 'd')?.medianMinutes?.mid ?? 0
    expect(Math.abs(minutes - 300 * 1440) / minutes).toBeLessThan(0.03)
    expect(of.totals.finished.mid).toBe(20)
  })

  test('S-23 people who are inside already go on from where they stand', () => {
    const plan = planOf({ f: alone() })
    const enrol = { kind: 'enrol', at: FROM - DAY, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } } as const
    const world = createWorld({ teams: [], zone: 'UTC' })
    const inside = people(10).map((state, i) =>
      playAlone({ state, coming: [enrol] }, i, { plan, world, until: FROM - 1, seed: '', onTurn: () => {} }),
    )
    expect(inside.every((it) => it.enrolments[0]?.node === 'w')).toBe(true)
    const of = run(input(planOf({ f: alone() }), { sample: sampleOf(inside), people: 10, intake: [] }))
    expect(
      node(of, 'w')
        ?.peopleOver.slice(0, 3)
        .map((it) => it.mid),
    ).toEqual([10, 0, 0])
    expect(of.totals).toMatchObject({ entered: { mid: 0 }, finished: { mid: 10 } })
  })
})

test('S-29 it says how far it is, and stops where nobody asks on', () => {
  const steps = forecast(input(planOf({ f: clickers() })))
  const told: number[] = []
  for (let step = steps.next(); !step.done && told.length < 4; step = steps.next()) told.push(step.value.done)
  expect(told.length).toBe(4)
  expect([...told].sort((a, b) => a - b)).toEqual(told)
  expect(told.every((it) => it >= 0 && it < 1)).toBe(true)
  expect(steps.return(undefined as never)).toMatchObject({ done: true })
  expect(steps.next()).toEqual({ done: true, value: undefined })
  expect(() => run(input(planOf({ f: alone() }), { flowId: 'gone' }))).toThrow('no version')
})
