import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

const TABS = ['rules', 'measure', 'versions'] as const
export type AgreementTab = (typeof TABS)[number]

export const agreementsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/agreements',
  staticData: { kind: 'list', title: 'Agreements' },
  component: lazyRouteComponent(() => import('./agreements-page.tsx'), 'AgreementsPage'),
})

export const agreementRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/agreements/$agreementId',
  staticData: { kind: 'work', title: 'Agreement' },
  validateSearch: ({ tab }: Record<string, unknown>): { tab?: AgreementTab | undefined } => ({ tab: TABS.find((it) => it === tab) }),
  component: lazyRouteComponent(() => import('./agreement-page.tsx'), 'AgreementPage'),
})
