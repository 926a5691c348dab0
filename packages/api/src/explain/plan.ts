import { type Handle, loadStates, planRows, versionGraph } from '@baton/db'
import {
  buildPlan,
  type CompiledFlow,
  type ContactState,
  compileFlow,
  type FlowGraph,
  type FlowState,
  type Plan,
  type PlannedFlow,
} from '@baton/engine'
import { catalogOf } from '../flows/catalog.ts'

/** What one person's future is looked at with: the plan as it runs, and what is known of them. */
export interface Outlook {
  plan: Plan
  state: ContactState
  seed: string
}

const BUCKETS = 1024
const stateOf = (status: string): FlowState => (status === 'paused' || status === 'draining' || status === 'stopped' ? status : 'live')

/**
 * Loads a contact as a turn would see it, with the plan of this moment in which `tried` takes the place of its flow's entry, live.
 * @returns undefined when there is no such contact
 */
export async function outlook(
  db: Handle,
  contactId: number,
  tried: { flowId: string; version: number; graph: FlowGraph },
  now: number,
): Promise<Outlook | undefined> {
  const rows = await planRows(db)
  const catalog = catalogOf(rows)
  const inside = await db.query<{ flowId: string; version: number }>(
    'select flow_id as "flowId", version from enrolment where bucket = $1::smallint and contact_id = $2 and gen = 0',
    [contactId % BUCKETS, contactId],
  )
  const compiled = async (flowId: string, version: number): Promise<CompiledFlow | undefined> => {
    const graph = await versionGraph(db, flowId, version)
    const made = graph && compileFlow({ flowId, version, graph, catalog })
    return made && 'ok' in made ? made.ok : undefined
  }
  const flows: PlannedFlow[] = []
  const others = rows.flows.filter((it) => it.id !== tried.flowId)
  for (const flow of others) {
    const wanted = new Set(inside.filter((it) => it.flowId === flow.id).map((it) => it.version))
    const open = flow.status === 'live' || flow.status === 'paused'
    if (open && flow.liveVersion !== null) wanted.add(flow.liveVersion)
    const versions = new Map<number, CompiledFlow>()
    for (const version of wanted) {
      const made = await compiled(flow.id, version)
      if (made) versions.set(version, made)
    }
    const entry = open && flow.liveVersion !== null ? (versions.get(flow.liveVersion) ?? null) : null
    const pauses = rows.pauses.filter((it) => it.flowId === flow.id).map(({ flowId: _, ...pause }) => pause)
    flows.push({ flowId: flow.id, state: stateOf(flow.status), entry, versions, pauses, share: flow.share })
  }
  const made = compileFlow({ flowId: tried.flowId, version: tried.version, graph: tried.graph, catalog })
  if ('issues' in made) throw new Error(made.issues.map((it) => it.say).join(' '))
  const versions = new Map([[tried.version, made.ok]])
  for (const { flowId, version } of inside) {
    const own = flowId === tried.flowId && version !== tried.version ? await compiled(flowId, version) : undefined
    if (own) versions.set(version, own)
  }
  const share = rows.flows.find((it) => it.id === tried.flowId)?.share
  flows.push({ flowId: tried.flowId, state: 'live', entry: made.ok, versions, pauses: [], share })
  const plan = buildPlan({ flows, segments: rows.segments, catalog, scoring: rows.scoring })
  const related = new Set([...plan.reads.related, 'company'])
  const needs = { events: plan.reads.events, now, horizon: null, mails: plan.mails, related, drawn: plan.draws }
  const states = await loadStates(db, { kind: 'one', bucket: contactId % BUCKETS }, [contactId], needs)
  const state = states.get(contactId)
  return state && { plan, state, seed: rows.settings.seed }
}
