import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

const root = createRoute({
  getParentRoute: () => frameRoute,
  path: '/templates',
  beforeLoad: ({ context }) => {
    if (context.person.role === 'sales_rep') throw redirect({ to: '/' })
  },
})

const list = createRoute({
  getParentRoute: () => root,
  path: '/',
  staticData: { kind: 'list', title: 'Messages' },
  component: lazyRouteComponent(() => import('./list-page.tsx'), 'MessagesPage'),
})

const one = createRoute({
  getParentRoute: () => root,
  path: '$templateId',
  staticData: { kind: 'work', title: 'Message' },
  component: lazyRouteComponent(() => import('./editor-page.tsx'), 'MessagePage'),
})

export const templatesRoute = root.addChildren([list, one])
