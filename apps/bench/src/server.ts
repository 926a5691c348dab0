import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from './root.ts'

export interface RunningServer {
  url: string
  /** Milliseconds from spawn to the first good answer of /healthz. */
  startedIn: number
  /** Ends it as a supervisor would, and waits. */
  stop(): Promise<void>
  /** The signal that ended it, null when it ended by itself; resolves once it has ended. */
  ended: Promise<NodeJS.Signals | null>
}

/** It ended before it was healthy. */
export class EndedEarly extends Error {
  override name = 'EndedEarly'
  readonly signal: NodeJS.Signals | null

  constructor(signal: NodeJS.Signals | null, said: string) {
    super(`The server ended before it was ready:\n${said}`)
    this.signal = signal
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port')
  return address.port
}

/**
 * Starts the built server as a process of its own and waits until it is healthy.
 * @param env settings such as DATA_DIR or DATABASE_URL; PORT is chosen
 * @param command the command to start it with; the server's bundle by node unless given
 * @throws EndedEarly with the server's output
 */
export async function startServer(
  env: Record<string, string>,
  command: readonly [string, ...string[]] = [process.execPath, join(root, 'apps/server/dist/main.js'), 'serve'],
  cwd = root,
): Promise<RunningServer> {
  const url = `http://127.0.0.1:${await freePort()}`
  const from = performance.now()
  const [program, ...args] = command
  const settings = { ...process.env, HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...env, PORT: new URL(url).port }
  const child = spawn(program, args, { cwd, env: settings, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-20_000)
    })
  }
  const ended = once(child, 'exit').then((): NodeJS.Signals | null => child.signalCode)
  const stop = async () => {
    // npm does not pass a signal on to what it started: the whole group gets it.
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    await ended
  }
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new EndedEarly(child.signalCode, said)
    const healthy = await fetch(`${url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (healthy) return { url, startedIn: performance.now() - from, stop, ended }
    await pause(10)
  }
}
