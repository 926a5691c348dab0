import type { EnrolmentEnd, EnrolmentVars, Step } from '@baton/engine'
import { bigserial, index, integer, json, jsonb, pgSequence, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

/** A contact's passage through a flow. Nothing that a step changes is indexed, so that updates stay HOT. */
export const enrolment = pgTable(
  'enrolment',
  {
    bucket: bucket(),
    id: int8().notNull(),
    contactId: int8().notNull(),
    flowId: text().notNull(),
    key: text().notNull(),
    /** 0 while live, then its `entry`: at most one live passage per (contact, flow, key). */
    gen: integer().notNull().default(0),
    entry: integer().notNull(),
    version: integer().notNull(),
    node: text().notNull(),
    nodeSince: instant().notNull(),
    enteredAt: instant().notNull(),
    dueAt: instant(),
    vars: jsonb().$type<EnrolmentVars>().notNull(),
    seq: integer().notNull(),
    rev: integer().notNull().default(0),
    endedAt: instant(),
    endHow: text().$type<EnrolmentEnd>(),
    endLabel: text(),
  },
  (t) => [
    primaryKey({ columns: [t.bucket, t.id] }),
    uniqueIndex('enrolment_passage').on(t.bucket, t.contactId, t.flowId, t.key, t.gen),
    index('enrolment_flow').on(t.flowId, t.gen, t.bucket, t.id),
  ],
)

export const wheelChunk = pgSequence('wheel_chunk')

/** Who is due when: insert-only chunks of enrolment ids. `slot` is the due instant; `enrolment.due_at` is the truth. */
export const wheel = pgTable(
  'wheel',
  { bucket: bucket(), slot: instant().notNull(), chunk: int8().notNull(), ids: int8().array().notNull() },
  (t) => [primaryKey({ columns: [t.bucket, t.slot, t.chunk] }), index('wheel_due').on(t.slot, t.bucket, t.chunk)],
)

/** One row per turn of an enrolment; `seq` is the number of its last step. */
export const journal = pgTable(
  'journal',
  {
    bucket: bucket(),
    enrolmentId: int8().notNull(),
    seq: integer().notNull(),
    at: instant().notNull(),
    due: instant(),
    /** `json`, not `jsonb`: a reason keeps the order of its keys, as the log writes it. */
    steps: json().$type<Step[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.enrolmentId, t.seq] })],
)

/** How many came to (`port` empty) or left (by `port`) a node, appended per batch and compacted. `hour` counts hours since 1970. */
export const nodeDelta = pgTable(
  'node_delta',
  {
    bucket: bucket(),
    id: bigserial({ mode: 'number' }).notNull(),
    flowId: text().notNull(),
    node: text().notNull(),
    port: text().notNull(),
    hour: integer().notNull(),
    n: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.id] }), index('node_delta_flow').on(t.flowId)],
)
