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

/** Ids from blocks of a thousand of a database sequence: one round trip per block, none per id. */
export function createIds(sql: Sql): Ids {
  const blocks: number[] = []
  let used = 0
  const left = () => blocks.length * BLOCK - used
  return {
    async take(buckets, tx = sql) {
      while (left() < buckets.length) {
        const missing = Math.ceil((buckets.length - left()) / BLOCK)
        const found = await tx.home.query<{ block: number }>(`select nextval('id_block') as block from generate_series(1, $1::int)`, [
          missing,
        ])
        blocks.push(...found.map((row) => row.block))
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
