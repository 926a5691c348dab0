import './shell.css'
import { useHotkeys, useMediaQuery } from '@mantine/hooks'
import { Outlet, useMatches } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { ConfirmHost } from '../ui/confirm-host.tsx'
import { ToastHost } from '../ui/toast-host.tsx'
import { useKeys } from './keys.ts'
import { OfflineBar } from './offline-bar.tsx'
import { openPalette, usePaletteCalls } from './palette-store.ts'
import { setPreferences, usePreferences } from './preferences.ts'
import { Rail } from './rail.tsx'
import { useSignOutWatch } from './use-sign-out-watch.ts'
import { UsedHost } from './used-host.tsx'

const Palette = lazy(() => import('./palette.tsx'))
const Shortcuts = lazy(() => import('./shortcuts.tsx'))

/** What surrounds every page of somebody signed in. */
export function Frame() {
  const { kind, title } = useMatches({
    select: (matches) => ({
      kind: matches.findLast((match) => match.staticData.kind !== undefined)?.staticData.kind ?? 'list',
      title: matches.findLast((match) => match.staticData.title !== undefined)?.staticData.title,
    }),
    structuralSharing: true,
  })
  useSignOutWatch()
  const rail = usePreferences((state) => state.rail)
  const wanted = usePaletteCalls((state) => state.calls > 0)
  const narrow = useMediaQuery('(max-width: 1099px)')
  const [keys, setKeys] = useState(false)
  const wide = rail[kind] === 'words' && !narrow
  useKeys([
    ['[', () => setPreferences({ rail: { ...rail, [kind]: rail[kind] === 'words' ? 'icons' : 'words' } })],
    ['shift+?', () => setKeys(true)],
  ])
  // The palette answers from inside fields too; the other shortcuts do not.
  useHotkeys([['mod+K', openPalette]], [])
  useEffect(() => {
    document.title = title === undefined ? 'Baton' : `${title} · Baton`
  }, [title])
  return (
    <div className={wide ? 'app wide' : 'app'}>
      <a className="btn skip" href="#page">
        Skip to the page
      </a>
      <Rail wide={wide} />
      <main className="main" id="page">
        <OfflineBar />
        <Outlet />
      </main>
      <ToastHost />
      <ConfirmHost />
      <UsedHost />
      {keys && (
        <Suspense fallback={null}>
          <Shortcuts onClose={() => setKeys(false)} />
        </Suspense>
      )}
      {wanted && (
        <Suspense fallback={null}>
          <Palette />
        </Suspense>
      )}
    </div>
  )
}
