import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { displayName, isMailAddress, type Mailbox } from './address.ts'
import type { MailToSend } from './outcome.ts'

/** A mail to be composed. All of it is given: nothing here reads a clock or invents an id. */
export type OutgoingMail = {
  /** With angle brackets, `<id@domain>`. The same for every attempt of the same send. */
  messageId: string
  date: Date
  from: Mailbox
  to: Mailbox
  replyTo?: Mailbox | undefined
  subject: string
  html: string
  text: string
  purpose: 'marketing' | 'transactional'
  /** The address that unsubscribes by POST without a cookie. One-click (RFC 8058) needs https. */
  unsubscribe?: string | undefined
  /** Where bounces go; the sender when absent. */
  bounceTo?: string | undefined
}

/** What goes over the wire, exactly; the same input gives the same bytes. */
export type ComposedMail = MailToSend & { messageId: string }

export type ComposeProblem = { field: 'from' | 'to' | 'replyTo' | 'bounceTo' | 'messageId' | 'unsubscribe'; message: string }

const MESSAGE_ID = /^<[^\s<>@]+@[^\s<>@]+>$/
// A header line may have 998 characters (RFC 5322), and this one must not be folded.
const LONGEST_UNSUBSCRIBE = 900

function problemIn(mail: OutgoingMail): ComposeProblem | undefined {
  if (!MESSAGE_ID.test(mail.messageId)) return { field: 'messageId', message: 'The Message-ID must look like <id@domain>.' }
  const mailboxes = { from: mail.from.address, to: mail.to.address, replyTo: mail.replyTo?.address, bounceTo: mail.bounceTo }
  for (const field of ['from', 'to', 'replyTo', 'bounceTo'] as const) {
    const address = mailboxes[field]
    if (address !== undefined && !isMailAddress(address)) return { field, message: `“${address}” is not an e-mail address. Correct it.` }
  }
  const { unsubscribe } = mail
  if (unsubscribe === undefined) return
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(unsubscribe) || /[<>]/.test(unsubscribe) || !URL.canParse(unsubscribe))
    return { field: 'unsubscribe', message: 'The unsubscribe address must be a web address.' }
  if (unsubscribe.length > LONGEST_UNSUBSCRIBE) return { field: 'unsubscribe', message: 'The unsubscribe address is too long.' }
}

/**
 * The headers beside From, To and Subject. List-Unsubscribe is written unfolded: relays that fold or unfold it again
 * have broken DKIM. The one-click header only stands beside https, as RFC 8058 §3.1 wants.
 */
function extraHeaders({ unsubscribe, purpose }: OutgoingMail): Record<string, string | { prepared: true; value: string }> {
  const headers: Record<string, string | { prepared: true; value: string }> =
    // RFC 3834: says to holiday responders that no person waits for an answer.
    purpose === 'transactional' ? { 'Auto-Submitted': 'auto-generated' } : { Precedence: 'bulk' }
  if (!unsubscribe) return headers
  headers['List-Unsubscribe'] = { prepared: true, value: `<${unsubscribe}>` }
  if (/^https:/i.test(unsubscribe)) headers['List-Unsubscribe-Post'] = { prepared: true, value: 'List-Unsubscribe=One-Click' }
  return headers
}

const mailbox = ({ address, name }: Mailbox) => ({ address, name: name ? displayName(name) : '' })

/**
 * Composes the MIME message: plain text and HTML as alternatives, headers, envelope.
 * @returns the bytes to send (and to show in the Outbox), or which field is wrong and what to do
 */
export async function composeMail(mail: OutgoingMail): Promise<{ ok: ComposedMail } | { problem: ComposeProblem }> {
  const problem = problemIn(mail)
  if (problem) return { problem }
  const composer = new MailComposer({
    messageId: mail.messageId,
    date: mail.date,
    from: mailbox(mail.from),
    to: mailbox(mail.to),
    ...(mail.replyTo ? { replyTo: mailbox(mail.replyTo) } : {}),
    subject: displayName(mail.subject),
    text: mail.text,
    html: mail.html,
    headers: extraHeaders(mail),
    envelope: { from: mail.bounceTo ?? mail.from.address, to: [mail.to.address] },
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 24),
  })
  const message = composer.compile()
  const envelope = message.getEnvelope()
  const raw = await message.build()
  return {
    ok: { messageId: mail.messageId, raw, envelope: { from: envelope.from || mail.from.address, to: envelope.to } },
  }
}
