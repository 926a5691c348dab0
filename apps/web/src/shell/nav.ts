import {
  IconAlertTriangle,
  IconBriefcase,
  IconBuilding,
  IconCertificate,
  IconChartBar,
  IconFilter,
  IconForms,
  IconHome,
  IconMail,
  IconPhoneCall,
  IconRoute,
  IconSend,
  IconTargetArrow,
  IconUsers,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Role } from './session.ts'

export type NavEntry = { path: string; words: string; icon: TablerIcon; roles: readonly Role[] }

/**
 * Everything the rail and the palette can go to, in the order of the rail. An entry whose page this build does not have is not shown:
 * see `useNav`.
 */
export const blocks: readonly { head: string | undefined; entries: readonly NavEntry[] }[] = [
  {
    head: undefined,
    entries: [
      { path: '/', words: 'Home', icon: IconHome, roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { path: '/flows', words: 'Flows', icon: IconRoute, roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { path: '/contacts', words: 'Contacts', icon: IconUsers, roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { path: '/companies', words: 'Companies', icon: IconBuilding, roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { path: '/segments', words: 'Segments', icon: IconFilter, roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { path: '/forms', words: 'Forms', icon: IconForms, roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { path: '/templates', words: 'Messages', icon: IconMail, roles: ['admin', 'marketer', 'reviewer'] },
      { path: '/outbox', words: 'Outbox', icon: IconSend, roles: ['admin', 'marketer', 'reviewer'] },
      { path: '/effects', words: 'Web calls', icon: IconWebhook, roles: ['admin', 'marketer', 'reviewer'] },
      { path: '/trouble', words: 'Trouble', icon: IconAlertTriangle, roles: ['admin', 'marketer', 'reviewer'] },
    ],
  },
  {
    head: 'Sales',
    entries: [
      { path: '/desk', words: 'Desk', icon: IconPhoneCall, roles: ['admin', 'sales_manager', 'sales_rep'] },
      { path: '/board', words: 'Board', icon: IconChartBar, roles: ['admin', 'sales_manager'] },
      { path: '/agreements', words: 'Agreements', icon: IconCertificate, roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { path: '/scoring', words: 'Scoring', icon: IconTargetArrow, roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { path: '/opportunities', words: 'Opportunities', icon: IconBriefcase, roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
    ],
  },
]
