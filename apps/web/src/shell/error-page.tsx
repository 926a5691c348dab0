import './shell.css'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { Button } from '../ui/button.tsx'

/** A page that could not be shown: says so, offers to try again, and keeps the technical words one click away. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const boundary = useQueryErrorResetBoundary()
  return (
    <section className="middle" role="alert">
      <h1>This page could not be loaded</h1>
      <p>Nothing was changed. Try again; if it stays like this, tell your admin what the details say.</p>
      <Button
        look="primary"
        onClick={() => {
          boundary.reset()
          reset()
          void router.invalidate()
        }}
      >
        Try again
      </Button>
      <details className="small faint">
        <summary>Details</summary>
        {error instanceof Error ? error.message : String(error)}
      </details>
    </section>
  )
}
