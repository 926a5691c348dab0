import { createHash } from 'node:crypto'
import { realpathSync, unlinkSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DataDirectoryError } from './data-directory-error.ts'

/** A name the kernel forgets together with the process: abstract on Linux, a pipe on Windows, else a socket file. */
function addressOf(dir: string): string {
  const name = `baton-${createHash('sha256').update(realpathSync(dir)).digest('hex').slice(0, 32)}`
  if (process.platform === 'linux') return `\0${name}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  return join(tmpdir(), `${name}.sock`)
}

/** Resolves false when the address is taken. */
function listen(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)))
    server.listen(address, () => resolve(true))
  })
}

/** What the holder says of itself; undefined when nobody answers. */
function ask(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(address)
    socket.setTimeout(1000, () => socket.destroy())
    socket.on('data', (part) => {
      said += part.toString('utf8')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(said || undefined))
  })
}

/**
 * Holds a data directory for this process: the embedded database opens one directory twice without an error, and then ruins it.
 * @returns gives it back
 * @throws DataDirectoryError with who holds it
 */
export async function lockDirectory(dir: string): Promise<() => Promise<void>> {
  const address = addressOf(dir)
  const me = `process ${process.pid}, started ${new Date(Date.now() - process.uptime() * 1000).toISOString()}`
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end(me)
  })
  let mine = await listen(server, address)
  if (!mine) {
    const holder = await ask(address)
    if (holder === undefined && !address.startsWith('\0') && process.platform !== 'win32') {
      unlinkSync(address) // Left by a process that was killed.
      mine = await listen(server, address)
    }
    if (!mine) {
      throw new DataDirectoryError(
        `The data directory ${dir} is in use by another Baton (${holder ?? 'which does not answer'}). Stop that one first, or start this one with another DATA_DIR.`,
      )
    }
  }
  server.unref()
  return () => new Promise((resolve) => server.close(() => resolve()))
}
