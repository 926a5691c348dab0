import type { ReturnCause, RuleCause, StepCause } from '@baton/engine'
import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

/** What is stored of a person: fields, folded copies of the text fields, consent by topic, why mail is suppressed, until when sales rests. */
export interface Facts {
  f: Record<string, string | number | boolean | string[]>
  k: Record<string, string>
  c: Record<string, boolean>
  s?: string | undefined
  r?: number | undefined
}

export const contact = pgTable(
  'contact',
  {
    bucket: bucket(),
    id: int8().notNull(),
    /** Public key: e-mail, else the client's id, else generated. Unique through `identity`. */
    key: text().notNull(),
    zone: text(),
    ownerSide: text({ enum: ['marketing', 'sales'] })
      .notNull()
      .default('marketing'),
    ownerId: text(),
    stage: text({ enum: ['name', 'lead', 'accepted', 'opportunity', 'customer', 'disqualified', 'lost'] })
      .notNull()
      .default('name'),
    facts: jsonb().$type<Facts>().notNull(),
    rev: integer().notNull().default(0),
    createdAt: instant().notNull(),
    mergedInto: int8(),
    deletedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.bucket, t.id] }),
    check('contact_bucket_of_id', sql`${t.bucket} = (${t.id} & 1023)`),
    index('contact_created').on(t.createdAt, t.id),
    index('contact_key').on(t.key.op('text_pattern_ops')),
    index('contact_merged').on(t.mergedInto).where(sql`merged_into is not null`),
    index('contact_deleted').on(t.deletedAt).where(sql`deleted_at is not null`),
  ],
)

/** Who is who. Distributed by `value`: the only place where a value is unique over all buckets. */
export const identity = pgTable(
  'identity',
  { value: text().notNull(), kind: text({ enum: ['email', 'external', 'anonymous'] }).notNull(), contactId: int8().notNull() },
  (t) => [primaryKey({ columns: [t.value, t.kind] }), index('identity_contact').on(t.contactId)],
)

/** Message ids already taken in, for 30 days. `day` is the UTC day number. */
export const seen = pgTable('seen', { messageId: text().primaryKey(), day: integer().notNull() }, (t) => [index('seen_day').on(t.day)])

/** In which segments a contact is (`since` not null), and when its condition must be looked at again. */
export const member = pgTable(
  'member',
  { bucket: bucket(), contactId: int8().notNull(), segmentId: text().notNull(), since: instant(), recheckAt: instant() },
  (t) => [
    primaryKey({ columns: [t.bucket, t.contactId, t.segmentId] }),
    index('member_segment').on(t.segmentId, t.bucket, t.contactId).where(sql`since is not null`),
    index('member_recheck').on(t.recheckAt).where(sql`recheck_at is not null`),
  ],
)

/** One line of points, in hundredths. */
export const ledger = pgTable(
  'ledger',
  {
    bucket: bucket(),
    contactId: int8().notNull(),
    key: text().notNull(),
    dimension: text().notNull(),
    points: integer().notNull(),
    at: instant().notNull(),
    rule: text().notNull(),
    cause: jsonb().$type<StepCause | RuleCause | ReturnCause>().notNull(),
    /** Taken back then: from that instant on it counts no longer. */
    until: instant(),
    /** Given for as long as a rule about the person holds: it does not age. */
    held: boolean().notNull().default(false),
    /** Counts from then on only, though it ages since `at`: what a return left of a line. */
    since: instant(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.contactId, t.key] })],
)
