import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

export const homeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  staticData: { kind: 'list', title: 'Home' },
  component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
})
