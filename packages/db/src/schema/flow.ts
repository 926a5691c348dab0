import type { FlowGraph, MigrationAnswer } from '@baton/engine'
import { doublePrecision, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, int8 } from './columns.ts'

/** When a flow is paused by itself: null is no such limit. Shares are of the mails of the last 24 hours. */
export interface BreakerLimits {
  mailsPerHour: number | null
  /** In per cent. */
  bounces: number | null
  complaints: number | null
  unsubscribes: number | null
  /** Shares count once so many mails went out. */
  minimum: number
}

/** Which limit was passed, by how much, and when: why a flow was paused by itself. */
export interface Tripped {
  rule: 'mailsPerHour' | 'bounces' | 'complaints' | 'unsubscribes'
  limit: number
  /** Mails in an hour, or per cent. */
  seen: number
  /** Mails that were looked at. */
  mails: number
  at: number
}

export const flowStatus = ['draft', 'live', 'paused', 'draining', 'stopped', 'archived'] as const
export type FlowStatus = (typeof flowStatus)[number]

/** Why somebody lets a warning of the checks stand, by the key of the warning. */
export type Reasons = Record<string, { reason: string; byId: string; byName: string; at: number }>

/** A warning with which a version was published, and why. */
export interface Acknowledged {
  key: string
  code: string
  nodes: readonly string[]
  say: string
  reason: string
  byId: string
  byName: string
  at: number
}

/** A flow: its draft, and which version is live. */
export const flow = pgTable('flow', {
  id: text().primaryKey(),
  name: text().notNull(),
  status: text({ enum: flowStatus }).notNull().default('draft'),
  draft: jsonb().$type<FlowGraph>().notNull(),
  /** Counts the saves; a save names the revision it started from. */
  draftRev: integer().notNull().default(0),
  liveVersion: integer(),
  /** Of warnings of the draft. */
  reasons: jsonb().$type<Reasons>().notNull().default({}),
  /** Limits of its own; null: those of the workspace. */
  breaker: jsonb().$type<BreakerLimits>(),
  /** Set while it is paused by its breaker. */
  tripped: jsonb().$type<Tripped>(),
  /** Staged roll-out: the share of contacts that triggers let in, 0 to 1. */
  share: doublePrecision().notNull().default(1),
  /** Members of its segments since this instant may come in once the share reaches them; null: all. */
  matchFrom: instant(),
  createdBy: text(),
  createdAt: instant().notNull(),
  updatedBy: text(),
  updatedAt: instant().notNull(),
})

/** What was answered for the people who were inside when a version was published, and what was expected of it. */
export interface StoredMigration {
  /** Each passage does it once. */
  id: string
  /** By the step they stand at; only what is not the default (the same step, the same visit). */
  answers: Readonly<Record<string, MigrationAnswer>>
  /** People as counted then: on older versions, and of them those who stay at their step, go on elsewhere, leave, stay on their version. */
  people: number
  same: number
  goOn: number
  leave: number
  stay: number
  /** Of those who go on elsewhere: who had passed there before. */
  again: number
  /** Mails, leads and other things expected to go out at once. */
  atOnce: number
}

/** A published graph. Never rewritten. */
export const version = pgTable(
  'version',
  {
    flowId: text()
      .notNull()
      .references(() => flow.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    graph: jsonb().$type<FlowGraph>().notNull(),
    hash: text().notNull(),
    publishedAt: instant().notNull(),
    publishedBy: text(),
    notes: text().notNull().default(''),
    acknowledged: jsonb().$type<readonly Acknowledged[]>().notNull().default([]),
    /** Who approved it, by name. */
    approvedBy: jsonb().$type<readonly { id: string; name: string; at: number }[]>().notNull().default([]),
    /** What became of the people on older versions; null: they stayed on those, or nobody was inside. */
    migration: jsonb().$type<StoredMigration>(),
  },
  (t) => [primaryKey({ columns: [t.flowId, t.version] })],
)

/** What becomes of waits in a pause: longer by it; time goes on; whoever is overdue at resume leaves. SEMANTICS 4. */
export const pauseChoice = ['freeze', 'hold', 'drop'] as const
export type PauseChoice = (typeof pauseChoice)[number]

/** When a flow stood still; `to_at` null while it does. */
export const pause = pgTable(
  'pause',
  {
    flowId: text()
      .notNull()
      .references(() => flow.id, { onDelete: 'cascade' }),
    fromAt: instant().notNull(),
    toAt: instant(),
    by: text(),
    choice: text({ enum: pauseChoice }).notNull().default('freeze'),
  },
  (t) => [primaryKey({ columns: [t.flowId, t.fromAt] })],
)

/** A background pass over contacts, chunk by chunk: resumable, with progress and cancel. */
export const scan = pgTable(
  'scan',
  {
    id: text().primaryKey(),
    /**
     * publish: who matches a trigger's segment enters; segment: who matches becomes a member; resume: back on the wheel; dates: when a
     * trigger fires by time for those who have its field or points; schedule: the members enter at a time of a schedule; migrate: people on
     * older versions are moved to `version`; migrate-back: those whom that moved, and who took no step since, back to where they were.
     */
    kind: text({ enum: ['publish', 'segment', 'score', 'resume', 'stop', 'dates', 'schedule', 'migrate', 'migrate-back'] }).notNull(),
    flowId: text(),
    version: integer(),
    segmentId: text(),
    node: text(),
    status: text({ enum: ['running', 'done', 'cancelled', 'failed'] }).notNull(),
    /** The last (bucket, id) that was done; the scan goes on behind it. */
    bucket: integer().notNull().default(0),
    afterId: int8().notNull().default(0),
    done: integer().notNull().default(0),
    found: integer().notNull().default(0),
    total: integer().notNull().default(0),
    /** Number of the last inbox row it appended: what it started is over when the inbox is past it. */
    lastSeq: int8().notNull().default(0),
    /** publish: members since then; with `share`, those whom the roll-out has reached and who have not been in since they joined. */
    since: instant(),
    share: doublePrecision(),
    /** dates: the field or the score that the trigger reads. */
    field: text(),
    dimension: text(),
    /** schedule: its time, and how many times before it were missed and are not made up. */
    occurrence: instant(),
    missed: integer().notNull().default(0),
    error: text(),
    byId: text(),
    byName: text(),
    startedAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [index('scan_status').on(t.status)],
)
