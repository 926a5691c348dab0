import './settings.css'
import { Link, type LinkProps, Outlet } from '@tanstack/react-router'
import { usePerson } from '../../shell/person.ts'
import type { Role } from '../../shell/session.ts'
import { TopBar } from '../../shell/top-bar.tsx'

type Entry = { to: NonNullable<LinkProps['to']>; words: string; roles: readonly Role[] }

const everybody: readonly Role[] = ['admin', 'marketer', 'sales_manager', 'sales_rep', 'reviewer']

const blocks: readonly { head: string; entries: readonly Entry[] }[] = [
  { head: 'You', entries: [{ to: '/settings', words: 'Account and browser', roles: everybody }] },
  {
    head: 'Workspace',
    entries: [
      { to: '/settings/workspace', words: 'Name and sender', roles: everybody },
      { to: '/settings/people', words: 'People', roles: ['admin'] },
      { to: '/settings/teams', words: 'Teams', roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { to: '/settings/absences', words: 'Absences', roles: ['admin', 'sales_manager', 'sales_rep'] },
      { to: '/scoring', words: 'Scores', roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { to: '/settings/calendars', words: 'Calendars', roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { to: '/settings/review', words: 'Review', roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { to: '/contacts/fields', words: 'Fields of contacts', roles: ['admin', 'marketer'] },
    ],
  },
  {
    head: 'Mail',
    entries: [
      { to: '/settings/sending', words: 'Sending', roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { to: '/settings/topics', words: 'Topics', roles: ['admin', 'marketer', 'sales_manager', 'reviewer'] },
      { to: '/settings/suppression', words: 'Suppressed addresses', roles: ['admin', 'marketer'] },
    ],
  },
  {
    head: 'Data coming in',
    entries: [
      { to: '/settings/keys', words: 'Write keys', roles: ['admin'] },
      { to: '/settings/events', words: 'Send events', roles: ['admin'] },
    ],
  },
  { head: 'Data going out', entries: [{ to: '/settings/secrets', words: 'Secrets', roles: ['admin'] }] },
  {
    head: 'Operation',
    entries: [
      { to: '/settings/retention', words: 'Retention', roles: ['admin'] },
      { to: '/settings/system', words: 'System', roles: ['admin'] },
    ],
  },
]

/** The sections of the settings at the left, those that this person may see. */
export function SettingsPage() {
  const { role } = usePerson()
  const shown = blocks
    .map(({ head, entries }) => ({ head, entries: entries.filter((one) => one.roles.includes(role)) }))
    .filter((block) => block.entries.length > 0)
  return (
    <div className="page">
      <TopBar crumbs={['Settings']} />
      <div className="work">
        <nav className="settings-nav" aria-label="Settings">
          {shown.map(({ head, entries }) => (
            <section key={head}>
              <h2>{head}</h2>
              {entries.map(({ to, words }) => (
                <Link key={to} to={to} activeOptions={{ exact: true }} className="settings-link">
                  {words}
                </Link>
              ))}
            </section>
          ))}
        </nav>
        <div className="page-body settings">
          <Outlet />
        </div>
      </div>
    </div>
  )
}
