import type { SendOutcome } from '@baton/connect'
import { type ClaimedSend, PUT_OFF, type Settlement } from '@baton/db'
import type { InboxItem } from '@baton/engine'
import { putOffFor } from './schedule.ts'

/** What an event of ours says of the mail it is about. */
export function mailEvent(
  mail: Pick<ClaimedSend, 'id' | 'key' | 'templateId' | 'flowId' | 'node'>,
  of: { type: string; id: string; now: number; machine?: boolean | undefined; props?: Readonly<Record<string, unknown>> | undefined },
): InboxItem {
  const { id, key, templateId, flowId, node } = mail
  const props = { sendId: String(id), sendKey: key, templateId, flowId, node, machine: of.machine === true, ...of.props }
  const event = { id: of.id, type: of.type, props, occurredAt: of.now, receivedAt: of.now, ...(of.machine ? { machine: true } : {}) }
  return { kind: 'event', at: of.now, event }
}

const base = ({ bucket, id, contactId }: ClaimedSend) => ({
  bucket,
  id,
  contactId,
  transport: null,
  sentAt: null,
  unheard: false,
  nextAttemptAt: null,
  error: null,
  items: [],
  bounced: null,
})

/** The mail left, or is kept in the Outbox as if it had. */
export const sentBy = (send: ClaimedSend, transport: 'smtp' | 'outbox', now: number): Settlement => ({
  ...base(send),
  status: 'sent',
  transport,
  sentAt: now,
  items: [mailEvent(send, { type: 'mail.sent', id: `${send.key}/sent`, now, props: { kept: transport === 'outbox' } })],
})

export const withdrawn = (send: ClaimedSend, why: string, now: number): Settlement => ({
  ...base(send),
  status: 'withdrawn',
  error: why,
  items: [mailEvent(send, { type: 'mail.withdrawn', id: `${send.key}/withdrawn`, now, props: { why } })],
})

export const failed = (send: ClaimedSend, error: string): Settlement => ({ ...base(send), status: 'failed', error })

/** Tried again later; `error` says why it is still here, in words that say what to do. */
export const later = (send: ClaimedSend, at: number, error: string | null): Settlement => ({
  ...base(send),
  status: 'queued',
  nextAttemptAt: at,
  error,
})

/**
 * What follows from the answer of the mail server. Only the recipient's own refusal suppresses an address: a mail refused for its
 * content or its sender says nothing about the person.
 * @param of.to the address it was handed over for
 * @param of.again ms until the next try while no server answers
 */
export function settlementOf(
  send: ClaimedSend,
  outcome: SendOutcome,
  { now, again, to }: { now: number; again: number; to: string | undefined },
): Settlement {
  switch (outcome.outcome) {
    case 'accepted':
      return sentBy(send, 'smtp', now)
    case 'unknown':
      return { ...base(send), status: 'unknown', transport: 'smtp', error: outcome.why }
    case 'unreachable': {
      if (outcome.at === 'server') return { ...later(send, now + again, outcome.message), unheard: true }
      const response = `it ${outcome.reason === 'timeout' ? 'fell silent' : 'hung up'} when this address was named.`
      return settlementOf(send, { outcome: 'refused', how: 'temporary', code: undefined, response, recipient: false }, { now, again, to })
    }
    case 'refused': {
      const wait = outcome.how === 'temporary' ? putOffFor(send.attempts + 1) : null
      if (wait !== null) return later(send, now + wait, `${PUT_OFF}${outcome.response}`)
      const { response, code, recipient } = outcome
      const permanent = outcome.how === 'permanent'
      const bounced = mailEvent(send, {
        type: 'mail.bounced',
        id: `${send.key}/bounced/${send.attempts + 1}`,
        now,
        props: { permanent, recipient, code: code ?? null, response },
      })
      const error = permanent ? `The mail server refused it: ${response}` : `The mail server put it off too often: ${response}`
      const hard = permanent && recipient && to !== undefined
      return { ...failed(send, error), transport: 'smtp', items: [bounced], bounced: hard ? { address: to, said: response } : null }
    }
  }
}

/** Codes by which a mail server says that it has too much to do, or gets too much from us (RFC 5321 4.2.2). */
const TOO_MUCH = [421, 450, 451, 452]

/** Whether an answer asks for less mail to this domain; what is said of one mailbox asks for nothing. */
export const asksForLess = (outcome: SendOutcome): boolean =>
  outcome.outcome === 'refused'
    ? outcome.how === 'temporary' && !outcome.recipient && outcome.code !== undefined && TOO_MUCH.includes(outcome.code)
    : outcome.outcome === 'unreachable' && outcome.at === 'recipient'
