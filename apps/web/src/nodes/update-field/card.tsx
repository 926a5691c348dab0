import type { ConfigOf } from '@baton/engine'
import { IconPencil } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'update-field'>> = {
  title: 'Set a field',
  about: 'Writes into a field of the person, or empties it.',
  icon: () => IconPencil,
  presets: [{ label: 'Set a field', icon: IconPencil }],
}
