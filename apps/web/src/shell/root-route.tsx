import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router'
import { NotFoundPage } from './not-found-page.tsx'

/** What every route's loader may use. */
export type RouterContext = { queryClient: QueryClient }

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** A list page has the rail with words, a work place (canvas, Desk) with icons; `list` when not said. */
    kind?: 'list' | 'work'
    /** The name of the page in the window's title. */
    title?: string
  }
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFoundPage })
