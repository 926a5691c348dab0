import { type ComponentProps, lazy, Suspense } from 'react'
import { ErrorFrame } from '../../ui/error-frame.tsx'

/** Fetches the outline; it is no part of what is needed to see and move cards. */
export const loadOutline = () => import('./outline.tsx')
const Outline = lazy(loadOutline)

/** The outline as soon as it is here. */
export function OpenOutline(props: ComponentProps<typeof Outline>) {
  return (
    <ErrorFrame what="The outline">
      <Suspense fallback={<div className="grow" />}>
        <Outline {...props} />
      </Suspense>
    </ErrorFrame>
  )
}
