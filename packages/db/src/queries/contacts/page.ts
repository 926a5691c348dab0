import type { EnrolmentEnd, FieldValue, LedgerLine, OwnerSide, SendStatus, Stage, Step } from '@baton/engine'
import { sql } from 'drizzle-orm'
import { run } from '../../condition/run.ts'
import type { Sql } from '../../open/handle.ts'
import { inScope, present, type Scope } from './scope.ts'

/** Somebody, apart from the history. */
export interface Profile {
  id: number
  key: string
  stage: Stage
  ownerSide: OwnerSide
  ownerId: string | null
  zone: string | null
  fields: Record<string, FieldValue>
  consent: Record<string, boolean>
  suppressed: string | null
  createdAt: number
  segments: { id: string; name: string; since: number }[]
  identities: { kind: 'email' | 'external' | 'anonymous'; value: string }[]
}

/** A passage through a flow with its steps, the oldest first. */
export interface Passage {
  flowId: string
  flowName: string
  key: string
  entry: number
  version: number
  enteredAt: number
  endedAt: number | null
  endHow: EnrolmentEnd | null
  endLabel: string | null
  node: string
  nodeSince: number
  dueAt: number | null
  parked: { code: string; message: string; at: number } | null
  /** What keeps them at the step, where it holds them back; `opens`: when that ends by time. */
  held: { because: string; opens: number | null; until: number } | null
  steps: Step[]
}

export interface TimelineEvent {
  id: string
  type: string
  props: Record<string, unknown>
  occurredAt: number
  receivedAt: number
  machine: boolean
  historic: boolean
}

export interface ContactSend {
  id: number
  key: string
  templateId: string
  templateName: string | null
  flowId: string
  status: SendStatus
  /** Where it went; null before that. */
  transport: 'smtp' | 'outbox' | null
  at: number
  sentAt: number | null
  subject: string | null
  lastError: string | null
}

export interface ContactHandoff {
  id: number
  flowId: string
  teamId: string
  teamName: string | null
  repId: string | null
  repName: string | null
  state: string
  createdAt: number
  assignedAt: number | null
  answeredAt: number | null
  /** Who answered: the rep, or a manager for them. */
  answeredByName: string | null
  rejectReason: string | null
  rejectNote: string | null
}

/** A line of points as it is kept: with when it was taken back, where it was. */
export type StoredLine = Omit<LedgerLine, 'since'> & { until: number | null; since: number | null }

export interface ContactHistory {
  /** Those that were taken back too. */
  ledger: StoredLine[]
  passages: Passage[]
  events: TimelineEvent[]
  sends: ContactSend[]
  handoffs: ContactHandoff[]
}

/** Somebody's profile; undefined when there is no such contact, or the scope does not reach it. */
export async function contactProfile(to: Sql, { id, scope }: { id: number; scope: Scope }): Promise<Profile | undefined> {
  const [row] = await run<Omit<Profile, 'identities'>>(
    to,
    sql`select c.id, c.key, c.stage, c.owner_side as "ownerSide", c.owner_id as "ownerId", c.zone, c.facts->'f' as fields,
      c.facts->'c' as consent, c.facts->>'s' as suppressed, c.created_at as "createdAt",
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'since', m.since) order by s.name) from member m
        join segment s on s.id = m.segment_id where m.bucket = c.bucket and m.contact_id = c.id and m.since is not null
        and s.status <> 'archived'), '[]') as segments
      from contact c where c.bucket = ${id % 1024}::smallint and c.id = ${id}::int8 and ${present} and ${inScope(scope)}`,
  )
  if (!row) return undefined
  // By themselves: names lie elsewhere than people where the database is spread.
  const identities = await to.query<Profile['identities'][number]>(
    'select kind, value from identity where contact_id = $1 order by kind, value',
    [id],
  )
  return { ...row, identities }
}

const EVENTS = 300
const SENDS = 100
const PASSAGES = 50

/** What happened to somebody whose profile the caller may see. The newest first, but for the steps of a passage. */
export async function contactHistory(to: Sql, id: number): Promise<ContactHistory> {
  const at = [id % 1024, id]
  const ledger = await to.query<StoredLine>(
    `select key, dimension, points, at, rule, cause, until, held, since from ledger where bucket = $1::smallint and contact_id = $2 order by at desc, key`,
    at,
  )
  const passages = await passagesOf(to, id)
  const events = await to.query<TimelineEvent>(
    `select id, type, props, at as "occurredAt", received_at as "receivedAt", origin in ('m', 'mh') as machine, origin in ('h', 'mh') as historic
     from event where bucket = $1::smallint and contact_id = $2 order by at desc, id limit ${EVENTS}`,
    at,
  )
  const sends = await to.query<ContactSend>(
    `select s.id, s.key, s.template_id as "templateId", t.name as "templateName", s.flow_id as "flowId", s.status, s.transport, s.at, s.sent_at as "sentAt",
       s.subject, s.last_error as "lastError"
     from send s left join template t on t.id = s.template_id where s.bucket = $1::smallint and s.contact_id = $2 order by s.at desc limit ${SENDS}`,
    at,
  )
  const handoffs = await to.query<ContactHandoff>(
    `select h.id, h.flow_id as "flowId", h.team_id as "teamId", t.name as "teamName", h.rep_id as "repId", u.name as "repName", h.state,
       h.created_at as "createdAt", h.assigned_at as "assignedAt", h.answered_at as "answeredAt", a.name as "answeredByName", h.reject_reason as "rejectReason",
       h.reject_note as "rejectNote"
     from handoff h left join team t on t.id = h.team_id left join "user" u on u.id = h.rep_id
     left join "user" a on h.answered_at is not null and a.id = coalesce(h.answered_by, h.rep_id)
     where h.bucket = $1::smallint and h.contact_id = $2 order by h.created_at desc, h.id desc`,
    at,
  )
  return { ledger, passages, events, sends, handoffs }
}

type Row = Omit<Passage, 'steps'> & { id: number }

async function passagesOf(to: Sql, id: number): Promise<Passage[]> {
  const rows = await to.query<Row>(
    `select e.id, e.flow_id as "flowId", f.name as "flowName", e.key, e.entry, e.version, e.entered_at as "enteredAt", e.ended_at as "endedAt",
       e.end_how as "endHow", e.end_label as "endLabel", e.node, e.node_since as "nodeSince", e.due_at as "dueAt", e.vars->'parked' as parked,
       case when e.gen = 0 and e.vars->'here' ? 'because' then e.vars->'here' end as held
     from enrolment e left join flow f on f.id = e.flow_id where e.bucket = $1::smallint and e.contact_id = $2
     order by e.entered_at desc, e.id desc limit ${PASSAGES}`,
    [id % 1024, id],
  )
  const turns = await to.query<{ id: number; steps: Step[] }>(
    `select enrolment_id as id, steps from journal where bucket = $1::smallint and enrolment_id = any($2::bigint[]) order by enrolment_id, seq`,
    [id % 1024, rows.map((row) => row.id)],
  )
  const steps = new Map<number, Step[]>(rows.map((row) => [row.id, []]))
  for (const turn of turns) steps.get(turn.id)?.push(...turn.steps)
  return rows.map(({ id: own, ...row }) => ({ ...row, steps: steps.get(own) ?? [] }))
}
