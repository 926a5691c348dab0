import type { ConfigOf } from '@baton/engine'
import { IconWebhook } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'webhook'>> = {
  title: 'Call a web address',
  about: 'Sends what you choose, waits for the answer, and may keep parts of it.',
  icon: () => IconWebhook,
  presets: [{ label: 'Call a web address', icon: IconWebhook, find: 'webhook http api post request zapier' }],
}
