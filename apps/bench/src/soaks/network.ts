import { setTimeout as pause } from 'node:timers/promises'
import { openBed } from '../faults/bed.ts'
import { openCluster } from '../faults/cluster.ts'
import { honest, untilWell } from '../faults/honest.ts'
import { once } from '../faults/once.ts'
import { type Ill, openProxy } from '../faults/proxy.ts'
import { play } from '../faults/round.ts'
import { dice } from '../people.ts'
import type { Soak } from './round.ts'

const ILLS = ['cut', 'cut-at-commit', 'lose-commit', 'stall', 'delay'] as const satisfies readonly Ill[]
/** A stalled line is given up after two seconds: in production after two minutes. */
const TIMINGS = { leaseMs: 3_000, claimMs: 4_000, patience: { idle: 1_500, answer: 2_000 } }
const PER_PHASE = 2

const ground = once(
  async () => {
    const cluster = await openCluster()
    return { cluster, bed: await openBed(cluster.url) }
  },
  async ({ cluster, bed }) => {
    await bed.close()
    await cluster.close()
  },
)

/** The same database by the line. */
const byLine = (port: number) => (url: string) => `postgres://postgres@127.0.0.1:${port}/${/\/(\w+)\?/.exec(url)?.[1]}`

/**
 * The line between Baton and PostgreSQL is cut, slow, dead without a word, or loses the answer to a commit: what may have been done is
 * found out, never done again on suspicion, and nothing is lost.
 */
export const network: Soak = {
  all: ILLS,
  close: ground.close,
  async round(seed) {
    const { cluster, bed } = await ground()
    const random = dice(seed)
    const proxy = await openProxy(cluster.socket)
    const seen = new Set<string>()
    try {
      const wrong = await play({
        bed,
        seed,
        kind: 'pg',
        timings: TIMINGS,
        servers: 1 + (seed % 2),
        reach: byLine(proxy.port),
        over: proxy.mend,
        async fault({ server, client, wrong: found }) {
          for (let i = 0; i < PER_PHASE; i++) {
            await pause(random() * 150)
            const ill = ILLS[Math.floor(random() * ILLS.length)] ?? 'cut'
            const before = proxy.struck()
            proxy.set(ill)
            await pause(100 + random() * 300)
            proxy.set(null)
            if (proxy.struck() > before) seen.add(ill)
            // What was stalled stays so: nobody is told that the line is well again. Now and then it breaks after a while.
            if (random() < 0.3) proxy.mend()
          }
          await untilWell(server.url)
          found.push(...honest(client))
        },
      })
      return { wrong, counts: { struck: proxy.struck() }, seen: [...seen] }
    } finally {
      await proxy.close()
    }
  },
}
