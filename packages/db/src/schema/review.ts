import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { flow } from './flow.ts'

const ofFlow = () =>
  text()
    .notNull()
    .references(() => flow.id, { onDelete: 'cascade' })

/** Who has changed the draft since the last publish: none of them approves it. */
export const draftEditor = pgTable('draft_editor', { flowId: ofFlow(), userId: text().notNull(), at: instant().notNull() }, (t) => [
  primaryKey({ columns: [t.flowId, t.userId] }),
])

/** A draft that somebody asked others to look at. One at a time is open for each flow. */
export const review = pgTable(
  'review',
  {
    id: text().primaryKey(),
    flowId: ofFlow(),
    /** What the draft did when it was asked for (`planHash`), and which save that was. */
    hash: text().notNull(),
    rev: integer().notNull(),
    note: text().notNull().default(''),
    askedBy: text().notNull(),
    askedAt: instant().notNull(),
    /** How it ended; null while it is open. */
    ended: text({ enum: ['published', 'withdrawn'] }),
    endedAt: instant(),
  },
  (t) => [index('review_flow').on(t.flowId, t.askedAt)],
)

/** Who looks at it, and what they said of which state of the draft. */
export const reviewer = pgTable(
  'reviewer',
  {
    reviewId: text()
      .notNull()
      .references(() => review.id, { onDelete: 'cascade' }),
    userId: text().notNull(),
    /** Whether they were asked; others may answer as well. */
    asked: boolean().notNull(),
    answer: text({ enum: ['approved', 'changes'] }),
    /** What the draft did when they answered: an approval of another draft is none. */
    hash: text(),
    note: text().notNull().default(''),
    at: instant(),
  },
  (t) => [primaryKey({ columns: [t.reviewId, t.userId] })],
)

/** Something said about a draft or one of its steps. The first of a thread carries whether it is resolved. */
export const flowComment = pgTable(
  'flow_comment',
  {
    id: text().primaryKey(),
    flowId: ofFlow(),
    /** The id of the first one of its thread; its own for that. */
    thread: text().notNull(),
    /** The step it is pinned to; null: the flow as a whole. It stays where the step is removed. */
    node: text(),
    text: text().notNull(),
    /** Ids of users who are named in it. */
    mentions: jsonb().$type<readonly string[]>().notNull().default([]),
    byId: text().notNull(),
    at: instant().notNull(),
    resolvedBy: text(),
    resolvedAt: instant(),
  },
  (t) => [index('flow_comment_flow').on(t.flowId, t.at)],
)
