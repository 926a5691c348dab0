import { drawBundles } from '@baton/engine/testing'
import { closeGround, inEmpty } from '../fidelity/bed.ts'
import { keep } from '../fidelity/fixture.ts'
import { type Injection, injections } from '../fidelity/inject.ts'
import { type Compared, compare } from '../fidelity/round.ts'
import { before, shrink } from '../fidelity/shrink.ts'
import { allWays, taken } from '../fidelity/taken.ts'
import type { Round, Soak } from './round.ts'

/** So many bundles stand in one workspace and share its clock: an instant costs the same for one as for all. */
const TOGETHER = 500
/** From so many on nothing may be left that was never taken. */
const ENOUGH = 1000
/** The workspace's rules for mail, from lot to lot. */
const RULES = [
  { caps: [], quiet: null },
  { caps: [{ count: 2, hours: 48 }], quiet: { from: '22:00', to: '07:30' } },
]

const isInjection = (it: string): it is Injection => injections.some((one) => one === it)

/**
 * A simulation is the run: random bundles with their people are played by the engine alone, as `flow simulate` does, and by the runner over
 * PostgreSQL; the journals are the same to the byte.
 */
export const fidelity: Soak = {
  get all() {
    return allWays()
  },
  together: TOGETHER,
  enough: ENOUGH,
  injections,
  close: closeGround,
  async round(seed, { count = 1, inject = '' } = {}): Promise<Round> {
    const bundles = drawBundles(seed, count)
    const sending = RULES[seed % RULES.length] ?? {}
    const bug = isInjection(inject) ? inject : undefined
    const both = (of: typeof bundles, until?: number): Promise<Compared> =>
      inEmpty((handle) => compare(handle, { bundles: of, sending, inject: bug, until }))
    const { differences, wrong, journal, leads, instants } = await both(bundles)
    const told = differences.map(({ contact, simulated, ran }) => `${contact}\n  simulated ${simulated}\n  ran       ${ran}`)
    if (differences.length > 0 && !bug) {
      // Of what came first nothing later is a cause: neither has to be played that far.
      const until = Math.min(...differences.map((it) => it.at))
      const first = differences.filter((it) => it.at === until)
      // Making it smaller plays it many times: whoever ends that has seen at least what it is about.
      console.error(`Seed ${seed}, ${count} bundles: ${differences.length} people differ. Making it smaller; this may take long.`)
      console.error(told.slice(0, 5).join('\n'))
      const clue = { people: new Set(first.map((it) => it.contact)), lines: first.map((it) => `${it.simulated} ${it.ran}`).join(' ') }
      const small = await shrink(before(bundles, until), clue, async (it) => {
        return (await both(structuredClone([...it]), until)).differences.length > 0
      })
      told.unshift(`Made smaller and kept as ${keep(`seed-${seed}-${count}`, { bundles: small, sending, until })}`)
    }
    const ways = { ...taken(bundles, journal), ...leads }
    const people = bundles.reduce((sum, it) => sum + it.contacts.length, 0)
    return {
      wrong: [...wrong, ...told],
      counts: { bundles: count, people, instants, steps: journal.length, ...ways },
      seen: Object.keys(ways).filter((it) => allWays().includes(it)),
    }
  },
}
