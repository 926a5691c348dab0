import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'

export interface BoardSearch {
  team?: string | undefined
  /** How far back the figures go. */
  days?: number | undefined
  /** Of the weekly report: the first day, YYYY-MM-DD. */
  from?: string | undefined
}

const validateSearch = ({ team, days, from }: Record<string, unknown>): BoardSearch => ({
  ...(typeof team === 'string' ? { team } : {}),
  ...(typeof days === 'number' && [7, 30, 90].includes(days) ? { days } : {}),
  ...(typeof from === 'string' && /^\d{4}-\d\d-\d\d$/.test(from) ? { from } : {}),
})

/** A rep has the desk; the board is for those who answer for several. */
const managers = ({ context }: { context: { person: { role: string } } }) => {
  if (context.person.role === 'sales_rep') throw redirect({ to: '/desk' })
  if (!['admin', 'sales_manager'].includes(context.person.role)) throw redirect({ to: '/' })
}

export const boardRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/board',
  staticData: { kind: 'list', title: 'Board' },
  validateSearch,
  beforeLoad: managers,
  component: lazyRouteComponent(() => import('./board-page.tsx'), 'BoardPage'),
})

export const weekRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/board/week',
  staticData: { kind: 'list', title: 'Weekly report' },
  validateSearch,
  beforeLoad: managers,
  component: lazyRouteComponent(() => import('./week-page.tsx'), 'WeekPage'),
})
