import {
  acquireLeases,
  BUCKETS,
  farewell,
  freeBuckets,
  type Handle,
  type Held,
  heartbeat,
  lanesOf,
  outageOf,
  releaseOn,
  renewOn,
} from '@baton/db'
import { inParallel } from './in-parallel.ts'
import type { Keeper, KeeperPorts } from './keeper.ts'

/** Buckets taken at the same time; a process that begins takes all of its share. */
const AT_ONCE = 8

/**
 * Keeps buckets of a database spread over machines, bucket by bucket and machine by machine: one that is away costs its own buckets and
 * no others. What could not be renewed stays held, since the fence of each batch asks the lease itself.
 */
export function createSpreadKeeper({ handle, owner, wall, ttl }: KeeperPorts): Keeper {
  const held = new Map<number, number>()
  let refreshed = Number.NEGATIVE_INFINITY
  const holder = () => ({ owner, now: wall(), ttl })

  /** A task for the buckets of each machine; of a machine that is away nothing is learnt. */
  async function perMachine(buckets: Iterable<number>, task: (node: Handle, buckets: number[]) => Promise<void>): Promise<void> {
    const by = new Map<Handle, number[]>()
    for (const bucket of buckets) {
      const node = handle.near(bucket)
      by.set(node, [...(by.get(node) ?? []), bucket])
    }
    await Promise.all([...by].map(([node, list]) => unlessAway(() => task(node, list))))
  }

  async function renew(): Promise<void> {
    await perMachine([...held.keys()], async (node, buckets) => {
      const ours = new Map((await renewOn(node, buckets, holder())).map((it) => [it.bucket, it.epoch]))
      for (const bucket of buckets) if (ours.get(bucket) !== held.get(bucket)) held.delete(bucket)
    })
  }

  async function giveBack(buckets: readonly number[]): Promise<void> {
    for (const bucket of buckets) held.delete(bucket)
    await perMachine(buckets, (node, list) => releaseOn(node, list, owner))
  }

  async function take(share: number): Promise<void> {
    if (held.size >= share) return
    const free = await freeBuckets(handle, holder()).catch((error: unknown) => {
      if (outageOf(error) === undefined) throw error
      return Array.from({ length: BUCKETS }, (_, bucket) => bucket)
    })
    const wanted = startingAt(
      free.filter((bucket) => !held.has(bucket)),
      owner,
    )
    await inParallel(wanted, AT_ONCE, async (bucket) => {
      if (held.size >= share) return
      await unlessAway(async () => {
        for (const { bucket: taken, epoch } of await acquireLeases(handle.near(bucket), [bucket], holder())) held.set(taken, epoch)
      })
    })
    await giveBack([...held.keys()].slice(share))
  }

  return {
    due: () => wall() - refreshed > ttl / 3,
    lanes: () => lanesOf(held.keys(), true),
    async refresh() {
      const share = Math.ceil(BUCKETS / Math.max(1, await heartbeat(handle, holder())))
      await renew()
      await giveBack([...held.keys()].slice(share))
      await take(share)
      refreshed = wall()
    },
    proof(buckets) {
      const proof = [...buckets].map((bucket): Held => ({ bucket, epoch: held.get(bucket) ?? -1 }))
      return proof.every(({ epoch }) => epoch >= 0) ? proof : undefined
    },
    doubt() {
      // The next renewal says which are still ours.
      refreshed = Number.NEGATIVE_INFINITY
    },
    async release() {
      await giveBack([...held.keys()])
      await farewell(handle, owner)
      refreshed = Number.NEGATIVE_INFINITY
    },
  }
}

async function unlessAway(task: () => Promise<void>): Promise<void> {
  try {
    await task()
  } catch (error) {
    if (outageOf(error) === undefined) throw error
  }
}

/** The list from somewhere on and round: processes that begin together do not all reach for the same bucket. */
function startingAt(list: readonly number[], owner: string): number[] {
  const start = [...owner].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7) % Math.max(1, list.length)
  return [...list.slice(start), ...list.slice(0, start)]
}
