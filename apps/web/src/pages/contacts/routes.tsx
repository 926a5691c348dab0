import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'
import type { Person } from '../../shell/session.ts'

/**
 * What the address keeps of the list: a view can be sent to somebody. The filter is a condition as it came; the page reads it, so that
 * the language of conditions is not part of the first screen of every page.
 */
export interface ContactSearch {
  find?: string | undefined
  filter?: unknown
  segment?: string | undefined
  sort?: { by: string; down: boolean } | undefined
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function sortOf(value: unknown): ContactSearch['sort'] {
  if (typeof value !== 'object' || value === null || !('by' in value) || !('down' in value)) return undefined
  return typeof value.by === 'string' && typeof value.down === 'boolean' ? { by: value.by, down: value.down } : undefined
}

const search = ({ find, filter, segment, sort }: Record<string, unknown>): ContactSearch => ({
  find: text(find),
  filter,
  segment: text(segment),
  sort: sortOf(sort),
})

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
