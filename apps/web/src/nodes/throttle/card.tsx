import type { ConfigOf } from '@baton/engine'
import { IconTrafficLights } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'throttle'>> = {
  title: 'Limit the pace',
  about: 'Lets so many people through at a time; the others wait in line.',
  icon: () => IconTrafficLights,
  presets: [{ label: 'Limit the pace', icon: IconTrafficLights, find: 'hold throttle rate limit slow queue per hour' }],
}
