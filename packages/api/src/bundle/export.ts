import {
  decidingOf,
  flowById,
  listAgreements,
  listFields,
  otherThings,
  type Sql,
  segmentsForBundle,
  sendingOf,
  templatesForBundle,
  versionGraph,
  workspaceSettings,
} from '@baton/db'
import {
  collapseSubFlows,
  conditionReferences,
  containedIn,
  type FlowGraph,
  qualifiesOf,
  type Reference,
  referencesOf,
} from '@baton/engine'
import { modelInForce } from '../scores/draft.ts'
import { editOf } from '../scores/model.ts'
import { calendarsOf, teamsToExport } from './export-teams.ts'
import { BUNDLE_FORMAT, type Bundle, EMPTY_BUNDLE } from './schema.ts'

type ByKind = ReadonlyMap<Reference['kind'], ReadonlySet<string>>

function grouped(references: readonly Reference[]): ByKind {
  const found = new Map<Reference['kind'], Set<string>>()
  for (const { kind, id } of references) found.set(kind, (found.get(kind) ?? new Set()).add(id))
  return found
}

/** The segments named by these references, and those that their conditions name in turn. */
async function segmentsOf(sql: Sql, references: readonly Reference[]): Promise<Bundle['segments']> {
  const found = new Map<string, Bundle['segments'][number]>()
  for (let open = references; ; ) {
    const ids = [...(grouped(open).get('segment') ?? [])].filter((id) => !found.has(id))
    if (ids.length === 0) return [...found.values()]
    const segments = await segmentsForBundle(sql, ids)
    for (const one of segments) found.set(one.id, one)
    if (segments.length === 0) return [...found.values()]
    open = segments.flatMap((one) => conditionReferences(one.condition))
  }
}

/** The agreements named by these references, as they decide now. */
async function agreementsOf(sql: Sql, references: readonly Reference[]): Promise<Bundle['agreements']> {
  const ids = new Set(references.flatMap((it) => (it.kind === 'agreement' ? [it.id] : [])))
  if (ids.size === 0) return []
  const all = await listAgreements(sql)
  return all.filter((it) => ids.has(it.id)).map(({ id, name, versions }) => ({ id, name, content: decidingOf({ versions }).content }))
}

/** The score model in force; null where no rule gives points. */
async function scoreModelOf(sql: Sql): Promise<Bundle['scoreModel']> {
  const { rules, grade } = await modelInForce(sql)
  return rules.length === 0 && grade === null ? null : { rules, grade }
}

/** A flow's draft, then the flows it names, and those that they name: of one that is contained the version that is contained. */
async function flowsOf(sql: Sql, flowId: string): Promise<Bundle['flows']> {
  const found = new Map<string, Bundle['flows'][number]>()
  const open: { id: string; version: number | null }[] = [{ id: flowId, version: null }]
  for (let next = open.shift(); next; next = open.shift()) {
    if (found.has(next.id)) continue
    const flow = await flowById(sql, next.id)
    if (!flow) continue
    const published = next.version === null ? undefined : await versionGraph(sql, next.id, next.version)
    const graph = published ? collapseSubFlows(published) : flow.draft
    found.set(flow.id, { id: flow.id, name: flow.name, graph })
    open.push(...namedFlows(graph))
  }
  return [...found.values()]
}

function namedFlows(graph: FlowGraph): { id: string; version: number | null }[] {
  const contained = new Map(
    graph.nodes.flatMap((it) => (containedIn(it) ? [[containedIn(it)?.flowId, containedIn(it)?.version ?? null]] : [])),
  )
  return referencesOf(graph).flatMap(({ kind, id }) => (kind === 'flow' ? [{ id, version: contained.get(id) ?? null }] : []))
}

/** The draft of a flow with everything it names. @returns undefined when there is no such flow */
export async function exportBundle(sql: Sql, flowId: string): Promise<Bundle | undefined> {
  const flows = await flowsOf(sql, flowId)
  if (flows.length === 0) return undefined
  const drawn = flows.flatMap((it) => referencesOf(it.graph))
  const teams = await teamsToExport(sql, [...(grouped(drawn).get('team') ?? [])])
  const own: readonly Reference[] = [
    ...drawn,
    ...teams.flatMap((it) => it.territories ?? []).flatMap((it) => conditionReferences(it.condition)),
  ]
  const model = await scoreModelOf(sql)
  const asked = model?.rules.flatMap((it) => (it.kind === 'attribute' ? conditionReferences(it.when) : [])) ?? []
  const agreements = await agreementsOf(sql, [...own, ...asked])
  const agreed = agreements.flatMap((one) => conditionReferences(qualifiesOf(one.content)))
  const segments = await segmentsOf(sql, [...own, ...asked, ...agreed])
  const named = grouped([...own, ...asked, ...agreed, ...segments.flatMap((one) => conditionReferences(one.condition))])
  const ids = (kind: Reference['kind']) => [...(named.get(kind) ?? [])]
  const templates = await templatesForBundle(sql, ids('template'))
  const topics = new Set([...ids('topic'), ...templates.flatMap((it) => it.topic ?? [])])
  const forms = await otherThings(sql, { calendars: [], topics: [], forms: ids('form') })
  const filled = new Set(forms.forms.flatMap((it) => it.fields.map((one) => one.key)))
  for (const it of forms.forms.flatMap((one) => one.topics)) topics.add(it.topic)
  const others = await otherThings(sql, {
    calendars: [...new Set([...ids('calendar'), ...calendarsOf(teams)])],
    topics: [...topics].filter((it) => it !== 'marketing'),
    forms: [],
  })
  const fields = (await listFields(sql)).filter((it) => !it.system && (ids('field').includes(it.key) || filled.has(it.key)))
  const settings = await workspaceSettings(sql)
  const { caps, quiet } = sendingOf(settings)
  return {
    ...EMPTY_BUNDLE,
    format: BUNDLE_FORMAT,
    flows: flows.map(({ graph: { tests: _, ...graph }, ...flow }) => ({ ...flow, graph })),
    tests: flows.flatMap(({ id, graph }) => (graph.tests ?? []).map((it) => ({ ...it, flow: id }))),
    fields: fields.map(({ system: _, options, ...it }) => ({ ...it, ...(options ? { options } : {}) })),
    segments,
    templates,
    teams,
    calendars: others.calendars,
    dimensions: settings.dimensions.map(editOf),
    topics: others.topics,
    forms: forms.forms,
    agreements,
    scoreModel: model,
    secrets: ids('secret').sort(),
    sending: { caps, quiet },
    zone: settings.zone,
  }
}
