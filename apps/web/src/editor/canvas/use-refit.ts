import { useReactFlow } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import { useEditorStore } from '../store.ts'
import { allSeen, fitOptions } from './fit.ts'

/** A flow that was seen as a whole stays so when the canvas gets smaller; who looks at a part of it keeps that part. */
export function useRefit(area: RefObject<HTMLElement | null>): void {
  const flow = useReactFlow()
  const store = useEditorStore()
  useEffect(() => {
    if (!area.current) return
    let before: { width: number; height: number } | undefined
    const watch = new ResizeObserver(([it]) => {
      if (!it) return
      const { width, height } = it.contentRect
      const was = before
      before = { width, height }
      const { present } = store.getState().history
      if (!was || present.nodes.length === 0 || (width >= was.width && height >= was.height)) return
      const view = flow.getViewport()
      if (allSeen(present, view, was) && !allSeen(present, view, before)) void flow.fitView(fitOptions(present, before))
    })
    watch.observe(area.current)
    return () => watch.disconnect()
  }, [area, flow, store])
}
