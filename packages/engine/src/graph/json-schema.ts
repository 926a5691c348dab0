import { z } from 'zod'
import { kinds } from '../nodes/registry.ts'
import { flowEdge, flowGraph, flowNode } from './schema.ts'

/** JSON Schema (2020-12) of a flow as stored and exported, made from the schemas that parse it. Configs by kind stand in `$defs`. */
export function flowJsonSchema(): Record<string, unknown> {
  const options = { target: 'draft-2020-12', io: 'input' } as const
  const schema = z.toJSONSchema(flowGraph, options)
  const configs = Object.values(kinds).map((kind) => [kind.type, z.toJSONSchema(kind.config, options)] as const)
  const known = z.toJSONSchema(flowNode, options)
  const nodes = configs.map(([type]) => ({
    if: { properties: { type: { const: type } } },
    then: { properties: { data: { $ref: `#/$defs/${type}` } } },
  }))
  return {
    ...schema,
    $id: 'urn:baton:flow:1',
    title: 'Baton flow',
    $defs: { node: { ...known, allOf: nodes }, edge: z.toJSONSchema(flowEdge, options), ...Object.fromEntries(configs) },
    properties: {
      ...schema.properties,
      nodes: { type: 'array', maxItems: 5000, items: { $ref: '#/$defs/node' } },
      edges: { type: 'array', maxItems: 20_000, items: { $ref: '#/$defs/edge' } },
    },
  }
}
