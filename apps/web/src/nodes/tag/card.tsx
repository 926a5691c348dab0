import type { ConfigOf } from '@baton/engine'
import { IconTag, IconTagOff } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'tag'>> = {
  title: 'Tags',
  about: 'Adds tags to the person, or removes them.',
  icon: ({ action }) => (action === 'add' ? IconTag : IconTagOff),
  presets: [
    { label: 'Add tags', icon: IconTag, find: 'label mark' },
    { label: 'Remove tags', icon: IconTagOff, find: 'label untag', rare: true, data: { action: 'remove' } },
  ],
}
