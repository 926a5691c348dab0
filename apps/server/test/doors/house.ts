import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { Door } from '../../src/http/app.ts'
import { securityHeaders } from '../../src/http/security.ts'

/** Doors behind a real HTTP server on loopback, with the headers of the product. `await using` closes it. */
export async function serveDoors(doors: readonly Door[]) {
  const app = express()
  app.use(securityHeaders(false))
  for (const { path, router } of doors) app.use(path, router)
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
