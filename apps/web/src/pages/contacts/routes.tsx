import { condition } from '@baton/engine'
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { frameRoute } from '../../shell/frame-route.tsx'
import type { Person } from '../../shell/session.ts'

/** What the address keeps of the list: a view can be sent to somebody. */
const search = z.object({
  find: z.string().optional().catch(undefined),
  filter: condition.optional().catch(undefined),
  segment: z.string().optional().catch(undefined),
  sort: z.object({ by: z.string(), down: z.boolean() }).optional().catch(undefined),
})
export type ContactSearch = z.infer<typeof search>

/** A rep meets people on the desk, as leads. */
const repsToDesk = ({ context }: { context: { person: Person } }) => {
  if (context.person.role === 'sales_rep') throw redirect({ to: '/desk' })
}

export const contactsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/contacts',
  staticData: { kind: 'list', title: 'Contacts' },
  validateSearch: search,
  beforeLoad: repsToDesk,
  component: lazyRouteComponent(() => import('./contacts-page.tsx'), 'ContactsPage'),
})

export const contactRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/contacts/$contactId',
  staticData: { kind: 'work', title: 'Contact' },
  beforeLoad: repsToDesk,
  component: lazyRouteComponent(() => import('./contact-page.tsx'), 'ContactPage'),
})
