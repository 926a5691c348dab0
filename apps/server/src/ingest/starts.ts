import { currentCatalog } from '@baton/api'
import { flowById, type Handle, planRevision } from '@baton/db'
import { triggersOf } from '@baton/engine'

/** The start of a flow at which programs let people in; or why there is none. */
export type Start = { node: string } | { refuse: 'unknown' | 'not-live' | 'no-start' }

/** Finds the start for programs of a flow that runs; of several the first by id. Remembered until plans change. */
export function createStarts(db: Handle): (flowId: string) => Promise<Start> {
  let rev = -1
  const known = new Map<string, Start>()

  async function find(flowId: string): Promise<Start> {
    const flow = await flowById(db, flowId)
    if (!flow) return { refuse: 'unknown' }
    if (!flow.liveGraph || (flow.status !== 'live' && flow.status !== 'paused')) return { refuse: 'not-live' }
    const triggers = triggersOf(flow.liveGraph, await currentCatalog(db))
    const [node] = triggers
      .filter((it) => it.trigger.on.kind === 'api')
      .map((it) => it.node)
      .sort()
    return node === undefined ? { refuse: 'no-start' } : { node }
  }

  return async (flowId) => {
    const now = await planRevision(db)
    if (now !== rev) known.clear()
    rev = now
    const found = known.get(flowId) ?? (await find(flowId))
    if (!('refuse' in found && found.refuse === 'unknown')) known.set(flowId, found)
    return found
  }
}
