import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'
import type { Person } from '../../shell/session.ts'

/** A rep meets people on the desk, as leads. */
const repsToDesk = ({ context }: { context: { person: Person } }) => {
  if (context.person.role === 'sales_rep') throw redirect({ to: '/desk' })
}

export const companiesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/companies',
  staticData: { kind: 'list', title: 'Companies' },
  validateSearch: (search: Record<string, unknown>): { find?: string | undefined } =>
    typeof search.find === 'string' ? { find: search.find } : {},
  beforeLoad: repsToDesk,
  component: lazyRouteComponent(() => import('./companies-page.tsx'), 'CompaniesPage'),
})

export const companyRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/companies/$companyId',
  staticData: { kind: 'work', title: 'Company' },
  beforeLoad: repsToDesk,
  component: lazyRouteComponent(() => import('./company-page.tsx'), 'CompanyPage'),
})
