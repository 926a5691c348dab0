import { MenuAt } from '../menu-at.tsx'
import { deedsOf, runDeed, WORDS } from './line-deeds.ts'
import type { Row } from './tree.ts'
import type { Deeds } from './use-deeds.ts'

/** A line, and where on the page its menu was asked for. */
export interface RowMenuAt {
  row: Row
  x: number
  y: number
}

type Props = { at: RowMenuAt; deeds: Deeds; onClose: () => void; onDone: () => void }

/** All that can be done with a line. */
export function RowMenu({ at: { row, x, y }, deeds, onClose, onDone }: Props) {
  const gone = () => {
    onClose()
    onDone()
  }
  return (
    <MenuAt
      x={x}
      y={y}
      blocks={[deedsOf(row.what).map((id) => ({ id, ...WORDS[id], run: () => runDeed(id, row, deeds) }))]}
      onGone={gone}
    />
  )
}
