import { useRef } from 'react'

/** The value, or while there is none the last one there was. */
export function useLast<T>(value: T | null | undefined): T | null {
  const last = useRef<T | null>(null)
  if (value !== null && value !== undefined) last.current = value
  return last.current
}
