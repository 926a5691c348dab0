import { QueryClient } from '@tanstack/react-query'

const status = (error: unknown): number | undefined => {
  const data: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'data') : undefined
  const code: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'httpStatus') : undefined
  return typeof code === 'number' ? code : undefined
}

/** An answer that trying again will not change: refused, not found, not valid. */
export const isFinal = (error: unknown): boolean => {
  const code = status(error)
  return code !== undefined && code >= 400 && code < 500 && code !== 408 && code !== 429
}

/** One cache for the application: fresh for ten seconds, two more tries unless the answer is final. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => count < 2 && !isFinal(error) },
    mutations: { retry: false },
  },
})
