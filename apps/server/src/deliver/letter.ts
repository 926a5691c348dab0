import { randomBytes } from 'node:crypto'
import type { Letter, LetterResult } from '@baton/api'
import type { MailTransport, SendOutcome } from '@baton/connect'
import type { WorkspaceSettings } from '@baton/db'
import { compose, messageIdOf } from './message.ts'
import { missingSetting } from './prepare.ts'

/** Why a mail did not get out for certain, in words; null when it did. */
export function whyNotSent(outcome: SendOutcome): string | null {
  switch (outcome.outcome) {
    case 'accepted':
      return null
    case 'refused':
      return `The mail server refused it: ${outcome.response}`
    case 'unknown':
      return outcome.why
    case 'unreachable':
      return outcome.message
  }
}

/** A text as it may stand in HTML. */
export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Paragraphs of a plain text as HTML, with its web addresses as links. */
function paragraphs(text: string): string {
  const linked = (line: string) => escaped(line).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`)
  const parts = text.split('\n\n').map((part) => `<p>${linked(part)}</p>`)
  return `<!doctype html><html><body style="font:15px/1.5 sans-serif">${parts.join('')}</body></html>`
}

/** Sends a letter now, from the workspace's own address. */
export async function sendLetter(
  { to, subject, text, html }: Letter,
  { transport, settings, at }: { transport: MailTransport | null; settings: WorkspaceSettings; at: number },
): Promise<LetterResult> {
  if (!transport) return { result: 'no-server' }
  const missing = missingSetting(settings)
  if (missing) return { result: 'failed', why: missing }
  const composed = await compose({
    messageId: messageIdOf({ id: 'letter', key: randomBytes(12).toString('base64url') }, settings.senderAddress),
    envelope: {
      date: at,
      from: { address: settings.senderAddress, name: settings.senderName || settings.name },
      to: { address: to.email, name: to.name },
    },
    purpose: 'transactional',
    subject,
    html: html ?? paragraphs(text),
    text,
  })
  if ('problem' in composed) return { result: 'failed', why: composed.problem.message }
  const outcome = await transport.send(composed.ok)
  const why = whyNotSent(outcome)
  if (why === null) return { result: 'sent' }
  return outcome.outcome === 'unknown' ? { result: 'failed', why, unsure: true } : { result: 'failed', why }
}
