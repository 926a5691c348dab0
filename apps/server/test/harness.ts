import { Writable } from 'node:stream'
import { freshDatabase, noteDatabase } from '@baton/db/testing'
import { pino } from 'pino'
import { inject } from 'vitest'
import { type Config, type RunningServer, readConfig, startServer } from '../src/index.ts'

export const KINDS = ['pglite', 'pg'] as const
export const PASSWORD = 'three short words'

/** A clock that stands still until it is moved. Starts at 2026-03-02T09:00Z, a Monday. */
export function testClock(at = Date.UTC(2026, 2, 2, 9)) {
  let time = at
  return {
    now: () => time,
    advance(ms: number) {
      time += ms
    },
  }
}

export interface TestServer extends RunningServer, AsyncDisposable {
  clock: ReturnType<typeof testClock>
  /** Everything logged so far, one JSON object a line. */
  logged(): string
}

/** A whole server on a free port with a database of its own and a clock that is moved by hand. */
export async function openServer(kind: (typeof KINDS)[number], change: Partial<Config> = {}): Promise<TestServer> {
  const made = kind === 'pg' ? await freshDatabase(inject('postgres')) : undefined
  const database: Config['database'] = made ? { kind: 'postgres', url: made.url } : { kind: 'memory' }
  let text = ''
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  const log = pino({ level: 'debug', base: null }, sink)
  const clock = testClock()
  const config = { ...readConfig({ PORT: '0' }), database, ...change }
  const server = await startServer({ config, clock, log })
  noteDatabase('server', kind)
  const stop = async () => {
    await server.stop()
    await made?.drop()
  }
  return { ...server, clock, logged: () => text, stop, [Symbol.asyncDispose]: stop }
}

/** What the API answered, whichever of the two it is. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what it is
  result: { data: any }
  error: { message: string; data: { code: string; problems: { path: string; message: string }[] } }
}

export const read = async (answer: Response): Promise<Answer> => (await answer.json()) as Answer

/** A browser without pages: keeps cookies, says where it is. */
export function visitor(url: string, origin: string | null = url) {
  const jar = new Map<string, string>()
  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (origin !== null && init.method !== undefined) headers.set('origin', origin)
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await fetch(url + path, { ...init, headers, redirect: 'manual' })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  const post = (path: string, body: unknown) =>
    send(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  return {
    send,
    post,
    signIn: (email: string, password = PASSWORD) => post('/api/auth/sign-in/email', { email, password }),
    mutate: (procedure: string, input: unknown) => post(`/api/trpc/${procedure}`, input),
    async query(procedure: string, input?: unknown) {
      const answer = await send(`/api/trpc/${procedure}${input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`}`)
      return read(answer)
    },
    cookies: jar,
  }
}
export type Visitor = ReturnType<typeof visitor>

export const tokenOf = (link: string | undefined) => link?.split('#')[1] ?? ''

/** Makes the first admin by the printed link; the visitor is then signed in. */
export async function becomeAdmin(server: Pick<RunningServer, 'url' | 'firstLink'>, who = visitor(server.url)): Promise<Visitor> {
  const form = { token: tokenOf(server.firstLink?.url), name: 'Ada', email: 'ada@example.com', password: PASSWORD }
  const answer = await who.mutate('session.redeem', form)
  if (!answer.ok) throw new Error(await answer.text())
  return who
}
