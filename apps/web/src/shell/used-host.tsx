import { lazy, Suspense, useEffect, useState } from 'react'
import { useUsed } from './used.ts'

const UsedByDialog = lazy(() => import('./used-by.tsx'))

/** The dialog is loaded with the first thing that stays because it is used. */
export function UsedHost() {
  const told = useUsed((state) => state.told !== null)
  const [ever, setEver] = useState(false)
  useEffect(() => {
    if (told) setEver(true)
  }, [told])
  return ever ? (
    <Suspense fallback={null}>
      <UsedByDialog />
    </Suspense>
  ) : null
}
