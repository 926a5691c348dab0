import { sql } from 'drizzle-orm'
import { doublePrecision, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { flow } from './flow.ts'

const ofFlow = () =>
  text()
    .notNull()
    .references(() => flow.id, { onDelete: 'cascade' })

/** A forecast or a back-test that the server made and keeps: what it was made with, so that it can be made again, and its figures. */
export const simulation = pgTable(
  'simulation',
  {
    id: text().primaryKey(),
    flowId: ofFlow(),
    kind: text({ enum: ['forecast', 'backtest'] }).notNull(),
    /** What the draft did (`planHash`), which save that was, and what was live then. */
    hash: text().notNull(),
    rev: integer().notNull(),
    liveVersion: integer(),
    /** The data of this instant. */
    snapshotAt: instant().notNull(),
    /** Everything it was made with, the seed among it. */
    setting: jsonb().$type<Record<string, unknown>>().notNull(),
    status: text({ enum: ['running', 'done', 'failed', 'cancelled'] }).notNull(),
    /** 0 to 1. */
    progress: doublePrecision().notNull().default(0),
    /** A digest of all that went in: people, segments, mails. The same gives the same figures. */
    inputs: text(),
    figures: jsonb().$type<Record<string, unknown>>(),
    error: text(),
    /** Until when the process that makes it may be silent: wall clock, milliseconds. Silent for longer: it is gone. */
    ownedUntil: instant(),
    byId: text().notNull(),
    byName: text().notNull(),
    at: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [index('simulation_flow').on(t.flowId, t.at)],
)

/** A draft that goes live by itself at an instant. One of each flow waits at a time. */
export const launch = pgTable(
  'launch',
  {
    id: text().primaryKey(),
    flowId: ofFlow(),
    dueAt: instant().notNull(),
    /** The draft that is meant: what it does, and which save it was. */
    hash: text().notNull(),
    rev: integer().notNull(),
    /** What was chosen in the dialog: who comes in, reasons, people inside. */
    input: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text({ enum: ['waiting', 'done', 'refused', 'cancelled'] }).notNull(),
    /** done: the version it became. refused: why. */
    version: integer(),
    why: text(),
    byId: text().notNull(),
    byName: text().notNull(),
    at: instant().notNull(),
    endedAt: instant(),
    /** Who called it off. */
    endedBy: text(),
  },
  (t) => [uniqueIndex('launch_waiting').on(t.flowId).where(sql`state = 'waiting'`), index('launch_flow').on(t.flowId, t.at)],
)
