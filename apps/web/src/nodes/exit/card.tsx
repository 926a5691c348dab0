import type { ConfigOf } from '@baton/engine'
import { IconCheck, IconDoorExit } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'exit'>> = {
  title: 'Leave',
  about: 'The way out of the flow.',
  icon: ({ finished }) => (finished ? IconCheck : IconDoorExit),
  presets: [
    { label: 'Finish', icon: IconCheck, ends: true, find: 'exit stop done over' },
    { label: 'Leave', icon: IconDoorExit, find: 'exit stop', data: { label: 'Left', finished: false } },
  ],
}
