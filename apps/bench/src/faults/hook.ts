import { once } from 'node:events'
import { createServer } from 'node:http'

/** A web address on loopback that counts the calls it gets, by their key. */
export interface Hook {
  url: string
  /** Key → the bodies it came with. */
  calls: Map<string, string[]>
  close(): Promise<void>
}

export async function openHook(): Promise<Hook> {
  const calls = new Map<string, string[]>()
  const server = createServer((req, res) => {
    const parts: Buffer[] = []
    req.on('data', (part: Buffer) => parts.push(part))
    req.on('error', () => {})
    req.on('end', () => {
      const key = String(req.headers['webhook-id'])
      calls.set(key, [...(calls.get(key) ?? []), Buffer.concat(parts).toString()])
      res.writeHead(200, { 'content-type': 'application/json' }).end('null')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port for the web address')
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    calls,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
