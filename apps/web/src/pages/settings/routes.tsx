import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { frameRoute } from '../../shell/frame-route.tsx'
import type { Role } from '../../shell/session.ts'
import { SHOWS, type Show } from './teams/shows.ts'

/** Sections of others lead back to what everybody may set; the server refuses their data anyway. */
const only =
  (...roles: Role[]) =>
  ({ context }: { context: { person: { role: Role } } }) => {
    if (!roles.includes(context.person.role)) throw redirect({ to: '/settings' })
  }

const root = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings',
  staticData: { kind: 'list', title: 'Settings' },
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
})

const mine = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./mine.tsx'), 'Mine'),
})
const workspace = createRoute({
  getParentRoute: () => root,
  path: 'workspace',
  staticData: { title: 'Workspace' },
  component: lazyRouteComponent(() => import('./workspace/workspace.tsx'), 'Workspace'),
})
const people = createRoute({
  getParentRoute: () => root,
  path: 'people',
  beforeLoad: only('admin'),
  staticData: { title: 'People' },
  component: lazyRouteComponent(() => import('./people/people.tsx'), 'People'),
})
const teams = createRoute({
  getParentRoute: () => root,
  path: 'teams',
  beforeLoad: only('admin', 'marketer', 'sales_manager', 'reviewer'),
  staticData: { title: 'Teams' },
  component: lazyRouteComponent(() => import('./teams/teams.tsx'), 'Teams'),
})
const team = createRoute({
  getParentRoute: () => root,
  path: 'teams/$teamId',
  beforeLoad: only('admin', 'marketer', 'sales_manager', 'reviewer'),
  validateSearch: (search: Record<string, unknown>): { show?: Show | undefined } => {
    const show = SHOWS.find((it) => it === search.show)
    return show === undefined ? {} : { show }
  },
  staticData: { title: 'Team' },
  component: lazyRouteComponent(() => import('./teams/team-page.tsx'), 'TeamPage'),
})
const absences = createRoute({
  getParentRoute: () => root,
  path: 'absences',
  beforeLoad: only('admin', 'sales_manager', 'sales_rep'),
  staticData: { title: 'Absences' },
  component: lazyRouteComponent(() => import('./absences/absences.tsx'), 'Absences'),
})
const calendars = createRoute({
  getParentRoute: () => root,
  path: 'calendars',
  beforeLoad: only('admin', 'marketer', 'sales_manager', 'reviewer'),
  staticData: { title: 'Calendars' },
  component: lazyRouteComponent(() => import('./calendars/calendars.tsx'), 'Calendars'),
})
const topics = createRoute({
  getParentRoute: () => root,
  path: 'topics',
  beforeLoad: only('admin', 'marketer', 'sales_manager', 'reviewer'),
  staticData: { title: 'Topics' },
  component: lazyRouteComponent(() => import('./topics/topics.tsx'), 'Topics'),
})
const sending = createRoute({
  getParentRoute: () => root,
  path: 'sending',
  beforeLoad: only('admin', 'marketer', 'sales_manager', 'reviewer'),
  staticData: { title: 'Sending' },
  component: lazyRouteComponent(() => import('./sending/sending.tsx'), 'Sending'),
})
const suppression = createRoute({
  getParentRoute: () => root,
  path: 'suppression',
  beforeLoad: only('admin', 'marketer'),
  staticData: { title: 'Suppressed addresses' },
  component: lazyRouteComponent(() => import('./suppression/suppression.tsx'), 'Suppression'),
})
const scores = createRoute({
  getParentRoute: () => root,
  path: 'scores',
  // Where they used to be set: bookmarks lead on.
  beforeLoad: () => {
    throw redirect({ to: '/scoring' })
  },
})
const keys = createRoute({
  getParentRoute: () => root,
  path: 'keys',
  beforeLoad: only('admin'),
  staticData: { title: 'Write keys' },
  component: lazyRouteComponent(() => import('./keys/keys.tsx'), 'Keys'),
})
const events = createRoute({
  getParentRoute: () => root,
  path: 'events',
  beforeLoad: only('admin'),
  staticData: { title: 'Send events' },
  component: lazyRouteComponent(() => import('./keys/send-events.tsx'), 'SendEvents'),
})
const secrets = createRoute({
  getParentRoute: () => root,
  path: 'secrets',
  beforeLoad: only('admin'),
  staticData: { title: 'Secrets' },
  component: lazyRouteComponent(() => import('./secrets/secrets.tsx'), 'Secrets'),
})
const retention = createRoute({
  getParentRoute: () => root,
  path: 'retention',
  beforeLoad: only('admin'),
  staticData: { title: 'Retention' },
  component: lazyRouteComponent(() => import('./retention/retention.tsx'), 'Retention'),
})
const review = createRoute({
  getParentRoute: () => root,
  path: 'review',
  beforeLoad: only('admin', 'marketer', 'sales_manager', 'reviewer'),
  staticData: { title: 'Review' },
  component: lazyRouteComponent(() => import('./review/review.tsx'), 'Review'),
})
const system = createRoute({
  getParentRoute: () => root,
  path: 'system',
  beforeLoad: only('admin'),
  staticData: { title: 'System' },
  component: lazyRouteComponent(() => import('./system/system.tsx'), 'System'),
})

export const settingsRoute = root.addChildren([
  mine,
  workspace,
  people,
  teams,
  team,
  absences,
  calendars,
  review,
  scores,
  topics,
  sending,
  suppression,
  keys,
  events,
  secrets,
  retention,
  system,
])
