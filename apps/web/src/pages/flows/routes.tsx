import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { frameRoute } from '../../shell/frame-route.tsx'

const tab = z.enum(['all', 'live', 'drafts', 'paused', 'archived'])
export type FlowTab = z.infer<typeof tab>

export const flowsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/flows',
  staticData: { kind: 'list', title: 'Flows' },
  validateSearch: z.object({ tab: tab.optional().catch(undefined), find: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./flows-page.tsx'), 'FlowsPage'),
})

export const flowRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/flows/$flowId',
  staticData: { kind: 'work', title: 'Flow' },
  validateSearch: z.object({ mode: z.enum(['edit', 'live']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./flow-page.tsx'), 'FlowPage'),
})
