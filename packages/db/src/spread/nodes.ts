import type { Handle } from '../open/handle.ts'
import type { Asked } from './alone.ts'

/** Where workers reach the machines: `coordinator`: they do not, everything passes through it; else addresses that stand for those Citus knows. */
export type NodeAddresses = 'coordinator' | Readonly<Record<string, string>>

/** Shards are moved seldom, and a statement sent to the wrong machine is only slower. */
const LEARN_EVERY = 30_000

/** The same database under another address; its user, password and options stay. */
export function atAddress(url: string, address: string): string {
  const [, before = '', name = '', options = ''] = /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)[^/?]*(\/[^?]*)?(\?.*)?$/.exec(url) ?? []
  const kept = new URLSearchParams(options)
  for (const key of ['host', 'port']) kept.delete(key)
  const rest = kept.size > 0 ? `?${kept}` : ''
  return `${before}${address}${name}${rest}`
}

/** The address of each bucket's machine, by bucket, as Citus knows it. */
export async function addressesOf(sql: Asked): Promise<string[]> {
  const rows = await sql.query<{ address: string }>(
    `select n.nodename || ':' || n.nodeport as address from generate_series(0, 1023) b
     join pg_dist_placement p on p.shardid = get_shard_id_for_distribution_column('contact', b::smallint) and p.shardstate = 1
     join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary' order by b`,
  )
  return rows.map((row) => row.address)
}

export interface NodesPorts {
  /** The coordinator. */
  home: Handle
  url: string
  /** Opens a machine's database; nothing is sent before it is asked something. */
  open(url: string): Handle
  addresses?: NodeAddresses | undefined
  wall?: (() => number) | undefined
}

/** The machines of a database spread by Citus, each with connections of its own. */
export interface Nodes {
  /** The handle nearest to a bucket; the coordinator's while its machine is not known. */
  near(bucket: number): Handle
  /** Finds out where the buckets are. */
  learn(): Promise<void>
  /** As `Handle.interrupt`, on every machine that was asked anything. */
  interrupt(): Promise<void>
  close(): Promise<void>
}

export function createNodes({ home, url, open, addresses = {}, wall = Date.now }: NodesPorts): Nodes {
  const handles = new Map<string, Handle>()
  let known: string[] = []
  let learntAt = Number.NEGATIVE_INFINITY

  async function learn(): Promise<void> {
    if (addresses === 'coordinator') return
    learntAt = wall()
    known = await addressesOf(home)
  }

  function handleAt(address: string): Handle {
    const way = addresses === 'coordinator' ? address : (addresses[address] ?? address)
    const found = handles.get(way) ?? open(atAddress(url, way))
    handles.set(way, found)
    return found
  }

  return {
    learn,
    near(bucket) {
      if (addresses === 'coordinator' || !home.spread) return home
      // Moved shards are noticed by and by; what fails here fails again where somebody waits for an answer.
      if (wall() - learntAt > LEARN_EVERY) learn().catch(() => {})
      const address = known[bucket]
      return address === undefined ? home : handleAt(address)
    },
    async interrupt() {
      for (const handle of handles.values()) await handle.interrupt()
    },
    async close() {
      for (const handle of handles.values()) await handle.close()
      handles.clear()
    },
  }
}
