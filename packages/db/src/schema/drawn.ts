import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

/**
 * The way a split drew for a contact: kept from the first arrival on, so that neither new weights nor another entry move anybody. A way
 * that the split has no longer is drawn anew at the next arrival, and takes the row.
 */
export const drawn = pgTable(
  'drawn',
  {
    bucket: bucket(),
    contactId: int8().notNull(),
    flowId: text().notNull(),
    node: text().notNull(),
    way: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.contactId, t.flowId, t.node] }), index('drawn_node').on(t.flowId, t.node)],
)
