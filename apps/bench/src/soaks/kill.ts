import { setTimeout as pause } from 'node:timers/promises'
import { failpoints } from '@baton/db'
import { playApart } from '../faults/apart.ts'
import { openBed } from '../faults/bed.ts'
import { once } from '../faults/once.ts'
import { dismiss } from '../faults/troupe.ts'
import { dice } from '../people.ts'
import type { Soak } from './round.ts'

const TIMINGS = { leaseMs: 2_000, claimMs: 2_500, patience: { idle: 900, answer: 10_000 } }
const TERM = 'SIGTERM'
/** Mails that one process sends at a time: as many may be unknown after it is killed. */
const CONNECTIONS = 5
/** Every so many rounds on the embedded database, which takes a process to itself. */
const EMBEDDED = 5
const KILLS = 2
/** Leases and claims are handed back, and what is under way is finished, within this. */
const ENDS_WITHIN = 10_000

const ground = once(openBed, async (bed) => {
  await dismiss()
  await bed.close()
})

/**
 * kill -9 at failpoints, of one or two processes on one database, each followed by another; and one is ended by SIGTERM in the middle of
 * everything. Then every person has exactly their steps, points, mails, calls and lead. The first failpoint goes round with the seed.
 */
export const kill: Soak = {
  all: [...failpoints, TERM],
  close: ground.close,
  async round(seed) {
    const bed = await ground()
    const random = dice(seed)
    const seen = new Set<string>()
    const embedded = seed % EMBEDDED === 0
    const armed: string[] = []
    let killed = 0
    const { wrong, unknown } = await playApart({
      bed,
      seed,
      kind: embedded ? 'pglite' : 'pg',
      timings: TIMINGS,
      agents: embedded ? 1 : 1 + (seed % 2),
      failpoints(i) {
        if (i >= KILLS) return ''
        // Each fifth seed takes the embedded database: the walk through the names steps on by one for both kinds.
        const drawn = i === 0 ? Math.floor(seed / EMBEDDED) + seed : Math.floor(random() * failpoints.length)
        const name = failpoints[drawn % failpoints.length] ?? 'runner.claimed'
        armed.push(name)
        return `${name}:${i === 0 ? 1 : 1 + Math.floor(random() * 3)}`
      },
      ended({ signal, opened }) {
        if (signal !== 'SIGKILL') return
        killed++
        seen.add(armed[opened] ?? '')
      },
      async fault({ agents, handle, last, wrong: found }) {
        if (!last || !handle) return
        const one = agents.find((it) => it.alive())
        if (!one) return
        await pause(random() * 200)
        const from = performance.now()
        one.signal(TERM)
        const { signal, code } = await one.gone
        if (signal === 'SIGKILL') return
        seen.add(TERM)
        if (code !== 0) found.push(`A process that was ended by SIGTERM gave ${code ?? signal}`)
        if (performance.now() - from > ENDS_WITHIN) found.push(`A process took ${Math.round(performance.now() - from)} ms to end`)
        const [held] = await handle.query<{ n: number }>(`select count(*) as n from lease where owner like $1 || '-%'`, [one.pid])
        if (held?.n !== 0) found.push(`${held?.n} leases were not handed back`)
      },
    })
    if (unknown > killed * CONNECTIONS) wrong.push(`${unknown} mails are unknown after ${killed} kills`)
    return { wrong, counts: { killed, unknown }, seen: [...seen] }
  },
}
