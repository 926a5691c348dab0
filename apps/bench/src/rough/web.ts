import { createServer, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** How an endpoint can treat a call. What it does stands in the path: `/hook/7/late/2`, so many times. */
export const webIlls = ['fine', 'hang', 'late', 'slow', '429', '500', '503', '404', '302', 'close', 'close-in-answer'] as const
export type WebIll = (typeof webIlls)[number]

/** Each is a destination of its own. */
const ENDPOINTS = 4

export interface RoughWeb {
  urls: string[]
  /** The bodies that came under a `webhook-id`, one for each call. */
  calls: Map<string, string[]>
  /** Ids that were answered well, to the end. */
  answered: Set<string>
  met: Set<WebIll>
  reset(): void
  close(): Promise<void>
}

export const pathOf = (i: number, ill: WebIll, times: number): string => `/hook/${i}/${ill}/${times}`

/** @param lateMs how late a late answer is: more than the client waits */
export async function openRoughWeb({ lateMs }: { lateMs: number }): Promise<RoughWeb> {
  const calls = new Map<string, string[]>()
  const answered = new Set<string>()
  const met = new Set<WebIll>()
  const tried = new Map<string, number>()
  const timers = new Set<NodeJS.Timeout>()
  const sockets = new Set<Socket>()

  function later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, ms)
    timers.add(timer)
  }

  function dribble(response: ServerResponse, text: string, done: () => void): void {
    if (response.destroyed) return
    if (text === '') {
      response.end()
      done()
      return
    }
    response.write(text.slice(0, 1))
    later(2, () => dribble(response, text.slice(1), done))
  }

  function answer(response: ServerResponse, ill: WebIll, good: () => void): void {
    const well = () => {
      good()
      response.end('{"ok":true}')
    }
    switch (ill) {
      case 'fine':
        well()
        return
      case 'hang':
        return
      case 'late':
        later(lateMs, () => void (response.destroyed || response.end('{"ok":true}')))
        return
      case 'slow':
        response.writeHead(200)
        dribble(response, '{"ok":true}', good)
        return
      case '429':
        response.writeHead(429, { 'retry-after': '20' }).end()
        return
      case '500':
      case '404':
        response.writeHead(Number(ill)).end()
        return
      case '503':
        response.writeHead(503, { 'retry-after': '5' }).end('busy')
        return
      case '302':
        response.writeHead(302, { location: '/elsewhere' }).end()
        return
      case 'close':
        response.destroy()
        return
      case 'close-in-answer':
        response.writeHead(200, { 'content-length': '200' })
        response.write('{"ok":')
        later(5, () => void response.destroy())
        return
    }
  }

  const servers = Array.from({ length: ENDPOINTS }, () =>
    createServer(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      const id = String(request.headers['webhook-id'])
      calls.set(id, [...(calls.get(id) ?? []), Buffer.concat(parts).toString('utf8')])
      const [, , , name, times] = (request.url ?? '').split('/')
      const n = (tried.get(request.url ?? '') ?? 0) + 1
      tried.set(request.url ?? '', n)
      const ill = (n <= Number(times) && webIlls.find((it) => it === name)) || 'fine'
      met.add(ill)
      answer(response, ill, () => answered.add(id))
    }),
  )
  const urls: string[] = []
  for (const server of servers) {
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('No port for the web address')
    urls.push(`http://127.0.0.1:${address.port}`)
  }

  function drop(): void {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    for (const socket of sockets) socket.destroy()
  }
  return {
    urls,
    calls,
    answered,
    met,
    reset() {
      drop()
      for (const kept of [calls, answered, met, tried]) kept.clear()
    },
    async close() {
      drop()
      for (const server of servers) {
        const closed = new Promise((done) => server.close(done))
        server.closeAllConnections()
        await closed
      }
    },
  }
}
