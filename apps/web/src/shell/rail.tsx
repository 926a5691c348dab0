import { IconSearch, IconSettings } from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import { Fragment, type HTMLAttributes, type ReactElement } from 'react'
import { Tip } from '../ui/tip.tsx'
import { Bell } from './bell.tsx'
import { Logo } from './logo.tsx'
import { openPalette } from './palette-store.ts'
import { PersonMenu } from './person-menu.tsx'
import { RailCount } from './rail-count.tsx'
import { useNav } from './use-nav.ts'

/** With words the word is there already; with icons alone a tooltip says it. */
function Named({
  words,
  wide,
  keys,
  children,
}: {
  words: string
  wide: boolean
  keys?: string
  children: ReactElement<HTMLAttributes<HTMLElement>>
}) {
  return wide ? (
    children
  ) : (
    <Tip words={words} side="right" keys={keys}>
      {children}
    </Tip>
  )
}

/** The way through the product, at the left of every page. */
export function Rail({ wide }: { wide: boolean }) {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const under = (to: string) => path === to || path.startsWith(`${to}/`)
  // Importing is a part of Contacts that has an address of its own.
  const here = (to: string) => under(to) || (to === '/contacts' && under('/imports'))
  const item = (to: string, words: string, icon: ReactElement) => (
    <Named key={to} words={words} wide={wide}>
      <Link to={to} className="rail-item" aria-current={here(to) ? 'page' : undefined} activeProps={{}}>
        {icon}
        <span className={wide ? undefined : 'unseen'}>{words}</span>
        <RailCount path={to} wide={wide} />
      </Link>
    </Named>
  )
  return (
    <nav className="rail" aria-label="Main">
      <div className="logo">
        <Logo />
        {wide ? <span>Baton</span> : <span className="unseen">Baton</span>}
      </div>
      {useNav().map(({ head, entries }, at) => (
        <Fragment key={head ?? ''}>
          {at > 0 && (wide && head !== undefined ? <h6>{head}</h6> : <div className="gap" />)}
          {entries.map(({ path: to, words, icon: Icon }) => item(to, words, <Icon size={18} stroke={1.75} />))}
        </Fragment>
      ))}
      <div className="grow" />
      <Named words="Search" wide={wide} keys="Ctrl K">
        <button type="button" className="rail-item" aria-label="Search" onClick={openPalette}>
          <IconSearch size={18} stroke={1.75} />
          {wide && <span>Search</span>}
        </button>
      </Named>
      <Bell wide={wide} />
      {item('/settings', 'Settings', <IconSettings size={18} stroke={1.75} />)}
      <PersonMenu wide={wide} />
    </nav>
  )
}
