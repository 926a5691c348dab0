import './dialog.css'
import { useEffect, useState } from 'react'
import { dropToast, type Shown, useToasts } from './toast.ts'

const stayMs = 8_000

function One({ id, words, bad = false, undo }: Shown) {
  const [held, hold] = useState(false)
  useEffect(() => {
    if (held || bad) return
    const timer = setTimeout(() => dropToast(id), stayMs)
    return () => clearTimeout(timer)
  }, [id, held, bad])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only stops the clock, as focus does
    <div
      className={bad ? 'toast bad' : 'toast'}
      onMouseEnter={() => hold(true)}
      onMouseLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <span>{words}</span>
      {undo && (
        <button
          type="button"
          onClick={() => {
            undo()
            dropToast(id)
          }}
        >
          Undo
        </button>
      )}
      <button type="button" aria-label="Close" onClick={() => dropToast(id)}>
        ×
      </button>
    </div>
  )
}

/** Shows what `toast()` says, and has it read aloud. Stands once, in the frame. */
export function ToastHost() {
  const shown = useToasts((state) => state.shown)
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((one) => (
        <One key={one.id} {...one} />
      ))}
    </div>
  )
}
