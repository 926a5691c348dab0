import { carriedBy, conditionReferences, type FlowGraph, qualifiesOf, type Reference, referencesOf } from '@baton/engine'
import { ne } from 'drizzle-orm'
import type { Sql } from '../open/handle.ts'
import { segment } from '../schema/content.ts'
import { type AgreementVersionRow, decidingOf, draftOf, listAgreements } from './agreements/read.ts'
import { draftScoreModel, liveScoreModel } from './score-model.ts'
import { byTeams } from './team-uses.ts'

/** What may be asked for: whatever flows, segments, messages, forms, agreements and teams can name. */
export type Usable = Exclude<Reference['kind'], 'event' | 'user' | 'secret'>

/** One thing that names another. */
export interface Use {
  by: 'flow' | 'segment' | 'template' | 'form' | 'scores' | 'agreement' | 'team'
  id: string
  name: string
  /** Of a flow: the version that runs names it; otherwise only the draft does. */
  live: boolean
}

const names = (references: readonly Reference[], { kind, id }: { kind: Usable; id: string }) =>
  references.some((it) => it.kind === kind && it.id === id)

/** Flows by their drafts and the versions that run. A flow that names itself does not count. */
async function byFlows(sql: Sql, what: { kind: Usable; id: string }): Promise<Use[]> {
  const graphs = await sql.query<{ id: string; name: string; live: boolean; graph: FlowGraph }>(
    `select id, name, false as live, draft as graph from flow where status <> 'archived'
     union all select f.id, f.name, f.status in ('live', 'paused', 'draining') as live, v.graph
     from flow f join version v on v.flow_id = f.id and v.version = f.live_version where f.status <> 'archived' order by name, id, live`,
  )
  const found = new Map<string, Use>()
  for (const { graph, ...flow } of graphs) {
    if (what.kind === 'flow' && flow.id === what.id) continue
    if (names(referencesOf(graph), what))
      found.set(flow.id, { by: 'flow', ...flow, live: flow.live || (found.get(flow.id)?.live ?? false) })
  }
  return [...found.values()]
}

/** Names under which the steps of flows, drafts and those that run, let people carry a value. */
export async function carriedNames(sql: Sql): Promise<string[]> {
  const graphs = await sql.query<{ graph: FlowGraph }>(
    `select draft as graph from flow where status <> 'archived'
     union all select v.graph from flow f join version v on v.flow_id = f.id and v.version = f.live_version where f.status <> 'archived'`,
  )
  return [...new Set(graphs.flatMap(({ graph }) => carriedBy(graph.nodes)))].sort()
}

async function bySegments(sql: Sql, what: { kind: Usable; id: string }): Promise<Use[]> {
  const { id, name, condition, status } = segment
  const rows = await sql.db.select({ id, name, condition }).from(segment).where(ne(status, 'archived')).orderBy(name)
  return rows
    .filter((it) => it.id !== what.id && names(conditionReferences(it.condition), what))
    .map((it) => ({ by: 'segment', id: it.id, name: it.name, live: true }))
}

/** Messages: by the topic they go out under, or by a field between the braces of their text. */
function byTemplates(sql: Sql, { kind, id }: { kind: Usable; id: string }): Promise<Use[]> {
  const all = `select 'template' as by, id, name, true as live from template where archived_at is null and`
  if (kind === 'topic') return sql.query(`${all} topic_id = $1 order by name, id`, [id])
  if (kind !== 'field') return Promise.resolve([])
  // A value that a passage carries may have the name of a field.
  const within = `\\{[{%][^{}]*(?<!carried\\.)\\m${id.replaceAll(/[^a-z0-9_]/g, '')}\\M`
  return sql.query(`${all} (concat_ws(' ', subject, preheader, body, text) ~ $1) order by name, id`, [within])
}

/** Forms: by the fields they ask for and the topics they offer. */
function byForms(sql: Sql, { kind, id }: { kind: Usable; id: string }): Promise<Use[]> {
  if (kind !== 'field' && kind !== 'topic') return Promise.resolve([])
  const [list, key] = kind === 'field' ? ['fields', 'key'] : ['topics', 'topic']
  return sql.query(
    `select 'form' as by, id, name, true as live from form where archived_at is null
     and ${list} @> jsonb_build_array(jsonb_build_object('${key}', $1::text)) order by name, id`,
    [id],
  )
}

/** Agreements, by the version that decides and by a draft after it. */
async function byAgreements(sql: Sql, what: { kind: Usable; id: string }): Promise<Use[]> {
  const asked = (of: AgreementVersionRow) => names(conditionReferences(qualifiesOf(of.content)), what)
  return (await listAgreements(sql)).flatMap(({ id, name, versions }): Use[] => {
    if (what.kind === 'agreement' && what.id === id) return []
    const [deciding, draft] = [decidingOf({ versions }), draftOf({ versions })]
    return asked(deciding) || (draft && asked(draft)) ? [{ by: 'agreement', id, name, live: asked(deciding) }] : []
  })
}

/** The score model, by its rules: what is in force, or a draft. */
async function byScores(sql: Sql, what: { kind: Usable; id: string }): Promise<Use[]> {
  const models = [await liveScoreModel(sql), await draftScoreModel(sql)]
  const found = models.find((it) =>
    it?.model.rules.some((rule) => (rule.kind === 'attribute' ? names(conditionReferences(rule.when), what) : false)),
  )
  return found ? [{ by: 'scores', id: 'scores', name: 'Score model', live: found.version > 0 }] : []
}

/** Everything that names a thing: what has to let go of it before it can be removed. By name within each sort. */
export async function usedBy(sql: Sql, what: { kind: Usable; id: string }): Promise<Use[]> {
  const parts = [
    await byFlows(sql, what),
    await bySegments(sql, what),
    await byTemplates(sql, what),
    await byForms(sql, what),
    await byScores(sql, what),
    await byAgreements(sql, what),
    await byTeams(sql, what),
  ]
  return parts.flat()
}
