import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { bucket, instant, int8 } from './columns.ts'

/** Between whom a mail goes, and what its headers are made of. With subject, HTML and text it gives the same bytes every time. */
export interface MailEnvelope {
  /** Milliseconds since 1970; the Date header. */
  date: number
  from: { address: string; name?: string | undefined }
  to: { address: string; name?: string | undefined }
  replyTo?: { address: string; name?: string | undefined } | undefined
  /** The address that unsubscribes by POST. */
  unsubscribe?: string | undefined
}

/** Outbox and history of mail, and what the gate counts. The rendered message is kept as it went out. */
export const send = pgTable(
  'send',
  {
    bucket: bucket(),
    id: int8().notNull(),
    contactId: int8().notNull(),
    /** The effect's key: unique for ever, so a step repeated after a crash asks for no second mail. */
    key: text().notNull(),
    flowId: text().notNull(),
    objectKey: text().notNull(),
    entry: integer().notNull(),
    version: integer().notNull(),
    node: text().notNull(),
    templateId: text().notNull(),
    templateVersion: integer(),
    purpose: text({ enum: ['marketing', 'transactional'] }).notNull(),
    /** What they agreed to get it under; null for what needs none, and for mail from before topics. */
    topic: text(),
    status: text({ enum: ['queued', 'sending', 'sent', 'unknown', 'failed', 'withdrawn'] }).notNull(),
    at: instant().notNull(),
    messageId: text(),
    fromAddress: text(),
    toAddress: text(),
    envelope: jsonb().$type<MailEnvelope>(),
    /** By which way it left: through the mail server, or kept in the Outbox because there is none. */
    transport: text({ enum: ['smtp', 'outbox'] }),
    subject: text(),
    html: text(),
    text: text(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant(),
    /** Who is delivering it, and until when nobody else may try. */
    claimedBy: text(),
    claimedUntil: instant(),
    sentAt: instant(),
    lastError: text(),
    /** What its reader, or their mail server, said of it later. */
    bouncedAt: instant(),
    complainedAt: instant(),
    unsubscribedAt: instant(),
    /** Set where somebody decided that nothing more is done about a failed one, or one of unknown fate. */
    givenUpAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.bucket, t.id] }),
    uniqueIndex('send_key').on(t.bucket, t.key),
    index('send_contact').on(t.bucket, t.contactId, t.at),
    index('send_queue').on(t.nextAttemptAt).where(sql`status in ('queued', 'sending')`),
    index('send_at').on(t.at, t.id),
    index('send_status').on(t.status, t.at, t.id).where(sql`status in ('unknown', 'failed', 'withdrawn')`),
    index('send_trouble').on(t.at, t.id).where(sql`status in ('unknown', 'failed') and given_up_at is null`),
    index('send_going').on(t.toAddress).where(sql`status = 'sending'`),
    index('send_message').on(t.messageId),
    index('send_flow').on(t.flowId, t.at),
  ],
)

/** Where link `n` of a mail leads. */
export const sendLink = pgTable(
  'send_link',
  { bucket: bucket(), sendId: int8().notNull(), n: integer().notNull(), url: text().notNull() },
  (t) => [primaryKey({ columns: [t.bucket, t.sendId, t.n] })],
)

/** Mails that authors sent to themselves to look at. Apart from `send`, so that nothing ever counts them. */
export const testMail = pgTable(
  'test_mail',
  {
    id: text().primaryKey(),
    at: instant().notNull(),
    templateId: text(),
    /** Whose data filled it; null: nobody's. */
    contactId: int8(),
    byId: text().notNull(),
    byName: text().notNull(),
    status: text({ enum: ['sent', 'failed'] }).notNull(),
    transport: text({ enum: ['smtp', 'outbox'] }).notNull(),
    messageId: text().notNull(),
    envelope: jsonb().$type<MailEnvelope>().notNull(),
    purpose: text({ enum: ['marketing', 'transactional'] }).notNull(),
    subject: text().notNull(),
    html: text().notNull(),
    text: text().notNull(),
    error: text(),
  },
  (t) => [index('test_mail_at').on(t.at, t.id)],
)
