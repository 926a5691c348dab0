import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, int8 } from './columns.ts'

/** Something a user of the workspace should know. Seen by that user alone. */
export const notification = pgTable(
  'notification',
  {
    /** Of what caused it, so that the same is told once. */
    id: text().primaryKey(),
    userId: text().notNull(),
    at: instant().notNull(),
    text: text().notNull(),
    contactId: int8(),
    flowId: text(),
    /** The lead it is about, for the link to the desk. */
    leadId: int8(),
    readAt: instant(),
    /** Waits to be mailed with others, as its reader had chosen when it was written. */
    toMail: boolean().notNull().default(false),
  },
  (t) => [
    index('notification_user').on(t.userId, t.at, t.id),
    index('notification_unread').on(t.userId).where(sql`read_at is null`),
    index('notification_to_mail').on(t.userId).where(sql`to_mail`),
    index('notification_contact').on(t.contactId),
  ],
)
