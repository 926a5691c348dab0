import { Popover } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'

export interface Choice {
  value: string
  label: string
  group?: string | undefined
}

type Props = {
  /** Names the token for screen readers: "Comparison". */
  label: string
  className: string
  children: ReactNode
  choices: readonly Choice[]
  chosen?: string | undefined
  onPick: (value: string) => void
  /** Makes a choice of what was typed, where the list is open-ended. */
  free?: ((text: string) => Choice | undefined) | undefined
  /** Backspace or Delete on the closed token. */
  onRemove?: (() => void) | undefined
  /** Opens as soon as it is there: the next thing to choose. */
  fresh?: boolean | undefined
  readOnly?: boolean | undefined
}

const printable = (event: KeyboardEvent) => event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey

/** A token of a sentence with a list behind it. Enter or a letter opens, typing filters, arrows and Enter choose. */
export function Pick({ label, className, children, choices, chosen, onPick, free, onRemove, fresh = false, readOnly = false }: Props) {
  const [open, setOpen] = useState(fresh)
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const wanted = text.trim().toLowerCase()
  const found = choices.filter((it) => wanted === '' || `${it.label} ${it.group ?? ''}`.toLowerCase().includes(wanted))
  const typed = wanted === '' || !free || found.some((it) => it.label.toLowerCase() === wanted) ? undefined : free(text)
  const shown = typed ? [...found, typed] : found

  useEffect(() => {
    if (open) list.current?.querySelector(`[data-at="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [open, active])

  const show = (first: string) => {
    setText(first)
    setActive(
      first === ''
        ? Math.max(
            0,
            choices.findIndex((it) => it.value === chosen),
          )
        : 0,
    )
    setOpen(true)
  }
  const close = () => {
    setOpen(false)
    setText('')
    button.current?.focus()
  }
  const pick = (choice: Choice | undefined) => {
    if (!choice) return
    close()
    onPick(choice.value)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setActive((now) => Math.max(0, Math.min(shown.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      pick(shown[active])
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.stopPropagation()
      if (event.key === 'Escape') event.preventDefault()
      close()
    }
  }
  if (readOnly) return <span className={className}>{children}</span>
  return (
    <Popover opened={open} onChange={(now) => (now ? setOpen(true) : close())} position="bottom-start" offset={4} width={260} shadow="none">
      <Popover.Target>
        <button
          ref={button}
          type="button"
          className={className}
          aria-label={label}
          onClick={() => (open ? close() : show(''))}
          onKeyDown={(event) => {
            if ((event.key === 'Backspace' || event.key === 'Delete') && onRemove) {
              event.preventDefault()
              event.stopPropagation()
              onRemove()
            } else if (printable(event)) {
              event.preventDefault()
              event.stopPropagation()
              // Who types fast has begun before the field has the focus.
              if (open) setText((before) => before + event.key)
              else show(event.key)
            }
          }}
        >
          {children}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="pick" p={0}>
        <input
          // biome-ignore lint/a11y/noAutofocus: the field appears because somebody opened it
          autoFocus
          className="pick-find"
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
          placeholder="Type to find"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setActive(0)
          }}
          onKeyDown={onKey}
        />
        <div className="pick-list" role="listbox" id={id} ref={list}>
          {shown.map((it, place) => (
            <div key={it.value} role="presentation">
              {it.group !== undefined && it.group !== shown[place - 1]?.group && <div className="pick-head">{it.group}</div>}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys, this is the list it moves in */}
              <div
                id={`${id}-${place}`}
                data-at={place}
                className="pick-option"
                role="option"
                tabIndex={-1}
                aria-selected={place === active}
                onPointerEnter={() => setActive(place)}
                onClick={() => pick(it)}
              >
                <span className="clip">{it.label}</span>
                {it.value === chosen && <span aria-hidden="true">✓</span>}
              </div>
            </div>
          ))}
          {shown.length === 0 && <div className="pick-none">Nothing fits “{text}”.</div>}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
