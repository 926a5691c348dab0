import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/**
 * Who draws a flow: one open page at a time. `tab` empty: nobody. A page that says nothing until `expires_at` is gone; `next_*` is who asks
 * for its place, or, with `next_due_at`, takes it then.
 */
export const flowLock = pgTable('flow_lock', {
  flowId: text().primaryKey(),
  tab: text().notNull().default(''),
  userId: text().notNull().default(''),
  since: instant().notNull().default(0),
  activeAt: instant().notNull().default(0),
  expiresAt: instant().notNull().default(0),
  nextTab: text(),
  nextUserId: text(),
  nextSeenAt: instant(),
  nextDueAt: instant(),
})
