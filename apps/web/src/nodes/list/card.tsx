import type { ConfigOf } from '@baton/engine'
import { IconPlaylistAdd, IconPlaylistX } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'list'>> = {
  title: 'List',
  about: 'Puts the person on a list, or takes them off it.',
  icon: ({ action }) => (action === 'put-on' ? IconPlaylistAdd : IconPlaylistX),
  presets: [
    { label: 'Put on a list', icon: IconPlaylistAdd, find: 'segment static add' },
    { label: 'Take off a list', icon: IconPlaylistX, find: 'segment static remove', rare: true, data: { action: 'take-off' } },
  ],
}
