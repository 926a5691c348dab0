import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

export const segmentsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/segments',
  staticData: { kind: 'list', title: 'Segments' },
  component: lazyRouteComponent(() => import('./segments-page.tsx'), 'SegmentsPage'),
})

/** `new` is a segment that is not stored yet. */
export const segmentRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/segments/$segmentId',
  staticData: { kind: 'work', title: 'Segment' },
  component: lazyRouteComponent(() => import('./segment-page.tsx'), 'SegmentPage'),
})
