import type { ConfigOf } from '@baton/engine'
import { IconBell } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'notify'>> = {
  title: 'Tell sales',
  about: 'Tells somebody of the workspace about this person, and goes on.',
  icon: () => IconBell,
  presets: [{ label: 'Tell sales', icon: IconBell, find: 'notify notification alert message user owner rep team internal mail' }],
}
