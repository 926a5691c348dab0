import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'
import { isKind, type Kind } from './kinds.ts'

/** What the page is narrowed to. */
export interface Look {
  kind?: Kind | undefined
  flow?: string | undefined
  /** One error; together with its kind and flow. */
  error?: string | undefined
}

const text = (value: unknown) => (typeof value === 'string' && value.length <= 10_000 ? value : undefined)

export const troubleRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/trouble',
  staticData: { kind: 'list', title: 'Trouble' },
  validateSearch: (search: Record<string, unknown>): Look => {
    const [flow, error] = [text(search.flow), text(search.error)]
    return {
      ...(isKind(search.kind) ? { kind: search.kind } : {}),
      ...(flow === undefined ? {} : { flow }),
      ...(error === undefined || !isKind(search.kind) || flow === undefined ? {} : { error }),
    }
  },
  beforeLoad: ({ context }) => {
    if (!['admin', 'marketer', 'reviewer'].includes(context.person.role)) throw redirect({ to: '/' })
  },
  component: lazyRouteComponent(() => import('./trouble-page.tsx'), 'TroublePage'),
})
