import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../shell/root-route.tsx'

/** Where sign-in links lead: the first one, invitations, new passwords. The code stands behind the #, which no server sees. */
export const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/link',
  component: lazyRouteComponent(() => import('./link-page.tsx'), 'LinkPage'),
})
