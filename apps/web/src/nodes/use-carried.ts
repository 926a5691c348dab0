import { carriedBy } from '@baton/engine'
import { useMemo } from 'react'
import { useEditor } from '../editor/store.ts'

/** The names under which the steps of this flow let people carry a value, for a field where one is chosen. */
export function useCarried(): string[] {
  const nodes = useEditor((state) => state.history.present.nodes)
  return useMemo(() => carriedBy(nodes), [nodes])
}
