import type { Actor } from '@baton/engine'
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

/** What people agree to get mail about. The general one, `marketing`, is always there. */
export const topic = pgTable('topic', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** What its readers get, in a sentence for them. */
  description: text().notNull().default(''),
  /** Consent counts once it was confirmed by mail, wherever it was given by the person. */
  doubleOptIn: boolean().notNull().default(false),
  /** Always there; cannot be put away. */
  system: boolean().notNull().default(false),
  position: integer().notNull().default(0),
  archivedAt: instant(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
})

/** Who agreed to what and when, and took it back: every answer that came in, in order. The answer that counts is in `contact.facts`. */
export const consentLog = pgTable(
  'consent_log',
  {
    bucket: bucket(),
    contactId: int8().notNull(),
    /** Number of its inbox row, or of the one by which they were made. */
    seq: int8().notNull(),
    topic: text().notNull(),
    given: boolean().notNull(),
    at: instant().notNull(),
    source: jsonb().$type<Actor>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.contactId, t.seq, t.topic] }), index('consent_log_contact').on(t.bucket, t.contactId, t.at)],
)
