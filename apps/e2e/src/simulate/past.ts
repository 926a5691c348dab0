import { addContacts, appendItems, createIds, type Handle, prepareEvents } from '@baton/db'

const DAY = 86_400_000
const HOUR = 3_600_000

/** So many people: half of them at carriers; a third clicked in the mail that they got. */
export const PEOPLE = 60

/**
 * Puts people into the house who attended a webinar ten days ago and later, one every two hours, got the recording at once, and of whom a third
 * clicked after three hours.
 */
export async function liveThrough(db: Handle, flowId: string, now: number): Promise<void> {
  const from = now - 10 * DAY
  const people = Array.from({ length: PEOPLE }, (_, i) => {
    const email = `guest${i}@carrier${i}.example`
    const company = i % 2 === 0 ? 'North logistics' : 'Mill & Co'
    return { email, external: null, consent: { marketing: true }, fields: { email, first_name: 'Robin', company } }
  })
  const ids = await db.transaction((tx) =>
    addContacts(tx, createIds(db), people, { at: from - 30 * DAY, textKeys: ['first_name', 'company'] }),
  )
  if (ids === 'taken') throw new Error('These people are there already')
  const items = ids.flatMap((contactId, i) => {
    const at = from + i * 2 * HOUR
    const came = { id: `came${i}`, type: 'webinar.attended', props: { minutes: 30 }, occurredAt: at, receivedAt: at }
    const about = { sendKey: `mail${i}`, templateId: 'tpl_recording', flowId, node: 'mail' }
    const clicked = { id: `clicked${i}`, type: 'mail.clicked', props: about, occurredAt: at + 3 * HOUR, receivedAt: at + 3 * HOUR }
    return [came, ...(i % 3 === 0 ? [clicked] : [])].map((event) => ({
      contactId,
      item: { kind: 'event' as const, at: event.receivedAt, event },
    }))
  })
  await prepareEvents(
    db,
    items.map((it) => it.item.event),
    now,
  )
  await db.transaction((tx) => appendItems(tx, items))
  for (const [i, id] of ids.entries()) {
    const bucket = id % 1024
    await db.query(
      `insert into send (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, template_id, purpose, status, at, sent_at)
       values ($1, $2, $3, $4, $5, '', 1, 1, 'mail', 'tpl_recording', 'marketing', 'sent', $6, $6)`,
      [bucket, 1_000_000 + i * 1024 + bucket, id, `mail${i}`, flowId, from + i * 2 * HOUR],
    )
  }
}
