import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

export const homeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  staticData: { kind: 'list', title: 'Home' },
  // A rep's first page is the desk; Home is about flows, which reps do not see.
  beforeLoad: ({ context }) => {
    if (context.person.role === 'sales_rep') throw redirect({ to: '/desk' })
  },
  component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
})
