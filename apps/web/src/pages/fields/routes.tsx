import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

export const fieldsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/contacts/fields',
  staticData: { kind: 'list', title: 'Fields' },
  beforeLoad: ({ context }) => {
    if (!['admin', 'marketer'].includes(context.person.role)) throw redirect({ to: '/contacts' })
  },
  component: lazyRouteComponent(() => import('./fields-page.tsx'), 'FieldsPage'),
})
