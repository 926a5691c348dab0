import type { HandoffContract, HandoffPacket } from '@baton/engine'
import type { Sql } from '../open/handle.ts'
import type { Scope } from './contacts/scope.ts'

const DAY = 86_400_000
/** How long a lead that went back stays in the list. */
const BACK_FOR = 30 * DAY
const MOST = 200

export type LeadState =
  | 'routing'
  | 'queued'
  | 'assigned'
  | 'accepted'
  | 'sleeping'
  | 'rejected'
  | 'overflow'
  | 'no-response'
  | 'won'
  | 'lost'
  | 'closed'

/** A lead as a row of the desk. */
export interface LeadRow {
  id: number
  contactId: number
  teamId: string
  state: LeadState
  name: string
  company: string | null
  why: string
  /** Scores as they stood when the lead was handed over, in hundredths. */
  scores: Record<string, number>
  repId: string | null
  repName: string | null
  teamName: string | null
  /** Since when it is where it is: handed over, given to the rep, or answered. */
  since: number
  rejectReason: string | null
  /** Until when the rep has to be active by the service level; null: none runs. */
  deadline: number | null
  /** Working minutes that the service level gives; null: it has none. */
  levelMinutes: number | null
  /** The rep's first activity that stops the level. */
  firstActivityAt: number | null
  sleepingSince: number | null
  /** It waits for a manager's decision, no longer for the router. */
  managerQueue: boolean
  opportunityId: string | null
}

export interface DeskQuery {
  scope: Scope
  /** Only of this rep; for those who see all. */
  repId?: string | undefined
  now: number
}

const name = `coalesce(nullif(trim(concat_ws(' ', c.facts->'f'->>'first_name', c.facts->'f'->>'last_name')), ''), c.facts->'f'->>'email', 'Somebody without a name')`

/** Which hand-offs somebody may see, as a condition over `handoff h` with its parameters $1 (rep or null) and $2 (back since). */
const visible = `($1::text is null and h.team_id in (select id from team) or h.rep_id = $1)
  and (h.state in ('routing', 'queued', 'assigned', 'accepted', 'sleeping')
    or (h.state in ('rejected', 'no-response', 'won', 'lost') and coalesce(h.closed_at, h.answered_at) > $2))`

const params = ({ scope, repId, now }: DeskQuery) => ['repId' in scope ? scope.repId : (repId ?? null), now - BACK_FOR]

/** What the level has to do with it, over `handoff h`. */
const LEVEL = `h.deadline, (h.contract->'level'->>'minutes')::int as "levelMinutes", h.first_activity_at as "firstActivityAt",
  h.sleeping_since as "sleepingSince", h.manager_queue as "managerQueue", h.opportunity_id as "opportunityId"`

/** Leads that are open or went back lately, those that wait longest first, then what was answered last; at most two hundred of each state. */
export function deskLeads(sql: Sql, query: DeskQuery): Promise<LeadRow[]> {
  return sql.query<LeadRow>(
    `select id, "contactId", "teamId", state, name, company, why, scores, "repId", "repName", "teamName", since, "rejectReason", deadline,
            "levelMinutes", "firstActivityAt", "sleepingSince", "managerQueue", "opportunityId" from (
       select h.id, h.contact_id as "contactId", h.team_id as "teamId", h.state, ${name} as name, c.facts->'f'->>'company' as company,
              h.packet->>'why' as why, h.packet->'scores' as scores, h.rep_id as "repId", u.name as "repName", t.name as "teamName", s.since,
              h.reject_reason as "rejectReason", ${LEVEL}, w.place,
              row_number() over (partition by h.state order by s.since * w.place, h.id) as nth
       from handoff h join contact c on c.bucket = h.bucket and c.id = h.contact_id
       left join "user" u on u.id = h.rep_id left join team t on t.id = h.team_id
       cross join lateral (select case when h.state = 'assigned' then coalesce(h.assigned_at, h.created_at)
         when h.state in ('routing', 'queued') then h.created_at when h.state = 'sleeping' then coalesce(h.sleeping_since, h.created_at)
         when h.state = 'accepted' then coalesce(h.answered_at, h.created_at)
         else coalesce(h.closed_at, h.answered_at, h.created_at) end as since) s
       cross join lateral (select case when h.state in ('routing', 'queued', 'assigned', 'sleeping') then 1 else -1 end as place) w
       where ${visible}) leads
     where nth <= ${MOST} order by since * place, id`,
    params(query),
  )
}

/** How many leads are in each state. */
export async function deskCounts(sql: Sql, query: DeskQuery): Promise<Partial<Record<LeadState, number>>> {
  const rows = await sql.query<{ state: LeadState; n: number }>(
    `select h.state, count(*) as n from handoff h where ${visible} group by 1`,
    params(query),
  )
  return Object.fromEntries(rows.map((row) => [row.state, row.n]))
}

/** A hand-off with everything its page shows of itself; the contact behind it has a scope of its own. */
export interface Lead extends LeadRow {
  rev: number
  packet: HandoffPacket
  flowId: string
  flowName: string | null
  version: number
  node: string
  createdAt: number
  assignedAt: number | null
  answeredAt: number | null
  /** Who answered: the rep, or a manager for them; the rep for answers of which it was not kept. Null while it waits. */
  answeredBy: string | null
  answeredByName: string | null
  assignReason: Record<string, unknown> | null
  rejectNote: string | null
  /** What the node asks of it: see the hand-off's `contract`. */
  contract: Partial<HandoffContract>
  agreementId: string | null
  agreementVersion: number | null
  /** How often it was tried, the first time included. */
  attempt: number
  key: string
  closedAt: number | null
}

/** One lead; undefined when there is none with this id, or it was never this rep's. */
export async function deskLead(sql: Sql, { id, scope }: { id: number; scope: Scope }): Promise<Lead | undefined> {
  const [row] = await sql.query<Lead>(
    `select h.id, h.rev, h.key, h.contact_id as "contactId", h.team_id as "teamId", h.state, ${LEVEL}, h.contract, h.attempt,
            h.agreement_id as "agreementId", h.agreement_version as "agreementVersion", h.closed_at as "closedAt", ${name} as name, c.facts->'f'->>'company' as company, h.packet,
            h.packet->>'why' as why, h.packet->'scores' as scores, h.rep_id as "repId", u.name as "repName", t.name as "teamName",
            h.flow_id as "flowId", f.name as "flowName", h.version, h.node, h.created_at as "createdAt", h.assigned_at as "assignedAt",
            h.answered_at as "answeredAt", a.id as "answeredBy", a.name as "answeredByName", coalesce(h.closed_at, h.sleeping_since, h.answered_at, h.assigned_at, h.created_at) as since,
            h.assign_reason as "assignReason", h.reject_reason as "rejectReason", h.reject_note as "rejectNote"
     from handoff h join contact c on c.bucket = h.bucket and c.id = h.contact_id
     left join "user" u on u.id = h.rep_id left join team t on t.id = h.team_id left join flow f on f.id = h.flow_id
     left join "user" a on h.answered_at is not null and a.id = coalesce(h.answered_by, h.rep_id)
     where h.bucket = $1::smallint and h.id = $2 and ($3::text is null or h.rep_id = $3)`,
    [id % 1024, id, 'repId' in scope ? scope.repId : null],
  )
  return row
}
