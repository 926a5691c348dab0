import { useMemo, useRef } from 'react'

let visits = 0

/** Never the same twice, so that coming back to a field begins a new step of undo. */
export function nextVisit(): number {
  visits += 1
  return visits
}

/**
 * What is one step of undo in a form: typing in one field, from coming to it until leaving it; every choice and every press by itself.
 * `watch` belongs on what surrounds the fields; `gesture` names what is under way, null for one by itself.
 */
export function useGesture(prefix: string) {
  const visit = useRef(0)
  const typing = useRef(false)
  return useMemo(() => {
    const typed = (is: boolean) => () => {
      typing.current = is
    }
    return {
      watch: {
        onFocusCapture: () => {
          visit.current = nextVisit()
          typing.current = false
        },
        onInputCapture: typed(true),
        onClickCapture: typed(false),
        onKeyDownCapture: typed(false),
      },
      gesture: () => (typing.current ? `${prefix} ${visit.current}` : null),
    }
  }, [prefix])
}
