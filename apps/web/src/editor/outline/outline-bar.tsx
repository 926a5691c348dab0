import { IconArrowsMaximize, IconArrowsMinimize, IconDots, IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useRef } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { type DeedId, deedsOf, runDeed, WORDS } from './line-deeds.ts'
import type { RowMenuAt } from './row-menu.tsx'
import type { Deeds } from './use-deeds.ts'
import type { OutlineView } from './use-outline.ts'

/** Those that stand in the bar; the menu of the line has all. */
const SHOWN: readonly DeedId[] = ['link', 'up', 'down', 'move', 'copy', 'swap', 'remove']

type Props = { view: OutlineView; deeds: Deeds; readOnly: boolean; onMenu: (row: RowMenuAt['row'], at: { x: number; y: number }) => void }

/** Over the lines: what is done most with the chosen one, by a press. One stop of Tab; within it the arrow keys move. */
export function OutlineBar({ view, deeds, readOnly, onMenu }: Props) {
  const bar = useRef<HTMLDivElement>(null)
  const { row } = view
  const own = row ? deedsOf(row.what) : []
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const buttons = [...(bar.current?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [])]
    if (by === 0) return
    event.preventDefault()
    const now = buttons.findIndex((it) => it.matches(':focus'))
    buttons[(now + by + buttons.length) % buttons.length]?.focus()
  }
  return (
    <div ref={bar} className="ol-bar" role="toolbar" aria-label="What can be done with the chosen line" onKeyDown={onKeyDown}>
      {!readOnly && (
        <>
          <Button size="small" icon={<IconPlus size={14} stroke={1.75} />} keys="/" onClick={() => deeds.addAt(row)}>
            Add a step
          </Button>
          {SHOWN.map((id) => {
            const it = { keys: undefined, ...WORDS[id] }
            return (
              <IconButton
                key={id}
                size="small"
                label={it.words}
                keys={it.keys}
                tabIndex={-1}
                disabled={!own.includes(id)}
                icon={<it.icon size={16} stroke={1.75} />}
                onClick={() => row && runDeed(id, row, deeds)}
              />
            )
          })}
          <IconButton
            size="small"
            label="More"
            tabIndex={-1}
            disabled={own.length === 0}
            icon={<IconDots size={16} stroke={1.75} />}
            onClick={(event) => {
              const { left, bottom } = event.currentTarget.getBoundingClientRect()
              if (row) onMenu(row, { x: left, y: bottom })
            }}
          />
        </>
      )}
      <IconButton
        size="small"
        className="right"
        label="Open all"
        tabIndex={readOnly ? 0 : -1}
        icon={<IconArrowsMaximize size={14} stroke={1.75} />}
        onClick={view.openAll}
      />
      <IconButton
        size="small"
        label="Close all branches"
        tabIndex={-1}
        icon={<IconArrowsMinimize size={14} stroke={1.75} />}
        onClick={view.closeAll}
      />
    </div>
  )
}
