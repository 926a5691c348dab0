import type { Sql } from '../open/handle.ts'

/** A mail that reached somebody, or a lead that reached a rep. */
export interface Reached {
  id: number
  email: string
}

/** Mails that went out after `from`, up to `to` (ms), each with the address of its reader. */
export function mailsOut(sql: Sql, { from, to }: { from: number; to: number }): Promise<(Reached & { templateId: string })[]> {
  return sql.query(
    `select s.id, c.facts->'f'->>'email' as email, s.template_id as "templateId" from send s
     join contact c on c.bucket = s.bucket and c.id = s.contact_id
     where s.status = 'sent' and s.sent_at > $1 and s.sent_at <= $2 order by s.sent_at, s.id`,
    [from, to],
  )
}

/** Leads that a rep got after `from`, up to `to` (ms), each with the address of the person. */
export function leadsOut(
  sql: Sql,
  { from, to }: { from: number; to: number },
): Promise<(Reached & { rev: number; repId: string; repName: string })[]> {
  return sql.query(
    `select h.id, c.facts->'f'->>'email' as email, h.rev, h.rep_id as "repId", u.name as "repName" from handoff h
     join contact c on c.bucket = h.bucket and c.id = h.contact_id join "user" u on u.id = h.rep_id
     where h.state = 'assigned' and h.assigned_at > $1 and h.assigned_at <= $2 order by h.assigned_at, h.id`,
    [from, to],
  )
}

/** Who has these addresses, by address. */
export async function idsOfAddresses(sql: Sql, addresses: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql.query<{ email: string; id: number }>(
    `select value as email, contact_id as id from identity where kind = 'email' and value = any($1::text[])`,
    [addresses],
  )
  return new Map(rows.map(({ email, id }) => [email, id]))
}
