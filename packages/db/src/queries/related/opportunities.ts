import type { Sql } from '../../open/handle.ts'
import { DEEDS, OWN_DEED } from '../activity.ts'

/** An opportunity with whose it is and how alive. One that belongs to several people of a company is one row. */
export interface OpportunityRow {
  id: string
  name: string
  stage: string | null
  amount: number | null
  currency: string | null
  /** YYYY-MM-DD */
  closeDate: string | null
  /** Whose it is: a user of this workspace, or what the CRM calls them. */
  ownerId: string | null
  ownerName: string | null
  /** Null while it is open. */
  won: boolean | null
  openedAt: number
  contactId: number
  contactName: string
  /** How many people it belongs to. */
  people: number
  companyId: string | null
  companyName: string | null
  /** Its hand-off, where sales has it by one that is open. */
  leadId: number | null
  leadRev: number | null
  leadRepId: string | null
  /** When somebody of sales, or the person, last did something. */
  activeAt: number
}

export interface OpportunityFilter {
  state: 'open' | 'won' | 'lost' | 'all'
  stage?: string | undefined
  ownerId?: string | undefined
  search?: string | undefined
  companyId?: string | undefined
  contactId?: number | undefined
}

/** A word of the record as text; null where there is none. */
const word = (key: string) => `nullif(r.data->>'${key}', '')`
const number = (key: string) => `case when jsonb_typeof(r.data->'${key}') = 'number' then (r.data->>'${key}')::float8 end`
const CLOSED = `case when r.data->>'won' = 'true' or lower(r.data->>'stage') in ('won', 'closed won') then true
  when r.data->>'won' = 'false' or lower(r.data->>'stage') in ('lost', 'closed lost') then false end`
const PERSON = `coalesce(nullif(trim(concat_ws(' ', c.facts->'f'->>'first_name', c.facts->'f'->>'last_name')), ''), c.facts->'f'->>'email', 'Somebody without a name')`

/** More than this many are not listed; narrow the filter. */
export const MOST_OPPORTUNITIES = 1_000

type Found = Omit<OpportunityRow, 'people' | 'companyId' | 'companyName' | 'leadId' | 'leadRev' | 'leadRepId' | 'activeAt'> & {
  contactIds: number[]
}

/** Opportunities, those that were opened last first. */
export async function listOpportunities(sql: Sql, filter: OpportunityFilter): Promise<OpportunityRow[]> {
  const rows = await sql.query<Found>(
    `select o.id, (array_agg(o.name order by o.at desc, o.cid))[1] as name, (array_agg(o.stage order by o.at desc, o.cid))[1] as stage,
       (array_agg(o.amount order by o.at desc, o.cid))[1] as amount, (array_agg(o.currency order by o.at desc, o.cid))[1] as currency,
       (array_agg(o.close_date order by o.at desc, o.cid))[1] as "closeDate", (array_agg(o.owner order by o.at desc, o.cid))[1] as "ownerId",
       (array_agg(coalesce(o.owner_name, o.owner) order by o.at desc, o.cid))[1] as "ownerName",
       (array_agg(o.closed order by o.at desc, o.cid))[1] as won, min(o.at) as "openedAt",
       (array_agg(o.cid order by o.at desc, o.cid))[1] as "contactId", (array_agg(o.person order by o.at desc, o.cid))[1] as "contactName",
       json_agg(o.cid order by o.at desc, o.cid) as "contactIds"
     from (select r.id, coalesce(${word('name')}, r.id) as name, ${word('stage')} as stage, ${number('amount')} as amount,
         ${word('currency')} as currency, ${word('close_date')} as close_date, ${word('owner_id')} as owner,
         coalesce(u.name, ${word('owner')}) as owner_name, ${CLOSED} as closed, r.at, c.id as cid, ${PERSON} as person
       from related r join contact c on c.bucket = r.bucket and c.id = r.contact_id and c.deleted_at is null and c.merged_into is null
       left join "user" u on u.id = r.data->>'owner_id'
       where r.kind = 'opportunity' and ($1::bigint is null or r.contact_id = $1)
         and ($2::text is null or exists (select 1 from related k where k.bucket = r.bucket and k.contact_id = r.contact_id and k.kind = 'company' and k.id = $2))
     ) o
     where ($3 = 'all' or $3 = 'open' and o.closed is null or $3 = 'won' and o.closed or $3 = 'lost' and not o.closed)
       and ($4::text is null or o.stage = $4) and ($5::text is null or o.owner = $5)
       and ($6::text is null or lower(o.name) like $6 or lower(o.person) like $6)
     group by o.id order by min(o.at) desc, o.id limit ${MOST_OPPORTUNITIES}`,
    [
      filter.contactId ?? null,
      filter.companyId ?? null,
      filter.state,
      filter.stage ?? null,
      filter.ownerId ?? null,
      filter.search ? `%${filter.search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%` : null,
    ],
  )
  return enlivened(sql, rows)
}

/** Company, open hand-off and last activity of the people behind opportunities. */
async function enlivened(sql: Sql, rows: readonly Found[]): Promise<OpportunityRow[]> {
  const ids = [...new Set(rows.flatMap((row) => row.contactIds))]
  const at = [ids.map((id) => id % 1024), ids]
  const behind = `unnest($1::smallint[], $2::bigint[]) v(bucket, id)`
  const companies = await sql.query<{ contactId: number; id: string; name: string }>(
    `select r.contact_id as "contactId", r.id, coalesce(r.data->>'name', r.id) as name from related r join ${behind}
     on r.bucket = v.bucket and r.contact_id = v.id where r.kind = 'company'`,
    at,
  )
  const leads = await sql.query<{ contactId: number; opportunityId: string | null; id: number; rev: number; repId: string | null }>(
    `select h.contact_id as "contactId", h.opportunity_id as "opportunityId", h.id, h.rev, h.rep_id as "repId" from handoff h join ${behind}
     on h.bucket = v.bucket and h.contact_id = v.id where h.state in ('assigned', 'accepted', 'sleeping') order by h.created_at desc`,
    at,
  )
  const deeds = await sql.query<{ contactId: number; at: number }>(
    `select l.contact_id as "contactId", max(l.at) as at from handoff_log l join ${behind} on l.bucket = v.bucket and l.contact_id = v.id
     where l.kind in ${DEEDS} group by 1`,
    at,
  )
  const events = await sql.query<{ contactId: number; at: number }>(
    `select e.contact_id as "contactId", max(e.at) as at from event e join ${behind} on e.bucket = v.bucket and e.contact_id = v.id
     where ${OWN_DEED} group by 1`,
    at,
  )
  const last = new Map<number, number>()
  for (const it of [...deeds, ...events]) last.set(it.contactId, Math.max(last.get(it.contactId) ?? 0, it.at))
  return rows.map(({ contactIds, ...row }) => {
    const company = companies.find((it) => it.contactId === row.contactId)
    const lead =
      leads.find((it) => it.opportunityId === row.id) ?? leads.find((it) => it.contactId === row.contactId && it.opportunityId === null)
    return {
      ...row,
      people: contactIds.length,
      companyId: company?.id ?? null,
      companyName: company?.name ?? null,
      leadId: lead?.id ?? null,
      leadRev: lead?.rev ?? null,
      leadRepId: lead?.repId ?? null,
      activeAt: Math.max(row.openedAt, ...contactIds.map((id) => last.get(id) ?? 0)),
    }
  })
}

/** The stages that opportunities have, by how many have them. */
export function opportunityStages(sql: Sql): Promise<{ stage: string; n: number }[]> {
  return sql.query(
    `select r.data->>'stage' as stage, count(distinct r.id) as n from related r where r.kind = 'opportunity' and coalesce(r.data->>'stage', '') <> ''
     group by 1 order by 2 desc, 1 limit 50`,
  )
}
