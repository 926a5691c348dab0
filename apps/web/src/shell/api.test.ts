import { QueryClient } from '@tanstack/react-query'
import { initTRPC, TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api, client } from './api.ts'
import { CallError, call } from './call.ts'

const t = initTRPC.create()
/** A server of tRPC's own, with procedures that say what came. */
const router = t.router({
  say: t.router({
    back: t.procedure.input((it) => it).query(({ input }) => ({ said: input ?? 'nothing' })),
    no: t.procedure.query(() => {
      throw new TRPCError({ code: 'NOT_FOUND', message: 'There is no such thing.' })
    }),
  }),
  notifications: t.router({
    list: t.procedure.input((it) => it).query(({ input }) => ({ asked: input, next: 'second' })),
  }),
  keep: t.procedure.input((it) => it).mutation(({ input }) => ({ kept: input })),
})
const asked: Request[] = []
let answer: (request: Request) => Promise<Response>

beforeEach(() => {
  asked.length = 0
  answer = (req) => fetchRequestHandler({ endpoint: '/api/trpc', req, router, createContext: () => ({}) })
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    const request = new Request(`http://here${path}`, init)
    asked.push(request)
    return answer(request)
  })
})
afterEach(() => vi.unstubAllGlobals())

describe('call', () => {
  it('takes what is asked in one tick along at once, each with its own answer', async () => {
    const all = await Promise.allSettled([
      call('query', 'say.back', { a: 'ä & b' }),
      call('query', 'say.no', undefined),
      call('query', 'say.back', undefined),
    ])
    expect(asked.map((it) => it.method)).toEqual(['GET'])
    expect(all[0]).toEqual({ status: 'fulfilled', value: { said: { a: 'ä & b' } } })
    expect(all[1]).toMatchObject({ reason: { message: 'There is no such thing.', data: { code: 'NOT_FOUND', httpStatus: 404 } } })
    expect(all[2]).toEqual({ status: 'fulfilled', value: { said: 'nothing' } })
  })

  it('does by POST, apart from what is asked', async () => {
    const [kept, said] = await Promise.all([call('mutation', 'keep', { n: 1 }), call('query', 'say.back', 2)])
    expect([kept, said]).toEqual([{ kept: { n: 1 } }, { said: 2 }])
    expect(asked.map((it) => it.method).toSorted()).toEqual(['GET', 'POST'])
  })

  it('tells no answer from a refusal', async () => {
    answer = () => Promise.reject(new TypeError('Failed to fetch'))
    await expect(call('query', 'say.back', 1)).rejects.toMatchObject({ message: 'Failed to fetch', data: undefined })
    answer = async () => new Response('<h1>Bad gateway</h1>', { status: 502 })
    const error: unknown = await call('query', 'say.back', 1).catch((it: unknown) => it)
    expect(error).toBeInstanceOf(CallError)
    answer = async () => Response.json({ message: 'of something in between' })
    await expect(call('query', 'say.back', 1)).rejects.toThrow('cannot be read')
  })

  it('stops what nobody waits for any more, and only that', async () => {
    const [one, two, early] = [new AbortController(), new AbortController(), AbortSignal.abort()]
    await expect(call('query', 'say.back', 0, early)).rejects.toThrow('Given up')
    answer = (request) => new Promise((_, fail) => request.signal.addEventListener('abort', () => fail(new Error('stopped'))))
    const both = Promise.allSettled([call('query', 'say.back', 1, one.signal), call('query', 'say.back', 2, two.signal)])
    await expect.poll(() => asked).toHaveLength(1)
    one.abort()
    expect(asked[0]?.signal.aborted).toBe(false)
    two.abort()
    expect((await both).map((it) => it.status)).toEqual(['rejected', 'rejected'])
    expect(asked[0]?.signal.aborted).toBe(true)
  })
})

describe('api', () => {
  it('keeps an answer under its path and what was asked, and finds all below a path', async () => {
    const cache = new QueryClient()
    expect(api.flows.get.queryKey({ id: 'a' })).toEqual([['flows', 'get'], { input: { id: 'a' }, type: 'query' }])
    expect(api.flows.list.queryOptions().queryKey).toEqual([['flows', 'list'], { type: 'query' }])
    cache.setQueryDefaults(api.flows.pathKey(), { staleTime: 7 })
    expect(cache.getQueryDefaults(api.flows.get.queryKey({ id: 'a' })).staleTime).toBe(7)
    expect(api.flows.pathFilter()).toEqual({ queryKey: [['flows']] })
    // Waiting for a part of it is no call.
    await Promise.resolve(client.flows)
    expect(asked).toEqual([])
  })

  it('goes on where a page ended', async () => {
    const options = api.notifications.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.next })
    const found = await new QueryClient().fetchInfiniteQuery({ ...options, pages: 2 })
    expect(found.pages).toEqual([
      { asked: { direction: 'forward' }, next: 'second' },
      { asked: { cursor: 'second', direction: 'forward' }, next: 'second' },
    ])
  })

  it('asks and does under the names that pages use', async () => {
    const cache = new QueryClient()
    const said: unknown = await cache.fetchQuery(api.flows.get.queryOptions({ id: 'a' })).catch((error: unknown) => error)
    expect(said).toMatchObject({ data: { code: 'NOT_FOUND' } })
    const { mutationKey, mutationFn } = api.flows.create.mutationOptions()
    expect(mutationKey).toEqual([['flows', 'create']])
    await expect(mutationFn?.({ name: 'A' }, { client: cache, meta: undefined })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } })
    expect(asked.map((it) => it.method)).toEqual(['GET', 'POST'])
  })
})
