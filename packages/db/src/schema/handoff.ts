import type { HandoffPacket } from '@baton/engine'
import { sql } from 'drizzle-orm'
import { bigserial, boolean, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

/** A lead handed to sales. Whoever changes its state compares and sets `rev`; the loser gets the reason. */
export const handoff = pgTable(
  'handoff',
  {
    bucket: bucket(),
    id: int8().notNull(),
    contactId: int8().notNull(),
    key: text().notNull(),
    flowId: text().notNull(),
    objectKey: text().notNull(),
    entry: integer().notNull(),
    version: integer().notNull(),
    node: text().notNull(),
    teamId: text().notNull(),
    repId: text(),
    state: text({ enum: ['routing', 'queued', 'assigned', 'accepted', 'rejected', 'overflow', 'closed'] }).notNull(),
    rev: integer().notNull().default(0),
    /** What the contact's own turns know: the router and the desk are ahead of it until the contact's inbox is drained. */
    knownState: text({ enum: ['routing', 'assigned', 'accepted', 'closed'] })
      .notNull()
      .default('routing'),
    knownRep: text(),
    attempt: integer().notNull().default(1),
    packet: jsonb().$type<HandoffPacket>().notNull(),
    createdAt: instant().notNull(),
    assignedAt: instant(),
    answeredAt: instant(),
    /** Who accepted or rejected it: the rep, or a manager for them. Null for answers from before this was kept. */
    answeredBy: text(),
    closedAt: instant(),
    /** Why this rep: what the router looked at. */
    assignReason: jsonb().$type<Record<string, unknown>>(),
    rejectReason: text(),
    rejectNote: text(),
  },
  (t) => [
    primaryKey({ columns: [t.bucket, t.id] }),
    uniqueIndex('handoff_key').on(t.bucket, t.key),
    index('handoff_contact').on(t.bucket, t.contactId),
    index('handoff_rep').on(t.repId, t.state),
    index('handoff_team').on(t.teamId, t.state),
    index('handoff_routing').on(t.createdAt).where(sql`state = 'routing'`),
  ],
)

/** Leads that wait for the router of their team, in order. */
export const teamQueue = pgTable(
  'team_queue',
  { teamId: text().notNull(), seq: bigserial({ mode: 'number' }).notNull(), handoffId: int8().notNull(), at: instant().notNull() },
  (t) => [primaryKey({ columns: [t.teamId, t.seq] }), uniqueIndex('team_queue_handoff').on(t.teamId, t.handoffId)],
)

/** What the rotation remembers of a rep beside the leads themselves: see `RepLoad` of @baton/leads. */
export const repLoad = pgTable(
  'rep_load',
  {
    teamId: text().notNull(),
    repId: text().notNull(),
    credit: doublePrecision().notNull().default(0),
    creditAt: instant(),
    present: boolean().notNull().default(false),
    lastAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.repId] })],
)

export const team = pgTable('team', { id: text().primaryKey(), name: text().notNull(), createdAt: instant().notNull() })

export const teamMember = pgTable(
  'team_member',
  {
    teamId: text()
      .notNull()
      .references(() => team.id, { onDelete: 'cascade' }),
    userId: text().notNull(),
    weight: integer().notNull().default(1),
    /** How many open leads at once; null: no limit. */
    cap: integer(),
    active: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.userId] }), index('team_member_user').on(t.userId)],
)
