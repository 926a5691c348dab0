import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export type Received = { from: string; to: string[]; raw: string }

/** A real mail server on loopback that keeps what it accepts. `await using` stops it. */
export async function smtpSink(options: SMTPServerOptions = {}) {
  const received: Received[] = []
  const state = { connections: 0, closed: 0 }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onConnect(_session, done) {
      state.connections += 1
      done()
    },
    onClose() {
      state.closed += 1
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        })
        done(null, 'kept as 1234')
      })
    },
    ...options,
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    state,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** An error as smtp-server wants it: the reply the client gets. */
export const reply = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode })

/** A mail server that misbehaves by script: `on(line, socket)` answers each command, `onBody` what follows 354. */
export async function brokenServer(script: {
  greeting?: string | undefined
  on?: (line: string, socket: Socket) => boolean
  onBody?: (soFar: string, socket: Socket) => void
}) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    if (script.greeting !== '') socket.write(script.greeting ?? '220 broken.test ESMTP\r\n')
    let inBody = false
    let body = ''
    let rest = ''
    socket.on('data', (chunk) => {
      if (inBody) {
        body += chunk.toString()
        script.onBody?.(body, socket)
        if (body.endsWith('\r\n.\r\n')) [inBody, body] = [false, '']
        return
      }
      const lines = (rest + chunk.toString()).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (script.on?.(line, socket)) continue
        if (line === 'DATA') {
          inBody = true
          socket.write('354 go on\r\n')
        } else socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 fine\r\n')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
