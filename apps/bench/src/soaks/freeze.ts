import { setTimeout as pause } from 'node:timers/promises'
import { type Failpoint, failpoints, type Handle } from '@baton/db'
import { playApart } from '../faults/apart.ts'
import { openBed } from '../faults/bed.ts'
import { once } from '../faults/once.ts'
import { type Agent, dismiss, heard, until } from '../faults/troupe.ts'
import { dice } from '../people.ts'
import type { Soak } from './round.ts'

/** A frozen process loses its transaction before its leases, and all of it within three seconds: in production within fifteen. */
const TIMINGS = { leaseMs: 2_000, claimMs: 2_500, patience: { idle: 900, answer: 10_000 } }
const SOMEWHERE = 'somewhere'
/** So long a failpoint is waited for before the process is frozen wherever it is. */
const WAIT = 1_500

const ground = once(openBed, async (bed) => {
  await dismiss()
  await bed.close()
})

/** Whether the frozen one holds nothing any more: neither leases, nor rows locked inside a transaction. */
async function overtaken(handle: Handle): Promise<boolean> {
  const [row] = await handle.query<{ owners: number; held: number }>(
    `select count(distinct owner)::int as owners, count(*) filter (where owner <> '')::int as held from lease`,
  )
  return row?.owners === 1 && row.held === 1024
}

/** Lets a frozen process go on for good: a failpoint that is still to come may freeze it again before it hears that there is none any more. */
async function wake(agent: Agent): Promise<void> {
  const told = heard(agent.ask({ do: 'arm', failpoints: '' }))
  await until('awake', () => {
    if (agent.frozen()) agent.signal('SIGCONT')
    return told()
  })
}

/**
 * One of two processes stands still beyond its lease, at each failpoint in turn: the other takes over and goes on; when the frozen one
 * wakes it finds out, and works on beside the other. Nothing is done twice.
 */
export const freeze: Soak = {
  all: [...failpoints, SOMEWHERE],
  close: ground.close,
  async round(seed) {
    const bed = await ground()
    const random = dice(seed)
    const seen = new Set<string>()
    const point: Failpoint | undefined = failpoints[seed % failpoints.length]
    let frozen = 0
    const { wrong } = await playApart({
      bed,
      seed,
      kind: 'pg',
      timings: TIMINGS,
      agents: 2,
      failpoints: (i) => (i === 0 ? `${point}:${1 + Math.floor(random() * 2)}:stop` : ''),
      async fault({ agents, handle, first, last, wrong: found }) {
        const [one] = agents
        if (!one || !handle || frozen > 0) return
        if (first || last) await until('a failpoint', () => one.frozen(), WAIT).catch(() => {})
        if (one.frozen()) seen.add(point ?? '')
        else if (last) {
          one.signal('SIGSTOP')
          await until('frozen', () => one.frozen())
          seen.add(SOMEWHERE)
        } else return
        frozen++
        await until('the other has taken over', () => overtaken(handle))
        await pause(random() * TIMINGS.leaseMs)
        await wake(one)
        await pause(50)
        if (!one.alive()) found.push('The process that was frozen has ended')
      },
    })
    return { wrong, counts: { frozen }, seen: [...seen] }
  },
}
