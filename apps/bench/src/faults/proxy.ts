import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What the line does with one connection. */
export type Ill = 'cut' | 'cut-at-commit' | 'lose-commit' | 'stall' | 'delay'

/**
 * A line between Baton and PostgreSQL that can be ill. `cut`: both sides lose the connection at once. `cut-at-commit`: just before a
 * commit reaches the server. `lose-commit`: just after it did, so that whoever asked never hears what came of it. `stall`: nothing more
 * gets through, and nobody is told. `delay`: everything takes a while.
 */
export interface Proxy {
  port: number
  /** From now on this befalls every connection, old and new, once per connection; null: the line is well for new ones. */
  set(ill: Ill | null): void
  /** How often an illness struck. */
  struck(): number
  /** Breaks what is stalled: the line is mended. */
  mend(): void
  close(): Promise<void>
}

const SLOW = 40
/** A commit in the simple protocol: as the driver sends it, and nothing else. */
const COMMIT = Buffer.from('commit\0')

interface Line {
  client: Socket
  server: Socket
  stalled: boolean
}

/** @param socket the path of PostgreSQL's socket */
export async function openProxy(socket: string): Promise<Proxy> {
  let ill: Ill | null = null
  let hits = 0
  const lines = new Set<Line>()
  const end = (line: Line) => {
    line.client.destroy()
    line.server.destroy()
    lines.delete(line)
  }

  function upward(line: Line, part: Buffer): void {
    if (line.stalled) return
    const commits = part.includes(COMMIT)
    if (ill === 'cut-at-commit' && commits) {
      hits++
      end(line)
      return
    }
    if (ill === 'lose-commit' && commits) {
      hits++
      // The server gets it whole, and its answer meets nobody.
      line.client.destroy()
      line.server.end(part)
      return
    }
    pass(line, line.server, part)
  }

  function pass(line: Line, to: Socket, part: Buffer): void {
    if (line.stalled) return
    if (ill === 'delay') setTimeout(() => to.write(part), SLOW)
    else to.write(part)
  }

  const proxy = createServer((client) => {
    const line: Line = { client, server: connect(socket), stalled: false }
    lines.add(line)
    line.client.on('data', (part: Buffer) => upward(line, part))
    line.server.on('data', (part: Buffer) => pass(line, line.client, part))
    for (const side of [line.client, line.server]) {
      side.on('error', () => {})
      side.on('close', () => {
        if (!line.stalled) end(line)
      })
    }
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('No port for the line')
  return {
    port: address.port,
    struck: () => hits,
    set(next) {
      ill = next
      if (next === 'cut') {
        hits += lines.size
        for (const line of [...lines]) end(line)
      }
      if (next === 'stall') {
        hits += lines.size
        for (const line of lines) line.stalled = true
      }
      if (next === 'delay') hits += lines.size
    },
    mend() {
      ill = null
      for (const line of [...lines]) if (line.stalled) end(line)
    },
    async close() {
      for (const line of [...lines]) end(line)
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
