import type { Actor, InboxItem } from '@baton/engine'
import { bucketOfId } from '../../ids.ts'
import type { Handle, Sql } from '../../open/handle.ts'
import { prepareEvents } from '../events.ts'
import { appendItems } from '../turns/doors.ts'
import type { SentMail } from './track.ts'

/** What somebody says about topics, from the links in a mail. */
export interface TopicAnswers {
  contactId: number
  answers: readonly { topic: string; given: boolean }[]
  source: Actor
  /** The mail they came from, where its link says so. */
  mail: Pick<SentMail, 'id' | 'key' | 'flowId' | 'node' | 'templateId'> | null
}

/** Stores answers about topics: told to the contact's inbox, each refusal with its event, and noted at the mail that led to it. */
export async function storeAnswers(handle: Handle, { contactId, answers, source, mail }: TopicAnswers, now: number): Promise<void> {
  if (answers.length === 0) return
  const of = mail && { sendId: String(mail.id), sendKey: mail.key, flowId: mail.flowId, node: mail.node, templateId: mail.templateId }
  const items = answers.flatMap(({ topic, given }): InboxItem[] => {
    const consent: InboxItem = { kind: 'consent', at: now, topic, given, source }
    if (given) return [consent]
    const event = { id: `unsubscribed/${contactId}/${topic}/${now}`, type: 'mail.unsubscribed', props: { topic, ...of } }
    return [consent, { kind: 'event', at: now, event: { ...event, occurredAt: now, receivedAt: now } }]
  })
  await prepareEvents(
    handle,
    items.flatMap((item) => (item.kind === 'event' ? [item.event] : [])),
    now,
  )
  await handle.transaction(async (tx) => {
    await appendItems(
      tx,
      items.map((item) => ({ contactId, item })),
    )
    if (mail && answers.some(({ given }) => !given)) await markMail(tx, mail.id, 'unsubscribed', now)
  })
}

const MARKS = { bounced: 'bounced_at', complained: 'complained_at', unsubscribed: 'unsubscribed_at' } as const

/** Notes at a mail what its reader, or their mail server, said of it; the first time counts. */
export async function markMail(tx: Sql, id: number, mark: keyof typeof MARKS, now: number): Promise<void> {
  const column = MARKS[mark]
  await tx.query(`update send set ${column} = $3 where bucket = $1::smallint and id = $2 and ${column} is null`, [bucketOfId(id), id, now])
}
