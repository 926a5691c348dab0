import { useRef, useState } from 'react'

interface Step {
  body: string
  /** What was changed; typing on in one field is one step. */
  what: string
}

/** Undo and redo of what the form changes. What is typed in the source has an undo of its own there, and begins anew here. */
export function useSteps(body: string, onChange: (body: string) => void) {
  const [done, setDone] = useState<readonly Step[]>([])
  const [undone, setUndone] = useState<readonly Step[]>([])
  const ours = useRef(body)
  const known = ours.current === body
  const put = (next: string) => {
    ours.current = next
    onChange(next)
  }
  return {
    /** @param what names the field, so that letters typed into it one after the other are one step; empty: a step of its own */
    change(next: string, what: string) {
      if (next === body) return
      const past = known ? done : []
      if (what === '' || past.at(-1)?.what !== what) setDone([...past, { body, what }].slice(-200))
      setUndone([])
      put(next)
    },
    undo() {
      const last = known ? done.at(-1) : undefined
      if (!last) return
      setDone(done.slice(0, -1))
      setUndone([...undone, { body, what: last.what }])
      put(last.body)
    },
    redo() {
      const next = known ? undone.at(-1) : undefined
      if (!next) return
      setUndone(undone.slice(0, -1))
      setDone([...done, { body, what: next.what }])
      put(next.body)
    },
    canUndo: known && done.length > 0,
    canRedo: known && undone.length > 0,
  }
}
