import type { BusinessHours } from '@baton/leads'
import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** A business calendar of the workspace: hours by weekday, holidays, and the zone they are read in. */
export const calendar = pgTable('calendar', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** null: in the zone of whoever it is about. */
  zone: text(),
  hours: jsonb().$type<BusinessHours['hours']>().notNull(),
  /** Local dates with what is celebrated, by date. */
  holidays: jsonb().$type<BusinessHours['holidays']>().notNull(),
  /** Where the holidays were taken from, for the next years' (ISO 3166). */
  country: text(),
  region: text(),
  rev: integer().notNull().default(0),
  createdBy: text(),
  createdAt: instant().notNull(),
  updatedBy: text(),
  updatedAt: instant().notNull(),
})
