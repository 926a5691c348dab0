import { createServer, type RequestListener, type Server } from 'node:http'
import { EXIT, ExitError } from '../exit.ts'

/** Requests under way get this long at the end; then their connections are cut. */
const GRACE = 5_000
/** A file of some gigabytes over a slow line takes its time; headers still have to come within a minute. */
const SLOWEST_REQUEST = 3 * 3_600_000

export interface Listening {
  host: string
  /** The port taken, also when any was asked for. */
  port: number
  /** From now on this answers; until then every request is told to come back. */
  answer(listener: RequestListener): void
  /** Takes no new request, waits for those under way, closes; once. */
  close(): Promise<void>
}

function sorry(error: NodeJS.ErrnoException, host: string, port: number): ExitError {
  const at = `${host}:${port}`
  const say: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is in use by another program. Stop that one, or choose another port, e.g. PORT=${port + 1}.`,
    EACCES: `This user may not listen on ${at}. Choose a port above 1023, e.g. PORT=3000.`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. Set HOST to one that is, or to 0.0.0.0 for all.`,
    ENOTFOUND: `The name ${host} is not known. Set HOST to an address of this machine.`,
  }
  return new ExitError(say[error.code ?? ''] ?? `Cannot listen on ${at}: ${error.message}`, EXIT.network, { cause: error })
}

const starting: RequestListener = (_req, res) => {
  res.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain' }).end('Baton is starting.\n')
}

/** Takes the port. @throws ExitError that says why it cannot, and what to do */
export async function listen(host: string, port: number): Promise<Listening> {
  let current = starting
  const server: Server = createServer({ requestTimeout: SLOWEST_REQUEST }, (req, res) => current(req, res))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(sorry(error, host, port)))
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const taken = typeof address === 'object' && address ? address.port : port
  let closed: Promise<void> | undefined
  const close = async () => {
    const done = new Promise<void>((resolve) => server.close(() => resolve()))
    const cut = setTimeout(() => server.closeAllConnections(), GRACE)
    await done
    clearTimeout(cut)
  }
  return {
    host,
    port: taken,
    answer(listener) {
      current = listener
    },
    close() {
      closed ??= close()
      return closed
    },
  }
}
