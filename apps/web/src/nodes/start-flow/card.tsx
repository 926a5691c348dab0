import type { ConfigOf } from '@baton/engine'
import { IconRoute } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'start-flow'>> = {
  title: 'Start another flow',
  about: 'Lets the person into another flow, and goes on here.',
  icon: () => IconRoute,
  presets: [{ label: 'Start another flow', icon: IconRoute, find: 'move hand over enrol journey automation' }],
}
