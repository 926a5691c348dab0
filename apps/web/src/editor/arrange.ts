import { type AlignTo, alignNodes, distributeNodes } from '@baton/engine'
import { shapeOf } from './geometry.ts'
import type { EditorStore } from './store.ts'

/** How selected steps are lined up, in the order in which it is offered. */
export const ALIGNS: readonly { to: AlignTo; words: string }[] = [
  { to: 'left', words: 'Align left' },
  { to: 'centre', words: 'Align centres' },
  { to: 'right', words: 'Align right' },
  { to: 'top', words: 'Align tops' },
  { to: 'middle', words: 'Align middles' },
  { to: 'bottom', words: 'Align bottoms' },
]

/** How they are spread evenly; the outermost stay where they are, so there are three at least. */
export const SPREADS = [
  { to: 'across', words: 'Spread across' },
  { to: 'down', words: 'Spread down' },
] as const

/** Lines the selected steps up. */
export function alignSelected(store: EditorStore, to: AlignTo): void {
  const { selected, edit } = store.getState()
  edit((graph) => alignNodes(graph, [...selected], to, shapeOf))
}

/** Spreads the selected steps evenly. */
export function spreadSelected(store: EditorStore, to: (typeof SPREADS)[number]['to']): void {
  const { selected, edit } = store.getState()
  edit((graph) => distributeNodes(graph, [...selected], to, shapeOf))
}
