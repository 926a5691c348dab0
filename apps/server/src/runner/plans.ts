import { catalogOf } from '@baton/api'
import { type Handle, type PlanRows, planRevision, planRows, versionGraph } from '@baton/db'
import { buildPlan, type Catalog, type CompiledFlow, compileFlow, digest, type FlowState, type Plan, type PlannedFlow } from '@baton/engine'
import type { Logger } from '../log.ts'

/** A published version that cannot run, and why. Its people stand still until it is mended or they are moved. */
export interface PlanProblem {
  flowId: string
  version: number
  say: string
}

export interface Compiled {
  rev: number
  plan: Plan
  catalog: Catalog
  /** The seed of the workspace's dice. */
  seed: string
  /** Kinds of related records that turns read: those of the conditions, and companies for the zone of their people. */
  related: ReadonlySet<string>
  problems: readonly PlanProblem[]
}

export interface Plans {
  /** The plan of this moment: compiled anew only when something that it is made of has changed. */
  get(): Promise<Compiled>
}

/** What compiling depends on: names, members and event types change nothing, nor do the rules that the turn reads from the plan. */
function keyOf({ eventTypes: _, sending: __, ...catalog }: Catalog): string {
  return digest(JSON.stringify({ ...catalog, ...Object.fromEntries(BY_ID.map((part) => [part, catalog[part].map(({ id }) => id)])) }))
}

/** Parts of the catalog of which only the ids count when a version is compiled. */
const BY_ID = ['segments', 'teams', 'flows', 'users', 'forms', 'topics'] as const

const stateOf = (status: PlanRows['flows'][number]['status']): FlowState =>
  status === 'paused' || status === 'draining' || status === 'stopped' ? status : 'live'

/** Reads flows, versions and segments from the database, compiles each version once, and keeps what it has compiled. */
export function createPlans({ handle, log }: { handle: Handle; log: Logger }): Plans {
  let current: Compiled | undefined
  const versions = new Map<string, CompiledFlow | PlanProblem>()

  async function compiled(flowId: string, version: number, catalog: Catalog, key: string): Promise<CompiledFlow | PlanProblem> {
    const name = `${flowId} ${version} ${key}`
    const known = versions.get(name)
    // What could not be read or compiled is tried again at the next change of the plan: it may have been mended.
    const failed = known && 'say' in known ? known : undefined
    if (known && !failed) return known
    const made = await compile(flowId, version, catalog)
    if ('say' in made && made.say !== failed?.say)
      log.error({ flow: flowId, version, say: made.say }, 'a published version cannot run; its people stand still')
    versions.set(name, made)
    return made
  }

  async function compile(flowId: string, version: number, catalog: Catalog): Promise<CompiledFlow | PlanProblem> {
    const graph = await versionGraph(handle, flowId, version)
    if (!graph) return { flowId, version, say: 'Its graph is missing.' }
    // A live version goes on when its team has emptied: the router then answers that nobody is there.
    const staffed = { ...catalog, teams: catalog.teams.map((team) => ({ ...team, members: Math.max(1, team.members) })) }
    try {
      const result = compileFlow({ flowId, version, graph, catalog: staffed })
      return 'ok' in result ? result.ok : { flowId, version, say: result.issues.map((issue) => issue.say).join(' ') }
    } catch (error) {
      return { flowId, version, say: error instanceof Error ? error.message : String(error) }
    }
  }

  async function build(): Promise<Compiled> {
    const rows = await planRows(handle)
    const catalog = catalogOf(rows)
    const key = keyOf(catalog)
    for (const name of versions.keys()) if (!name.endsWith(key)) versions.delete(name)
    const problems: PlanProblem[] = []
    const flows: PlannedFlow[] = []
    for (const flow of rows.flows) {
      const ready = new Map<number, CompiledFlow>()
      for (const { version } of rows.versions.filter((it) => it.flowId === flow.id)) {
        const made = await compiled(flow.id, version, catalog, key)
        if ('say' in made) problems.push(made)
        else ready.set(version, made)
      }
      const open = flow.status === 'live' || flow.status === 'paused'
      const entry = open && flow.liveVersion !== null ? (ready.get(flow.liveVersion) ?? null) : null
      const pauses = rows.pauses.filter((it) => it.flowId === flow.id).map(({ from, to, choice }) => ({ from, to, choice }))
      flows.push({ flowId: flow.id, state: stateOf(flow.status), entry, versions: ready, pauses, share: flow.share })
    }
    const plan = buildPlan({ flows, segments: rows.segments, catalog, scoring: rows.scoring })
    for (const { rule, say } of plan.scoring?.broken ?? [])
      log.error({ rule, say }, 'a rule of the score model cannot be read and gives no points')
    for (const { segmentId, issues } of plan.broken) {
      log.error(
        { segment: segmentId, say: issues.map((issue) => issue.say).join(' ') },
        'a segment cannot be read; its members stay as they are',
      )
    }
    const related = rows.companies ? new Set([...plan.reads.related, 'company']) : plan.reads.related
    return { rev: rows.rev, plan, catalog, seed: rows.settings.seed, related, problems }
  }

  return {
    async get() {
      if (current && current.rev === (await planRevision(handle))) return current
      current = await build()
      return current
    },
  }
}
