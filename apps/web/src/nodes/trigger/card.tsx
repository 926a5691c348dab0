import type { ConfigOf } from '@baton/engine'
import { IconBolt, IconHandFinger, IconUsers } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

const icons = { segment: IconUsers, event: IconBolt, manual: IconHandFinger }

export const card: CardFace<ConfigOf<'trigger'>> = {
  title: 'Start',
  about: 'Who comes in, and when.',
  icon: ({ on }) => icons[on.kind],
  presets: [
    { label: 'Segment', icon: IconUsers },
    { label: 'Event', icon: IconBolt, data: { on: { kind: 'event', type: null, where: [], key: null } } },
    { label: 'By hand', icon: IconHandFinger, data: { on: { kind: 'manual' } } },
  ],
}
