import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { statusOf } from './problem.ts'

const listeners = new Set<(error: unknown) => void>()

/** For calls made by hand, outside of queries and mutations: a refusal because nobody is signed in any more counts there as well. */
export function reportFailure(error: unknown) {
  for (const listen of listeners) listen(error)
}

/** Goes to the sign-in page, and back here afterwards, as soon as the server says that nobody is signed in any more. */
export function useSignOutWatch() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  useEffect(() => {
    const leave = (error: unknown) => {
      if (statusOf(error) !== 401) return
      const next = window.location.pathname + window.location.search
      void navigate({ to: '/sign-in', search: { next } }).then(() => queries.clear())
    }
    const stopQueries = queries.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') leave(event.action.error)
    })
    const stopMutations = queries.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') leave(event.action.error)
    })
    listeners.add(leave)
    return () => {
      listeners.delete(leave)
      stopQueries()
      stopMutations()
    }
  }, [queries, navigate])
}
