import { callOf } from '@baton/engine'
import type { Answers } from '../../shell/api.ts'
import type { Count } from '../store.ts'

type Nodes = Answers['live']['counts']['nodes']

/**
 * What the card of a drawn step shows. Of a flow inside, the people at its steps are here, and its ways count who came back by them:
 * the steps inside are counted under `step/…`.
 */
export function drawnCounts(ids: readonly string[], nodes: Nodes, parked: Readonly<Record<string, number>>): Map<string, Count> {
  const counts = new Map<string, Count>(ids.map((id) => [id, { passed: 0, here: 0, undecided: 0, ports: {}, parked: 0, ...nodes[id] }]))
  for (const [id, { here, passed }] of Object.entries(nodes)) {
    const call = callOf(id)
    const count = call === id ? undefined : counts.get(call)
    if (!count) continue
    const way = id.slice(call.length + 1)
    counts.set(call, { ...count, here: count.here + here, ports: way.includes('/') ? count.ports : { ...count.ports, [way]: passed } })
  }
  for (const [id, n] of Object.entries(parked)) {
    const count = counts.get(callOf(id))
    if (count) counts.set(callOf(id), { ...count, parked: (count.parked ?? 0) + n })
  }
  return counts
}
