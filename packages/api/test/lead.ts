import { addContacts, createIds } from '@baton/db'
import type { TestApi } from './harness.ts'

/** What a hand-off asks of sales, where a test cares. */
export const CONTRACT = {
  level: { minutes: 240, remindBefore: null },
  voicemail: { attempts: 2 },
  agreement: { id: 'agr_1', version: 1, returns: { rejected: { coolOffDays: 90 }, lost: { coolOffDays: 180 }, noResponse: {} } },
}

export interface LeadAt {
  email: string
  repId: string | null
  state: string
  ago?: number
  /** Ms from now. */
  deadline?: number
  contract?: object
  attempt?: number
  consent?: boolean
}

/** A person in the hands of sales: contact and hand-off in a state, as the runner and the router leave them. */
export async function lead(api: TestApi, at: LeadAt) {
  const now = api.clock.now() - (at.ago ?? 0)
  const ids = createIds(api.db)
  const fields = { email: at.email, first_name: 'Ingrid', last_name: 'Solheim', company: 'Kystfrakt', phone: '+47 55' }
  const made = await addContacts(api.db, ids, [{ email: at.email, external: null, fields, consent: { marketing: at.consent ?? true } }], {
    at: now,
    textKeys: [],
  })
  if (made === 'taken') throw new Error('taken')
  const contactId = made[0]!
  const [id] = await ids.take([contactId % 1024])
  const answered = ['accepted', 'rejected'].includes(at.state) ? now : null
  await api.db.query(
    `insert into handoff (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, team_id, rep_id, state, packet, created_at,
       assigned_at, answered_at, reject_reason, deadline, contract, attempt)
     values ($1, $2, $3, $4, 'flw_1', '', 1, 1, 'n1', 'team_1', $5, $6, $7, $8, $8, $9, $10, $11, $12::jsonb, $13)`,
    [
      contactId % 1024,
      id,
      contactId,
      at.email,
      at.repId,
      at.state,
      { why: 'Asked twice', fields: { phone: '+47 55' }, scores: { fit: 4000, engagement: 2500 }, note: 'Call before noon' },
      now,
      answered,
      at.state === 'rejected' ? 'No need' : null,
      at.deadline === undefined ? null : api.clock.now() + at.deadline,
      JSON.stringify(at.contract ?? {}),
      at.attempt ?? 1,
    ],
  )
  return { id: id!, contactId }
}
