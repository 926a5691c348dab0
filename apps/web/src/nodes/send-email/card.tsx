import type { ConfigOf } from '@baton/engine'
import { IconMail } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'send-email'>> = {
  title: 'Send e-mail',
  about: 'Goes only to those who agreed, within the limits and hours of the workspace.',
  icon: () => IconMail,
  presets: [{ label: 'Send e-mail', icon: IconMail }],
}
