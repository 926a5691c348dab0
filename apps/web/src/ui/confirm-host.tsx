import { lazy, Suspense, useEffect, useState } from 'react'
import { useQuestion } from './confirm.ts'

const ConfirmDialog = lazy(() => import('./confirm-dialog.tsx'))

/** Where `confirm()` asks. Stands once, in the frame; the dialog itself is loaded with the first question. */
export function ConfirmHost() {
  const asking = useQuestion((state) => state.asked !== null)
  const [ever, setEver] = useState(false)
  useEffect(() => {
    if (asking) setEver(true)
  }, [asking])
  return ever ? (
    <Suspense fallback={null}>
      <ConfirmDialog />
    </Suspense>
  ) : null
}
