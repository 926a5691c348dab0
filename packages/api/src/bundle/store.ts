import {
  addMissing,
  type BundledThings,
  createFlow,
  flowById,
  type Handle,
  listFields,
  listTeams,
  type Made,
  newId,
  type Sql,
  segmentsForBundle,
  templatesForBundle,
  updateWorkspace,
  workspaceSettings,
} from '@baton/db'
import { conditionReferences, type Reference, referencesOf } from '@baton/engine'
import { editOf, storedDimension } from '../scores/model.ts'
import { BUNDLE_FORMAT, type Bundle } from './schema.ts'

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

/** The draft of a flow with everything it names. @returns undefined when there is no such flow */
export async function exportBundle(sql: Sql, flowId: string): Promise<Bundle | undefined> {
  const flow = await flowById(sql, flowId)
  if (!flow) return undefined
  const own: readonly Reference[] = referencesOf(flow.draft)
  const segments = await segmentsOf(sql, own)
  const named = grouped([...own, ...segments.flatMap((one) => conditionReferences(one.condition))])
  const has = (kind: Reference['kind'], id: string) => named.get(kind)?.has(id) ?? false
  const fields = (await listFields(sql)).filter((it) => !it.system && has('field', it.key))
  const teams = (await listTeams(sql)).filter((it) => has('team', it.id))
  const { dimensions, zone } = await workspaceSettings(sql)
  return {
    format: BUNDLE_FORMAT,
    flows: [{ id: flow.id, name: flow.name, graph: flow.draft }],
    fields: fields.map(({ system: _, options, ...it }) => ({ ...it, ...(options ? { options } : {}) })),
    segments,
    templates: await templatesForBundle(sql, [...(named.get('template') ?? [])]),
    teams: teams.map(({ id, name, members }) => ({ id, name, members: members.length })),
    dimensions: dimensions.map(editOf),
    zone,
  }
}

export interface Imported extends Made {
  flows: { id: string; name: string }[]
}

/** The id of a flow that came without one (a bare graph): no name to keep. */
const NAMELESS = 'flow'

/**
 * Takes a bundle in: what its flows name is made where it is missing, what is there stays as it is, and the flows arrive as drafts.
 * A flow whose id is taken gets a new one, so that nothing is overwritten. Nothing runs and nothing is sent.
 * @param keepIds whether a nameless flow keeps its id: in a workspace of its own
 */
export async function importBundle(
  db: Handle,
  bundle: Bundle,
  { at, by, keepIds = false }: { at: number; by: { id: string; name: string } | null; keepIds?: boolean | undefined },
): Promise<Imported> {
  return db.transaction(async (tx) => {
    const { dimensions } = await workspaceSettings(tx)
    const added = bundle.dimensions.filter((it) => dimensions.every((known) => known.id !== it.id))
    if (added.length > 0) {
      await updateWorkspace(tx, { dimensions: [...dimensions, ...added.map((it) => storedDimension(it, undefined))] })
    }
    const things: BundledThings = bundle
    const made = await addMissing(tx, things, { at, by: by?.id ?? null })
    const flows: Imported['flows'] = []
    for (const { id, name, graph } of bundle.flows) {
      const free = (keepIds || id !== NAMELESS) && !(await flowById(tx, id))
      const stored = await createFlow(tx, { name, graph, by, at, id: free ? id : newId('flw') })
      flows.push({ id: stored, name })
    }
    return { ...made, flows }
  })
}
