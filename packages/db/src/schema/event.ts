import type { InboxItem } from '@baton/engine'
import { sql } from 'drizzle-orm'
import { index, json, jsonb, pgSequence, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

/** Order of arrival over everything that comes in. */
export const inboxSeq = pgSequence('inbox_seq')
/** Blocks of a thousand numbers for ids made in the application. */
export const idBlock = pgSequence('id_block')

/** History. Partitioned by month of `at` (when it occurred); see `ensureMonths`. `seq` is the inbox number it came in by, 0 for none. */
export const event = pgTable(
  'event',
  {
    bucket: bucket(),
    at: instant().notNull(),
    id: text().notNull(),
    contactId: int8().notNull(),
    type: text().notNull(),
    props: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Folded copies of the text properties that folding changes (`foldProps`), null when none: what comparisons in SQL read. */
    folded: jsonb().$type<Record<string, string>>(),
    receivedAt: instant().notNull(),
    seq: int8().notNull().default(0),
    /** What the turn needs beside: `m` a machine did it, `h` historic. */
    origin: text({ enum: ['', 'm', 'h', 'mh'] })
      .notNull()
      .default(''),
  },
  (t) => [
    primaryKey({ columns: [t.bucket, t.at, t.id] }),
    index('event_contact').on(t.bucket, t.contactId, t.type, t.at),
    // Who became a customer within a period, for agreements: a few rows among all that happened then.
    index('event_customer').on(t.bucket, t.at).where(sql`type = 'lifecycle.changed' and props->>'to' = 'customer'`),
  ],
)

/** Whatever may change a contact, in order of arrival. The owner of the bucket's lease drains it. */
export const inbox = pgTable(
  'inbox',
  {
    bucket: bucket(),
    seq: int8().notNull(),
    contactId: int8().notNull(),
    kind: text().$type<InboxItem['kind']>().notNull(),
    payload: json().$type<InboxItem>().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.seq] })],
)

/** Items whose turn threw though no passage could be blamed: kept with the error, and retryable. */
export const dead = pgTable(
  'dead',
  {
    bucket: bucket(),
    seq: int8().notNull(),
    contactId: int8().notNull(),
    kind: text().$type<InboxItem['kind']>().notNull(),
    payload: json().$type<InboxItem>().notNull(),
    at: instant().notNull(),
    error: text().notNull(),
    failedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.bucket, t.seq] }),
    index('dead_contact').on(t.bucket, t.contactId),
    index('dead_at').on(t.failedAt, t.seq),
  ],
)

/** Types of events that ever came in, for pickers. */
export const eventType = pgTable('event_type', { name: text().primaryKey(), firstAt: instant().notNull() })
