import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

export const effectKinds = ['webhook', 'notify', 'throttle'] as const
export type EffectKind = (typeof effectKinds)[number]
export const effectStatus = ['queued', 'sending', 'done', 'failed', 'cancelled'] as const
export type EffectStatus = (typeof effectStatus)[number]

/** Outbox and history of what goes out beside mail and leads: calls of web addresses, notes to users, places in the line of a throttle. */
export const effect = pgTable(
  'effect',
  {
    bucket: bucket(),
    id: int8().notNull(),
    contactId: int8().notNull(),
    /** Unique for ever, so a step repeated after a crash asks for nothing twice; the receiver of a web address knows it by this, too. */
    key: text().notNull(),
    kind: text({ enum: effectKinds }).notNull(),
    flowId: text().notNull(),
    objectKey: text().notNull(),
    entry: integer().notNull(),
    version: integer().notNull(),
    node: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    status: text({ enum: effectStatus }).notNull(),
    at: instant().notNull(),
    /** Null where time alone does not make it leave: over, or in the line of a throttle. */
    nextAttemptAt: instant(),
    attempts: integer().notNull().default(0),
    /** Who is delivering it, and until when nobody else may try. */
    claimedBy: text(),
    claimedUntil: instant(),
    /** When it was done, given up or cancelled. */
    endedAt: instant(),
    lastError: text(),
    /** What came back. */
    answer: jsonb().$type<Record<string, unknown>>(),
    /** Set where somebody decided that nothing more is done about a failed one. */
    givenUpAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.bucket, t.id] }),
    uniqueIndex('effect_key').on(t.bucket, t.key),
    index('effect_contact').on(t.bucket, t.contactId, t.at),
    index('effect_queue').on(t.nextAttemptAt).where(sql`status in ('queued', 'sending')`),
    index('effect_line').on(t.flowId, t.node, t.at, t.key).where(sql`kind = 'throttle' and status = 'queued'`),
    index('effect_at').on(t.at, t.id),
    index('effect_trouble').on(t.at, t.id).where(sql`status = 'failed' and kind <> 'throttle' and given_up_at is null`),
    index('effect_open').on(t.status, t.at, t.id).where(sql`status in ('queued', 'sending', 'failed')`),
  ],
)

/** What the keeper of a throttle remembers between releases. `place` is `flow/node`. */
export const throttle = pgTable('throttle', {
  place: text().primaryKey(),
  state: jsonb().$type<Record<string, unknown>>().notNull(),
  updatedAt: instant().notNull(),
})
