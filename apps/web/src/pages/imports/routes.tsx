import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'
import type { Person } from '../../shell/session.ts'

const onlyImporters = ({ context }: { context: { person: Person } }) => {
  if (!['admin', 'marketer'].includes(context.person.role)) throw redirect({ to: '/contacts' })
}

export const importsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/imports',
  staticData: { kind: 'list', title: 'Imports' },
  beforeLoad: onlyImporters,
  component: lazyRouteComponent(() => import('./imports-page.tsx'), 'ImportsPage'),
})

export const importRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/imports/$importId',
  staticData: { kind: 'list', title: 'Import' },
  beforeLoad: onlyImporters,
  component: lazyRouteComponent(() => import('./import-page.tsx'), 'ImportPage'),
})
