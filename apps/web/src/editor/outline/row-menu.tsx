import { Menu } from '@mantine/core'
import { useRef, useState } from 'react'
import { type DeedId, deedsOf, runDeed, WORDS } from './line-deeds.ts'
import type { Row } from './tree.ts'
import type { Deeds } from './use-deeds.ts'

/** A line, and where on the page its menu was asked for. */
export interface MenuAt {
  row: Row
  x: number
  y: number
}

type Props = { at: MenuAt; deeds: Deeds; onClose: () => void; onDone: () => void }

/** All that can be done with a line. */
export function RowMenu({ at, deeds, onClose, onDone }: Props) {
  const [open, setOpen] = useState(true)
  // What takes the focus has to wait until the menu is gone.
  const next = useRef<DeedId | null>(null)
  const gone = () => {
    onClose()
    onDone()
    if (next.current !== null) runDeed(next.current, at.row, deeds)
  }
  return (
    <Menu
      opened={open}
      onClose={() => setOpen(false)}
      onExitTransitionEnd={gone}
      position="bottom-start"
      width={260}
      returnFocus={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button type="button" tabIndex={-1} className="ol-menu-at" aria-label="What can be done here" style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        {deedsOf(at.row.what).map((id, i) => {
          const it = { keys: null, danger: false, ...WORDS[id] }
          return (
            <Menu.Item
              key={id}
              {...(i === 0 ? { 'data-autofocus': true } : {})}
              {...(it.danger ? { 'data-danger': true } : {})}
              leftSection={<it.icon size={16} stroke={1.75} />}
              rightSection={it.keys === null ? null : <span className="small faint">{it.keys}</span>}
              onClick={() => {
                next.current = id
              }}
            >
              {it.words}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
