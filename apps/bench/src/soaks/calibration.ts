import { behaving, clickers, FROM, input, people, planOf, run, sampleOf, set, team } from '@baton/engine/testing'
import { dice } from '../people.ts'
import type { Round, Soak } from './round.ts'

const WORLDS = 200
const PEOPLE = 60
/** So many mails were counted before each forecast. */
const COUNTED = 150
const [LEAST, MOST] = [0.75, 0.85]
/** Ends of a band count as half within: a count is a whole number, and often the very end. */
const HALF = 0.5

/**
 * Made worlds with known rates: from a past that was drawn by them a forecast is made, then a future is drawn by them. Bands that say eight of
 * ten hold it in 75 to 85 of a hundred.
 */
export const calibration: Soak = {
  all: ['below', 'within', 'above'],
  async round(seed): Promise<Round> {
    const plan = planOf({ f: clickers() })
    const throws = dice(seed)
    const base = { days: 20, sample: sampleOf(people(PEOPLE)), people: PEOPLE, from: FROM, teams: [team({ levelMinutes: null })] }
    const seen = new Set<string>()
    let held = 0
    for (let world = 0; world < WORLDS; world++) {
      const truth = 0.1 + 0.6 * throws()
      const yes = Array.from({ length: COUNTED }, throws).filter((it) => it < truth).length
      const known = { from: 'measured' as const, yes, no: COUNTED - yes, of: 'the past' }
      const behaviour = behaving({ opened: set(0), clicked: known })
      const { leads } = run(input(plan, { ...base, seed: `${seed}/${world}`, draws: 19, behaviour })).totals
      const future = { ...base, seed: `${seed}/${world}/future`, draws: 1, behaviour: behaving({ opened: set(0), clicked: set(truth) }) }
      const happened = run(input(plan, future)).totals.leads.mid
      const place = happened < leads.p10 ? 'below' : happened > leads.p90 ? 'above' : 'within'
      seen.add(place)
      if (place === 'within') held += happened === leads.p10 || happened === leads.p90 ? HALF : 1
    }
    const share = held / WORLDS
    const wrong =
      share < LEAST || share > MOST ? [`Bands of eight in ten held what happened in ${Math.round(share * 100)} of a hundred.`] : []
    return { wrong, counts: { worlds: WORLDS, held: Math.round(held) }, seen: [...seen] }
  },
}
