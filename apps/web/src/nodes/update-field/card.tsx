import type { ConfigOf } from '@baton/engine'
import { IconCalendarCheck, IconCopy, IconEraser, IconPencil, IconSum, type TablerIcon } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

type Config = ConfigOf<'update-field'>

const icons: Record<Config['action']['do'], TablerIcon> = {
  set: IconPencil,
  clear: IconEraser,
  copy: IconCopy,
  carried: IconCopy,
  add: IconSum,
  now: IconCalendarCheck,
}

export const card: CardFace<Config> = {
  title: 'Set a field',
  about: 'Writes into a field of the person: a value, a copy, a sum, the date; or empties it.',
  icon: ({ action }) => icons[action.do],
  presets: [
    { label: 'Set a field', icon: IconPencil, find: 'update property attribute change empty clear' },
    { label: 'Copy a field', icon: IconCopy, find: 'update property', rare: true, data: { action: { do: 'copy', from: null } } },
    {
      label: 'Count up a field',
      icon: IconSum,
      find: 'increase number add increment',
      rare: true,
      data: { action: { do: 'add', amount: 1 } },
    },
  ],
}
