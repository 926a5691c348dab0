import type { ConfigOf } from '@baton/engine'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'branch'>> = {
  title: 'Branch',
  about: 'The first case that is true wins.',
  icon: () => IconArrowsSplit2,
  presets: [{ label: 'Branch', icon: IconArrowsSplit2 }],
}
