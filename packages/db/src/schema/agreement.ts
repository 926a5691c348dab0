import type { AgreementContent } from '@baton/engine'
import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** What marketing and sales agreed on: who is a qualified lead. */
export const agreement = pgTable('agreement', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** Counts the changes of the name and of the draft. */
  rev: integer().notNull().default(0),
  createdBy: text(),
  createdAt: instant().notNull(),
  archivedAt: instant(),
  /** The date of review of which both sides were told last: nobody is told twice. */
  reviewTold: text(),
})

/** A version. Once it was in force it never changes again. */
export const agreementVersion = pgTable(
  'agreement_version',
  {
    agreementId: text()
      .notNull()
      .references(() => agreement.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    content: jsonb().$type<AgreementContent>().notNull(),
    /** Of the content: what a signature stands under. */
    hash: text().notNull(),
    createdBy: text(),
    createdAt: instant().notNull(),
    updatedBy: text(),
    updatedAt: instant().notNull(),
    /** Since both sides have signed; null: a draft. */
    inForceAt: instant(),
    /** Until when it decided: the next one came in force. */
    replacedAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.agreementId, t.version] })],
)

/** Somebody put their name under a version. Kept after it is withdrawn or void. */
export const agreementSignature = pgTable(
  'agreement_signature',
  {
    id: text().primaryKey(),
    agreementId: text()
      .notNull()
      .references(() => agreement.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    side: text({ enum: ['marketing', 'sales'] }).notNull(),
    userId: text().notNull(),
    userName: text().notNull(),
    /** Of what was signed. */
    hash: text().notNull(),
    at: instant().notNull(),
    /** When it ceased to stand: withdrawn by somebody, or void since the text was changed. */
    endedAt: instant(),
    ended: text({ enum: ['withdrawn', 'void'] }),
    endedBy: text(),
  },
  (t) => [
    index('agreement_signature_of').on(t.agreementId, t.version),
    uniqueIndex('agreement_signature_side').on(t.agreementId, t.version, t.side).where(sql`ended_at is null`),
  ],
)
