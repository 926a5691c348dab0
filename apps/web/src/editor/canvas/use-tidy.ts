import { moveNodes } from '@baton/engine'
import { useReactFlow } from '@xyflow/react'
import { useCallback } from 'react'
import { toast } from '../../ui/toast.ts'
import { glide } from '../glide.ts'
import { useEditorStore } from '../store.ts'
import { canvasFrame, fitOptions } from './fit.ts'

/** Puts the chosen steps in order, or all where fewer than two are chosen, as one step of undo; the cards glide to their places. */
export function useTidy() {
  const store = useEditorStore()
  const flow = useReactFlow()
  return useCallback(async () => {
    const { history, selected, readOnly } = store.getState()
    const graph = history.present
    if (readOnly || graph.nodes.length === 0) return
    try {
      const { tidyUp, toTidy } = await import('./tidy-up.ts')
      const part = toTidy(graph, selected)
      const places = await tidyUp(part)
      const canvas = document.querySelector('.canvas')
      canvas?.classList.add('gliding')
      store.getState().edit((now) => moveNodes(now, places))
      // Who puts a part in order is looking at it: only the whole is brought into view again.
      if (part === graph) await flow.fitView({ duration: glide(260), ...fitOptions(store.getState().history.present, canvasFrame()) })
      else await new Promise((done) => setTimeout(done, glide(260)))
      canvas?.classList.remove('gliding')
    } catch {
      toast({ words: 'Not tidied: the layout could not be worked out. Nothing was moved.', bad: true })
    }
  }, [store, flow])
}
