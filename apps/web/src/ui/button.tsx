import './button.css'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Kbd } from './kbd.tsx'
import { Tip } from './tip.tsx'

type Look = {
  /** `primary` is ink and stands once per screen; `danger` only on the button that confirms a loss. */
  look?: 'primary' | 'default' | 'quiet' | 'danger-quiet' | 'danger' | undefined
  /** 24, 28 or 32 px high. */
  size?: 'small' | 'medium' | 'big' | undefined
  icon?: ReactNode
  /** The key that does the same, shown at the end. */
  keys?: string | undefined
}

const classes = (look: Look['look'], size: Look['size'], icon: boolean, more?: string) =>
  ['btn', look !== 'default' && look, size !== 'medium' && size, icon && 'icon', more].filter(Boolean).join(' ')

export type ButtonProps = Look &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    /** The deed is under way: shows a spinner, cannot be pressed again. */
    busy?: boolean | undefined
    ref?: Ref<HTMLButtonElement>
  }

/** A button that names its deed. `icon` stands before the words, 14 px. */
export function Button({
  look = 'default',
  size = 'medium',
  icon,
  keys,
  busy = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes(look, size, false, className)}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
    >
      {busy ? <span className="turn" aria-hidden="true" /> : icon}
      {children}
      {keys === undefined ? null : <Kbd keys={keys} />}
    </button>
  )
}

/** A square button with an icon only: `label` is its name, read aloud and shown as a tooltip (with `keys`). */
export function IconButton({
  look = 'quiet',
  size = 'medium',
  icon,
  keys,
  label,
  busy = false,
  className,
  disabled,
  ...rest
}: Omit<ButtonProps, 'children'> & { label: string }) {
  return (
    <Tip words={label} keys={keys}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={classes(look, size, true, className)}
        disabled={disabled === true || busy}
      >
        {busy ? <span className="turn" aria-hidden="true" /> : icon}
      </button>
    </Tip>
  )
}

type LinkLook = Look & AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }

function Anchor({ look = 'default', size = 'medium', icon, keys, className, children, ...rest }: LinkLook) {
  return (
    <a {...rest} className={classes(look, size, false, className)}>
      {icon}
      {children}
      {keys === undefined ? null : <Kbd keys={keys} />}
    </a>
  )
}

/** A button that goes somewhere: takes the router's typed `to`, `params`, `search`. */
export const ButtonLink = createLink(Anchor)
