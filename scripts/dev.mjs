// `npm run dev`: the pages by vite with hot reload, the server rebuilt and restarted on every change of its sources.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, env, root } from './setup.mjs'

/** Runs until Ctrl-C, which ends all three; the arguments go to the server. */
export function dev(args) {
  build()
  const main = join(root, 'apps/server/dist/main.js')
  if (!existsSync(main)) throw new Error(`${main} was not built`)
  const port = env.PORT ?? '3000'
  const start = (command, argv, cwd, extra = {}) =>
    spawn(command, argv, { cwd: join(root, cwd), env: { ...env, ...extra }, stdio: 'inherit' })
  const parts = [
    start('node_modules/.bin/vite', ['build', '--watch', '--emptyOutDir', 'false', '--logLevel', 'warn'], 'apps/server'),
    start(process.execPath, ['--watch-path=apps/server/dist', '--watch-preserve-output', main, 'serve', ...args], '.', { PORT: port }),
    start('node_modules/.bin/vite', [], 'apps/web', { BATON_SERVER: `http://127.0.0.1:${port}` }),
  ]
  const stop = () => {
    for (const part of parts) part.kill('SIGTERM')
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
