import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A call as it came in. */
export interface Call {
  headers: IncomingHttpHeaders
  body: string
}

/** Somebody else's system that is called by a step, and answers how good a customer is. */
export interface Crm {
  url: string
  calls: Call[]
  close(): Promise<void>
}

/** @param tierOf what it answers for a body that came in */
export async function crm(tierOf: (body: string) => string): Promise<Crm> {
  const calls: Call[] = []
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      calls.push({ headers: req.headers, body })
      res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ customer: { tier: tierOf(body) } }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/customers`,
    calls,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
