import type { ConfigOf } from '@baton/engine'
import { IconArrowsShuffle, IconFlask } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'split'>> = {
  title: 'Random split',
  about: 'Each person goes one way by chance, and always the same way.',
  icon: ({ goal }) => (goal ? IconFlask : IconArrowsShuffle),
  presets: [
    { label: 'Random split', icon: IconArrowsShuffle, find: 'percent share chance dice' },
    {
      label: 'Experiment',
      icon: IconFlask,
      find: 'a/b ab test compare hold-out holdout control',
      data: {
        ways: [
          { id: 'way-1', name: 'A', weight: 45, holdOut: false },
          { id: 'way-2', name: 'B', weight: 45, holdOut: false },
          { id: 'way-3', name: 'Hold-out', weight: 10, holdOut: true },
        ],
        goal: { type: null, where: [], days: 14 },
      },
    },
  ],
}
