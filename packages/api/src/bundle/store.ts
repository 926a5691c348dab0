import {
  addMissing,
  createFlow,
  flowById,
  type Handle,
  listSecrets,
  liveScoreModel,
  type Made,
  newId,
  type Sql,
  saveScoreDraft,
  updateWorkspace,
  versionGraph,
  workspaceSettings,
} from '@baton/db'
import { containedIn, type FlowGraph } from '@baton/engine'
import { storedDimension } from '../scores/model.ts'
import type { Bundle } from './schema.ts'

export interface Imported extends Made {
  flows: { id: string; name: string }[]
  /** Names of secrets that steps use and that are not kept here: to be added before a publish. */
  secrets: string[]
}

/** The id of a flow that came without one (a bare graph): no name to keep. */
const NAMELESS = 'flow'

/** Flows name one another by id: where one got another id, so do those who name it. */
function renamed<T>(value: T, ids: ReadonlyMap<string, string>): T
function renamed(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((it) => renamed(it, ids))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => [key, key === 'flowId' && typeof it === 'string' ? (ids.get(it) ?? it) : renamed(it, ids)]),
  )
}

/** A version that is contained has its number from where it was published; one that is not here has to be chosen anew. */
async function unpinned(tx: Sql, graph: FlowGraph): Promise<FlowGraph> {
  const nodes = []
  for (const node of graph.nodes) {
    const { flowId = null, version = null } = containedIn(node) ?? {}
    const here = flowId === null || version === null || (await versionGraph(tx, flowId, version))
    nodes.push(here ? node : { ...node, data: { ...node.data, version: null, start: null } })
  }
  return { ...graph, nodes }
}

/** Makes what a bundle's flows name where it is missing; what is there stays as it is. */
export async function makeThings(
  tx: Sql,
  bundle: Bundle,
  { at, by }: { at: number; by: { id: string; name: string } | null },
): Promise<Made> {
  const { dimensions } = await workspaceSettings(tx)
  const added = bundle.dimensions.filter((it) => dimensions.every((known) => known.id !== it.id))
  if (added.length > 0) await updateWorkspace(tx, { dimensions: [...dimensions, ...added.map((it) => storedDimension(it, undefined))] })
  if (bundle.scoreModel) await draftScores(tx, bundle.scoreModel, { at, by })
  return addMissing(tx, bundle, { at, by: by?.id ?? null })
}

/** A score model arrives as a draft, where nobody has one yet. */
async function draftScores(
  tx: Sql,
  model: NonNullable<Bundle['scoreModel']>,
  { at, by }: { at: number; by: { id: string; name: string } | null },
): Promise<void> {
  if (await liveScoreModel(tx)) return
  const { dimensions } = await workspaceSettings(tx)
  await saveScoreDraft(tx, { model: { dimensions, ...model }, rev: 0, by, at })
}

/**
 * Takes a bundle in, in one transaction: what its flows name is made where it is missing, what is there stays as it is, and the flows
 * arrive as drafts. A flow whose id is taken gets a new one, so that nothing is overwritten. Nothing runs and nothing is sent.
 * @param keepIds whether a nameless flow keeps its id, and flows inside their versions: in a workspace of its own
 */
export async function importBundle(
  db: Handle,
  bundle: Bundle,
  { at, by, keepIds = false }: { at: number; by: { id: string; name: string } | null; keepIds?: boolean | undefined },
): Promise<Imported> {
  return db.transaction(async (tx) => {
    const made = await makeThings(tx, bundle, { at, by })
    const ids = new Map<string, string>()
    for (const { id } of bundle.flows) {
      const free = (keepIds || id !== NAMELESS) && !(await flowById(tx, id))
      ids.set(id, free ? id : newId('flw'))
    }
    const flows: Imported['flows'] = []
    for (const { id, name, graph } of bundle.flows) {
      const tests = bundle.tests.flatMap(({ flow, ...test }) => (flow === id ? [test] : []))
      const named = renamed(tests.length > 0 ? { ...graph, tests } : graph, ids)
      const own = { name, graph: keepIds ? named : await unpinned(tx, named), by, at, id: ids.get(id) }
      flows.push({ id: await createFlow(tx, own), name })
    }
    const known = new Set((await listSecrets(tx)).map((it) => it.name))
    const secrets = bundle.secrets.filter((it) => !known.has(it))
    return { ...made, flows, secrets }
  })
}
