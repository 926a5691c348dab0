import type { Step } from '@baton/engine'
import type { Sql } from '../open/handle.ts'
import type { HandoffState } from './handoff-change.ts'
import type { DeedLead } from './lead-deeds.ts'

/** The steps of one turn of a passage, with whose it is. */
export interface JournalRow {
  /** The contact's public key. */
  contact: string
  flowId: string
  steps: readonly Step[]
}

/** The journal of a run of buckets, half-open. */
export function journalOf(sql: Sql, { from, to }: { from: number; to: number }): Promise<JournalRow[]> {
  return sql.query<JournalRow>(
    `select c.key as contact, e.flow_id as "flowId", j.steps from journal j
     join enrolment e on e.bucket = j.bucket and e.id = j.enrolment_id
     join contact c on c.bucket = e.bucket and c.id = e.contact_id
     where j.bucket >= $1::smallint and j.bucket < $2::smallint order by j.bucket, j.enrolment_id, j.seq`,
    [from, to],
  )
}

/** Whom these values (addresses in any case, ids of other systems) belong to. */
export async function contactsByIdentity(sql: Sql, values: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql.query<{ value: string; id: number }>(
    `select value, contact_id as id from identity where value = any($1::text[]) order by kind`,
    [[...values, ...values.map((value) => value.toLowerCase())]],
  )
  const found = new Map(rows.map(({ value, id }) => [value, id]))
  return new Map(
    values.flatMap((value) => {
      const id = found.get(value) ?? found.get(value.toLowerCase())
      return id === undefined ? [] : [[value, id] as const]
    }),
  )
}

/** People who stand still with an error, and what could not be handled at all. */
export function standingStill(sql: Sql, limit: number): Promise<{ contact: string; node: string | null; message: string }[]> {
  return sql.query(
    `(select c.key as contact, e.node, e.vars -> 'parked' ->> 'message' as message from enrolment e
       join contact c on c.bucket = e.bucket and c.id = e.contact_id where e.gen = 0 and e.vars ? 'parked' order by e.bucket, e.id limit $1)
     union all
     (select c.key, null, d.error from dead d join contact c on c.bucket = d.bucket and c.id = d.contact_id order by d.bucket, d.seq limit $1)`,
    [limit],
  )
}

/** The lead of a contact that somebody has, in the first of these states in which there is one: by default one that waits for an answer. */
export async function leadToAnswer(
  sql: Sql,
  contactId: number,
  states: readonly HandoffState[] = ['assigned'],
): Promise<(DeedLead & { key: string; repId: string }) | undefined> {
  const [row] = await sql.query<DeedLead & { key: string; repId: string }>(
    `select h.id, h.rev, h.key, h.state, h.rep_id as "repId", u.name as "repName", h.attempt, h.first_activity_at as "firstActivityAt",
            h.opportunity_id as "opportunityId", h.contract
     from handoff h left join "user" u on u.id = h.rep_id
     where h.bucket = $1::smallint and h.contact_id = $2 and h.rep_id is not null and h.state = any($3::text[])
     order by array_position($3::text[], h.state), h.id limit 1`,
    [contactId % 1024, contactId, [...states]],
  )
  return row
}
