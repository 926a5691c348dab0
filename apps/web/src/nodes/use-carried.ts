import { parseNode } from '@baton/engine'
import { useMemo } from 'react'
import { useEditor } from '../editor/store.ts'

/** The names under which the steps of this flow let people carry a value, for a field where one is chosen. */
export function useCarried(): string[] {
  const nodes = useEditor((state) => state.history.present.nodes)
  return useMemo(() => {
    const names = nodes.flatMap((node) => {
      const read = parseNode(node)
      const given = 'ok' in read ? read.ok.kind.carries?.(read.ok.config) : undefined
      return given === undefined || given === 'any' ? [] : given
    })
    return [...new Set(names)].sort()
  }, [nodes])
}
