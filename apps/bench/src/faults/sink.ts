import { once } from 'node:events'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A real mail server on loopback that counts what it accepts, by Message-ID. */
export interface Sink {
  url: string
  received: Map<string, number>
  close(): Promise<void>
}

export async function openSink(): Promise<Sink> {
  const received = new Map<string, number>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          const id = (mail.messageId ?? '').replace(/[<>]/g, '')
          received.set(id, (received.get(id) ?? 0) + 1)
          done()
        }, done)
      })
    },
  })
  server.on('error', () => {}) // A killed client breaks its connection, which is the point.
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('The mail server has no port')
  return { url: `smtp://127.0.0.1:${address.port}`, received, close: () => new Promise((resolve) => server.close(() => resolve())) }
}
