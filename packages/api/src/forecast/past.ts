import { type FlowRow, type Handle, loadPasts, planRows, teamFactsOf } from '@baton/db'
import {
  type BacktestGround,
  backtestGround,
  type Catalog,
  canonicalJson,
  type FlowGraph,
  nameless,
  namelessRecord,
  type RecordedPerson,
  recordedPerson,
  scoringFor,
  segmentsFor,
} from '@baton/engine'
import { fail } from '../errors.ts'
import { catalogOf } from '../flows/catalog.ts'
import { checkDraft } from '../flows/contained.ts'
import { idsOf, nameAt, type Portion, type Some } from './sample.ts'

const BUCKETS = 1024

/** What a draft is back-tested in: the live version beside it, and what was recorded of people. */
export interface PastSource {
  ground: BacktestGround
  /** As it was published; null before the first publish. */
  live: FlowGraph | null
  liveVersion: number | null
  catalog: Catalog
  /** The segments that either names, with their conditions. */
  segments: ReturnType<typeof segmentsFor<Awaited<ReturnType<typeof planRows>>['segments'][number]>>
  /** The part of the score model that either asks for. */
  scoring: ReturnType<typeof scoringFor>
  /** Of each what either version reads and no more, without who it is. The window ends with `until`. */
  portion(of: Portion, window: { from: number; until: number }): Promise<Some<RecordedPerson>>
  /** What it is played in beside people: the same text, the same ground. */
  text: string
}

/** @throws PRECONDITION_FAILED when the draft does not hang together */
export async function openPast(db: Handle, flow: FlowRow, now: number): Promise<PastSource> {
  const rows = await planRows(db)
  const catalog = catalogOf(rows)
  const { issues, graph } = await checkDraft(db, flow, catalog)
  const { liveGraph: live, liveVersion } = flow
  const all = live ? { ...graph, nodes: [...graph.nodes, ...live.nodes] } : graph
  const around = { graph: all, catalog, segments: rows.segments, scoring: rows.scoring, teams: await teamFactsOf(db, now) }
  const made = backtestGround({ ...around, flowId: flow.id, draft: graph, live })
  if ('issues' in made) {
    const error = made.issues[0] ?? issues.find((it) => it.severity === 'error')
    throw fail('PRECONDITION_FAILED', `This draft cannot be played yet: ${error?.say ?? ''}`)
  }
  const ground = made.ok
  const { both, see, seen } = ground
  const related = new Set([...both.reads.related, 'company'])
  const listened = [...both.index.triggers.events.keys(), ...(both.scoring?.behaviours.keys() ?? [])].map((type) => [type, 0] as const)
  const events = new Map([...listened, ...both.reads.events])
  const segments = segmentsFor(around)
  const scoring = scoringFor(around)
  const { dimensions, sending, fields, calendars, templates, workspaceZone } = catalog
  return {
    ground,
    live,
    liveVersion,
    catalog,
    segments,
    scoring,
    text: canonicalJson([
      all,
      live?.edges ?? null,
      catalog.agreements,
      segments,
      scoring,
      { dimensions, sending, fields, calendars, templates, workspaceZone },
    ]),
    async portion(of, { from, until }) {
      const { ids, next } = await idsOf(db, of)
      const needs = { flowId: flow.id, from, until, events, mails: both.mails, related, drawn: both.draws }
      const pasts = await loadPasts(db, { kind: 'span', from: 0, to: BUCKETS - 1 }, ids, needs)
      const window = {
        flowId: flow.id,
        from,
        until,
        see,
        isRule: (id: string) => both.segments.has(id) || both.scoring?.attributes.has(id) === true,
      }
      const people = ids.flatMap((id, i) => {
        const past = pasts.get(id)
        if (!past) return []
        const name = nameAt(of.skip + i)
        const recorded = recordedPerson(past, window)
        return [namelessRecord({ ...recorded, state: nameless(seen(recorded.state), name) }, name)]
      })
      return { people, next }
    },
  }
}
