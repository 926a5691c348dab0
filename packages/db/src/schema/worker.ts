import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

/** Who may work on a bucket. All 1024 rows exist from the first migration; `owner` empty and `expires_at` 0: free. */
export const lease = pgTable('lease', {
  bucket: bucket().primaryKey(),
  owner: text().notNull().default(''),
  epoch: int8().notNull().default(0),
  expiresAt: instant().notNull().default(0),
})

/** Something that one process at a time does: the router of a team, a scan, delivery. */
export const duty = pgTable('duty', {
  name: text().primaryKey(),
  owner: text().notNull(),
  epoch: int8().notNull(),
  expiresAt: instant().notNull(),
})

/** Processes that run turns, so that each knows its fair share of the buckets. */
export const worker = pgTable(
  'worker',
  { owner: text().primaryKey(), startedAt: instant().notNull(), seenAt: instant().notNull() },
  (t) => [index('worker_seen').on(t.seenAt)],
)
