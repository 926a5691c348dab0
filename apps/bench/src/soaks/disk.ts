import { chmodSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { openBed } from '../faults/bed.ts'
import { type Cluster, openCluster } from '../faults/cluster.ts'
import { openDisk } from '../faults/disk.ts'
import { honest, untilWell } from '../faults/honest.ts'
import { once } from '../faults/once.ts'
import { play } from '../faults/round.ts'
import { until } from '../faults/troupe.ts'
import { dice } from '../people.ts'
import type { Soak } from './round.ts'

const TIMINGS = { leaseMs: 3_000, claimMs: 4_000, patience: { idle: 1_500, answer: 10_000 } }
/** Room for the system's own tables, a template and a round. */
const MEGABYTES = 160
const FULL = 'refused'
const ENDED = 'ended'

const ground = once(
  async () => {
    const disk = await openDisk(MEGABYTES)
    if (!disk) throw new Error('A small disk is mounted for this soak: run it as root.')
    chmodSync(disk.dir, 0o755)
    const cluster = await openCluster({
      home: disk.dir,
      settings: ['max_wal_size=16MB', 'min_wal_size=2MB', 'wal_recycle=off', 'autovacuum=off'],
    })
    return { disk, cluster, bed: await openBed(cluster.url) }
  },
  async ({ disk, cluster, bed }) => {
    await bed.close()
    await cluster.close()
    await disk.close()
  },
)

/** With no room for its journal PostgreSQL may end itself: whoever runs it starts it again once there is some. */
async function revive(cluster: Cluster): Promise<boolean> {
  if (cluster.running()) return false
  await cluster.start()
  return true
}

/**
 * The disk of PostgreSQL is full to the last pages while people go through: clients hear that nothing was stored, nothing acknowledged is
 * lost, and when there is room everything goes on.
 */
export const disk: Soak = {
  all: [FULL, ENDED],
  close: ground.close,
  async round(seed) {
    const { disk: small, cluster, bed } = await ground()
    const random = dice(seed)
    const seen = new Set<string>()
    let refused = 0
    const wrong = await play({
      bed,
      seed,
      kind: 'pg',
      timings: TIMINGS,
      async fault({ server, client, wrong: found }) {
        await pause(random() * 100)
        small.fill(Math.floor(random() * 200_000))
        // Until somebody felt it, or there is nothing more to write.
        const felt = () => client.trouble.length > refused || !cluster.running()
        await until('felt', felt, 2_500).catch(() => {})
        await pause(random() * 500)
        small.free()
        if (await revive(cluster)) seen.add(ENDED)
        await untilWell(server.url)
        found.push(...honest(client))
        if (client.trouble.length > refused) seen.add(FULL)
        refused = client.trouble.length
      },
    })
    return { wrong, counts: { refused }, seen: [...seen] }
  },
}
