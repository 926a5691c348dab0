import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What came in, whole. */
export interface ReceivedCall {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface WebSink extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  url: string
  received: ReceivedCall[]
  /** How many calls are open at this moment, and how many were at most. */
  open: { now: number; most: number }
}

/** Answers one call; `n` counts them from 1. Not to answer is allowed: the sink ends it when it is closed. */
export type Answer = (response: ServerResponse, call: ReceivedCall, n: number) => unknown

const read = async (request: IncomingMessage) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** A real web server on loopback that keeps what it is sent. Says 200 and `{}` unless told otherwise. */
export async function webSink(answer: Answer = (response) => response.end('{}')): Promise<WebSink> {
  const received: ReceivedCall[] = []
  const open = { now: 0, most: 0 }
  const server = createServer((request, response) => {
    open.most = Math.max(open.most, ++open.now)
    response.on('close', () => open.now--)
    read(request)
      .then((body) => {
        const call = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body }
        return answer(response, call, received.push(call))
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    open,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => server.close(done))
      server.closeAllConnections()
      await closed
    },
  }
}
