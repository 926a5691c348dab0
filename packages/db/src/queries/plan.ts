import type { AgreementEntry, Condition, FieldDefinition, FlowGraph, PublishedModel } from '@baton/engine'
import type { BusinessHours } from '@baton/leads'
import type { Sql } from '../open/handle.ts'
import type { FlowStatus, PauseChoice } from '../schema/flow.ts'
import type { WorkspaceSettings } from '../schema/workspace.ts'
import { agreementEntries } from './agreements/read.ts'
import { liveScoreModel, publishedModel } from './score-model.ts'

/** The number that grows whenever something that plans are made of changes. */
export async function planRevision(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ rev: number }>('select plan_rev as rev from workspace where id = 1')
  return row?.rev ?? 0
}

/** Makes every worker compile anew at its next batch. In the transaction of the change. */
export async function bumpPlan(tx: Sql): Promise<void> {
  await tx.query('update workspace set plan_rev = plan_rev + 1 where id = 1')
}

export interface PlanRows {
  rev: number
  settings: WorkspaceSettings
  /** `startable`: its live version has a start from another flow. */
  flows: { id: string; name: string; status: FlowStatus; liveVersion: number | null; share: number; startable: boolean }[]
  /** Flows that were put away. */
  pastFlows: { id: string; name: string }[]
  /** Every version ever published of flows that are not archived, without its graph. */
  versions: { flowId: string; version: number; hash: string }[]
  pauses: { flowId: string; from: number; to: number | null; choice: PauseChoice }[]
  /** Those with a condition; `lists` are those on which people are put. */
  segments: { id: string; name: string; condition: Condition }[]
  lists: { id: string; name: string }[]
  fields: (FieldDefinition & { options: string[] | null })[]
  /** Those put away too: versions that run may still send them. */
  templates: {
    id: string
    name: string
    purpose: 'marketing' | 'transactional'
    topic: string | null
    archived: boolean
    takes: string[]
  }[]
  /** Those put away too: mails may still go out under them. */
  topics: { id: string; name: string }[]
  /** `calendarIds`: by which of the calendars somebody of it works; null among them is the usual week. */
  teams: { id: string; name: string; members: number; calendarIds: (string | null)[] | null }[]
  /** Each in the version that decides. */
  agreements: AgreementEntry[]
  calendars: { id: string; name: string; zone: string | null; hours: BusinessHours['hours']; holidays: string[] }[]
  forms: { id: string; name: string }[]
  eventTypes: string[]
  /** Those who may sign in. */
  users: { id: string; name: string }[]
  /** Names of secrets; never what they hold. */
  secrets: string[]
  /** Whether any company is known: only then people's zones may come from one. */
  companies: boolean
  /** The score model in force. */
  scoring: PublishedModel | null
}

/** What a plan is made of, apart from the graphs. */
export function planRows(handle: { transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> }): Promise<PlanRows> {
  return handle.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only')
    const [workspace] = await tx.query<{ rev: number; settings: WorkspaceSettings }>(
      'select plan_rev as rev, settings from workspace where id = 1',
    )
    if (!workspace) throw new Error('The workspace row is missing: migrate() makes it.')
    const scoring = await liveScoreModel(tx)
    return {
      ...workspace,
      scoring: scoring ? publishedModel(scoring) : null,
      flows: await tx.query(
        `select f.id, f.name, f.status, f.live_version as "liveVersion", f.share,
           coalesce(jsonb_path_exists(v.graph, '$.nodes[*].data.on ? (@.kind == "flow")'), false) as startable
         from flow f left join version v on v.flow_id = f.id and v.version = f.live_version
         where f.status not in ('draft', 'archived') order by f.id`,
      ),
      pastFlows: await tx.query(`select id, name from flow where status = 'archived' order by id`),
      versions: await tx.query(
        `select v.flow_id as "flowId", v.version, v.hash from version v join flow f on f.id = v.flow_id
         where f.status not in ('draft', 'archived') order by v.flow_id, v.version`,
      ),
      pauses: await tx.query('select flow_id as "flowId", from_at as "from", to_at as "to", choice from pause order by flow_id, from_at'),
      segments: await tx.query(`select id, name, condition from segment where kind = 'rule' and status <> 'archived' order by id`),
      lists: await tx.query(`select id, name from segment where kind = 'list' and status <> 'archived' order by id`),
      fields: await tx.query(
        'select key, label, type, options, after_outcome as "afterOutcome" from field where archived_at is null order by position, key',
      ),
      // Few mails use what a passage carries: only their texts are looked through.
      templates: await tx.query(
        `select t.id, t.name, t.purpose, t.topic_id as topic, t.archived_at is not null as archived,
           case when strpos(w.words, 'carried.') = 0 then '{}'::text[]
             else array(select distinct m[1] from regexp_matches(w.words, '\\mcarried\\.([A-Za-z_][A-Za-z0-9_]*)', 'g') m order by 1) end as takes
         from template t cross join lateral (select concat_ws(' ', t.subject, t.preheader, t.body, t.text) as words) w order by t.id`,
      ),
      topics: await tx.query('select id, name from topic order by system desc, position, id'),
      teams: await tx.query(
        `select t.id, t.name, count(m.user_id) filter (where m.active) as members,
           array_agg(distinct coalesce(m.calendar_id, t.calendar_id)) filter (where m.active) as "calendarIds"
         from team t left join team_member m on m.team_id = t.id
         group by t.id order by t.id`,
      ),
      agreements: await agreementEntries(tx),
      users: await tx.query('select id, name from "user" where active order by name, id'),
      secrets: (await tx.query<{ name: string }>('select name from secret order by name')).map((row) => row.name),
      companies: (await tx.query('select 1 from company limit 1')).length > 0,
      calendars: await tx.query(
        `select id, name, zone, hours, jsonb_path_query_array(holidays, '$[*].date') as holidays from calendar order by id`,
      ),
      forms: await tx.query('select id, name from form where archived_at is null order by lower(name), id'),
      eventTypes: (await tx.query<{ name: string }>('select name from event_type order by name')).map((row) => row.name),
    }
  })
}

/** One published graph. */
export async function versionGraph(sql: Sql, flowId: string, version: number): Promise<FlowGraph | undefined> {
  const [row] = await sql.query<{ graph: FlowGraph }>('select graph from version where flow_id = $1 and version = $2', [flowId, version])
  return row?.graph
}
