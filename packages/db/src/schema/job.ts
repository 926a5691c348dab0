import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, int8 } from './columns.ts'

/** Keys of the rows an import took so far, to find the same key twice in a file of any size. Gone when the import is over. */
export const importKey = pgTable('import_key', { jobId: text().notNull(), value: text().notNull(), line: int8().notNull() }, (t) => [
  primaryKey({ columns: [t.jobId, t.value] }),
])

/** Something done to many contacts in the background, chunk by chunk: resumable, with progress and cancel. */
export const bulkJob = pgTable(
  'bulk_job',
  {
    id: text().primaryKey(),
    /** What to do, and to whom: chosen contacts or all that match; parsed by the queries that carry it out. */
    action: jsonb().$type<Record<string, unknown>>().notNull(),
    target: jsonb().$type<Record<string, unknown>>().notNull(),
    status: text({ enum: ['running', 'done', 'cancelled', 'failed'] }).notNull(),
    /** The last (bucket, id) that was done. */
    bucket: integer().notNull().default(0),
    afterId: int8().notNull().default(0),
    done: integer().notNull().default(0),
    total: integer().notNull().default(0),
    /** Where the exported file lies. */
    path: text(),
    error: text(),
    /** Which process carries it out, and until when it may without saying so again: wall clock, milliseconds. */
    owner: text(),
    ownedUntil: instant(),
    byId: text().notNull(),
    byName: text().notNull(),
    startedAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [index('bulk_job_status').on(t.status)],
)
