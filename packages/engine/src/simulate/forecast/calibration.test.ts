import { expect, test } from 'vitest'
import { behaving, clickers, FROM, input, people, run, sampleOf, set, team } from '../../../testing/forecasts.ts'
import { planOf } from '../../../testing/index.ts'
import type { Rate } from './rates.ts'

const WORLDS = 60
/** So many mails were counted before the forecast. */
const COUNTED = 150
const PEOPLE = 30

/** A sequence that looks random and is the same in every run. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/** `npm run soak -- calibration` plays more of them. */
test('S-21 on made worlds the bands hold what then happens in about eight of ten', { timeout: 120_000 }, () => {
  const plan = planOf({ f: clickers() })
  const next = chance(20261122)
  const base = { days: 20, sample: sampleOf(people(PEOPLE)), people: PEOPLE, from: FROM, teams: [team({ levelMinutes: null })] }
  let held = 0
  for (let world = 0; world < WORLDS; world++) {
    const truth = 0.1 + 0.6 * next()
    const yes = Array.from({ length: COUNTED }, next).filter((it) => it < truth).length
    const known: Rate = { from: 'measured', yes, no: COUNTED - yes, of: 'the past' }
    const { leads } = run(
      input(plan, { ...base, seed: `world ${world}`, draws: 19, behaviour: behaving({ opened: set(0), clicked: known }) }),
    ).totals
    const future = { ...base, seed: `future ${world}`, draws: 1, behaviour: behaving({ opened: set(0), clicked: set(truth) }) }
    const happened = run(input(plan, future)).totals.leads.mid
    if (happened >= leads.p10 && happened <= leads.p90) held++
  }
  expect(held / WORLDS).toBeGreaterThanOrEqual(0.7)
  expect(held / WORLDS).toBeLessThanOrEqual(0.92)
})
