import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** How a mail server can treat one mail. What it does stands in the address that it goes to: `p7.final-late.2@example.com`, so many times. */
export const smtpIlls = [
  'none',
  'rcpt-421',
  'rcpt-450',
  'rcpt-550',
  'rcpt-hang',
  'rcpt-close',
  'data-452',
  'body-close',
  'final-hang',
  'final-close',
  'final-late',
  'final-421',
  'final-451',
  'final-554',
  'final-then-close',
  'slow',
] as const
export type SmtpIll = (typeof smtpIlls)[number]

/** What becomes of a connection before anything is said. */
export const greetings = ['greet-hang', 'greet-close', 'greet-421'] as const
export type Greeting = (typeof greetings)[number]

export interface RoughSmtp {
  url: string
  /** How often a mail was taken: by Message-ID. A mail was taken once its server had all of it and did not refuse it. */
  taken: Map<string, number>
  /** Ills that were met. */
  met: Set<SmtpIll | Greeting>
  /** How the next connections are greeted. */
  greet(...next: readonly Greeting[]): void
  /** Forgets everything and drops all connections. */
  reset(): void
  close(): Promise<void>
}

export const addressOf = (i: number, ill: SmtpIll, times: number, domain: string): string => `p${i}.${ill}.${times}@${domain}`

interface Told {
  address: string
  ill: SmtpIll
  times: number
}

function told(line: string): Told | undefined {
  const [, address = '', name = '', times = ''] = /^RCPT TO:<(p\d+\.([\w-]+)\.(\d+)@[^>]+)>/.exec(line) ?? []
  const ill = smtpIlls.find((it) => it === name)
  return ill && { address, ill, times: Number(times) }
}

/**
 * A mail server on loopback that hangs, refuses, hangs up and answers late, as the address of each mail says.
 * @param lateMs how late a late answer is: more than the client waits
 */
export async function openRoughSmtp({ lateMs }: { lateMs: number }): Promise<RoughSmtp> {
  const taken = new Map<string, number>()
  const met = new Set<SmtpIll | Greeting>()
  const tried = new Map<string, number>()
  const sockets = new Set<Socket>()
  const timers = new Set<NodeJS.Timeout>()
  let queue: Greeting[] = []

  function later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, ms)
    timers.add(timer)
  }

  /** A byte at a time. */
  function dribble(socket: Socket, text: string): void {
    const [first = '', rest] = [text.slice(0, 1), text.slice(1)]
    if (socket.destroyed) return
    socket.write(first)
    if (rest !== '') later(1, () => dribble(socket, rest))
  }

  function take(body: string): void {
    const [, id = ''] = /^message-id:\s*(<[^>]+>)/im.exec(body) ?? []
    taken.set(id, (taken.get(id) ?? 0) + 1)
  }

  function converse(socket: Socket): void {
    let now: Told | undefined
    let inBody = false
    let body = ''
    let rest = ''
    const say = (text: string) => (now?.ill === 'slow' ? dribble(socket, `${text}\r\n`) : socket.write(`${text}\r\n`))
    const ill = (name: SmtpIll) => {
      if (now?.ill !== name) return false
      met.add(name)
      return true
    }

    function recipient(line: string): void {
      const it = told(line)
      const n = (tried.get(it?.address ?? '') ?? 0) + 1
      tried.set(it?.address ?? '', n)
      now = it && n <= it.times ? it : undefined
      if (now?.ill === 'slow' || (it?.ill === 'none' && !now)) met.add(it?.ill ?? 'none')
      if (ill('rcpt-421')) return void socket.end('421 4.7.0 Too much from you\r\n')
      if (ill('rcpt-450')) return void say('450 4.7.1 Try later')
      if (ill('rcpt-550')) return void say('550 5.1.1 No such user')
      if (ill('rcpt-hang')) return
      if (ill('rcpt-close')) return void socket.destroy()
      say('250 fine')
    }

    /** The whole message is here. */
    function end(): void {
      if (ill('final-451')) return void say('451 4.3.0 Later')
      if (ill('final-421')) return void socket.end('421 4.3.2 Going down\r\n')
      if (ill('final-554')) return void say('554 5.7.1 Not this')
      take(body)
      if (ill('final-hang')) return
      if (ill('final-close')) return void socket.destroy()
      if (ill('final-late')) return void later(lateMs, () => socket.destroyed || socket.write('250 kept\r\n'))
      if (ill('final-then-close')) return void socket.end('250 kept\r\n')
      say('250 kept')
    }

    function command(line: string): void {
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'RCPT') return void recipient(line)
      if (verb === 'DATA') {
        if (ill('data-452')) return void say('452 4.3.1 No room')
        inBody = true
        body = ''
        return void say('354 go on')
      }
      if (verb === 'QUIT') return void socket.end('221 bye\r\n')
      if (verb === 'RSET') now = undefined
      say('250 fine')
    }

    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1')
      for (;;) {
        if (inBody) {
          if (now?.ill === 'body-close' && ill('body-close')) return void socket.destroy()
          const at = rest.indexOf('\r\n.\r\n')
          if (at < 0) return
          body = rest.slice(0, at)
          rest = rest.slice(at + 5)
          inBody = false
          end()
        } else {
          const at = rest.indexOf('\r\n')
          if (at < 0) return
          const line = rest.slice(0, at)
          rest = rest.slice(at + 2)
          command(line)
        }
      }
    })
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    const greeting = queue.shift()
    if (greeting) met.add(greeting)
    if (greeting === 'greet-hang') return
    if (greeting === 'greet-close') return void socket.destroy()
    if (greeting === 'greet-421') return void socket.end('421 4.3.2 Too many connections\r\n')
    socket.write('220 rough.test ESMTP\r\n')
    converse(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The mail server has no port')

  function drop(): void {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    for (const socket of sockets) socket.destroy()
  }

  return {
    url: `smtp://127.0.0.1:${address.port}`,
    taken,
    met,
    greet: (...next) => {
      queue = [...next]
    },
    reset() {
      drop()
      queue = []
      for (const kept of [taken, met, tried]) kept.clear()
    },
    async close() {
      drop()
      server.close()
      await once(server, 'close')
    },
  }
}
