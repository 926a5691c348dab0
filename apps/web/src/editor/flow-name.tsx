import { IconChevronDown } from '@tabler/icons-react'
import { lazy } from 'react'
import { Later, usePressed } from '../ui/later.tsx'
import type { FlowMenuProps } from './flow-menu.tsx'

const load = () => import('./flow-menu.tsx')
const FlowMenu = lazy(load)

/** The flow's name in the bar, with what can be done with the whole of it. */
export function FlowName(props: FlowMenuProps) {
  const [pressed, press] = usePressed(load)
  const { name } = props.flow
  const button = (
    <button type="button" className="flow-name" title={name} aria-haspopup="menu" aria-expanded={pressed} onClick={press}>
      <span className="clip">{name}</span>
      <IconChevronDown size={14} stroke={1.75} aria-label="What can be done with this flow" />
    </button>
  )
  if (!pressed) return button
  return (
    <Later what="The menu" fallback={button}>
      <FlowMenu {...props} target={button} />
    </Later>
  )
}
