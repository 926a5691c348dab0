import { addNotifications, type ClaimedEffect, type EffectSettlement, noteReaders, personById, workspaceSettings } from '@baton/db'
import { notifyPayload } from '@baton/engine'
import { sendLetter } from '../deliver/letter.ts'
import { deliverLeadNote, leadNoteIn, type NotifyPorts } from './lead-note.ts'

/**
 * Tells users of the workspace: in the bell, by e-mail, or both. Without a mail server the bell stands in for the e-mail. The bell is
 * written once per effect and user; a mail after a crash may come twice.
 */
export async function deliverNote(effect: ClaimedEffect, ports: NotifyPorts): Promise<EffectSettlement> {
  const lead = leadNoteIn(effect)
  if (lead) return deliverLeadNote(effect, lead, ports)
  const parsed = notifyPayload.safeParse(effect.payload)
  if (!parsed.success) return over(effect, 'failed', 'What was to be told cannot be read. Publish the flow anew.')
  const { to, inApp, email, text } = parsed.data
  const readers = await noteReaders(ports.handle, to)
  if (readers.length === 0) {
    return over(effect, 'failed', `Nobody to tell: this ${to.kind === 'user' ? 'user is gone' : 'team has no members'}.`)
  }
  if (inApp || !ports.transport) {
    const { contactId, flowId, key, at } = effect
    await addNotifications(
      ports.handle,
      readers.map(({ id: userId }) => ({ id: `${key}/${userId}`, userId, at, text, contactId, flowId })),
    )
  }
  return over(effect, 'done', email ? await mailAll(effect, text, readers, ports) : null)
}

/** @returns why somebody got no e-mail; null when all did */
async function mailAll(
  effect: ClaimedEffect,
  text: string,
  readers: readonly { name: string; email: string }[],
  { handle, transport, now, baseUrl }: NotifyPorts,
): Promise<string | null> {
  if (!transport) return 'There is no mail server, so it stands in the bell only. Set SMTP_URL to send e-mail.'
  const settings = await workspaceSettings(handle)
  const person = await personById(handle, effect.contactId)
  const subject = text.length > 100 ? `${text.slice(0, 99)}…` : text
  const body = person ? `${text}\n\n${baseUrl}/contacts/${effect.contactId}` : text
  const faults: string[] = []
  for (const to of readers) {
    const sent = await sendLetter({ to, subject, text: body }, { transport, settings, at: now() })
    if (sent.result === 'failed') faults.push(sent.why)
  }
  return faults[0] ?? null
}

const over = ({ bucket, id, contactId, key }: ClaimedEffect, status: 'done' | 'failed', error: string | null): EffectSettlement => ({
  ...{ bucket, id, contactId, key, status, error },
  ...{ nextAttemptAt: null, answer: null, news: null },
})
