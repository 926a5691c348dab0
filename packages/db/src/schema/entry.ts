import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

/** When a trigger by schedule comes next: one row per live trigger. Taking a time is one update that only one process wins. */
export const schedule = pgTable(
  'schedule',
  {
    flowId: text().notNull(),
    node: text().notNull(),
    /** What it was planned by: another recurrence is planned anew. */
    every: text().notNull(),
    nextAt: instant(),
    lastAt: instant(),
    /** How many times before the last one were missed. */
    missed: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.flowId, t.node] })],
)

/** A trigger matched, and somebody was not let in. Kept for a while, for the person's page and the flow's. */
export const refused = pgTable(
  'refused',
  {
    bucket: bucket(),
    contactId: int8().notNull(),
    flowId: text().notNull(),
    node: text().notNull(),
    at: instant().notNull(),
    why: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.bucket, t.contactId, t.flowId, t.node, t.at] }),
    index('refused_flow').on(t.flowId, t.at),
    index('refused_at').on(t.at),
  ],
)
