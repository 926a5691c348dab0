import { createHash } from 'node:crypto'
import { type ComposedMail, type ComposeProblem, composeMail } from '@baton/connect'
import type { MailEnvelope } from '@baton/db'

/** All that a mail's bytes are made of. */
export interface Message {
  messageId: string
  envelope: MailEnvelope
  purpose: 'marketing' | 'transactional'
  subject: string
  html: string
  text: string
}

/** Composes what is kept of a mail: the same bytes for the mail server and, later, for the Outbox page. */
export function compose({ envelope, ...message }: Message): Promise<{ ok: ComposedMail } | { problem: ComposeProblem }> {
  const { date, from, to, replyTo, unsubscribe } = envelope
  return composeMail({ ...message, from, to, replyTo, unsubscribe, date: new Date(date) })
}

/** The same for every attempt of a send: made of its id and key, at the sender's domain. */
export function messageIdOf(send: { id: number | string; key: string }, senderAddress: string): string {
  const hash = createHash('sha256').update(send.key).digest('hex').slice(0, 16)
  return `<${send.id}.${hash}@${senderAddress.split('@').at(-1) ?? 'localhost'}>`
}

/** The header lines of a composed mail, unfolded, in their order. */
export function headersOf(raw: Buffer): { name: string; value: string }[] {
  const head = raw.toString('utf8').split('\r\n\r\n', 1)[0] ?? ''
  return head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => {
      const colon = line.indexOf(':')
      return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() }
    })
}
