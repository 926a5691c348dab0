import { callOf, type FlowForecast } from '@baton/engine'
import type { Count } from '../../store.ts'

/** What cards and ways show of a forecast at the end of a stretch of time. Steps of a flow inside are counted at the step that stands for it. */
export function countsAt(ids: readonly string[], { nodes, edges }: Pick<FlowForecast, 'nodes' | 'edges'>, at: number): Map<string, Count> {
  const counts = new Map<string, Count>(ids.map((id) => [id, { passed: 0, here: 0, parked: 0, undecided: 0, ports: {} }]))
  const add = (id: string, change: (count: Count) => Count) => {
    const count = counts.get(id)
    if (count) counts.set(id, change(count))
  }
  const left = new Map<string, number>()
  for (const { node, port, peopleOver } of edges) {
    const people = Math.round(peopleOver[at] ?? 0)
    left.set(node, (left.get(node) ?? 0) + people)
    const call = callOf(node)
    if (call === node) add(node, (count) => ({ ...count, ports: { ...count.ports, [port]: people } }))
    // An exit of the flow inside is a way of the step that stands for it.
    else if (port === 'out' && !node.slice(call.length + 1).includes('/'))
      add(call, (count) => ({ ...count, ports: { ...count.ports, [node.slice(call.length + 1)]: people } }))
  }
  for (const { node, peopleOver } of nodes) {
    const here = Math.round(peopleOver[at] ?? 0)
    const call = callOf(node)
    add(call, (count) => ({ ...count, here: count.here + here, passed: call === node ? (left.get(node) ?? 0) : count.passed }))
  }
  return counts
}
