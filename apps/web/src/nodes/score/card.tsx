import type { ConfigOf } from '@baton/engine'
import { IconGauge } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'score'>> = {
  title: 'Points',
  about: 'Adds points to a score, once per visit.',
  icon: () => IconGauge,
  presets: [{ label: 'Add points', icon: IconGauge }],
}
