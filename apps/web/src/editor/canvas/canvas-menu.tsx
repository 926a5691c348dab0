import {
  IconArrowsMaximize,
  IconBoxMultiple,
  IconBoxMultiple2,
  IconClipboard,
  IconCopy,
  IconCopyPlus,
  IconCornerDownRight,
  IconForms,
  IconLayoutSidebarRight,
  IconLibraryMinus,
  IconNote,
  IconPlus,
  IconReplace,
  IconScissors,
  IconSelectAll,
  IconSitemap,
  IconTrash,
  IconUnlink,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactFlowInstance } from '@xyflow/react'
import type { Command } from '../../shell/search.ts'
import { shapeOf, stepIn } from '../geometry.ts'
import { MenuAt, type MenuDeed } from '../menu-at.tsx'
import type { EditorStore } from '../store.ts'
import { focusFlow } from '../view.ts'
import type { Asked } from './asked-menu.ts'
import { removeSelected, writeNote } from './deeds.ts'

type Looks = { words?: string; icon: TablerIcon; danger?: true }

/** The deeds of the palette that belong in a menu, in its order, with the words that are enough where one points at it. */
const STEPS: readonly (readonly [id: string, looks: Looks])[][] = [
  [
    ['edit', { words: 'Edit in the panel', icon: IconLayoutSidebarRight }],
    ['connect', { words: 'Lead it to…', icon: IconCornerDownRight }],
    ['swap', { words: 'Change into…', icon: IconReplace }],
    ['rename', { words: 'Rename', icon: IconForms }],
    ['step note', { words: 'Note on this step…', icon: IconNote }],
  ],
  [
    ['copy', { words: 'Copy', icon: IconCopy }],
    ['cut', { words: 'Cut', icon: IconScissors }],
    ['duplicate', { words: 'Duplicate', icon: IconCopyPlus }],
  ],
  [
    ['group', { words: 'Group', icon: IconBoxMultiple }],
    ['name group', { icon: IconForms }],
    ['fold', { icon: IconBoxMultiple2 }],
    ['ungroup', { words: 'Take the group away', icon: IconLibraryMinus }],
    ['behind', { words: 'Select all behind it', icon: IconSelectAll }],
  ],
  [['remove', { words: 'Remove', icon: IconTrash, danger: true }]],
]
const CANVAS: typeof STEPS = [
  [
    ['all', { words: 'Select all steps', icon: IconSelectAll }],
    ['tidy', { icon: IconSitemap }],
    ['fit', { icon: IconArrowsMaximize }],
  ],
]

/** What is offered by typing, as lines of a menu. */
function lines(from: typeof STEPS, commands: readonly Command[]): MenuDeed[][] {
  return from.map((block) =>
    block.flatMap(([id, looks]) => {
      const command = commands.find((it) => it.id === id)
      return command ? [{ ...command, ...looks }] : []
    }),
  )
}

type Props = {
  asked: Asked
  commands: readonly Command[]
  store: EditorStore
  flow: ReactFlowInstance
  writable: boolean
  author: string
  onPaste: (at: { x: number; y: number }) => void
  onClose: () => void
}

/** All that can be done with what was pressed with the right button: steps, a way, or the empty canvas. */
export function CanvasMenu({ asked: { x, y, over }, commands, store, flow, writable, author, onPaste, onClose }: Props) {
  const { selected, edge, openPicker, history, port } = store.getState()
  const at = flow.screenToFlowPosition({ x, y })
  const [first] = selected
  const step = selected.size === 1 && first !== undefined ? stepIn(history.present, first) : undefined
  const ports = step ? shapeOf(step).ports : []
  const out = ports.find((it) => it.id === port) ?? ports[0]
  const add = (words: string, target: Parameters<typeof openPicker>[0] & object, keys?: string): MenuDeed => ({
    id: 'add',
    words,
    keys,
    icon: IconPlus,
    run: () => openPicker(target),
  })
  const blocks = (): MenuDeed[][] => {
    if (over === 'steps') {
      const [one = [], ...more] = lines(STEPS, commands)
      if (!writable || !step || !out) return [one, ...more]
      return [[add('Add a step behind…', { x, y, target: { on: 'port', node: step.id, port: out.id } }, '/'), ...one], ...more]
    }
    if (!writable) return lines(CANVAS, commands)
    if (over === 'way' && edge !== null) {
      const away = {
        id: 'unlink',
        words: 'Take this way away',
        keys: 'Delete',
        icon: IconUnlink,
        danger: true,
        run: () => removeSelected(store),
      }
      return [[add('Put a step in here…', { x, y, target: { on: 'edge', edge } })], [away]]
    }
    return [
      [
        add('Add a step here…', { x, y, target: { on: 'place', at } }),
        { id: 'note', words: 'Write a note here', keys: 'N', icon: IconNote, run: () => writeNote(store, at, author) },
        { id: 'paste', words: 'Paste here', keys: 'Ctrl V', icon: IconClipboard, run: () => onPaste(at) },
      ],
      ...lines(CANVAS, commands),
    ]
  }
  const gone = () => {
    onClose()
    focusFlow()
  }
  return <MenuAt x={x} y={y} blocks={blocks()} onGone={gone} />
}
