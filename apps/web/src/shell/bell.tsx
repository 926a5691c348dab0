import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import { Later, usePressed } from '../ui/later.tsx'
import { Tip } from '../ui/tip.tsx'
import { api } from './api.ts'

const load = () => import('./bell-list.tsx')
const BellList = lazy(load)

const MOST = 100
const countWords = (n: number) => (n >= MOST ? `${MOST - 1}+` : String(n))

/** What steps told this person: how many are new, and the list. */
export function Bell({ wide }: { wide: boolean }) {
  const [pressed, press] = usePressed(load)
  const unread = useQuery(api.notifications.unread.queryOptions(undefined, { refetchInterval: 15_000 })).data ?? 0
  const button = (open: boolean, onClick?: () => void) => (
    <button type="button" className="rail-item" aria-expanded={open} onClick={onClick}>
      <IconBell size={18} stroke={1.75} />
      <span className={wide ? undefined : 'unseen'}>Notes</span>
      {unread > 0 && (
        <>
          <span className="unseen">, </span>
          <span className={wide ? 'n' : 'unseen'}>{countWords(unread)}</span>
          <span className="unseen"> new</span>
          {!wide && <span className="rail-dot" />}
        </>
      )}
    </button>
  )
  if (pressed) {
    return (
      <Later what="The list of notes" fallback={button(true)}>
        <BellList button={button} wide={wide} unread={unread} />
      </Later>
    )
  }
  return (
    <Tip words="Notes" side="right" off={wide}>
      {button(false, press)}
    </Tip>
  )
}
