import './settings.css'
import type { ReactNode } from 'react'

/** Name of a section, what it is for, and its one deed at the right. */
export function SettingsHead({ title, deed, children }: { title: string; deed?: ReactNode; children?: ReactNode }) {
  return (
    <header className="settings-head">
      <div className="grow">
        <h2>{title}</h2>
        {children !== undefined && <p className="muted">{children}</p>}
      </div>
      {deed}
    </header>
  )
}
