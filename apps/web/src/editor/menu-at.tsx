import './menu-at.css'
import { Menu } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'
import { Fragment, useRef, useState } from 'react'

/** One thing that can be done. */
export interface MenuDeed {
  id: string
  words: string
  keys?: string | undefined
  icon: TablerIcon
  danger?: boolean | undefined
  run: () => void
}

type Props = {
  x: number
  y: number
  /** With a line between them. */
  blocks: readonly (readonly MenuDeed[])[]
  /** When it is gone, and before what was chosen is done. */
  onGone: () => void
}

/** A menu at a place of the window, for what lies there. */
export function MenuAt({ x, y, blocks, onGone }: Props) {
  const [open, setOpen] = useState(true)
  // What takes the focus has to wait until the menu is gone.
  const next = useRef<MenuDeed | null>(null)
  const gone = () => {
    onGone()
    next.current?.run()
  }
  const filled = blocks.filter((it) => it.length > 0)
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
        <button type="button" tabIndex={-1} className="menu-at" aria-label="What can be done here" style={{ left: x, top: y }} />
      </Menu.Target>
      <Menu.Dropdown>
        {filled.map((block, at) => (
          <Fragment key={block[0]?.id}>
            {at > 0 && <Menu.Divider />}
            {block.map((it, i) => (
              <Menu.Item
                key={it.id}
                {...(at === 0 && i === 0 ? { 'data-autofocus': true } : {})}
                {...(it.danger === true ? { 'data-danger': true } : {})}
                leftSection={<it.icon size={16} stroke={1.75} />}
                rightSection={it.keys === undefined ? null : <span className="small faint">{it.keys}</span>}
                onClick={() => {
                  next.current = it
                }}
              >
                {it.words}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
