import type { AlignTo } from '@baton/engine'
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  type TablerIcon,
} from '@tabler/icons-react'
import { IconButton } from '../ui/button.tsx'
import { ALIGNS, alignSelected, SPREADS, spreadSelected } from './arrange.ts'
import { nudge } from './canvas/deeds.ts'
import type { Point } from './grid.ts'
import { useEditor, useEditorStore } from './store.ts'
import { useLook } from './view.ts'

const ICONS: Readonly<Record<AlignTo | 'across' | 'down', TablerIcon>> = {
  left: IconLayoutAlignLeft,
  centre: IconLayoutAlignCenter,
  right: IconLayoutAlignRight,
  top: IconLayoutAlignTop,
  middle: IconLayoutAlignMiddle,
  bottom: IconLayoutAlignBottom,
  across: IconLayoutDistributeVertical,
  down: IconLayoutDistributeHorizontal,
}

/** By one press. */
const STEP = 24

const WHITHER: readonly { words: string; by: Point; icon: TablerIcon }[] = [
  { words: 'Move left', by: { x: -STEP, y: 0 }, icon: IconArrowLeft },
  { words: 'Move up', by: { x: 0, y: -STEP }, icon: IconArrowUp },
  { words: 'Move down', by: { x: 0, y: STEP }, icon: IconArrowDown },
  { words: 'Move right', by: { x: STEP, y: 0 }, icon: IconArrowRight },
]

/** Moves what is selected by presses, for those who do not drag. Nothing to be moved in the outline. */
export function MoveTools() {
  const store = useEditorStore()
  const look = useLook()
  if (look === 'outline') return null
  return (
    <div className="row move-tools" role="toolbar" aria-label="Move on the canvas">
      <span className="small muted grow">Move on the canvas</span>
      {WHITHER.map(({ words, by, icon: Icon }) => (
        <IconButton key={words} size="small" label={words} icon={<Icon size={14} stroke={1.75} />} onClick={() => nudge(store, by)} />
      ))}
    </div>
  )
}

/** Lines the selected steps up, or spreads them evenly; the outermost stay where they are. */
export function ArrangeTools() {
  const store = useEditorStore()
  const few = useEditor((state) => state.selected.size < 3)
  const iconOf = (to: keyof typeof ICONS) => {
    const Icon = ICONS[to]
    return <Icon size={16} stroke={1.75} />
  }
  return (
    <div className="row arrange" role="toolbar" aria-label="Line up the selected steps">
      {ALIGNS.map(({ to, words }) => (
        <IconButton key={to} size="small" label={words} icon={iconOf(to)} onClick={() => alignSelected(store, to)} />
      ))}
      {SPREADS.map(({ to, words }) => (
        <IconButton key={to} size="small" label={words} disabled={few} icon={iconOf(to)} onClick={() => spreadSelected(store, to)} />
      ))}
    </div>
  )
}
