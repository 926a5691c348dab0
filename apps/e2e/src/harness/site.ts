import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A site of somebody else: another origin than Baton's. Pages by their path; `html` is what stands in the body. */
export interface Site {
  origin: string
  put(path: string, html: string, type?: 'html' | 'js'): void
  close(): Promise<void>
}

export async function site(): Promise<Site> {
  const pages = new Map<string, { body: string; type: string }>()
  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://site')
    if (pathname === '/favicon.ico') return res.writeHead(204).end()
    const page = pages.get(pathname)
    res
      .writeHead(page ? 200 : 404, { 'content-type': page?.type ?? 'text/plain', 'cache-control': 'no-store' })
      .end(page?.body ?? 'Nothing')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    put(path, html, type = 'html') {
      const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${path}</title></head><body>${html}</body></html>`
      pages.set(path, type === 'html' ? { body: page, type: 'text/html; charset=utf-8' } : { body: html, type: 'text/javascript' })
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
