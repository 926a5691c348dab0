import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

export const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings',
  staticData: { kind: 'list', title: 'Settings' },
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
})
