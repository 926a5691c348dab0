import { type Bundle, bundleCatalog, importBundle, membersOf, personOf, span, storedDimension } from '@baton/api'
import {
  addScoreVersion,
  addTerritory,
  bumpPlan,
  createUser,
  flowById,
  type Handle,
  publishFlow,
  saveAbsence,
  saveTeam,
  sendingOf,
  updateWorkspace,
  userById,
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

/** Teams as the bundle has them; people of whom it says nothing are made up. All under the ids of the bundle: so a simulation says the same. */
async function makeTeams(db: Handle, teams: Bundle['teams'], at: number): Promise<void> {
  for (const team of teams) {
    const { id, name, calendar = null, territories = [] } = team
    const members = membersOf(team)
    await db.transaction(async (tx) => {
      for (const [i, member] of members.entries()) {
        const who = personOf(member, i, team)
        if (!(await userById(tx, member.id))) await createUser(tx, { ...who, id: member.id, role: 'sales_rep', passwordHash: '', at })
        for (const away of member.absences.map(span)) await saveAbsence(tx, { ...away, userId: member.id, note: '', by: BY, at })
      }
      const list = members.map((it) => ({ userId: it.id, weight: it.weight, cap: it.cap, active: it.active, calendarId: it.calendar }))
      await saveTeam(tx, { id, name, calendarId: calendar, members: list, at })
      for (const { members: repIds, ...territory } of territories) await addTerritory(tx, { ...territory, repIds, teamId: id, by: BY, at })
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
