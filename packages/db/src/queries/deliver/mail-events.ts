import type { Actor, InboxItem } from '@baton/engine'
import type { Handle, Sql } from '../../open/handle.ts'
import { prepareEvents } from '../events.ts'
import { suppress, type ToSuppress } from '../suppression.ts'
import { proveSent } from '../trouble/deeds.ts'
import { appendItems } from '../turns/doors.ts'
import { markMail } from './answers.ts'

/** What a mail provider tells of a mail, or of an address. */
export interface ToldByProvider {
  type: 'delivered' | 'bounce' | 'complaint'
  /** Lower-cased. */
  email?: string | undefined
  messageId?: string | undefined
  permanent: boolean
  reason: string
  at?: string | undefined
  id?: string | undefined
}

interface Found {
  id: number
  contactId: number
  key: string
  flowId: string
  node: string
  templateId: string
  to: string | null
  /** Nobody knew so far whether it had arrived. */
  unknown: boolean
}

/** The message id as it stands in the mail, with its angle brackets. */
const whole = (id: string): string => (id.startsWith('<') ? id : `<${id}>`)

const mailOf = async (tx: Sql, messageId: string): Promise<Found | undefined> => {
  const [row] = await tx.query<Found>(
    `select id, contact_id as "contactId", key, flow_id as "flowId", node, template_id as "templateId", to_address as "to",
       status = 'unknown' as unknown
     from send where message_id = $1 limit 1`,
    [whole(messageId)],
  )
  return row
}

const personOf = async (tx: Sql, email: string): Promise<number | undefined> => {
  const [row] = await tx.query<{ id: number }>(`select contact_id as id from identity where value = $1 and kind = 'email'`, [email])
  return row?.id
}

/** The same told twice changes nothing; an event that names neither itself nor its mail cannot be known again. */
async function isFirst(tx: Sql, { type, id, messageId, email, at }: ToldByProvider, now: number): Promise<boolean> {
  const name = id ?? messageId ?? (at === undefined ? undefined : `${email}/${at}`)
  if (name === undefined) return true
  const rows = await tx.query('insert into seen (message_id, day) values ($1, $2) on conflict do nothing returning 1', [
    `mail-event/${type}/${name}`,
    Math.floor(now / DAY_MS),
  ])
  return rows.length > 0
}

const DAY_MS = 86_400_000
const TYPES = { bounce: 'mail.bounced', complaint: 'mail.complained', delivered: 'mail.sent' } as const

/**
 * Stores what a provider told, in one transaction: the event in the person's history, the mark at the mail, and the address on the
 * suppression list, for a complaint and for a bounce that is permanent. Whatever a provider tells of a mail of unknown fate says that it
 * left us: it is sent from now on.
 * @returns how many events were about a known mail or person, how many addresses were put on the list, how many events were about nobody
 */
export async function storeMailEvents(
  handle: Handle,
  { events, source, now }: { events: readonly ToldByProvider[]; source: Actor; now: number },
): Promise<{ stored: number; suppressed: number; unknown: number }> {
  const when = ({ at }: ToldByProvider) => Math.min(now, at === undefined ? now : Date.parse(at))
  const types = events.map((it) => ({ type: TYPES[it.type], occurredAt: when(it) }))
  await prepareEvents(handle, [...types, { type: TYPES.delivered, occurredAt: now }], now)
  return handle.transaction(async (tx) => {
    const told: { contactId: number; item: InboxItem }[] = []
    const list: ToSuppress[] = []
    const proven: number[] = []
    let delivered = 0
    let unknown = 0
    for (const it of events) {
      if (!(await isFirst(tx, it, now))) continue
      const mail = it.messageId === undefined ? undefined : await mailOf(tx, it.messageId)
      if (mail?.unknown) proven.push(mail.id)
      if (it.type === 'delivered') {
        if (mail) delivered++
        else unknown++
        continue
      }
      const email = it.email ?? mail?.to?.toLowerCase()
      const contactId = mail?.contactId ?? (email === undefined ? undefined : await personOf(tx, email))
      if (email !== undefined && (it.type === 'complaint' || it.permanent)) {
        list.push({ value: email, reason: it.type === 'complaint' ? 'complained' : 'bounced', note: it.reason })
      }
      if (contactId === undefined) {
        unknown++
        continue
      }
      const about = mail && {
        sendId: String(mail.id),
        sendKey: mail.key,
        flowId: mail.flowId,
        node: mail.node,
        templateId: mail.templateId,
      }
      const props = { ...about, permanent: it.type === 'complaint' || it.permanent, response: it.reason }
      const id = `${TYPES[it.type]}/${it.id ?? mail?.key ?? `${contactId}/${when(it)}`}`
      const event = { id, type: TYPES[it.type], props, occurredAt: when(it), receivedAt: now }
      told.push({ contactId, item: { kind: 'event', at: now, event } })
      if (mail) await markMail(tx, mail.id, it.type === 'complaint' ? 'complained' : 'bounced', now)
    }
    await proveSent(tx, proven, now)
    await appendItems(tx, told)
    const { added } = await suppress(tx, list, { by: source, at: now })
    return { stored: told.length + delivered, suppressed: added, unknown }
  })
}
