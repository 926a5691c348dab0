import { createRouter } from '@tanstack/react-router'
import { agreementRoute, agreementsRoute } from './pages/agreements/routes.tsx'
import { boardRoute, weekRoute } from './pages/board/routes.tsx'
import { companiesRoute, companyRoute } from './pages/companies/routes.tsx'
import { contactRoute, contactsRoute } from './pages/contacts/routes.tsx'
import { deskRoute } from './pages/desk/routes.tsx'
import { effectsRoute } from './pages/effects/routes.tsx'
import { fieldsRoute } from './pages/fields/routes.tsx'
import { flowRoute, flowsRoute } from './pages/flows/routes.tsx'
import { formRoute, formsRoute } from './pages/forms/routes.tsx'
import { homeRoute } from './pages/home/routes.tsx'
import { importRoute, importsRoute } from './pages/imports/routes.tsx'
import { linkRoute } from './pages/link/routes.tsx'
import { opportunitiesRoute } from './pages/opportunities/routes.tsx'
import { outboxRoute } from './pages/outbox/routes.tsx'
import { scoringRoute } from './pages/scoring/routes.tsx'
import { segmentRoute, segmentsRoute } from './pages/segments/routes.tsx'
import { settingsRoute } from './pages/settings/routes.tsx'
import { signinRoute } from './pages/signin/routes.tsx'
import { templatesRoute } from './pages/templates/routes.tsx'
import { troubleRoute } from './pages/trouble/routes.tsx'
import { welcomeRoute } from './pages/welcome/routes.tsx'
import { ErrorPage } from './shell/error-page.tsx'
import { frameRoute } from './shell/frame-route.tsx'
import { queryClient } from './shell/queries.ts'
import { rootRoute } from './shell/root-route.tsx'

/**
 * Every page of the product. An area keeps its routes in `pages/<area>/routes.tsx`: `createRoute` under `frameRoute`, the component by
 * `lazyRouteComponent`, so that each page is a chunk of its own; here it adds a line. The rail shows an entry as soon as its path exists.
 */
const routeTree = rootRoute.addChildren([
  signinRoute,
  linkRoute,
  welcomeRoute,
  frameRoute.addChildren([
    homeRoute,
    flowsRoute,
    flowRoute,
    contactsRoute,
    contactRoute,
    companiesRoute,
    companyRoute,
    fieldsRoute,
    importsRoute,
    importRoute,
    scoringRoute,
    segmentsRoute,
    segmentRoute,
    formsRoute,
    formRoute,
    deskRoute,
    agreementsRoute,
    agreementRoute,
    boardRoute,
    weekRoute,
    opportunitiesRoute,
    templatesRoute,
    outboxRoute,
    effectsRoute,
    troubleRoute,
    settingsRoute,
  ]),
])

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultErrorComponent: ErrorPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
