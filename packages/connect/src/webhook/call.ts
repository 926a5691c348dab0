import { type IncomingMessage, request as plain, type RequestOptions } from 'node:http'
import { request as secure } from 'node:https'
import { type AllowedNetworks, resolveHost } from './addresses.ts'
import { readAnswer } from './answer.ts'

/** A call of somebody's web address. */
export interface WebCall {
  url: string
  method: 'POST' | 'PUT'
  headers: readonly { name: string; value: string }[]
  /** What we say beside: the headers of Standard Webhooks. */
  ours?: Readonly<Record<string, string>> | undefined
  /** JSON, exactly as it was signed. */
  body: string
}

export interface CallLimits {
  /** For all of it: finding the host, connecting, the answer. Milliseconds. */
  time: number
  /** Of the answer: a longer one counts as one without content. Bytes. */
  answer: number
  allowed: AllowedNetworks
}

/**
 * How a call ended.
 * - answered: 2xx. `data` is the JSON of the answer; null where it is none, or too long. Somebody else's: not to be trusted.
 * - refused: the same call would be refused again. `status` null: it was never made.
 * - again: worth another try, `after` milliseconds where the other side named a time.
 */
export type CallOutcome =
  | { outcome: 'answered'; status: number; data: unknown }
  | { outcome: 'refused'; status: number | null; why: string }
  | { outcome: 'again'; status: number | null; why: string; after: number | null }

/** What the one who calls sets, and nobody else. */
const OURS = /^(host|connection|content-length|content-type|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*|webhook-.*)$/i

/** Whether a step may set this header. */
export const mayBeSet = (name: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !OURS.test(name)

const NOT_OK: Readonly<Record<number, string>> = {
  400: 'It did not understand the call.',
  401: 'It wants to know who calls. Check the secret.',
  403: 'It does not let us in. Check the secret.',
  404: 'There is nothing at this address. Check it.',
  405: 'It does not take this method. Try the other one.',
  408: 'It took too long.',
  410: 'It says that this address is gone for good.',
  413: 'It says that we send too much.',
  422: 'It does not like what we send.',
  429: 'It says that we call too often.',
}

/**
 * Calls a web address: the host's name is asked for once and that address is connected to; no redirect is followed; the answer is read
 * up to a limit.
 * @param wall the real time, for `Retry-After` with a date
 */
export async function callWeb(call: WebCall, limits: CallLimits, wall: () => number): Promise<CallOutcome> {
  const url = URL.canParse(call.url) ? new URL(call.url) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return refusal(`“${call.url}” is not a web address. Correct it.`)
  if (url.username || url.password) return refusal('The address has a name or password in it. Put it into a header, as a secret.')
  const bad = call.headers.find((it) => !mayBeSet(it.name) || /[^\t\x20-\x7e\x80-\xff]/.test(it.value))
  if (bad) return refusal(`The header “${bad.name}” cannot be sent. Correct its name or value.`)
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), limits.time)
  try {
    return await within(controller.signal, url, call, limits, wall)
  } catch (error) {
    const why = controller.signal.aborted ? `It did not answer within ${Math.round(limits.time / 1000)} seconds.` : networkWords(error)
    return { outcome: 'again', status: null, why, after: null }
  } finally {
    clearTimeout(timer)
  }
}

const refusal = (why: string): CallOutcome => ({ outcome: 'refused', status: null, why })

async function within(signal: AbortSignal, url: URL, call: WebCall, limits: CallLimits, wall: () => number): Promise<CallOutcome> {
  const late = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
  late.catch(() => {})
  const at = await Promise.race([resolveHost(url.hostname, limits.allowed), late])
  if ('blocked' in at) return refusal(at.blocked)
  if ('unknown' in at) return { outcome: 'again', status: null, why: at.unknown, after: null }
  const response = await send(url, call, signal, (_host, { all }, done) => (all ? done(null, [at]) : done(null, at.address, at.family)))
  const status = response.statusCode ?? 0
  if (status >= 200 && status < 300) return { outcome: 'answered', status, data: await contentOf(response, limits.answer) }
  // Nothing of it is read; the connection is of no further use.
  response.destroy()
  if (status === 408 || status === 429 || status >= 500) {
    return { outcome: 'again', status, why: wordsFor(status), after: retryAfter(response.headers['retry-after'], wall()) }
  }
  return { outcome: 'refused', status, why: wordsFor(status) }
}

function wordsFor(status: number): string {
  if (status >= 300 && status < 400)
    return `It answered ${status} and sends us elsewhere. Redirects are not followed: enter where it leads.`
  const said = NOT_OK[status] ?? (status >= 500 ? 'Something is wrong over there.' : 'It refused the call.')
  return `It answered ${status}. ${said}`
}

type Lookup = NonNullable<RequestOptions['lookup']>

function send(url: URL, { method, headers, ours = {}, body }: WebCall, signal: AbortSignal, lookup: Lookup): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const always = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Baton',
      accept: 'application/json',
      'accept-encoding': 'identity',
    }
    const options: RequestOptions = {
      method,
      signal,
      agent: false,
      headers: { ...always, ...Object.fromEntries(headers.map((it) => [it.name.toLowerCase(), it.value])), ...ours },
      lookup,
    }
    const out = (url.protocol === 'https:' ? secure : plain)(url, options, resolve)
    out.on('error', reject)
    out.end(body)
  })
}

/** The JSON of an answer; null where it is none, or longer than the limit. A body that ends too early throws. */
async function contentOf(response: IncomingMessage, limit: number): Promise<unknown> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response) {
    size += part.length
    if (size > limit) {
      response.destroy()
      return null
    }
    parts.push(part)
  }
  return readAnswer(Buffer.concat(parts).toString('utf8'))
}

/** Seconds or a date; what is neither, or long past, says nothing. */
function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

/** What the network said, in words. */
function networkWords(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  switch (code) {
    case 'ECONNREFUSED':
      return 'Nobody listens at this address.'
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return 'The connection broke before the answer was there.'
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return 'This address cannot be reached.'
  }
  if (/^(CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_SSL)/.test(code) || code === 'EPROTO')
    return 'Its certificate is not good, so nothing was sent. Ask whoever runs it.'
  return 'The call could not be made.'
}
