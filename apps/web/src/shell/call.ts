/** A call that was refused, or that nobody answered: `data` is what the server says of it, if it did. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly data: unknown

  constructor(message: string, { data, cause }: { data?: unknown; cause?: unknown } = {}) {
    super(message, { cause })
    this.data = data
  }
}

export type CallKind = 'query' | 'mutation'

interface Call {
  path: string
  input: unknown
  signal: AbortSignal | undefined
  done: (value: unknown) => void
  fail: (error: CallError) => void
}

const waiting: Record<CallKind, Call[]> = { query: [], mutation: [] }

/**
 * Asks a procedure of the server, in tRPC's way of speaking. Calls made in the same tick travel together: what asks by GET, what does by POST.
 * It is this and not tRPC's own client because that one can do four more ways of travelling, which every page would have to load.
 */
export function call(kind: CallKind, path: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
  return new Promise((done, fail) => {
    const given = () => fail(new CallError('Given up.', { cause: signal?.reason }))
    if (signal?.aborted) return given()
    signal?.addEventListener('abort', given, { once: true })
    if (waiting[kind].length === 0) setTimeout(() => void send(kind, waiting[kind].splice(0)))
    waiting[kind].push({ path, input, signal, done, fail })
  })
}

/** A request can be given up when nobody waits for any of its answers. */
function whenAllGiveUp(calls: readonly Call[]): AbortSignal {
  const stop = new AbortController()
  const look = () => calls.every((it) => it.signal?.aborted) && stop.abort()
  for (const { signal } of calls) signal?.addEventListener('abort', look, { once: true })
  return stop.signal
}

async function send(kind: CallKind, all: readonly Call[]): Promise<void> {
  const calls = all.filter((it) => !it.signal?.aborted)
  if (calls.length === 0) return
  const url = `/api/trpc/${calls.map((it) => it.path).join(',')}?batch=1`
  const inputs = JSON.stringify(Object.fromEntries(calls.map(({ input }, at) => [at, input])))
  const signal = whenAllGiveUp(calls)
  try {
    const response = await (kind === 'query'
      ? fetch(`${url}&input=${encodeURIComponent(inputs)}`, { signal })
      : fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: inputs, signal }))
    const answers: unknown = await response.json()
    calls.forEach((it, at) => {
      settle(it, Array.isArray(answers) ? answers[at] : answers)
    })
  } catch (error) {
    for (const { fail } of calls) fail(new CallError(error instanceof Error ? error.message : 'No answer', { cause: error }))
  }
}

const partOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

function settle({ done, fail }: Call, answer: unknown): void {
  const error = partOf(answer, 'error')
  const result = partOf(answer, 'result')
  const message = partOf(error, 'message')
  if (typeof message === 'string') fail(new CallError(message, { data: partOf(error, 'data') }))
  else if (typeof result === 'object' && result !== null) done(partOf(result, 'data'))
  else fail(new CallError('An answer that cannot be read.'))
}
