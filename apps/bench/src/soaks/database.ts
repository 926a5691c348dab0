import { setTimeout as pause } from 'node:timers/promises'
import { openBed } from '../faults/bed.ts'
import { openCluster } from '../faults/cluster.ts'
import { honest, untilWell } from '../faults/honest.ts'
import { once } from '../faults/once.ts'
import { play } from '../faults/round.ts'
import { dice } from '../people.ts'
import type { Soak } from './round.ts'

const TIMINGS = { leaseMs: 3_000, claimMs: 4_000, patience: { idle: 1_500, answer: 10_000 } }

const STOPS = ['fast', 'immediate'] as const

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

/** What a server says while its database is away: that it is, and what to do. */
async function asked(url: string): Promise<string[]> {
  const wrong: string[] = []
  for (const path of ['/healthz', '/api/trpc/session.me']) {
    const answer = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(15_000) })
    const said = await answer.text()
    if (answer.status !== 503) wrong.push(`${path} answered ${answer.status} while the database was away: ${said.slice(0, 200)}`)
    else if (!said.includes('see that PostgreSQL runs')) wrong.push(`${path} did not say what to do: ${said.slice(0, 200)}`)
  }
  return wrong
}

/**
 * PostgreSQL is stopped in the middle of everything, once per phase, in both ways, and started again: the server stays up, says so,
 * goes on by itself, and nothing is lost or done twice.
 */
export const database: Soak = {
  all: STOPS,
  close: ground.close,
  async round(seed) {
    const { cluster, bed } = await ground()
    const random = dice(seed)
    const seen = new Set<string>()
    let refused = 0
    const wrong = await play({
      bed,
      seed,
      kind: 'pg',
      timings: TIMINGS,
      servers: 1 + (seed % 2),
      async fault({ server, client, wrong: found }) {
        const how = STOPS[random() < 0.5 ? 0 : 1]
        await pause(random() * 400)
        await cluster.stop(how)
        found.push(...(await asked(server.url)))
        await cluster.start()
        await untilWell(server.url)
        found.push(...honest(client))
        refused = client.trouble.length
        seen.add(how)
      },
    })
    return { wrong, counts: { stops: 3, refused }, seen: [...seen] }
  },
}
