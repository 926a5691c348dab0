import { type Bundle, bundleCatalog, importBundle, storedDimension } from '@baton/api'
import {
  addScoreVersion,
  bumpPlan,
  createUser,
  flowById,
  type Handle,
  publishFlow,
  saveTeam,
  sendingOf,
  updateWorkspace,
  workspaceSettings,
} from '@baton/db'
import {
  type Catalog,
  checkFlow,
  checkScoreModel,
  compileFlow,
  type FlowGraph,
  type Issue,
  inlineSubFlows,
  publishRules,
} from '@baton/engine'

const BY = { id: 'flow-run', name: 'flow run' }

/** A flow of the bundle cannot run: every reason, a line each. */
export class NotRunnable extends Error {
  override name = 'NotRunnable'
  constructor(flow: string, issues: readonly (Pick<Issue, 'nodes' | 'say'> & Partial<Issue>)[]) {
    super(issues.map(({ nodes, say }) => `${flow}${nodes.length > 0 ? ` at ${nodes.join(', ')}` : ''}: ${say}`).join('\n'))
  }
}

/** Teams take leads by people; who they are does not matter, so they are made up. */
async function makeTeams(db: Handle, teams: Bundle['teams'], at: number): Promise<void> {
  for (const { id, name, members } of teams) {
    await db.transaction(async (tx) => {
      const list: { userId: string; weight: number; cap: null; active: boolean }[] = []
      for (let n = 1; n <= members; n++) {
        const email = `${id}.${n}@rep.invalid`
        const rep = await createUser(tx, { name: `${name} ${n}`, email, role: 'sales_rep', passwordHash: '', at })
        list.push({ userId: rep.id, weight: 1, cap: null, active: true })
      }
      await saveTeam(tx, { id, name, members: list, at })
    })
  }
}

/** The graphs as they are published, with the steps of the flows inside in their places: a flow inside is the bundle's own, whatever its number. */
export function published(bundle: Bundle): ReadonlyMap<string, FlowGraph> {
  const drawn = new Map(bundle.flows.map((it) => [it.id, it]))
  const ready = new Map<string, FlowGraph>()
  const open = new Set<string>()
  const make = (id: string): FlowGraph | undefined => {
    const flow = drawn.get(id)
    const known = ready.get(id)
    if (known || !flow) return known
    if (open.has(id))
      throw new NotRunnable(flow.name, [{ code: 'sub-flow.chain', severity: 'error', nodes: [], say: 'It contains itself.' }])
    open.add(id)
    const inlined = inlineSubFlows(
      flow.graph,
      (inner) => {
        const graph = make(inner)
        return graph && { name: drawn.get(inner)?.name ?? inner, graph }
      },
      flow,
    )
    open.delete(id)
    if ('issues' in inlined) throw new NotRunnable(flow.name, inlined.issues)
    ready.set(id, inlined.ok)
    return inlined.ok
  }
  for (const { id } of bundle.flows) make(id)
  return ready
}

/** The score model counts from the beginning of the run. */
async function publishScores(db: Handle, model: Bundle['scoreModel'], { catalog, at }: { catalog: Catalog; at: number }): Promise<void> {
  if (!model) return
  const wrong = checkScoreModel(model, catalog).filter((it) => it.severity === 'error')
  if (wrong.length > 0)
    throw new NotRunnable(
      'score model',
      wrong.map(({ rule, say }) => ({ nodes: rule === null ? [] : [rule], say })),
    )
  const rules = publishRules(model.rules, { before: [], version: 1, catalog })
  const { dimensions } = await workspaceSettings(db)
  await db.transaction(async (tx) => {
    await addScoreVersion(tx, { version: 1, model: { dimensions, rules, grade: model.grade }, note: '', at, byId: BY.id, byName: BY.name })
    await bumpPlan(tx)
  })
}

/**
 * Fills an empty workspace with a bundle, and publishes its flows, under their own ids.
 * @throws NotRunnable when one of them does not hang together
 */
export async function settleWorkspace(db: Handle, bundle: Bundle, { at, seed }: { at: number; seed: string }): Promise<void> {
  const graphs = published(bundle)
  const dimensions = bundle.dimensions.map((it) => storedDimension(it, undefined))
  const settings = await workspaceSettings(db)
  await updateWorkspace(db, { dimensions, zone: bundle.zone, seed, sending: { ...sendingOf(settings), ...bundle.sending } })
  const { flows } = await importBundle(db, bundle, { at, by: null, keepIds: true })
  await makeTeams(db, bundle.teams, at)
  const catalog = bundleCatalog(bundle)
  await publishScores(db, bundle.scoreModel, { catalog, at })
  for (const { id, name } of flows) {
    const flow = await flowById(db, id)
    const graph = graphs.get(id)
    if (!flow || !graph) throw new Error(`The flow ${id} was not stored.`)
    // As at a publish: also what lies around the flow must be there and fit.
    const wrong = checkFlow(graph, catalog).filter((it) => it.severity === 'error')
    if (wrong.length > 0) throw new NotRunnable(name, wrong)
    const compiled = compileFlow({ flowId: id, version: 1, graph, catalog })
    if ('issues' in compiled) throw new NotRunnable(name, compiled.issues)
    const publication = { id, rev: flow.draftRev, hash: compiled.ok.hash, graph, notes: '', by: BY, at, enrolAt: [] }
    await db.transaction((tx) => publishFlow(tx, publication))
  }
}
