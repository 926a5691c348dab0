import { lazy } from 'react'
import { Later, usePressed } from '../ui/later.tsx'
import { Avatar } from '../ui/marks.tsx'
import { usePerson } from './person.ts'

const load = () => import('./person-menu-list.tsx')
const PersonMenuList = lazy(load)

/** Name, colour theme and signing out, at the foot of the rail. */
export function PersonMenu({ wide }: { wide: boolean }) {
  const person = usePerson()
  const [pressed, press] = usePressed(load)
  const button = (
    <button type="button" className="rail-item" aria-haspopup="menu" aria-expanded={pressed} onClick={press}>
      <Avatar name={person.name} size="s" quiet />
      <span className={wide ? 'clip' : 'unseen'}>{person.name}</span>
      <span className="unseen">: theme, sign out</span>
    </button>
  )
  if (!pressed) return button
  return (
    <Later what="The menu" fallback={button}>
      <PersonMenuList target={button} />
    </Later>
  )
}
