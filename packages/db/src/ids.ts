import { randomBytes } from 'node:crypto'
import type { Sql } from './open/handle.ts'

export const BUCKETS = 1024
const BLOCK = 1000

/** The bucket that an id carries in its low ten bits. */
export const bucketOfId = (id: number): number => id % BUCKETS

/** Numbers for contacts, enrolments, sends and hand-offs: below 2^53, the bucket in the low ten bits. */
export interface Ids {
  /** One id per given bucket, in that order. Inside a transaction give its `tx`. */
  take(buckets: readonly number[], tx?: Sql): Promise<number[]>
}

/**
 * Ids from blocks of a thousand of a database sequence: one round trip per block, none per id. A block is kept only as long as no connection
 * has ended since it was drawn: what a sequence gives is not safe from a fall of the database before something is committed after it, and is
 * given to somebody else then.
 */
export function createIds(sql: Sql): Ids {
  const blocks: number[] = []
  let used = 0
  let ended = sql.home.ended
  const left = () => {
    if (sql.home.ended !== ended) {
      ended = sql.home.ended
      blocks.length = 0
      used = 0
    }
    return blocks.length * BLOCK - used
  }
  return {
    async take(buckets, tx = sql) {
      for (let has = left(); has < buckets.length; has = left()) {
        const before = ended
        const missing = Math.ceil((buckets.length - has) / BLOCK)
        const found = await tx.home.query<{ block: number }>(`select nextval('id_block') as block from generate_series(1, $1::int)`, [
          missing,
        ])
        if (sql.home.ended === before) blocks.push(...found.map((row) => row.block))
      }
      return buckets.map((bucket) => {
        const seq = (blocks[0] ?? 0) * BLOCK + used
        used++
        if (used === BLOCK) {
          blocks.shift()
          used = 0
        }
        return seq * BUCKETS + bucket
      })
    },
  }
}

const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'

/** A short random text id for what people make: `newId('seg')` → `seg_k3v9…` (60 bits). */
export function newId(prefix: string): string {
  return `${prefix}_${Array.from(randomBytes(12), (byte) => ALPHABET[byte % 32]).join('')}`
}
