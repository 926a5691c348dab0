import './segmented.css'
import type { KeyboardEvent, ReactNode } from 'react'

export type Segment<V extends string> = { value: V; label: ReactNode; icon?: ReactNode; disabled?: boolean | undefined }

type Props<V extends string> = {
  /** Names the choice for screen readers: "Mode". */
  label: string
  value: V
  options: readonly Segment<V>[]
  onChange: (value: V) => void
  size?: 'small' | 'medium' | undefined
}

/** One of a few, side by side. Arrow keys move the choice, as in a group of radio buttons. */
export function Segmented<V extends string>({ label, value, options, onChange, size = 'medium' }: Props<V>) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const open = options.filter((option) => option.disabled !== true)
    const next = open[(open.findIndex((option) => option.value === value) + step + open.length) % open.length]
    if (!next) return
    onChange(next.value)
    event.currentTarget.querySelector<HTMLElement>(`[data-value="${CSS.escape(next.value)}"]`)?.focus()
  }
  return (
    <div className={size === 'small' ? 'seg small' : 'seg'} role="radiogroup" aria-label={label} onKeyDown={move}>
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: a radio input cannot hold icon and words and be styled as one button
        <button
          key={option.value}
          type="button"
          role="radio"
          data-value={option.value}
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          disabled={option.disabled}
          onClick={() => onChange(option.value)}
        >
          {option.icon}
          {option.label}
        </button>
      ))}
    </div>
  )
}
