import {
  IconBolt,
  IconCalendarEvent,
  IconCheck,
  IconClick,
  IconClockExclamation,
  IconId,
  IconMail,
  IconMailForward,
  IconMailOff,
  IconMailOpened,
  IconNote,
  IconPhoneCall,
  IconPhoneOff,
  IconPhoneX,
  IconRecordMail,
  IconRotateClockwise,
  IconStairs,
  IconTargetArrow,
  IconTrophy,
  IconUserCheck,
  IconUserPlus,
  IconUserShare,
  IconUsersGroup,
  IconWorld,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Happening } from './queries.ts'

const kinds: Readonly<Record<Happening['kind'], TablerIcon>> = {
  'handed-over': IconUserShare,
  assigned: IconUserCheck,
  accepted: IconCheck,
  rejected: IconPhoneOff,
  overflow: IconUsersGroup,
  call: IconPhoneCall,
  voicemail: IconRecordMail,
  'no-answer': IconPhoneX,
  'wrong-number': IconPhoneX,
  wrote: IconMailForward,
  meeting: IconCalendarEvent,
  note: IconNote,
  opportunity: IconTargetArrow,
  stage: IconStairs,
  won: IconTrophy,
  lost: IconX,
  'given-back': IconRotateClockwise,
  late: IconClockExclamation,
  'taken-back': IconRotateClockwise,
  resumed: IconPhoneCall,
  'no-response': IconPhoneOff,
  joined: IconUserShare,
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
