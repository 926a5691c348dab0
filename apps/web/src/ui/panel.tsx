import './panel.css'
import type { ReactNode } from 'react'

/** A column beside the page's main part. `side` is where it stands; `width` in px; `away` keeps it and all that is in it out of sight. */
export function Panel({
  label,
  side = 'right',
  width,
  away = false,
  children,
}: {
  label: string
  side?: 'left' | 'right'
  width: number
  away?: boolean
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a column that scrolls must be reached by keyboard
    <aside className={side === 'left' ? 'panel l' : 'panel'} style={{ width }} aria-label={label} tabIndex={0} hidden={away}>
      {children}
    </aside>
  )
}

/** A part of a panel under its own head; `right` is the small fact at the head's end. */
export function Section({ title, right, children }: { title?: ReactNode; right?: ReactNode; children: ReactNode }) {
  return (
    <section className="sec">
      {title !== undefined && (
        <h3 className="sec-head">
          {title}
          {right !== undefined && <span className="right">{right}</span>}
        </h3>
      )}
      {children}
    </section>
  )
}

/** Names and values in two columns; `ends` puts the values to the right edge, for figures. */
export function Facts({
  facts,
  ends = false,
}: {
  facts: readonly (readonly [name: string, value: ReactNode])[]
  ends?: boolean | undefined
}) {
  return (
    <dl className={ends ? 'facts ends' : 'facts'}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
