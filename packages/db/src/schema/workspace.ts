import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, int8 } from './columns.ts'
import type { BreakerLimits } from './flow.ts'

/** How much at a time one destination gets. */
export interface Pace {
  /** At the same time. */
  connections: number
  /** Begun within a minute; null: no limit. */
  perMinute: number | null
}

/** How fast mail leaves. */
export interface MailPace {
  /** Mails on their way at the same time, from each process. */
  connections: number
  /** To one mail domain, from all processes together. */
  each: Pace
  /** Domains with limits of their own. */
  domains: (Pace & { domain: string })[]
}

/** The rules for mail of the whole workspace. */
export interface SendingSettings {
  /** At most `count` marketing mails in a rolling window of `hours`, over all flows. */
  caps: { count: number; hours: number }[]
  /** No marketing mail from one time of day to another where the person lives. */
  quiet: { from: string; to: string } | null
  /** For flows that have no limits of their own. */
  breaker: BreakerLimits
  /** What becomes of mail of which nobody knows whether it arrived: kept as it is, or sent once more under the same Message-ID. */
  unknown: 'keep' | 'repeat'
  /** Absent where nobody has set it: `paceOf` gives the defaults. */
  pace?: MailPace | undefined
}

/** How many days things are kept; null: for ever. */
export interface RetentionSettings {
  eventDays: number | null
  /** Types of events with a time of their own. */
  typeDays: Record<string, number | null>
  /** The steps of passages, after their end. */
  journalDays: number | null
}

/** What a draft needs before it goes live. */
export interface ReviewSettings {
  /** How many approvals; null: none while one person could give them, one from the second on. */
  approvals: number | null
  /** A flow that hands people to sales is approved by a sales manager or an admin as well. */
  salesApproves: boolean
  /** A simulation of this very draft is kept, and comes to the same when the server makes it again. Absent: it is not asked for. */
  simulation?: boolean | undefined
}

/** A dimension of the score with its model (SEMANTICS 6). */
export interface ScoreDimension {
  id: string
  name: string
  /** After so many days a line counts half; null or absent: it keeps its worth. */
  halfLifeDays?: number | null | undefined
  /** After so many days a line counts nothing; null or absent: never. */
  expiryDays?: number | null | undefined
  /** What positive lines count at most, in hundredths; null or absent: no limit. */
  cap?: number | null | undefined
  /** Factor per whole UTC day of age, in millionths, made when this version of the model was saved; absent: no decay. */
  factors?: readonly number[] | undefined
  /** Counts the models; 1 where absent. */
  version?: number | undefined
}

export interface WorkspaceSettings {
  name: string
  zone: string
  senderName: string
  senderAddress: string
  postalAddress: string
  dimensions: ScoreDimension[]
  /** Absent in workspaces from before there were any: `sendingOf` gives the defaults. */
  sending?: SendingSettings | undefined
  /** Absent where nobody has set it: one approval from the second user on, hand-offs by sales. */
  review?: ReviewSettings | undefined
  /** Absent: everything is kept. */
  retention?: RetentionSettings | undefined
  /** Keys of signed links, newest first; older ones still verify. Base64url. */
  linkSecrets: string[]
  /** The seed of dice. */
  seed: string
}

/** One row: one installation is one workspace. */
export const workspace = pgTable(
  'workspace',
  {
    id: integer().primaryKey(),
    settings: jsonb().$type<WorkspaceSettings>().notNull(),
    /** Grows whenever something that plans are made of changes; workers poll it. */
    planRev: int8().notNull().default(1),
  },
  (t) => [check('workspace_single', sql`${t.id} = 1`)],
)

/** Keys of clients that send events; of a server's key only a hash is kept. */
export const writeKey = pgTable(
  'write_key',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    kind: text({ enum: ['browser', 'server'] }).notNull(),
    hash: text().notNull(),
    last4: text().notNull(),
    /** A browser's key whole: it stands in the source of every page that uses it, so it is no secret. Null for a server's. */
    publicKey: text(),
    /** Origins a browser key may be used from; empty: any. */
    origins: jsonb().$type<string[]>().notNull().default([]),
    createdBy: text(),
    createdAt: instant().notNull(),
    lastUsedAt: instant(),
    revokedAt: instant(),
  },
  (t) => [uniqueIndex('write_key_hash').on(t.hash)],
)

export const importJob = pgTable('import_job', {
  id: text().primaryKey(),
  fileName: text().notNull(),
  /** Where the uploaded file lies, until the job is over. */
  path: text(),
  size: int8().notNull().default(0),
  status: text({ enum: ['uploaded', 'running', 'done', 'cancelled', 'failed'] }).notNull(),
  /** Delimiter, encoding, mapping, key, consent: the import engine's own. */
  settings: jsonb().$type<Record<string, unknown>>().notNull(),
  /** Where the next row begins in the file, and its line there: an import goes on from here after a crash. */
  bytesRead: int8().notNull().default(0),
  linesRead: int8().notNull().default(0),
  rowsRead: integer().notNull().default(0),
  created: integer().notNull().default(0),
  updated: integer().notNull().default(0),
  unchanged: integer().notNull().default(0),
  rejected: integer().notNull().default(0),
  error: text(),
  /** Which process carries it out, and until when it may without saying so again: wall clock, milliseconds. */
  owner: text(),
  ownedUntil: instant(),
  byId: text(),
  byName: text(),
  createdAt: instant().notNull(),
  startedAt: instant(),
  endedAt: instant(),
})

/** A row that could not be taken in, with its line and reason. */
export const importReject = pgTable(
  'import_reject',
  {
    jobId: text()
      .notNull()
      .references(() => importJob.id, { onDelete: 'cascade' }),
    line: int8().notNull(),
    reason: text().notNull(),
    raw: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.line] })],
)

/** Who changed what that decides who gets what. */
export const audit = pgTable(
  'audit',
  {
    id: text().primaryKey(),
    at: instant().notNull(),
    actorId: text(),
    actorName: text().notNull(),
    action: text().notNull(),
    subjectKind: text().notNull(),
    subjectId: text().notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [index('audit_at').on(t.at), index('audit_subject').on(t.subjectKind, t.subjectId)],
)
