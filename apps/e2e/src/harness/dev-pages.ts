import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { preview } from 'vite'

const WEB = fileURLToPath(new URL('../../../web', import.meta.url))

/** The pages for those who build Baton, which no build of the product holds. */
export interface DevPages {
  url: string
  close(): Promise<void>
}

/** Builds them into a folder of its own and serves them. */
export async function devPages(): Promise<DevPages> {
  const outDir = mkdtempSync(join(tmpdir(), 'baton-pages-'))
  const vite = join(WEB, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--mode', 'gallery', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn']
  const done = spawnSync(process.execPath, args, { cwd: WEB, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } })
  if (done.status !== 0) throw new Error(`The pages could not be built:\n${done.stdout}\n${done.stderr}`)
  const server = await preview({
    root: WEB,
    configFile: false,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
    logLevel: 'silent',
  })
  const address = server.httpServer.address()
  if (address === null || typeof address === 'string') throw new Error('No free port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      await server.close()
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}
