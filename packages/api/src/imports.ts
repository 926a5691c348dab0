import type { ImportJob } from '@baton/db'
import { z } from 'zod'

/** How one column writes numbers and dates. */
const format = {
  decimal: z.enum(['.', ',']).default('.'),
  /** The order of the parts of a date that is not written as 2026-12-31. */
  dates: z.enum(['ymd', 'dmy', 'mdy']).default('ymd'),
}
const column = z.int().min(0).max(4999)
/** What they agreed to; the general topic unless told. */
const topic = z.string().min(1).max(64).default('marketing')

/** Where a column goes: into a field that exists, or into a new one. Columns that are not named are left out. */
const mapping = z.union([
  z.strictObject({ column, field: z.string().min(1).max(64), ...format }),
  z.strictObject({
    column,
    create: z.strictObject({
      label: z.string().trim().min(1, 'Give the new field a name.').max(100),
      type: z.enum(['text', 'number', 'boolean', 'date', 'datetime', 'choice', 'tags']),
      options: z.array(z.string().min(1).max(200)).max(200).optional(),
    }),
    ...format,
  }),
])

/** Everything an import is told before it starts. */
export const importSettings = z.strictObject({
  encoding: z.string().min(1).max(40),
  delimiter: z.enum([',', ';', '\t', '|']),
  /** Does the first line name the columns? */
  header: z.boolean(),
  columns: z.array(mapping).max(500),
  /** What tells people apart: rows with the same key are the same person, now and in every later import. */
  key: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('email'), column }),
    z.strictObject({ by: z.literal('column'), column }),
    /** The number of the row behind a text of one's own, for files in which nothing identifies people. */
    z.strictObject({ by: z.literal('line'), prefix: z.string().trim().min(1, 'Write a text that no other file uses.').max(60) }),
  ]),
  /** The list that everybody of the file is put on. */
  list: z.string().min(1).max(64).nullable().default(null),
  consent: z.discriminatedUnion('who', [
    z.strictObject({ who: z.literal('nobody') }),
    z.strictObject({ who: z.literal('all'), topic, source: z.string().trim().min(3, 'Write where and when they agreed.').max(500) }),
    z.strictObject({
      who: z.literal('column'),
      column,
      topic,
      /** What stands in the column where somebody agreed. */
      yes: z.array(z.string().min(1).max(100)).min(1, 'Write what stands there for yes.').max(20),
      source: z.string().trim().min(3, 'Write where and when they agreed.').max(500),
    }),
  ]),
})
export type ImportSettings = z.infer<typeof importSettings>
export type ImportMapping = ImportSettings['columns'][number]

/** How a file is read; what is left out is detected. */
export const readAs = z.strictObject({
  encoding: z.string().max(40).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  header: z.boolean().optional(),
})
export type ReadAs = z.infer<typeof readAs>

/** A column of a file with what it holds, and where it would go. */
export interface PreviewColumn {
  column: number
  name: string
  /** Up to five different values. */
  examples: string[]
  /** Share of the rows looked at that are empty, 0–1. */
  empty: number
  guess: { type: 'text' | 'number' | 'boolean' | 'date' | 'datetime'; decimal: '.' | ','; dates: 'ymd' | 'dmy' | 'mdy' }
  /** What the import would do with it if nobody objects; null: leave it out. */
  proposal: ImportMapping | null
}

export interface ImportPreview {
  id: string
  fileName: string
  size: number
  encoding: string
  delimiter: ImportSettings['delimiter']
  header: boolean
  columns: PreviewColumn[]
  /** The first rows as they are. */
  rows: string[][]
  /** From the size of the rows looked at; exact for small files. */
  estimatedRows: number
  proposedKey: ImportSettings['key']
}

/** Reading and taking in of uploaded files; the server implements it. */
export interface Imports {
  /** @throws ImportError where the file cannot be read: it says what to do */
  preview(id: string, as: ReadAs): Promise<ImportPreview>
  /** Makes the new fields and starts in the background. @throws ImportError where settings and file do not fit */
  start(id: string, settings: ImportSettings): Promise<void>
  /** Goes on with one that stopped, where it stopped. */
  goOn(id: string): Promise<void>
  /** What came in stays. */
  cancel(id: string): Promise<void>
  job(id: string): Promise<ImportJob | undefined>
}

/** Something about a file that a person can mend; the message says how. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}
