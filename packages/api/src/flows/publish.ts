import {
  type AuditAction,
  appendAudit,
  archiveFlow,
  countBefore,
  type FlowRow,
  flowById,
  type PauseChoice,
  pauseFlow,
  publishFlow,
  reasonsOf,
  resumeFlow,
  type Sql,
  type StoredMigration,
  setReasons,
  setShare,
  stopFlow,
  unarchiveFlow,
  waitingLaunch,
} from '@baton/db'
import { type Catalog, collapseSubFlows, compileFlow, type FlowGraph, type Issue, planHash } from '@baton/engine'
import { fail } from '../errors.ts'
import { forecastKnown } from '../simulations/evidence.ts'
import { mustBeUnused } from '../uses.ts'
import type { Approval } from './approval.ts'
import { checkDraft } from './contained.ts'
import { type EntryPreview, entriesOf, entryPreview, liveSegments } from './entries.ts'
import { approvalNow } from './review.ts'
import { mustBeAcknowledged, type Warning, warningsOf } from './warnings.ts'

/** Who does it and when. */
interface Deed {
  user: { id: string; name: string }
  now: number
}

const GONE = 'This flow is not there any more. Go back to the list.'

/** What changes from the live version to the draft, in steps. */
export interface Changes {
  added: string[]
  removed: string[]
  changed: string[]
  /** Only ways or settings differ. */
  other: boolean
}

export function changesOf(draft: FlowGraph, live: FlowGraph | null): Changes {
  const before = new Map(live?.nodes.map((node) => [node.id, node]))
  const now = new Set(draft.nodes.map((node) => node.id))
  const same = (node: FlowGraph['nodes'][number]) => JSON.stringify(before.get(node.id)?.data) === JSON.stringify(node.data)
  const added = draft.nodes.filter((node) => !before.has(node.id)).map((node) => node.id)
  const changed = draft.nodes.filter((node) => before.has(node.id) && !same(node)).map((node) => node.id)
  const removed = [...before.keys()].filter((id) => !now.has(id))
  const other = live !== null && added.length + changed.length + removed.length === 0 && planHash(draft) !== planHash(live)
  return { added, removed, changed, other }
}

export interface PublishPreview extends EntryPreview {
  rev: number
  /** The number the new version will get, as far as nobody else publishes before. */
  version: number
  liveVersion: number | null
  issues: readonly Issue[]
  /** The warnings among them, each with its reason where it has one: all need one before a publish. */
  warnings: readonly Warning[]
  /** What is missing before it may go live, as far as people decide it. */
  lacks: readonly string[]
  changes: Changes
  /** The draft does what the live version does: nothing to publish. */
  same: boolean
  /** Staged roll-out: the share of people that triggers let in now. */
  share: number
  /** People inside: what becomes of them is asked. */
  inFlight: number
  /** It goes live by itself then, as far as it may; null: nothing is planned. `same`: the draft is still the one that is meant. */
  launch: { dueAt: number; byName: string; same: boolean } | null
}

export async function publishPreview(sql: Sql, flow: FlowRow, catalog: Catalog, now: number): Promise<PublishPreview> {
  const { issues } = await checkDraft(sql, flow, catalog, { now, forecast: await forecastKnown(sql, flow) })
  return {
    rev: flow.draftRev,
    version: (flow.liveVersion ?? 0) + 1,
    liveVersion: flow.liveVersion,
    issues,
    warnings: warningsOf(issues, (await reasonsOf(sql, flow.id)) ?? {}),
    lacks: (await approvalNow(sql, flow)).lacks,
    changes: changesOf(flow.draft, flow.liveGraph && collapseSubFlows(flow.liveGraph)),
    same: isSame(flow),
    share: flow.share,
    inFlight: await countBefore(sql, { flowId: flow.id, before: (flow.liveVersion ?? 0) + 1 }),
    launch: await launchOf(sql, flow),
    ...(await entryPreview(sql, flow.draft, catalog, now)),
  }
}

async function launchOf(sql: Sql, flow: FlowRow): Promise<PublishPreview['launch']> {
  const waiting = await waitingLaunch(sql, flow.id)
  return waiting ? { dueAt: waiting.dueAt, byName: waiting.byName, same: waiting.hash === planHash(flow.draft) } : null
}

/** A flow that stopped may be started again with the same version. */
export const isSame = (flow: FlowRow) =>
  flow.liveHash !== null && (flow.status === 'live' || flow.status === 'paused') && planHash(flow.draft) === flow.liveHash

/** A step's id belongs to one kind for ever (SEMANTICS 9): its people and counts would mean something else. */
function swapped({ draft, liveGraph }: FlowRow): boolean {
  const kinds = new Map(liveGraph?.nodes.map((node) => [node.id, node.type]))
  return draft.nodes.some((node) => kinds.has(node.id) && kinds.get(node.id) !== node.type)
}

/**
 * Makes the draft the live version: checked, compiled, stored for ever, and taken up by the runner. With `enrolMatching` everybody
 * who matches a segment trigger now enters, by a pass in the background.
 * @throws CONFLICT when the draft was saved since `rev`, PRECONDITION_FAILED when it cannot run
 */
export async function publish(
  tx: Sql,
  input: {
    id: string
    rev: number
    enrolMatching: boolean
    share?: number | undefined
    reasons?: Readonly<Record<string, string>> | undefined
    /** Who approved it; the caller has seen to that it is enough. */
    approvedBy?: Approval['given'] | undefined
    /** What changed and why, for those who read it later. */
    notes?: string | undefined
    /** What becomes of the people on older versions, as the caller has checked it; without it they stay on those. */
    migration?: Omit<StoredMigration, 'id'> | undefined
  },
  catalog: Catalog,
  deed: Deed,
) {
  const flow = await flowById(tx, input.id)
  if (!flow) throw fail('NOT_FOUND', GONE)
  if (flow.status === 'archived') throw fail('CONFLICT', 'This flow is archived. Take it out of the archive first.')
  const moved = () => fail('CONFLICT', `${flow.updatedBy ?? 'Somebody'} changed this flow meanwhile. Look at the changes, then publish.`)
  if (flow.draftRev !== input.rev) throw moved()
  if (isSame(flow)) throw fail('CONFLICT', `The draft does the same as version ${flow.liveVersion}. There is nothing to publish.`)
  const { issues, graph } = await checkDraft(tx, flow, catalog, { now: deed.now, forecast: await forecastKnown(tx, flow) })
  const errors = issues.filter((it) => it.severity === 'error')
  if (errors[0]) throw fail('PRECONDITION_FAILED', `Not published: ${errors[0].say}`)
  const acknowledged = mustBeAcknowledged(issues, await withReasons(tx, flow.id, input.reasons ?? {}, deed))
  if (swapped(flow)) throw fail('PRECONDITION_FAILED', 'Not published: a step has become one of another kind. Remove it and add a new one.')
  const compiled = compileFlow({ flowId: flow.id, version: (flow.liveVersion ?? 0) + 1, graph, catalog })
  if ('issues' in compiled) {
    throw fail('PRECONDITION_FAILED', `Not published: ${compiled.issues[0]?.say ?? 'the flow does not hang together.'}`)
  }
  const { segments, dated } = entriesOf(compiled.ok.triggers)
  const enrolAt = input.enrolMatching ? segments : []
  const { hash } = compiled.ok
  const publication = {
    id: flow.id,
    rev: input.rev,
    hash,
    graph,
    notes: input.notes ?? '',
    by: deed.user,
    at: deed.now,
    enrolAt,
    dated,
    share: input.share,
    acknowledged,
    approvedBy: input.approvedBy,
    migration: input.migration,
  }
  const made = await publishFlow(tx, publication)
  if (made === 'unknown') throw fail('NOT_FOUND', GONE)
  if (made === 'changed') throw moved()
  const warnings = acknowledged.map(({ code, nodes, reason }) => ({ code, nodes, reason }))
  const detail = {
    version: made.version,
    enrolMatching: input.enrolMatching,
    share: input.share,
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(input.approvedBy?.length ? { approvedBy: input.approvedBy.map((it) => it.name).join(', ') } : {}),
    ...(input.migration ? { people: input.migration } : {}),
  }
  await note(tx, deed, flow.id, 'flow.published', detail)
  return made
}

/** The reasons kept with the draft and those that come with the publish, which replace them. */
async function withReasons(tx: Sql, id: string, given: Readonly<Record<string, string>>, { user, now }: Deed) {
  const fresh = Object.fromEntries(
    Object.entries(given).map(([key, reason]) => [key, { reason, byId: user.id, byName: user.name, at: now }] as const),
  )
  const kept = (await reasonsOf(tx, id)) ?? {}
  const changed = Object.fromEntries(Object.entries(fresh).filter(([key, it]) => kept[key]?.reason !== it.reason))
  if (Object.keys(changed).length > 0) await setReasons(tx, id, changed)
  return { ...kept, ...changed }
}

/**
 * Staged roll-out: how many of the people at the door come in. Whoever is inside stays; members of a segment who waited come in when
 * the share reaches them.
 */
export async function rollOut(tx: Sql, { id, share }: { id: string; share: number }, catalog: Catalog, deed: Deed): Promise<void> {
  const flow = await flowById(tx, id)
  if (!flow) throw fail('NOT_FOUND', GONE)
  const segments = liveSegments(flow, catalog)
  const was = await setShare(tx, { id, share, by: deed.user, at: deed.now, segments })
  if (was === undefined) throw fail('CONFLICT', 'Only a live or paused flow lets people in. Reload the page.')
  await note(tx, deed, id, 'flow.rolled-out', { from: was, to: share })
}

/** Stands still: no step, no mail; what comes in is kept for the resume. */
export async function pause(tx: Sql, id: string, choice: PauseChoice, deed: Deed): Promise<void> {
  if (!(await pauseFlow(tx, { id, choice, by: deed.user, at: deed.now }))) {
    throw fail('CONFLICT', 'Only a live flow can be paused. Reload the page.')
  }
  await note(tx, deed, id, 'flow.paused', { choice })
}

/** Goes on: what was kept is handled in order; what becomes of waits was chosen at the pause. */
export async function resume(tx: Sql, id: string, deed: Deed): Promise<void> {
  if (!(await resumeFlow(tx, { id, by: deed.user, at: deed.now }))) throw fail('CONFLICT', 'This flow is not paused. Reload the page.')
  await note(tx, deed, id, 'flow.resumed', {})
}

/** Nobody enters any more; those inside go on to the end, or leave now. */
export async function stop(tx: Sql, id: string, how: 'drain' | 'leave', deed: Deed): Promise<void> {
  if (!(await stopFlow(tx, { id, how, by: deed.user, at: deed.now }))) {
    throw fail('CONFLICT', 'Only a live or paused flow can be stopped. Reload the page.')
  }
  await note(tx, deed, id, 'flow.stopped', { how })
}

/** Puts a flow in which nobody is out of sight. */
export async function archive(tx: Sql, id: string, deed: Deed): Promise<void> {
  const flow = await flowById(tx, id)
  if (flow) await mustBeUnused(tx, { kind: 'flow', id, name: flow.name })
  if (!(await archiveFlow(tx, { id, by: deed.user, at: deed.now }))) {
    throw fail('CONFLICT', 'This flow runs, or people are still inside. Stop it and let them leave, then archive it.')
  }
  await note(tx, deed, id, 'flow.archived', {})
}

/** Brings it back: as a draft, or stopped if it ever was live. */
export async function unarchive(tx: Sql, id: string, deed: Deed): Promise<void> {
  if (!(await unarchiveFlow(tx, { id, by: deed.user, at: deed.now }))) {
    throw fail('CONFLICT', 'This flow is not in the archive. Reload the page.')
  }
  await note(tx, deed, id, 'flow.restored', {})
}

const note = (tx: Sql, { user, now }: Deed, id: string, action: AuditAction, detail: Record<string, unknown>) =>
  appendAudit(tx, { at: now, actor: user, action, subject: { kind: 'flow', id }, detail })
