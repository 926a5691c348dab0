import type { AppRouter } from '@baton/api'
import { infiniteQueryOptions, type QueryFilters, queryOptions, skipToken } from '@tanstack/react-query'
import type { TRPCClient } from '@trpc/client'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { TRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { call } from './call.ts'

type Path = readonly string[]
type Given = Record<string, unknown> | undefined

/** What is under each path of the router: `x.users.list.query(input)` becomes `deed(['users', 'list'], 'query', input)`. */
function underPaths(deed: (path: Path, name: string, input: unknown, options: Given) => unknown, path: Path = []): unknown {
  return new Proxy(() => {}, {
    // Whoever awaits a part of it asks whether it is a promise.
    get: (_, name) => (typeof name === 'string' && name !== 'then' ? underPaths(deed, [...path, name]) : undefined),
    apply: (_, __, [input, options]: [unknown, Given]) => deed(path.slice(0, -1), path.at(-1) ?? '', input, options),
  })
}

/** The key under which an answer is kept, as tRPC's own does it: all below a path is found by the path alone. */
const keyOf = (path: Path, type: 'query' | 'infinite', input: unknown) => [
  path,
  input === undefined || input === skipToken ? { type } : { input, type },
]

const isFilled = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function optionsFor(path: Path, name: string, input: unknown, given: Given): unknown {
  const to = path.join('.')
  switch (name) {
    case 'queryOptions':
      return queryOptions({
        ...given,
        queryKey: keyOf(path, 'query', input),
        queryFn: input === skipToken ? skipToken : () => call('query', to, input),
      })
    case 'infiniteQueryOptions': {
      const from = isFilled(input) ? input : {}
      return infiniteQueryOptions({
        getNextPageParam: () => undefined,
        ...given,
        queryKey: keyOf(path, 'infinite', input),
        queryFn: ({ pageParam, direction }) =>
          call('query', to, { ...from, ...(pageParam === undefined ? {} : { cursor: pageParam }), direction }),
        initialPageParam: given?.initialCursor ?? undefined,
      })
    }
    case 'mutationOptions':
      return { ...(isFilled(input) ? input : {}), mutationKey: [path], mutationFn: (asked: unknown) => call('mutation', to, asked) }
    case 'queryKey':
      return keyOf(path, 'query', input)
    case 'queryFilter':
      return { ...given, queryKey: keyOf(path, 'query', input) } satisfies QueryFilters
    case 'pathKey':
      return [path]
    case 'pathFilter':
      return { ...(isFilled(input) ? input : {}), queryKey: [path] } satisfies QueryFilters
    default:
      throw new Error(`Nothing is called ${name} at ${to}`)
  }
}

// What a proxy answers has no type of its own: `Object` passes it on, and tRPC says what it is.
/** Calls of the server's procedures by hand; calls made in the same tick travel together. */
export const client: TRPCClient<AppRouter> = Object(
  underPaths((path, name, input, options) => {
    const signal = options?.signal
    return call(name === 'mutate' ? 'mutation' : 'query', path.join('.'), input, signal instanceof AbortSignal ? signal : undefined)
  }),
)

/** Options for TanStack Query: `useQuery(api.users.list.queryOptions())`, `useMutation(api.users.invite.mutationOptions())`. */
export const api: TRPCOptionsProxy<AppRouter> = Object(underPaths(optionsFor))

/** What procedures take and answer, as types: `Answers['users']['list']`. */
export type Inputs = inferRouterInputs<AppRouter>
export type Answers = inferRouterOutputs<AppRouter>
