import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

const root = createRoute({
  getParentRoute: () => frameRoute,
  path: '/desk',
  staticData: { kind: 'work', title: 'Desk' },
  /** `rep`: a manager looks at the leads of one. */
  validateSearch: (search: Record<string, unknown>): { rep?: string | undefined } =>
    typeof search.rep === 'string' ? { rep: search.rep } : {},
  beforeLoad: ({ context }) => {
    if (!['admin', 'sales_manager', 'sales_rep'].includes(context.person.role)) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('./desk-page.tsx'), 'DeskPage'),
})

const first = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./no-lead.tsx'), 'NoLead'),
})

const lead = createRoute({
  getParentRoute: () => root,
  path: '$leadId',
  component: lazyRouteComponent(() => import('./lead-page.tsx'), 'LeadPage'),
})

export const deskRoute = root.addChildren([first, lead])
