import { Popover } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'

type Props = {
  label: string
  type: 'text' | 'number' | 'date' | 'datetime-local'
  /** As the control shows it; empty when nothing is chosen. */
  value: string
  words: string
  onType: (text: string) => void
  onRemove?: (() => void) | undefined
  fresh?: boolean | undefined
  readOnly?: boolean | undefined
}

/** A value token with a small field behind it. What is typed counts at once. */
export function Typed({ label, type, value, words, onType, onRemove, fresh = false, readOnly = false }: Props) {
  const [open, setOpen] = useState(fresh)
  const [text, setText] = useState(value)
  const button = useRef<HTMLButtonElement>(null)
  const className = value === '' ? 'tok missing' : 'tok val'
  const show = (first?: string) => {
    setText(first ?? value)
    setOpen(true)
    if (first !== undefined) onType(first)
  }
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const fits = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
    !ctrlKey && !metaKey && !altKey && key.length === 1 && (type === 'text' ? key !== ' ' : type === 'number' && /[\d.-]/.test(key))
  if (readOnly) return <span className={className}>{words}</span>
  return (
    <Popover opened={open} onChange={(now) => (now ? setOpen(true) : close())} position="bottom-start" offset={4} shadow="none">
      <Popover.Target>
        <button
          ref={button}
          type="button"
          className={className}
          aria-label={`${label}: ${words}`}
          onClick={() => (open ? close() : show())}
          onKeyDown={(event) => {
            if (event.key === 'Backspace' || event.key === 'Delete') {
              event.preventDefault()
              event.stopPropagation()
              if (value === '') onRemove?.()
              else onType('')
            } else if (fits(event)) {
              event.preventDefault()
              event.stopPropagation()
              // Who types fast has begun before the field has the focus.
              show(open ? text + event.key : event.key)
            }
          }}
        >
          {words}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="pick" p={6}>
        <input
          // biome-ignore lint/a11y/noAutofocus: the field appears because somebody opened it
          autoFocus
          className="field-input"
          style={{ width: type === 'number' ? 110 : 200 }}
          aria-label={label}
          type={type}
          step={type === 'number' ? 'any' : undefined}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            onType(event.currentTarget.value)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') {
              event.preventDefault()
              event.stopPropagation()
              close()
            }
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
