import type { HandoffPacket } from '@baton/engine'
import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

/** How a hand-off ended. */
export const handoffOutcomes = ['converted', 'lost', 'rejected', 'disqualified', 'no-response', 'overflow', 'closed'] as const

/** Who would get a lead before the rotation, as found when it was taken up. */
export interface LeadRoute {
  /** Owners of its open opportunities, then of its account: users of this workspace, in the order in which they are asked. */
  owners: { repId: string; of: 'opportunity' | 'account'; id: string }[]
  /** The first territory that fits. */
  territory: { id: string; name: string; repIds: string[] } | null
  /** Which territories there were: with others it is to be found anew. */
  stamp: string
}

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
    state: text({
      enum: ['routing', 'queued', 'assigned', 'accepted', 'sleeping', 'rejected', 'overflow', 'no-response', 'won', 'lost', 'closed'],
    }).notNull(),
    rev: integer().notNull().default(0),
    /** What the contact's own turns know: the router and the desk are ahead of it until the contact's inbox is drained. */
    knownState: text({ enum: ['routing', 'assigned', 'accepted', 'sleeping', 'closed'] })
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
    /** What the node asks of it (level, redistribution, voicemail, presentation …), so that nobody needs the graph. */
    contract: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** The agreement by which it qualified. */
    agreementId: text(),
    agreementVersion: integer(),
    /** Until when the rep has to be active by the service level; null: none runs. */
    deadline: instant(),
    /** When the keeper of the levels looks at it next; null: not at all. */
    nextLook: instant(),
    remindedAt: instant(),
    breachedAt: instant(),
    /** The rep's first activity that stops the level: accepted, a call with contact, a mail, a meeting. */
    firstActivityAt: instant(),
    /** When this rep accepted it; stays when it is won or lost later. What the rotation counts. */
    acceptedAt: instant(),
    /** How often it was taken back from a rep who did not work it in time. */
    bounces: integer().notNull().default(0),
    /** Ids of the reps who had it and have it no more. */
    hadBy: jsonb().$type<string[]>().notNull().default([]),
    /** Found when the router takes it up; null: to be found (again). */
    route: jsonb().$type<LeadRoute>(),
    /** Until when it waits in the team's queue; null: for ever. */
    queueUntil: instant(),
    /** It waits for a manager's decision, no longer for the router. */
    managerQueue: boolean().notNull().default(false),
    /** Since when it rests with its rep after a voicemail. */
    sleepingSince: instant(),
    /** When the rep's unsent mail was last written on. */
    draftAt: instant(),
    opportunityId: text(),
    /** Set when it is over. */
    outcome: text({ enum: handoffOutcomes }),
  },
  (t) => [
    primaryKey({ columns: [t.bucket, t.id] }),
    uniqueIndex('handoff_key').on(t.bucket, t.key),
    index('handoff_contact').on(t.bucket, t.contactId),
    index('handoff_rep').on(t.repId, t.state),
    index('handoff_team').on(t.teamId, t.state),
    index('handoff_routing').on(t.createdAt).where(sql`state = 'routing'`),
    index('handoff_look').on(t.nextLook).where(sql`next_look is not null`),
    index('handoff_accepted').on(t.teamId, t.acceptedAt).where(sql`accepted_at is not null`),
    index('handoff_created').on(t.createdAt),
  ],
)

/** Numbers of the lines of the log: drawn in one place, so that they are in the order in which they were written. */
export const handoffLogSeq = pgSequence('handoff_log_seq')

/** Everything that happened to a lead: who, what, when. Lines are only added. */
export const handoffLog = pgTable(
  'handoff_log',
  {
    bucket: bucket(),
    id: int8().notNull(),
    handoffId: int8().notNull(),
    contactId: int8().notNull(),
    at: instant().notNull(),
    /** See `LogKind`. */
    kind: text().notNull(),
    /** Null: Baton itself. */
    byId: text(),
    byName: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.bucket, t.id] }),
    index('handoff_log_lead').on(t.bucket, t.handoffId, t.at),
    index('handoff_log_contact').on(t.bucket, t.contactId, t.at),
    index('handoff_log_at').on(t.at),
  ],
)

/** A rep's mail to a lead that is not sent yet. */
export const leadDraft = pgTable(
  'lead_draft',
  {
    bucket: bucket(),
    handoffId: int8().notNull(),
    userId: text().notNull(),
    subject: text().notNull(),
    body: text().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.handoffId] })],
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
