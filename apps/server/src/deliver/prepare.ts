import { type ComposedMail, renderMail } from '@baton/connect'
import {
  askToSend,
  type ClaimedSend,
  type DispatchFacts,
  isRepMail,
  type ReadySend,
  repMailOf,
  type Sql,
  type WorkspaceSettings,
} from '@baton/db'
import { MARKETING_TOPIC, type Person, stillStopped, zoneOf } from '@baton/engine'
import { confirmMail } from '../forms/confirm-mail.ts'
import { mailAddresses } from './addresses.ts'
import { compose, messageIdOf } from './message.ts'
import { repLetter } from './rep-letter.ts'
import { problemWords, type Templates } from './templates.ts'

/** Why a mail is taken back at the last moment: a closed list, worded on the screen. */
export type Withdrawal = 'deleted' | 'no-address' | 'suppressed' | 'no-consent' | 'flow-stopped' | 'answered'

/** What is to be done with a mail that is due. */
export type Prepared =
  | { do: 'send'; ready: ReadySend; mail: ComposedMail }
  | { do: 'withdraw'; why: Withdrawal }
  /** Not now: a setting is missing. */
  | { do: 'hold'; why: string }
  /** Not now: an answer of this person is being handled. */
  | { do: 'wait' }
  | { do: 'fail'; why: string }

export interface PrepareParts {
  sql: Sql
  templates: Templates
  settings: WorkspaceSettings
  baseUrl: string
  now: number
}

/** What can still stop a mail, asked just before it goes (SEMANTICS 7): deletion, the flow, address, suppression, consent. */
export function stoppedBy(
  send: Pick<ClaimedSend, 'purpose' | 'topic' | 'flowId' | 'node'>,
  facts: DispatchFacts,
  purpose = send.purpose,
): Withdrawal | undefined {
  if (!facts.person) return 'deleted'
  if (isRepMail(send)) return facts.addressStopped === null ? stillStopped(facts.person, send) : 'suppressed'
  // A mail of the house has an address of its own: that of whom it asks.
  if (send.flowId === '') return facts.person.suppressed === null && facts.addressStopped === null ? undefined : 'suppressed'
  if (facts.flow === null || facts.flow === 'stopped' || facts.flow === 'archived') return 'flow-stopped'
  if (facts.addressStopped !== null) return 'suppressed'
  // The topic may have become another since the step asked for the mail: both must be agreed to, the stricter rule.
  const topics = purpose === 'marketing' ? [send.topic, ...(facts.templateTopic === null ? [] : [facts.templateTopic])] : [null]
  for (const topic of topics) {
    const stopped = stillStopped(facts.person, { purpose, topic })
    if (stopped) return stopped
  }
  return undefined
}

const NO_POSTAL_ADDRESS = 'No postal address is set. Enter it under Settings, Workspace: mail to leads needs it at its foot.'

const personName = ({ fields }: Person): string | undefined => {
  const name = [fields.first_name, fields.last_name].filter((part) => typeof part === 'string' && part !== '').join(' ')
  return name === '' ? undefined : name
}

/** What is missing in the settings before any mail can go; in words that say what to do. */
export const missingSetting = ({ senderAddress }: WorkspaceSettings): string | undefined =>
  senderAddress === '' ? 'No sender address is set. Enter it under Settings, Workspace.' : undefined

/** Decides what to do with a due mail, and renders it with the data of this moment. Changes nothing. */
export async function prepare(send: ClaimedSend, facts: DispatchFacts, parts: PrepareParts): Promise<Prepared> {
  const stopped = stoppedBy(send, facts)
  if (stopped) return { do: 'withdraw', why: stopped }
  if (facts.wait) return { do: 'wait' }
  const { person, company } = facts
  if (!person) return { do: 'withdraw', why: 'deleted' }
  if (send.again) return finish(send, { ...send.again, links: [], templateVersion: null })
  const { sql, templates, settings, baseUrl, now } = parts
  const missing = missingSetting(settings)
  if (missing) return { do: 'hold', why: missing }
  if (isRepMail(send)) return byRep(send, person, parts)
  if (send.flowId === '') return question(send, person, parts)
  if (facts.templateVersion === null) return { do: 'fail', why: 'The template was removed.' }
  const compiled = await templates.version(sql, send.templateId, facts.templateVersion)
  if (compiled === 'unknown') return { do: 'fail', why: 'The template was removed.' }
  if ('errors' in compiled) return { do: 'fail', why: problemWords(compiled.errors) }
  const { purpose } = compiled.ok.source
  // The text may have become a marketing mail since the step asked for it; the stricter rule holds.
  const stricter = stoppedBy(send, facts, purpose)
  if (stricter) return { do: 'withdraw', why: stricter }
  const addresses = mailAddresses(baseUrl, settings.linkSecrets)
  const unsubscribe = addresses.unsubscribe(send.contactId, facts.templateTopic ?? send.topic ?? MARKETING_TOPIC, send.id)
  const rendered = renderMail(compiled.ok, {
    contact: person.fields,
    workspace: { name: settings.name, postalAddress: settings.postalAddress },
    more: { carried: facts.carried ?? {} },
    now: new Date(now),
    timeZone: zoneOf(person, settings.zone, company ? [company] : []).zone,
    links: {
      track: (n) => addresses.click(send.id, n),
      open: addresses.open(send.id),
      honeypot: addresses.click(send.id, 0),
      unsubscribe,
      preferences: addresses.preferences(send.contactId, send.id),
    },
  })
  if ('problem' in rendered) {
    const { where, message } = rendered.problem
    return where === 'workspace' ? { do: 'hold', why: message } : { do: 'fail', why: message }
  }
  const envelope = {
    date: now,
    from: { address: settings.senderAddress, name: settings.senderName || settings.name },
    to: { address: String(person.fields.email), name: personName(person) },
    ...(purpose === 'marketing' ? { unsubscribe } : {}),
  }
  return finish({ ...send, purpose }, { ...rendered.ok, envelope, templateVersion: facts.templateVersion })
}

/** A mail of the house itself, which belongs to no flow: it asks whether somebody agrees. */
async function question(send: ClaimedSend, person: Person, { sql, settings, baseUrl, now }: PrepareParts): Promise<Prepared> {
  const ask = await askToSend(sql, send.id)
  if (!ask) return { do: 'withdraw', why: 'answered' }
  const from = { address: settings.senderAddress, name: settings.senderName || settings.name }
  const envelope = { date: now, from, to: { address: ask.email, name: personName(person) } }
  return finish(send, { ...(await confirmMail(sql, ask, { settings, baseUrl })), envelope, links: [], templateVersion: null })
}

/** A mail that a rep wrote to a lead: from the rep's address, in the rep's words. */
async function byRep(send: ClaimedSend, person: Person, { sql, settings, baseUrl, now }: PrepareParts): Promise<Prepared> {
  const mail = await repMailOf(sql, send)
  if (!mail) return { do: 'withdraw', why: 'deleted' }
  if (settings.postalAddress === '') return { do: 'hold', why: NO_POSTAL_ADDRESS }
  const addresses = mailAddresses(baseUrl, settings.linkSecrets)
  const unsubscribe = addresses.unsubscribe(send.contactId, send.topic ?? MARKETING_TOPIC, send.id)
  const preferences = addresses.preferences(send.contactId, send.id)
  const envelope = {
    date: now,
    from: mail.from,
    to: { address: String(person.fields.email), name: personName(person) },
    ...(mail.replyTo === null ? {} : { replyTo: mail.replyTo }),
    unsubscribe,
  }
  const letter = repLetter(mail, { sendId: send.id, settings, addresses, unsubscribe, preferences })
  return finish(send, { ...letter, envelope, templateVersion: null })
}

/** Composes the bytes, so that an address that cannot be written to is known before the mail counts as sending. */
async function finish(
  send: ClaimedSend,
  text: Pick<ReadySend, 'envelope' | 'subject' | 'html' | 'text' | 'links' | 'templateVersion'>,
): Promise<Prepared> {
  const messageId = send.messageId ?? messageIdOf(send, text.envelope.from.address)
  const composed = await compose({ ...text, messageId, purpose: send.purpose })
  if ('problem' in composed) return { do: 'fail', why: composed.problem.message }
  const { envelope, subject, html, text: plain, links, templateVersion } = text
  const ready = { bucket: send.bucket, id: send.id, messageId, templateVersion, envelope, subject, html, text: plain, links }
  return { do: 'send', ready, mail: composed.ok }
}
