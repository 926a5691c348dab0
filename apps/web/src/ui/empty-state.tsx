import './states.css'
import type { ReactNode } from 'react'

type Props = {
  /** What is so: "Nobody waits for you." */
  title: ReactNode
  /** What that means or what to do, in one or two sentences. */
  children?: ReactNode
  /** Buttons, the likeliest first. */
  actions?: ReactNode
}

/** Nothing to show, and what to do about it. */
export function EmptyState({ title, children, actions }: Props) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children !== undefined && <p>{children}</p>}
      {actions !== undefined && <div className="row">{actions}</div>}
    </div>
  )
}
