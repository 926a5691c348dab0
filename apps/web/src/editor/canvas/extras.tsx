import type { NodeProps } from '@xyflow/react'
import { lazy, Suspense } from 'react'
import type { FoldedNode, FrameNode, NoteNode } from './elements.ts'

// Many flows have neither: they come when they are met.
const Frame = lazy(() => import('./group-box.tsx').then((it) => ({ default: it.FrameBox })))
const Folded = lazy(() => import('./group-box.tsx').then((it) => ({ default: it.FoldedCard })))
const Paper = lazy(() => import('./note-paper.tsx').then((it) => ({ default: it.NotePaper })))

/** What lies on the canvas beside steps. */
export const extras = {
  frame: (props: NodeProps<FrameNode>) => (
    <Suspense>
      <Frame {...props} />
    </Suspense>
  ),
  folded: (props: NodeProps<FoldedNode>) => (
    <Suspense>
      <Folded {...props} />
    </Suspense>
  ),
  note: (props: NodeProps<NoteNode>) => (
    <Suspense>
      <Paper {...props} />
    </Suspense>
  ),
}
