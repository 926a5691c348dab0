import { ViewportPortal } from '@xyflow/react'
import { useStore } from 'zustand'
import type { Guides } from './line-up.ts'

/** How far a line goes on beyond the cards it joins. */
const OVER = 12

/** The lines to which a dragged card has come. */
export function GuideLines({ guides: { store } }: { guides: Guides }) {
  const guides = useStore(store, (state) => state.guides)
  if (guides.length === 0) return null
  return (
    <ViewportPortal>
      {guides.map(({ along, at, from, to }) => {
        const size = to - from + 2 * OVER
        const place = along === 'y' ? { left: at, top: from - OVER, height: size } : { top: at, left: from - OVER, width: size }
        return <div key={`${along}${at}`} className={`guide-line ${along}`} style={place} aria-hidden="true" />
      })}
    </ViewportPortal>
  )
}
