import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** Why no mail goes to an address. */
export const suppressionReasons = ['bounced', 'complained', 'by-hand', 'imported'] as const
export type SuppressionReason = (typeof suppressionReasons)[number]

/** Addresses that get no mail at all, whoever they belong to now or later. */
export const suppression = pgTable(
  'suppression',
  {
    /** The address, lower-cased. */
    value: text().primaryKey(),
    reason: text({ enum: suppressionReasons }).notNull(),
    /** What the mail server said, or why somebody added it. */
    note: text().notNull().default(''),
    at: instant().notNull(),
    byId: text(),
    byName: text().notNull(),
  },
  (t) => [index('suppression_at').on(t.at, t.value)],
)
