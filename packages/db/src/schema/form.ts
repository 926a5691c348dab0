import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

/** A field of contacts as a form asks for it. */
export interface FormField {
  /** Key of the field. */
  key: string
  /** What stands above the input; empty: the field's own label. */
  label: string
  required: boolean
  placeholder: string
}

/** A box to tick: consent for one topic, in the words of the form. */
export interface FormTopic {
  topic: string
  label: string
}

/** What somebody sees who sent the form. */
export type FormThanks = { kind: 'text'; text: string } | { kind: 'redirect'; url: string }

/** A form on a page of ours or of a site: a public door by which people tell who they are and what they agree to. */
export const form = pgTable('form', {
  id: text().primaryKey(),
  name: text().notNull(),
  title: text().notNull().default(''),
  intro: text().notNull().default(''),
  button: text().notNull().default(''),
  fields: jsonb().$type<FormField[]>().notNull(),
  topics: jsonb().$type<FormTopic[]>().notNull(),
  /** Double opt-in: a ticked topic counts once its link in a mail was confirmed. */
  confirm: boolean().notNull().default(true),
  /** Whether an answer replaces what is known of somebody; else only what is empty is filled. */
  mayUpdate: boolean().notNull().default(false),
  thanks: jsonb().$type<FormThanks>().notNull(),
  /** Sites whose pages may show and send the form; our own page always may. */
  origins: jsonb().$type<string[]>().notNull(),
  /** Counts the saves; a save names the revision it started from. */
  rev: integer().notNull().default(0),
  archivedAt: instant(),
  createdBy: text(),
  createdAt: instant().notNull(),
  updatedBy: text(),
  updatedAt: instant().notNull(),
})

/** A form that was sent. What was written stands in the event of the same id and time. */
export const formAnswer = pgTable(
  'form_answer',
  { bucket: bucket(), at: instant().notNull(), eventId: text().notNull(), contactId: int8().notNull(), formId: text().notNull() },
  (t) => [
    primaryKey({ columns: [t.bucket, t.at, t.eventId] }),
    index('form_answer_form').on(t.formId, t.at),
    index('form_answer_contact').on(t.bucket, t.contactId),
  ],
)

/** Somebody was asked by mail to confirm a consent (double opt-in). `id` is that of the mail, too. */
export const consentAsk = pgTable(
  'consent_ask',
  {
    bucket: bucket(),
    id: int8().notNull(),
    contactId: int8().notNull(),
    formId: text().notNull(),
    topics: jsonb().$type<string[]>().notNull(),
    /** The address that was asked: another one needs asking anew. */
    email: text().notNull(),
    at: instant().notNull(),
    confirmedAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.bucket, t.id] }), index('consent_ask_contact').on(t.bucket, t.contactId)],
)
