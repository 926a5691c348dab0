import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { client } from '../../shell/api.ts'
import { isFinal, problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Door } from '../signin/door.tsx'
import { DeadLink } from './dead-link.tsx'
import { LinkForm } from './link-form.tsx'

/** The page behind a sign-in link. Opening it uses nothing up, since mail scanners open links too; sending its form does. */
export function LinkPage() {
  const token = window.location.hash.slice(1)
  useEffect(() => {
    document.title = 'Baton'
  }, [])
  const page = useQuery({
    queryKey: ['link', token],
    queryFn: () => client.session.link.mutate({ token }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (token === '' || (page.error && isFinal(page.error))) return <DeadLink />
  if (page.error) {
    return (
      <Door title="Not loaded">
        <p className="muted">{problemWords(page.error)}</p>
        <div className="door-acts">
          <Button look="primary" size="big" onClick={() => void page.refetch()}>
            Try again
          </Button>
        </div>
      </Door>
    )
  }
  if (!page.data) return <Door title="One moment">{null}</Door>
  return <LinkForm token={token} page={page.data} />
}
