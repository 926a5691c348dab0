import type { Catalog } from '../catalog.ts'
import type { Issue } from '../check/issue.ts'
import { compileCondition } from '../condition/compile.ts'
import type { CompiledCondition } from '../condition/compiled.ts'
import type { Condition } from '../condition/schema.ts'
import type { Plan, PlanIndex, PlannedFlow, TriggerRef } from '../plan.ts'
import { compileScoring } from '../scoring/compile.ts'
import type { PublishedModel } from '../scoring/schema.ts'
import { unionReads } from './reads.ts'

/** What a plan is made of. Versions are compiled before, one by one, so that a change of one flow does not recompile all. */
export interface PlanSource {
  flows: readonly PlannedFlow[]
  segments: readonly { id: string; condition: Condition }[]
  catalog: Catalog
  /** The score model in force. */
  scoring?: PublishedModel | null | undefined
}

/** Puts flows and segments together with the reverse index: what must be looked at again when a fact changes. Deterministic. */
export function buildPlan({ flows, segments, catalog, scoring: model }: PlanSource): Plan {
  const ordered = [...flows].sort((a, b) => (a.flowId < b.flowId ? -1 : a.flowId > b.flowId ? 1 : 0))
  const compiled = new Map<string, CompiledCondition>()
  const broken: { segmentId: string; issues: readonly Omit<Issue, 'nodes'>[] }[] = []
  for (const { id, condition } of [...segments].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))) {
    const result = compileCondition(condition, catalog, 'segment')
    if ('ok' in result) compiled.set(id, result.ok)
    else broken.push({ segmentId: id, issues: result.issues })
  }
  const scoring = model && model.rules.length > 0 ? compileScoring(model, catalog) : null
  const held = new Map([...(scoring?.attributes ?? [])].map(([id, { when }]) => [id, when]))
  const looked = new Map([...held, ...compiled])
  const versions = ordered.flatMap((flow) => [...flow.versions.values(), ...(flow.entry ? [flow.entry] : [])])
  return {
    flows: new Map(ordered.map((it) => [it.flowId, it])),
    segments: compiled,
    broken,
    index: { segments: segmentIndex(looked), triggers: triggerIndex(ordered) },
    reads: unionReads([...versions.map((it) => it.reads), ...[...looked.values()].map((it) => it.reads)]),
    fieldTypes: new Map(catalog.fields.map((it) => [it.key, it.type])),
    dimensions: catalog.dimensions,
    scoring,
    sending: catalog.sending,
    mails: new Set(versions.flatMap((it) => [...it.mails])),
    draws: versions.some((it) => [...it.nodes.values()].some((node) => node.draws)),
    workspaceZone: catalog.workspaceZone,
  }
}

function segmentIndex(segments: ReadonlyMap<string, CompiledCondition>): PlanIndex['segments'] {
  const fields = new Map<string, string[]>()
  const events = new Map<string, string[]>()
  const members = new Map<string, string[]>()
  const dimensions = new Map<string, string[]>()
  const stage: string[] = []
  const owner: string[] = []
  const consent: string[] = []
  const related = new Map<string, string[]>()
  const flows = new Map<string, string[]>()
  for (const [id, { reads }] of segments) {
    for (const it of reads.fields) add(fields, it, id)
    for (const it of reads.events.keys()) add(events, it, id)
    for (const it of reads.segments) add(members, it, id)
    for (const it of reads.dimensions) add(dimensions, it, id)
    for (const it of reads.related) add(related, it, id)
    for (const it of reads.flows) add(flows, it, id)
    if (reads.stage) stage.push(id)
    if (reads.owner) owner.push(id)
    if (reads.consent) consent.push(id)
  }
  return { fields, events, segments: members, dimensions, stage, owner, consent, related, flows }
}

/** Only versions that let people in, of flows that are live or paused (a pause records entries). */
function triggerIndex(flows: readonly PlannedFlow[]): PlanIndex['triggers'] {
  const events = new Map<string, TriggerRef[]>()
  const segments = new Map<string, TriggerRef[]>()
  const segmentsLeft = new Map<string, TriggerRef[]>()
  const fields = new Map<string, TriggerRef[]>()
  const dimensions = new Map<string, TriggerRef[]>()
  const dates = new Map<string, TriggerRef[]>()
  const dated = new Map<string, TriggerRef>()
  for (const { flowId, state, entry } of flows) {
    if (!entry || (state !== 'live' && state !== 'paused')) continue
    for (const { node, trigger } of [...entry.triggers].sort((a, b) => (a.node < b.node ? -1 : 1))) {
      const ref = { flowId, node, trigger }
      const { on } = trigger
      if (on.kind === 'event') add(events, on.type, ref)
      if (on.kind === 'segment-joined') add(segments, on.segmentId, ref)
      if (on.kind === 'segment-left') add(segmentsLeft, on.segmentId, ref)
      if (on.kind === 'field') add(fields, on.key, ref)
      if (on.kind === 'score') add(dimensions, on.dimension, ref)
      if (on.kind === 'date') add(dates, on.key, ref)
      if (trigger.nextDate) dated.set(datedId(ref), ref)
    }
  }
  return { events, segments, segmentsLeft, fields, dimensions, dates, dated }
}

/** Under which name the next instant of a trigger that fires by time stands among a contact's rechecks. */
export const datedId = ({ flowId, node }: { flowId: string; node: string }): string => `@${flowId}/${node}`

function add<T>(map: Map<string, T[]>, key: string, value: T) {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
