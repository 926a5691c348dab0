import type { Sql } from '../../open/handle.ts'

/** How much is kept of somebody, by what a reader would call it. */
export interface PersonCounts {
  events: number
  mails: number
  /** Ways through flows, and how many of them go on. */
  passages: number
  live: number
  points: number
  leads: number
  openLeads: number
  calls: number
  /** Of their addresses, those that get no mail. */
  stopped: number
}

/** Counts of what an erasure takes away. */
export async function personCounts(sql: Sql, contactId: number): Promise<PersonCounts> {
  const mine = 'bucket = $1::smallint and contact_id = $2'
  const [row] = await sql.query<PersonCounts>(
    `select (select count(*)::int from event where ${mine}) as events,
       (select count(*)::int from send where ${mine}) as mails,
       (select count(*)::int from enrolment where ${mine}) as passages,
       (select count(*)::int from enrolment where ${mine} and gen = 0) as live,
       (select count(*)::int from ledger where ${mine}) as points,
       (select count(*)::int from handoff where ${mine}) as leads,
       (select count(*)::int from handoff where ${mine} and state not in ('closed', 'rejected', 'overflow')) as "openLeads",
       (select count(*)::int from effect where ${mine}) as calls,
       (select count(*)::int from suppression s join identity i on i.kind = 'email' and i.value = s.value where i.contact_id = $2) as stopped`,
    [contactId % 1024, contactId],
  )
  if (!row) throw new Error('A select of counts gives one row.')
  return row
}
