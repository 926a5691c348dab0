import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { root } from '../root.ts'

const WEB = join(root, 'apps/web')
/** Of its own: tests that look at the same pages may be building them at the same time. */
const BUILT = join(WEB, 'node_modules/.cache/gallery-bench')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Pages of the web app that only those who build Baton see, built as the product is: minified, without the checks of development. */
export interface DevPages {
  url: string
  close(): Promise<void>
}

/** Builds them and serves them from this process. */
export async function devPages(): Promise<DevPages> {
  const done = spawnSync(
    process.execPath,
    [join(WEB, 'node_modules/vite/bin/vite.js'), 'build', '--mode', 'gallery', '--outDir', BUILT, '--emptyOutDir', '--logLevel', 'warn'],
    {
      cwd: WEB,
      encoding: 'utf8',
      // Whoever runs this in a test runs it as a test; React would be built with its checks.
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  if (done.status !== 0) throw new Error(`The pages could not be built:\n${done.stdout}\n${done.stderr}`)
  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://pages')
    const file = join(BUILT, normalize(pathname))
    readFile(file).then(
      (body) => res.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body),
      () => res.writeHead(404).end(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No free port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
