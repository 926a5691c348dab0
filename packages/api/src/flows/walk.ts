import { type FlowRow, loadStates, planRows, teamFactsOf } from '@baton/db'
import {
  type ContactState,
  type FlowGraph,
  type PublishedModel,
  scoringFor,
  seenByWalk,
  segmentsFor,
  type TeamFacts,
  teamsFor,
  type WalkGround,
  walkGround,
} from '@baton/engine'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { withoutAddresses } from '../forecast/basis.ts'
import { catalogOf } from './catalog.ts'
import { checkDraft, type Inner, innerFlows } from './contained.ts'

const BUCKETS = 1024

/** What a draft is walked in beside itself and the catalog. */
export interface Around {
  segments: ReturnType<typeof segmentsFor<Awaited<ReturnType<typeof planRows>>['segments'][number]>>
  inner: Inner[]
  /** The part of the score model that it asks for. */
  scoring: PublishedModel | null
  /** All of it: what the draft will ask for is not known before it is saved. */
  model: PublishedModel | null
  /** The teams that it hands over to, without addresses. */
  teams: TeamFacts[]
}

/** The segments that a drawn flow names, with their conditions, and the flows inside it. */
export async function aroundOf(ctx: SignedIn, draft: FlowGraph): Promise<Around> {
  const rows = await planRows(ctx.db)
  const catalog = catalogOf(rows)
  const inner = await innerFlows(ctx.db, draft)
  const { segments, scoring } = rows
  // What any of them names: one graph of all their steps.
  const graph = { ...draft, nodes: [draft, ...inner.map((it) => it.graph)].flatMap((it) => it.nodes) }
  const around = { graph, catalog, segments, scoring, teams: await teamFactsOf(ctx.db, ctx.clock.now()) }
  const teams = (teamsFor(graph, around.teams) ?? []).map(withoutAddresses)
  return { segments: segmentsFor(around), inner, scoring: scoringFor(around), model: scoring, teams }
}

/** What of one contact the draft reads, as of now. @throws PRECONDITION_FAILED when the draft does not hang together */
export async function personFor(ctx: SignedIn, flow: FlowRow, contactId: number): Promise<{ state: ContactState; inFlow: boolean }> {
  const rows = await planRows(ctx.db)
  const catalog = catalogOf(rows)
  const { issues, graph } = await checkDraft(ctx.db, flow, catalog)
  const error = issues.find((it) => it.severity === 'error')
  const around = { graph, catalog, segments: rows.segments, scoring: rows.scoring, teams: await teamFactsOf(ctx.db, ctx.clock.now()) }
  const made = walkGround({ flowId: flow.id, ...around })
  if ('issues' in made) throw fail('PRECONDITION_FAILED', `This draft cannot be walked yet: ${(made.issues[0] ?? error)?.say ?? ''}`)
  const state = await stateIn(ctx, made.ok, contactId)
  if (!state) throw fail('NOT_FOUND', 'This contact is not there any more. Choose another.')
  const territories = (teamsFor(graph, around.teams) ?? []).map((it) => it.territories)
  const sources = [graph, catalog.agreements, ...segmentsFor(around), scoringFor(around), ...territories]
  return { state: seenByWalk(made.ok, graph, sources, state), inFlow: state.enrolments.some((it) => it.flowId === flow.id) }
}

async function stateIn(ctx: SignedIn, { plan }: WalkGround, contactId: number): Promise<ContactState | undefined> {
  const related = new Set([...plan.reads.related, 'company'])
  const needs = { events: plan.reads.events, now: ctx.clock.now(), horizon: null, mails: plan.mails, related, drawn: plan.draws }
  const states = await loadStates(ctx.db, { kind: 'one', bucket: contactId % BUCKETS }, [contactId], needs)
  return states.get(contactId)
}
