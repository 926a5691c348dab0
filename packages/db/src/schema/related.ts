import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

export const relatedKinds = ['company', 'opportunity', 'purchase'] as const

/** A contact's own copy of its company, its opportunities, its purchases: what conditions and messages read. Written by its turns only. */
export const related = pgTable(
  'related',
  {
    bucket: bucket(),
    contactId: int8().notNull(),
    kind: text({ enum: relatedKinds }).notNull(),
    id: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Folded copies of the text values that folding changes (`foldProps`), null when none. */
    folded: jsonb().$type<Record<string, string>>(),
    /** When it was bought, opened, joined: what windows of time compare. */
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.contactId, t.kind, t.id] }), index('related_record').on(t.kind, t.id, t.bucket, t.contactId)],
)

/** The master of a company. A change is told to the inbox of each of its people in the background, chunk by chunk. */
export const company = pgTable(
  'company',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    domain: text(),
    /** Everything else that is known of it, e.g. country, zone, industry, employees. */
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Counts the changes; its people know of all up to `told_rev`. */
    rev: integer().notNull().default(1),
    toldRev: integer().notNull().default(1),
    /** The last of its people, by (bucket, id), who were told of revision `telling_rev`. */
    tellingRev: integer().notNull().default(0),
    bucket: integer().notNull().default(0),
    afterId: int8().notNull().default(0),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    /** Set when it was removed: the row goes once all its people were told. */
    deletedAt: instant(),
  },
  (t) => [
    index('company_name').on(sql`lower(${t.name}) text_pattern_ops`, t.id),
    index('company_domain').on(t.domain),
    index('company_untold').on(t.id).where(sql`told_rev < rev`),
  ],
)
