import type { ConfigOf } from '@baton/engine'
import { IconFlag, IconTargetArrow } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'goal'>> = {
  title: 'Goal',
  about: 'Watched for everybody, wherever they stand. It needs no way in.',
  icon: ({ reached }) => (reached === 'leave' ? IconFlag : IconTargetArrow),
  presets: [
    { label: 'Goal: they leave', icon: IconFlag, find: 'target reached conversion won stop' },
    { label: 'Goal: they come here', icon: IconTargetArrow, find: 'target reached jump skip', data: { reached: 'jump' } },
  ],
}
