import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { rootRoute } from '../../shell/root-route.tsx'
import { sessionQuery } from '../../shell/session.ts'

/** The first screen of a new workspace: start empty, or with the sample programme. For the admin. */
export const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  beforeLoad: async ({ context }) => {
    const { user } = await context.queryClient.ensureQueryData(sessionQuery)
    if (!user) throw redirect({ to: '/sign-in', search: { next: '/welcome' } })
    if (user.role !== 'admin') throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('./welcome-page.tsx'), 'WelcomePage'),
})
