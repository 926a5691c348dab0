import { type Handle, liveGraphs, runningFlows } from '@baton/db'
import { type Catalog, digest, type FlowDigest, flowDigest } from '@baton/engine'
import { currentCatalog } from './catalog.ts'

/** Digests of versions, which never change; what they say depends on which mails are marketing as well. */
const known = new Map<string, FlowDigest>()
const MOST = 2000

/** A catalog that also says what the flows that run do to people: for checks that look across flows. */
export async function catalogToCheck(db: Handle): Promise<Catalog> {
  const [catalog, running] = await Promise.all([currentCatalog(db), runningFlows(db)])
  const marketing = digest(
    catalog.templates
      .filter((it) => it.purpose === 'marketing')
      .map((it) => it.id)
      .sort()
      .join(),
  )
  const keys = new Map(running.map(({ id, hash }) => [id, `${hash} ${marketing}`]))
  const open = running.filter(({ id }) => !known.has(keys.get(id) ?? ''))
  if (known.size + open.length > MOST) known.clear()
  const missing = running.filter(({ id }) => !known.has(keys.get(id) ?? '')).map((it) => it.id)
  for (const { id, graph } of missing.length > 0 ? await liveGraphs(db, missing) : []) {
    const key = keys.get(id)
    if (key !== undefined) known.set(key, flowDigest(graph, catalog))
  }
  return {
    ...catalog,
    flows: catalog.flows.map((it) => {
      const runs = known.get(keys.get(it.id) ?? '')
      return runs ? { ...it, runs } : it
    }),
  }
}
