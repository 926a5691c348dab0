import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

const TABS = ['all', 'live', 'drafts', 'paused', 'archived'] as const
export type FlowTab = (typeof TABS)[number]

// Plain functions instead of a schema library: what reads an address is part of the first screen of every page.
const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined => known.find((it) => it === value)
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const flowsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/flows',
  staticData: { kind: 'list', title: 'Flows' },
  /** `programme`: the gallery is open, at this programme; empty: at all of them. */
  validateSearch: ({
    tab,
    find,
    programme,
  }: Record<string, unknown>): { tab?: FlowTab | undefined; find?: string | undefined; programme?: string | undefined } => ({
    tab: oneOf(TABS, tab),
    find: text(find),
    programme: text(programme),
  }),
  component: lazyRouteComponent(() => import('./flows-page.tsx'), 'FlowsPage'),
})

export const flowRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/flows/$flowId',
  staticData: { kind: 'work', title: 'Flow' },
  validateSearch: ({ mode }: Record<string, unknown>): { mode?: 'edit' | 'simulate' | 'review' | 'live' | undefined } => ({
    mode: oneOf(['edit', 'simulate', 'review', 'live'], mode),
  }),
  component: lazyRouteComponent(() => import('./flow-page.tsx'), 'FlowPage'),
})
