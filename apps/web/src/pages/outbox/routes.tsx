import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'
import { isShow, type Show } from './show.ts'

export const outboxRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/outbox',
  staticData: { kind: 'list', title: 'Outbox' },
  /** `show`: which mails; `mail`: the one that is open, a number or the id of a test. */
  validateSearch: (search: Record<string, unknown>): { show?: Show | undefined; mail?: string | undefined } => ({
    ...(isShow(search.show) ? { show: search.show } : {}),
    ...(typeof search.mail === 'string' || typeof search.mail === 'number' ? { mail: String(search.mail) } : {}),
  }),
  beforeLoad: ({ context }) => {
    if (!['admin', 'marketer', 'reviewer'].includes(context.person.role)) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('./outbox-page.tsx'), 'OutboxPage'),
})
