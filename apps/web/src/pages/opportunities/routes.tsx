import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

export interface OpportunitySearch {
  state?: 'won' | 'lost' | 'all' | undefined
  stage?: string | undefined
  owner?: string | undefined
  find?: string | undefined
  /** Quiet is nobody for so many days. */
  days?: number | undefined
  quiet?: true | undefined
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

export const opportunitiesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/opportunities',
  staticData: { kind: 'list', title: 'Opportunities' },
  validateSearch: (search: Record<string, unknown>): OpportunitySearch => {
    const { state, days, quiet } = search
    return {
      ...(state === 'won' || state === 'lost' || state === 'all' ? { state } : {}),
      stage: text(search.stage),
      owner: text(search.owner),
      find: text(search.find),
      ...(typeof days === 'number' && days >= 1 && days <= 730 ? { days: Math.round(days) } : {}),
      ...(quiet === true ? { quiet } : {}),
    }
  },
  // A rep's deals stand with the leads on the desk.
  beforeLoad: ({ context }) => {
    if (context.person.role === 'sales_rep') throw redirect({ to: '/desk' })
  },
  component: lazyRouteComponent(() => import('./opportunities-page.tsx'), 'OpportunitiesPage'),
})
