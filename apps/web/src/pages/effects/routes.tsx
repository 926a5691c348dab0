import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'
import { isShow, isView, type Show, type View } from './show.ts'

export const effectsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/effects',
  staticData: { kind: 'list', title: 'Web calls' },
  validateSearch: (search: Record<string, unknown>): { view?: View | undefined; show?: Show | undefined } => ({
    ...(isView(search.view) ? { view: search.view } : {}),
    ...(isShow(search.show) ? { show: search.show } : {}),
  }),
  beforeLoad: ({ context }) => {
    if (!['admin', 'marketer', 'reviewer'].includes(context.person.role)) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('./effects-page.tsx'), 'EffectsPage'),
})
