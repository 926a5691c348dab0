import type { Catalog, StepName } from '../catalog.ts'
import type { FlowNode } from '../graph/schema.ts'
import { parseNode } from '../nodes/parse-config.ts'

/**
 * A catalog that also knows the steps of one flow, by the author's names or the words of their cards, and what its people may carry:
 * what conditions inside that flow may ask for. Steps that cannot be read are left out.
 */
export function withSteps(catalog: Catalog, graph: { nodes: readonly Pick<FlowNode, 'id' | 'type' | 'data'>[] }): Catalog {
  const steps: StepName[] = []
  const carried = new Set<string>()
  for (const node of graph.nodes) {
    const parsed = parseNode(node)
    if (!('ok' in parsed)) continue
    const { kind, config } = parsed.ok
    const given = typeof node.data.name === 'string' ? node.data.name.trim() : ''
    const words = kind.sentence(config, catalog).map((it) => it.text)
    steps.push({ id: node.id, name: given || words.join(''), ports: kind.ports(config).map(({ id, label }) => ({ id, label })) })
    const names = kind.carries?.(config) ?? []
    if (names !== 'any') for (const name of names) carried.add(name)
  }
  return { ...catalog, steps, carried: [...carried].sort() }
}
