import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

const root = createRoute({
  getParentRoute: () => frameRoute,
  path: '/scoring',
  beforeLoad: ({ context }) => {
    if (context.person.role === 'sales_rep') throw redirect({ to: '/' })
  },
})

const model = createRoute({
  getParentRoute: () => root,
  path: '/',
  staticData: { kind: 'list', title: 'Scoring' },
  component: lazyRouteComponent(() => import('./model-page.tsx'), 'ModelPage'),
})

const report = createRoute({
  getParentRoute: () => root,
  path: 'report',
  staticData: { kind: 'list', title: 'How well scores rank' },
  component: lazyRouteComponent(() => import('./report-page.tsx'), 'ReportPage'),
})

const versions = createRoute({
  getParentRoute: () => root,
  path: 'versions',
  staticData: { kind: 'list', title: 'Versions of the score model' },
  component: lazyRouteComponent(() => import('./versions-page.tsx'), 'VersionsPage'),
})

export const scoringRoute = root.addChildren([model, report, versions])
