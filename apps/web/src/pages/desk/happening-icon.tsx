import {
  IconBolt,
  IconCheck,
  IconClick,
  IconId,
  IconMail,
  IconMailOff,
  IconMailOpened,
  IconPhoneOff,
  IconUserCheck,
  IconUserPlus,
  IconUserShare,
  IconUsersGroup,
  IconWorld,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Happening } from './queries.ts'

const kinds: Readonly<Record<Happening['kind'], TablerIcon>> = {
  'handed-over': IconUserShare,
  assigned: IconUserCheck,
  accepted: IconCheck,
  rejected: IconPhoneOff,
  overflow: IconUsersGroup,
  mail: IconMail,
  page: IconWorld,
  did: IconBolt,
  told: IconId,
  created: IconUserPlus,
}

const mails: Readonly<Record<string, TablerIcon>> = {
  'mail.opened': IconMailOpened,
  'mail.clicked': IconClick,
  'mail.bounced': IconMailOff,
  'mail.complained': IconMailOff,
  'mail.unsubscribed': IconMailOff,
}

export function HappeningIcon({ happening: { kind, type } }: { happening: Happening }) {
  const Icon = mails[type] ?? kinds[kind]
  return <Icon size={14} stroke={1.75} aria-hidden="true" />
}
