import { countTrouble, type Handle, listTrouble } from '@baton/db'
import type { RoughSmtp } from './smtp.ts'
import type { RoughWeb } from './web.ts'

export interface Ended {
  mails: { key: string; status: string; messageId: string | null; told: number; bounced: boolean }[]
  calls: { key: string; status: string; told: number }[]
  trouble: Record<string, number>
  listed: { kind: string; error: string }[]
}

/** What the database says in the end. */
export async function readEnd(handle: Handle): Promise<Ended> {
  return {
    mails: await handle.query(
      `select s.key, s.status, s.message_id as "messageId", s.bounced_at is not null as bounced,
         (select count(*)::int from inbox i where i.contact_id = s.contact_id and i.payload -> 'event' ->> 'type' = 'mail.sent') as told from send s order by s.key`,
    ),
    calls: await handle.query(
      `select e.key, e.status, (select count(*)::int from inbox i where i.contact_id = e.contact_id and i.kind = 'effect') as told from effect e order by e.key`,
    ),
    trouble: await countTrouble(handle),
    listed: await listTrouble(handle, { kinds: [], limit: 500 }),
  }
}

/** The id under which an endpoint hears of a call. */
const idOf = (key: string): string => encodeURI(key)

/** @returns what must not be, as sentences */
export function checkEnd({ mails, calls, trouble, listed }: Ended, { smtp, web }: { smtp: RoughSmtp; web: RoughWeb }): string[] {
  const wrong: string[] = []
  const ids = new Set<string>()
  for (const { key, status, messageId, told } of mails) {
    const taken = smtp.taken.get(messageId ?? '') ?? 0
    if (messageId !== null) ids.add(messageId)
    if (!['sent', 'failed', 'unknown'].includes(status)) wrong.push(`Mail ${key} ended as ${status}`)
    if (status === 'sent' && taken === 0) wrong.push(`Mail ${key} counts as sent, and no server took it`)
    if (taken > 1) wrong.push(`Mail ${key} was taken ${taken} times`)
    if (status === 'failed' && taken > 0) wrong.push(`Mail ${key} counts as failed, and was taken`)
    if (told !== (status === 'sent' ? 1 : 0))
      wrong.push(`Of mail ${key}, which is ${status}, its flow was told ${told} times that it was sent`)
  }
  if (ids.size !== mails.length) wrong.push(`${mails.length} mails have ${ids.size} Message-IDs`)
  for (const id of smtp.taken.keys()) if (!ids.has(id)) wrong.push(`A mail was taken that is none of ours: ${id}`)
  const known = new Set<string>()
  for (const { key, status, told } of calls) {
    known.add(idOf(key))
    const bodies = web.calls.get(idOf(key)) ?? []
    if (!['done', 'failed'].includes(status)) wrong.push(`Call ${key} ended as ${status}`)
    if (bodies.length === 0) wrong.push(`Call ${key} was never made`)
    if (new Set(bodies).size > 1) wrong.push(`Call ${key} was made with different words`)
    if (status === 'done' && !web.answered.has(idOf(key))) wrong.push(`Call ${key} counts as answered, and nobody answered it`)
    if (told !== 1) wrong.push(`Of call ${key}, which is ${status}, its flow was told ${told} times`)
  }
  for (const id of web.calls.keys()) if (!known.has(id)) wrong.push(`A call was made that is none of ours: ${id}`)
  const count = (status: string) => mails.filter((it) => it.status === status && !it.bounced).length
  const should = { mail: count('failed'), unknown: count('unknown'), call: calls.filter((it) => it.status === 'failed').length }
  for (const [kind, n] of Object.entries(should))
    if (trouble[kind] !== n) wrong.push(`${n} of ${kind} ended badly, and ${trouble[kind]} are shown`)
  for (const { kind, error } of listed) if (error === '') wrong.push(`Something of ${kind} is shown without a reason`)
  return wrong
}
