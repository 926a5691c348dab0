import './marks.css'
import type { ReactNode } from 'react'
import { avatarHue, initials } from './initials.ts'

/** The meanings a hue may carry outside of the categories of steps. */
export type Tone = 'plain' | 'ok' | 'warn' | 'danger' | 'accent' | 'sales' | 'line'

/** A short fact in a box: a version, a count, a role. */
export function Chip({ tone = 'plain', children }: { tone?: Tone | undefined; children: ReactNode }) {
  return <span className={tone === 'plain' ? 'chip' : `chip ${tone}`}>{children}</span>
}

/** A part of a condition sentence that only reads. The editor's own tokens are buttons of the same classes. */
export function Token({ part = 'subject', children }: { part?: 'subject' | 'op' | 'val' | 'missing' | undefined; children: ReactNode }) {
  return <span className={part === 'subject' ? 'tok' : `tok ${part}`}>{children}</span>
}

/** Initials on a disc whose colour follows from the name. `name` is read aloud unless it stands beside the disc (`quiet`). */
export function Avatar({ name, size, quiet = false }: { name: string; size?: 's' | 'l' | undefined; quiet?: boolean | undefined }) {
  const shared = { className: size ? `avatar ${size}` : 'avatar', style: { '--av': avatarHue(name) } }
  return quiet ? (
    <span {...shared} aria-hidden="true">
      {initials(name)}
    </span>
  ) : (
    <span {...shared} role="img" aria-label={name} title={name}>
      {initials(name)}
    </span>
  )
}

/** A state as dot and word: never colour alone. */
export function StateDot({ tone, children }: { tone: 'ok' | 'warn' | 'danger' | 'accent' | 'faint'; children: ReactNode }) {
  return (
    <span className={`state ${tone}`}>
      <span className="dot" aria-hidden="true" />
      {children}
    </span>
  )
}
