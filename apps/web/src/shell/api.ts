import type { AppRouter } from '@baton/api'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { queryClient } from './queries.ts'

/** Calls of the server's procedures by hand; calls made in the same tick travel together. */
export const client = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: '/api/trpc' })] })

/** Options for TanStack Query: `useQuery(api.users.list.queryOptions())`, `useMutation(api.users.invite.mutationOptions())`. */
export const api = createTRPCOptionsProxy<AppRouter>({ client, queryClient })

/** What procedures take and answer, as types: `Answers['users']['list']`. */
export type Inputs = inferRouterInputs<AppRouter>
export type Answers = inferRouterOutputs<AppRouter>
