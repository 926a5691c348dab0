import { createRoute, redirect } from '@tanstack/react-router'
import { ErrorPage } from './error-page.tsx'
import { Frame } from './frame.tsx'
import { rootRoute } from './root-route.tsx'
import { sessionQuery } from './session.ts'

/** Parent of every page that needs somebody signed in: rail, offline bar, palette. Children find `person` in their context. */
export const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  beforeLoad: async ({ context, location }) => {
    const { user } = await context.queryClient.ensureQueryData(sessionQuery)
    if (!user) throw redirect({ to: '/sign-in', search: { next: location.href } })
    return { person: user }
  },
  component: Frame,
  errorComponent: ErrorPage,
})
