import { checkFlow, planHash } from '@baton/engine'
import { useEffect } from 'react'
import { useEditor, useEditorStore } from './store.ts'

/** From the last change until the checks run: they look at the whole flow. */
const DELAY = 150

/** Keeps the problems of the open draft up to date, and tells what the draft does as one number. Draws nothing. */
export default function Checker({ onHash }: { onHash: (hash: string) => void }) {
  const store = useEditorStore()
  const graph = useEditor((state) => state.history.present)
  const catalog = useEditor((state) => state.catalog)
  useEffect(() => {
    const check = () => {
      store.getState().setIssues(checkFlow(graph, catalog))
      onHash(planHash(graph))
    }
    const timer = setTimeout(check, DELAY)
    return () => clearTimeout(timer)
  }, [graph, catalog, store, onHash])
  return null
}
