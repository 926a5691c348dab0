import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

export const formsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/forms',
  staticData: { kind: 'list', title: 'Forms' },
  component: lazyRouteComponent(() => import('./forms-page.tsx'), 'FormsPage'),
})

/** `new` is a form that is not stored yet. */
export const formRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/forms/$formId',
  staticData: { kind: 'work', title: 'Form' },
  component: lazyRouteComponent(() => import('./form-page.tsx'), 'FormPage'),
})
