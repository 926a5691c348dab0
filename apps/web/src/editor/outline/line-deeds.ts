import {
  IconArrowDown,
  IconArrowsUpDown,
  IconArrowUp,
  IconBoxMultiple,
  IconCopy,
  IconCornerDownRight,
  IconForms,
  IconLibraryMinus,
  IconNote,
  IconPlus,
  IconReplace,
  IconRowInsertTop,
  IconTrash,
  IconUnlink,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Row, What } from './tree.ts'
import type { Deeds } from './use-deeds.ts'

interface Words {
  words: string
  keys?: string
  icon: TablerIcon
  danger?: true
}

/** Everything that can be done with a line, as menus and bars call it. */
export const WORDS = {
  after: { words: 'Add a step behind…', keys: '/', icon: IconPlus },
  before: { words: 'Add a step before…', keys: 'Shift Enter', icon: IconRowInsertTop },
  link: { words: 'Lead it to…', keys: 'C', icon: IconCornerDownRight },
  up: { words: 'Move up', keys: 'Alt ↑', icon: IconArrowUp },
  down: { words: 'Move down', keys: 'Alt ↓', icon: IconArrowDown },
  move: { words: 'Move behind…', keys: 'Ctrl X', icon: IconArrowsUpDown },
  swap: { words: 'Change into…', icon: IconReplace },
  name: { words: 'Rename', keys: 'F2', icon: IconForms },
  note: { words: 'Note on this step…', icon: IconNote },
  copy: { words: 'Duplicate', keys: 'Ctrl D', icon: IconCopy },
  group: { words: 'Group', keys: 'G', icon: IconBoxMultiple },
  leave: { words: 'Take its group away', keys: 'Shift G', icon: IconLibraryMinus },
  unlink: { words: 'Take this way away', keys: 'Del', icon: IconUnlink, danger: true },
  dissolve: { words: 'Take the group away', keys: 'Del', icon: IconLibraryMinus, danger: true },
  remove: { words: 'Remove', keys: 'Del', icon: IconTrash, danger: true },
} as const satisfies Record<string, Words>

export type DeedId = keyof typeof WORDS

const OF: Readonly<Record<What['is'], readonly DeedId[]>> = {
  step: ['after', 'before', 'link', 'up', 'down', 'move', 'swap', 'name', 'note', 'copy', 'group', 'leave', 'remove'],
  port: ['after', 'link', 'unlink'],
  end: ['after', 'link'],
  jump: ['after', 'link', 'unlink'],
  group: ['move', 'name', 'copy', 'dissolve'],
  note: ['remove'],
  part: [],
}

/** What can be done with a line, in the order of the menu. */
export function deedsOf(what: What): readonly DeedId[] {
  return OF[what.is].filter((id) => {
    if (what.is === 'step') {
      if (id === 'leave') return what.node.parentId !== undefined
      if (id === 'before' || id === 'up' || id === 'move') return what.via !== null || id === 'move'
    }
    return what.is === 'port' && id === 'unlink' ? what.taken : true
  })
}

/** Does it. */
export function runDeed(id: DeedId, row: Row, deeds: Deeds) {
  switch (id) {
    case 'after':
      return deeds.addAt(row)
    case 'before':
      return deeds.addBefore(row)
    case 'link':
      return deeds.link(row)
    case 'up':
      return deeds.up(row)
    case 'down':
      return deeds.down(row)
    case 'move':
      return deeds.lift(row)
    case 'swap':
      return deeds.swap(row)
    case 'name':
      return deeds.startNaming(row)
    case 'note':
      return deeds.note(row)
    case 'copy':
      return deeds.duplicate(row)
    case 'group':
      return deeds.group(row)
    case 'leave':
      return deeds.leaveGroup(row)
    case 'unlink':
    case 'dissolve':
    case 'remove':
      return deeds.remove(row)
  }
}
