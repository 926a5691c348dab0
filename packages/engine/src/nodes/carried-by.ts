import type { FlowNode } from '../graph/schema.ts'
import { parseNode } from './parse-config.ts'

/** The names under which these steps let people carry a value, each once, sorted. What cannot be read gives none. */
export function carriedBy(nodes: readonly FlowNode[]): string[] {
  const names = nodes.flatMap((node) => {
    const read = parseNode(node)
    const given = 'ok' in read ? read.ok.kind.carries?.(read.ok.config) : undefined
    return given === undefined || given === 'any' ? [] : given
  })
  return [...new Set(names)].sort()
}
