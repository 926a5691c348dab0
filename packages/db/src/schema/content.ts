import type { Condition } from '@baton/engine'
import { boolean, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

export const segment = pgTable('segment', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** rule: whoever the condition is true of is in it. list: people are put on it; its condition is empty and never asked. */
  kind: text({ enum: ['rule', 'list'] })
    .notNull()
    .default('rule'),
  condition: jsonb().$type<Condition>().notNull(),
  /** building: the scan over all contacts is under way, members are not complete yet. */
  status: text({ enum: ['building', 'ready', 'archived'] })
    .notNull()
    .default('building'),
  /** Size as last counted; null until then. */
  count: integer(),
  countedAt: instant(),
  rev: integer().notNull().default(0),
  createdBy: text(),
  createdAt: instant().notNull(),
  updatedBy: text(),
  updatedAt: instant().notNull(),
})

export const template = pgTable('template', {
  id: text().primaryKey(),
  name: text().notNull(),
  subject: text().notNull().default(''),
  preheader: text().notNull().default(''),
  /** MJML. */
  body: text().notNull().default(''),
  /** Plain-text part; empty: made from the body. */
  text: text().notNull().default(''),
  purpose: text({ enum: ['marketing', 'transactional'] })
    .notNull()
    .default('marketing'),
  /** What people must have agreed to; null: the general topic for marketing mail, none for transactional. */
  topicId: text(),
  /** Number of the last saved version. */
  version: integer().notNull().default(1),
  archivedAt: instant(),
  createdBy: text(),
  createdAt: instant().notNull(),
  updatedBy: text(),
  updatedAt: instant().notNull(),
})

export const templateVersion = pgTable(
  'template_version',
  {
    templateId: text()
      .notNull()
      .references(() => template.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    subject: text().notNull(),
    preheader: text().notNull(),
    body: text().notNull(),
    text: text().notNull(),
    purpose: text({ enum: ['marketing', 'transactional'] }).notNull(),
    savedBy: text(),
    savedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.templateId, t.version] })],
)

/** Custom and system fields of contacts. */
export const field = pgTable('field', {
  key: text().primaryKey(),
  label: text().notNull(),
  type: text({ enum: ['text', 'number', 'boolean', 'date', 'datetime', 'choice', 'tags'] }).notNull(),
  options: jsonb().$type<string[]>(),
  afterOutcome: boolean().notNull().default(false),
  /** Always there; cannot be renamed or removed. */
  system: boolean().notNull().default(false),
  position: integer().notNull().default(0),
  createdAt: instant().notNull(),
  archivedAt: instant(),
})
