import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

/**
 * Live passages that stand still with an error: a copy of what `enrolment.vars` says, since an index over it would cost every step. A
 * row without its passage, or whose passage goes on, means nothing.
 */
export const parked = pgTable(
  'parked',
  {
    bucket: bucket(),
    enrolmentId: int8().notNull(),
    contactId: int8().notNull(),
    flowId: text().notNull(),
    node: text().notNull(),
    error: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.enrolmentId] }), index('parked_at').on(t.at, t.enrolmentId)],
)

/** Whom we send to and who has a limit or asked for less: `mail example.com`, `web example.com:443`. By the clock of flows. */
export const destination = pgTable('destination', {
  name: text().primaryKey(),
  /** When the next may begin, where only so many a minute may. */
  freeAt: instant().notNull().default(0),
  /** How often in a row it asked for less, and until when it gets nothing. */
  strikes: integer().notNull().default(0),
  slowUntil: instant().notNull().default(0),
})
