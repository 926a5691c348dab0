import { chmodSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Handle, sqlState } from '@baton/db'
import { openBed } from '../faults/bed.ts'
import { FILLER } from '../faults/client.ts'
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
const FELT_WITHIN = 10_000

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

/** With no room for its journal PostgreSQL ends itself: whoever runs it starts it again once there is some. */
async function revive(cluster: Cluster): Promise<boolean> {
  if (cluster.running()) return false
  await cluster.start()
  return true
}

/** A file of the journal. */
const SEGMENT = 1_048_576
/** How near to the end of its file the journal is brought. */
const NEAR = 60_000

/**
 * Brings the journal to where one of the ways is the first: at the beginning of a file there is room in it for all that a phase writes,
 * and it is a table that cannot grow; at its end the next file cannot be made, and the server ends.
 */
async function lead(handle: Handle, way: typeof FULL | typeof ENDED, random: () => number): Promise<void> {
  const say = (bytes: number) => handle.query(`select pg_logical_emit_message(false, 'soak', repeat('x', $1::int))`, [bytes])
  if (way === FULL) {
    await handle.query('select pg_switch_wal()')
    await say(1)
    return
  }
  const [row] = await handle.query<{ at: number }>(`select (pg_current_wal_insert_lsn() - '0/0') % ${SEGMENT} as at`)
  await say(Math.max(0, SEGMENT - Number(row?.at ?? 0) - NEAR - Math.floor(random() * NEAR)))
}

/** Whether the server is up and says by itself that there is no room. What it writes for this leaves nothing behind. */
const hasNoRoom = (handle: Handle): Promise<boolean> =>
  handle.query('create temp table much as select generate_series(1, 200000)').then(
    () => false,
    (error: unknown) => sqlState(error) === '53100',
  )

/** What was acknowledged while the disk ran full is there, once. */
async function keeps(handle: Handle, stored: readonly string[]): Promise<string[]> {
  const rows = await handle.query<{ id: string }>('select id from event where type = $1', [FILLER])
  const times = new Map<string, number>()
  for (const { id } of rows) times.set(id, (times.get(id) ?? 0) + 1)
  return [
    ...stored.flatMap((id) => (times.has(id) ? [] : [`${id} was acknowledged, and is not there`])),
    ...[...times].flatMap(([id, n]) => (n > 1 ? [`${id} is there ${n} times`] : [])),
  ]
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
    const stored: string[] = []
    let refused = 0
    const wrong = await play({
      bed,
      seed,
      kind: 'pg',
      timings: TIMINGS,
      async fault({ phase, server, handle, client, wrong: found }) {
        await pause(random() * 100)
        const way = random() < 0.5 ? FULL : ENDED
        await lead(handle, way, random)
        small.fill(Math.floor(random() * (way === FULL ? 100_000 : SEGMENT / 2)))
        // Until somebody felt it: it is filled further meanwhile by what comes in.
        const felt = () => client.trouble.length > refused || !cluster.running()
        let over = false
        const pouring = client.pour(
          phase.at,
          () => server.url,
          () => over,
        )
        try {
          await until('felt', felt, FELT_WITHIN).catch(() => {})
          await pause(random() * 500)
          if (client.trouble.length > refused && (await hasNoRoom(handle))) seen.add(FULL)
        } finally {
          over = true
          small.free()
        }
        if (await revive(cluster)) seen.add(ENDED)
        stored.push(...(await pouring))
        await untilWell(server.url)
        found.push(...honest(client), ...(await keeps(handle, stored)))
        refused = client.trouble.length
      },
    })
    return { wrong, counts: { refused, stored: stored.length }, seen: [...seen] }
  },
}
