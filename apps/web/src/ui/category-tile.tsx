import './category-tile.css'
import type { ReactNode } from 'react'

/** The six kinds of kinds; each has a hue and a shape. */
export type Category = 'trigger' | 'wait' | 'logic' | 'action' | 'sales' | 'exit'

/** The glyph of a step on its category's shape: 32 px, or 22 in lists. The words beside it name it, so it is silent. */
export function CategoryTile({ category, size, children }: { category: Category; size?: 's' | undefined; children: ReactNode }) {
  return (
    <span className={size === 's' ? `tile s ${category}` : `tile ${category}`} aria-hidden="true">
      {children}
    </span>
  )
}
