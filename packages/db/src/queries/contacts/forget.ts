import type { Sql } from '../../open/handle.ts'

const mine = 'bucket = any($1::smallint[]) and contact_id = any($2::bigint[])'

/** Tables whose rows of a person go. */
const GONE = [
  ...['inbox', 'dead', 'event', 'member', 'refused', 'ledger', 'form_answer', 'consent_ask', 'consent_log', 'drawn', 'related', 'parked'],
] as const

/** What a row that stays for the numbers is called instead of its key, which begins with the person's own. */
const NAMELESS = `'removed-' || id::text`

/**
 * Drops or blanks every row that hangs on these people by their id; safe to repeat, for what came in at the moment at which they were
 * removed. Of passages, mails, calls and leads the bare row stays, so that numbers which were counted stay what they were: it names
 * nobody, carries nothing, and nothing of it goes out.
 */
export async function forgetRows(tx: Sql, ids: readonly number[], at: number): Promise<void> {
  const params = [[...new Set(ids.map((id) => id % 1024))], ids]
  await tx.query(`delete from identity where contact_id = any($1::bigint[])`, [ids])
  for (const table of GONE) await tx.query(`delete from ${table} where ${mine}`, params)
  await tx.query(
    `delete from journal j using enrolment e where e.bucket = any($1::smallint[]) and e.contact_id = any($2::bigint[])
     and j.bucket = e.bucket and j.enrolment_id = e.id`,
    params,
  )
  // The object of a passage (an order, a booking) and what it carried are the person's, too.
  await tx.query(
    `update enrolment set vars = '{"visits":{},"here":{},"held":[],"frozenMs":0}', key = case when key = '' then key else ${NAMELESS} end where ${mine}`,
    params,
  )
  await tx.query(
    `delete from send_link l using send s where s.bucket = any($1::smallint[]) and s.contact_id = any($2::bigint[])
     and l.bucket = s.bucket and l.send_id = s.id`,
    params,
  )
  // Without its claim a mail that is just going out is not written to any more: what the mail server says of it is not heard.
  await tx.query(
    `update send set status = case when status = 'queued' then 'withdrawn' when status = 'sending' then 'unknown' else status end, key = ${NAMELESS},
       object_key = '', message_id = null, to_address = null, envelope = null, subject = null, html = null, text = null, last_error = null,
       next_attempt_at = null, claimed_by = null, claimed_until = null where ${mine}`,
    params,
  )
  await tx.query(
    `update effect set status = case when status in ('queued', 'sending') then 'cancelled' else status end, key = ${NAMELESS}, object_key = '',
       payload = '{}', answer = null, last_error = null, next_attempt_at = null, claimed_by = null, claimed_until = null where ${mine}`,
    params,
  )
  await tx.query('delete from notification where contact_id = any($1::bigint[])', [ids])
  await tx.query('delete from test_mail where contact_id = any($1::bigint[])', [ids])
  await tx.query(
    'delete from team_queue where handoff_id in (select id from handoff where bucket = any($1::smallint[]) and contact_id = any($2::bigint[]))',
    params,
  )
  await tx.query(
    `delete from lead_draft d using handoff h where h.bucket = any($1::smallint[]) and h.contact_id = any($2::bigint[])
     and d.bucket = h.bucket and d.handoff_id = h.id`,
    params,
  )
  await tx.query(`update handoff_log set data = '{}' where ${mine}`, params)
  await tx.query(
    `update handoff set state = 'closed', closed_at = coalesce(closed_at, $3), key = ${NAMELESS}, object_key = '',
       packet = '{"why":"","fields":{},"scores":{},"note":null}', assign_reason = null, reject_note = null, route = null,
       opportunity_id = null, deadline = null, next_look = null, manager_queue = false, outcome = coalesce(outcome, 'closed'), rev = rev + 1 where ${mine}`,
    [...params, at],
  )
}
