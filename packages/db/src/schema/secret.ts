import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** A value that steps use by its name, e.g. the key that signs a call of a web address. It never leaves the server. */
export const secret = pgTable('secret', {
  name: text().primaryKey(),
  /** Encrypted; only the server that calls opens it. */
  sealed: text().notNull(),
  last4: text().notNull(),
  createdBy: text(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
  lastUsedAt: instant(),
})
