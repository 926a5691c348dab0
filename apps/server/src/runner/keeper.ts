import {
  acquireLeases,
  BUCKETS,
  farewell,
  type Handle,
  type Held,
  heartbeat,
  type Lane,
  lanesOf,
  releaseLeases,
  renewLeases,
  WHEEL_GROUP,
} from '@baton/db'

const GROUPS = BUCKETS / WHEEL_GROUP

/** Which buckets this process works on: as many as its fair share among the workers on the same database. */
export interface Keeper {
  /** Renews, takes over what is free or expired up to the fair share, gives back what is more. Only between batches. */
  refresh(): Promise<void>
  /** True when it is time to. */
  due(): boolean
  lanes(): readonly Lane[]
  /** What proves that these buckets are ours; undefined for one that is not. */
  proof(buckets: Iterable<number>): Held[] | undefined
  /** Forgets everything held, after a fence said no; the next refresh finds out what is left. */
  doubt(): void
  release(): Promise<void>
}

export interface KeeperPorts {
  handle: Handle
  owner: string
  /** The real time: leases are about processes, whatever clock the flows follow. */
  wall: () => number
  /** How long a silent process keeps its buckets, ms. */
  ttl: number
}

/** For a database on one machine; `createSpreadKeeper` is for one on several. */
export function createKeeper({ handle, owner, wall, ttl }: KeeperPorts): Keeper {
  let held = new Map<number, number>()
  let lanes: readonly Lane[] = []
  let refreshed = Number.NEGATIVE_INFINITY
  const holder = () => ({ owner, now: wall(), ttl })
  const asHeld = (buckets: Iterable<number>): Held[] => [...buckets].map((bucket) => ({ bucket, epoch: held.get(bucket) ?? -1 }))
  const groupOf = (group: number) => Array.from({ length: WHEEL_GROUP }, (_, i) => group * WHEEL_GROUP + i)
  const has = (group: number) => groupOf(group).every((bucket) => held.has(bucket))

  async function giveBack(buckets: readonly number[]): Promise<void> {
    const mine = buckets.filter((bucket) => held.has(bucket))
    if (mine.length === 0) return
    await releaseLeases(handle, asHeld(mine), owner)
    for (const bucket of mine) held.delete(bucket)
  }

  /** Whole groups or nothing: the wheel's rows are shared within a group. */
  async function take(group: number): Promise<void> {
    const missing = groupOf(group).filter((bucket) => !held.has(bucket))
    const taken = await acquireLeases(handle, missing, holder())
    for (const { bucket, epoch } of taken) held.set(bucket, epoch)
    if (!has(group)) await giveBack(groupOf(group))
  }

  return {
    due: () => wall() - refreshed > ttl / 3,
    lanes: () => lanes,
    async refresh() {
      const workers = await heartbeat(handle, holder())
      held = new Map((await renewLeases(handle, asHeld(held.keys()), holder())).map(({ bucket, epoch }) => [bucket, epoch]))
      const share = Math.ceil(GROUPS / Math.max(1, workers))
      const all = Array.from({ length: GROUPS }, (_, group) => group)
      for (const group of all) if (!has(group)) await giveBack(groupOf(group))
      const mine = all.filter(has)
      for (const group of mine.slice(share)) await giveBack(groupOf(group))
      for (const group of all) {
        if (all.filter(has).length >= share) break
        if (!has(group)) await take(group)
      }
      lanes = lanesOf(held.keys())
      refreshed = wall()
    },
    proof(buckets) {
      const proof = asHeld(buckets)
      return proof.every(({ epoch }) => epoch >= 0) ? proof : undefined
    },
    doubt() {
      held = new Map()
      lanes = []
      refreshed = Number.NEGATIVE_INFINITY
    },
    async release() {
      await giveBack([...held.keys()])
      await farewell(handle, owner)
      lanes = []
      refreshed = Number.NEGATIVE_INFINITY
    },
  }
}
