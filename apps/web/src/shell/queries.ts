import { QueryClient } from '@tanstack/react-query'
import { isFinal } from './problem.ts'

/** One cache for the application: fresh for ten seconds, two more tries unless the answer is final. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => count < 2 && !isFinal(error) },
    mutations: { retry: false },
  },
})
