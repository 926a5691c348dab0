import { type AlignTo, alignNodes, distributeNodes, type FlowGraph } from '@baton/engine'
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
import { nudge } from './canvas/deeds.ts'
import { shapeOf } from './geometry.ts'
import type { Point } from './grid.ts'
import { useEditor, useEditorStore } from './store.ts'
import { useLook } from './view.ts'

const LINES: readonly { to: AlignTo; words: string; icon: TablerIcon }[] = [
  { to: 'left', words: 'Align left', icon: IconLayoutAlignLeft },
  { to: 'centre', words: 'Align centres', icon: IconLayoutAlignCenter },
  { to: 'right', words: 'Align right', icon: IconLayoutAlignRight },
  { to: 'top', words: 'Align tops', icon: IconLayoutAlignTop },
  { to: 'middle', words: 'Align middles', icon: IconLayoutAlignMiddle },
  { to: 'bottom', words: 'Align bottoms', icon: IconLayoutAlignBottom },
]

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
  const edit = (by: (graph: FlowGraph, ids: readonly string[]) => FlowGraph) => {
    const { selected, edit } = store.getState()
    edit((graph) => by(graph, [...selected]))
  }
  return (
    <div className="row arrange" role="toolbar" aria-label="Line up the selected steps">
      {LINES.map(({ to, words, icon: Icon }) => (
        <IconButton
          key={to}
          size="small"
          label={words}
          icon={<Icon size={16} stroke={1.75} />}
          onClick={() => edit((graph, ids) => alignNodes(graph, ids, to, shapeOf))}
        />
      ))}
      <IconButton
        size="small"
        label="Spread across"
        disabled={few}
        icon={<IconLayoutDistributeVertical size={16} stroke={1.75} />}
        onClick={() => edit((graph, ids) => distributeNodes(graph, ids, 'across', shapeOf))}
      />
      <IconButton
        size="small"
        label="Spread down"
        disabled={few}
        icon={<IconLayoutDistributeHorizontal size={16} stroke={1.75} />}
        onClick={() => edit((graph, ids) => distributeNodes(graph, ids, 'down', shapeOf))}
      />
    </div>
  )
}
