import { pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { bucket, int8 } from './columns.ts'

/**
 * A mail, a question or a hand-off that got another id as its contact became part of another one (an id carries the bucket of its
 * contact): links in mails, and pages that are open, still name the old one.
 */
export const moved = pgTable('moved', { bucket: bucket(), id: int8().notNull(), toId: int8().notNull() }, (t) => [
  primaryKey({ columns: [t.bucket, t.id] }),
])
