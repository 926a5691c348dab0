import { type KeyboardEvent, type RefObject, useState } from 'react'
import { usePreferences } from '../shell/preferences.ts'
import { picked as pickedAfter, rowDeed } from './table-keys.ts'
import type { TableProps } from './table-types.ts'

/** Focus and picking of a list of rows: which row Tab reaches, what keys do, where Shift began. */
export function useRows<Row>(
  { rows, rowKey, onOpen, picked, onPick }: TableProps<Row>,
  body: RefObject<HTMLTableSectionElement | null>,
  /** Makes the row exist before it is focused; a list that draws all its rows has nothing to do. */
  reveal: (at: number) => void,
  page: number,
) {
  const letters = usePreferences((state) => state.letters)
  const [active, setActive] = useState(0)
  const [last, setLast] = useState<number>()
  const focus = (at: number) => {
    const row = body.current?.querySelector<HTMLElement>(`tr[data-at="${at}"]`)
    row?.focus()
    return row != null
  }
  const box = (at: number, range: boolean) => {
    if (!picked || !onPick) return
    onPick(pickedAfter(picked, rows.map(rowKey), at, last, range))
    setLast(at)
  }
  const key = (event: KeyboardEvent<HTMLTableRowElement>, at: number) => {
    if (event.target !== event.currentTarget) return
    const deed = rowDeed(event.key, event.ctrlKey || event.metaKey || event.altKey, { at, count: rows.length, page, letters })
    if (!deed) return
    event.preventDefault()
    if (deed.do === 'open') {
      const row = rows[at]
      if (row !== undefined) onOpen?.(row)
      return
    }
    if (deed.do === 'pick') return box(at, event.shiftKey)
    setActive(deed.to)
    reveal(deed.to)
    // A row in view takes the focus at once, so that quick keys do not overtake it; one far off exists only after the next frame.
    if (!focus(deed.to)) requestAnimationFrame(() => requestAnimationFrame(() => focus(deed.to)))
  }
  return { active: Math.min(active, Math.max(0, rows.length - 1)), setActive, box, key }
}
