import { MARKETING_TOPIC } from '../../nodes/send-email/gate.ts'
import type { InboxItem } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'
import type { SendEffect } from '../../state/result.ts'

/** What a person may do with a mail, or what may become of it. */
export type MailDeed = 'opened' | 'clicked' | 'replied' | 'bounced' | 'unsubscribed' | 'complained'

/** What an event about a mail names. */
export type NamedMail = Pick<SendEffect, 'key' | 'templateId' | 'topic' | 'enrolment' | 'node'>

const BY = { kind: 'system', id: 'simulation' } as const

/** Written out, since it is made for every mail: keys put behind those of a copy cost ten times as much. */
const about = ({ key, templateId, enrolment, node }: NamedMail): Record<string, unknown> => ({
  sendKey: key,
  templateId,
  flowId: enrolment.flowId,
  node,
  machine: false,
})

/** The mail left: the event that every send comes to. S-1. */
export function mailSent(mail: NamedMail, at: Instant): InboxItem {
  const props = about(mail)
  props.kept = true
  return { kind: 'event', at, event: { id: `${mail.key}/sent`, type: 'mail.sent', props, occurredAt: at, receivedAt: at } }
}

/**
 * What comes in when a person does something with a mail: the event; and what it means for mail where it is a bounce, a complaint or
 * an unsubscription. S-2.
 * @param nth tells apart the same deed with the same mail, from 1
 */
export function mailDone(
  mail: NamedMail,
  deed: MailDeed,
  at: Instant,
  { url, nth = 1 }: { url?: string | undefined; nth?: number } = {},
): InboxItem[] {
  const props = about(mail)
  if (url !== undefined) props.url = url
  const id = `${mail.key}/${deed}/${nth}`
  const told: InboxItem = { kind: 'event', at, event: { id, type: `mail.${deed}`, props, occurredAt: at, receivedAt: at } }
  switch (deed) {
    case 'bounced':
    case 'complained':
      return [{ kind: 'suppress', at, reason: deed, source: BY }, told]
    case 'unsubscribed':
      return [{ kind: 'consent', at, topic: mail.topic ?? MARKETING_TOPIC, given: false, source: BY }, told]
    case 'opened':
    case 'clicked':
    case 'replied':
      return [told]
  }
}
