import { type AlignTo, alignNodes, distributeNodes, type FlowGraph } from '@baton/engine'
import {
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
import { shapeOf } from './geometry.ts'
import { useEditor, useEditorStore } from './store.ts'

const LINES: readonly { to: AlignTo; words: string; icon: TablerIcon }[] = [
  { to: 'left', words: 'Align left', icon: IconLayoutAlignLeft },
  { to: 'centre', words: 'Align centres', icon: IconLayoutAlignCenter },
  { to: 'right', words: 'Align right', icon: IconLayoutAlignRight },
  { to: 'top', words: 'Align tops', icon: IconLayoutAlignTop },
  { to: 'middle', words: 'Align middles', icon: IconLayoutAlignMiddle },
  { to: 'bottom', words: 'Align bottoms', icon: IconLayoutAlignBottom },
]

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
