import './shell.css'
import { Fragment, type ReactNode } from 'react'

type Props = {
  /** From the outside in; the last is the page itself, the ones before are links. */
  crumbs: readonly ReactNode[]
  /** Beside the crumbs: version chip, count, date. */
  beside?: ReactNode
  /** Centred on the bar: the mode switch. */
  middle?: ReactNode
  /** At the right end: save state, icons, one primary button. */
  children?: ReactNode
}

/** The bar of 48 px on top of a page. Renders the page's h1. */
export function TopBar({ crumbs, beside, middle, children }: Props) {
  return (
    <header className="topbar">
      <div className="topbar-left">
        <h1 className="crumb">
          {crumbs.map((crumb, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: crumbs are positions, they do not move
            <Fragment key={at}>
              {at > 0 && (
                <span className="slash" aria-hidden="true">
                  /
                </span>
              )}
              <span className="clip">{crumb}</span>
            </Fragment>
          ))}
        </h1>
        {beside}
      </div>
      {middle !== undefined && <div className="topbar-mid">{middle}</div>}
      <div className="right row">{children}</div>
    </header>
  )
}
