import './panel.css'
import { type InputHTMLAttributes, useState } from 'react'
import { readClock } from './clock.ts'

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> & {
  /** `HH:MM`; null: none yet. */
  value: string | null
  /** Gets null where the input was emptied. */
  onChange: (time: string | null) => void
  /** `24:00` may be typed: the end of a day. */
  end?: boolean | undefined
}

/** A time of day in twenty-four hours, typed freely: `9`, `930`, `17.30`. What is none goes back to what it was. */
export function ClockInput({ value, onChange, end = false, className = 'field-input', ...rest }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const take = () => {
    if (typed === null) return
    const time = typed.trim() === '' ? null : readClock(typed, end)
    setTyped(null)
    if (time !== undefined && time !== value) onChange(time)
  }
  return (
    <input
      {...rest}
      className={`${className} clock-input`}
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      placeholder="09:00"
      value={typed ?? value ?? ''}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
        if (event.key === 'Escape' && typed !== null) {
          event.stopPropagation()
          setTyped(null)
        }
      }}
    />
  )
}
