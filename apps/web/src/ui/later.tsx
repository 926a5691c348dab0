import { type ReactNode, Suspense, useCallback, useEffect, useState } from 'react'
import { ErrorFrame } from './error-frame.tsx'
import { whenIdle } from './when-idle.ts'

/**
 * For a button whose menu comes only when it is pressed: menus weigh more than the page around them. What the press opens is fetched ahead,
 * once the browser has nothing better to do.
 * @returns whether it was ever pressed, and the press
 */
export function usePressed(load: () => Promise<unknown>): [pressed: boolean, press: () => void] {
  const [pressed, setPressed] = useState(false)
  // What does not come now is asked for again when it is needed, and says so then.
  useEffect(() => whenIdle(() => void load().catch(() => undefined)), [load])
  return [pressed, useCallback(() => setPressed(true), [])]
}

/** The place of a part that is loaded later: what stands there until it comes, and the reason if it does not. `what` begins that sentence: "The form". */
export function Later({ what, fallback = null, children }: { what: string; fallback?: ReactNode; children: ReactNode }) {
  return (
    <ErrorFrame what={what}>
      <Suspense fallback={fallback}>{children}</Suspense>
    </ErrorFrame>
  )
}
