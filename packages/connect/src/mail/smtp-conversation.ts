import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { MailToSend, SendOutcome } from './outcome.ts'
import { connectProblem, failedOutcome } from './smtp-errors.ts'
import type { SmtpAddress } from './smtp-url.ts'

/** Times in milliseconds. */
export type SmtpTimeouts = { connectMs: number; greetingMs: number; socketMs: number }

/** An open, signed-in connection to a mail server; one mail at a time. */
export type SmtpConversation = {
  send(mail: MailToSend): Promise<SendOutcome>
  /** Whether another mail may be sent over it. */
  isOpen(): boolean
  /** QUIT, and wait until the connection is gone. */
  quit(): Promise<void>
}

/**
 * Connects, greets, upgrades to TLS where offered or demanded, signs in.
 *
 * Built on nodemailer's connection and not on its pool: the pool may hand a mail to a second connection after the
 * first one broke, and its errors do not tell whether the message had gone out. Here the message is a stream that is
 * first read after the server's 354 to DATA: that read is the point of no return.
 */
export async function openConversation(
  address: SmtpAddress,
  timeouts: SmtpTimeouts,
): Promise<{ ok: SmtpConversation } | { failed: Extract<SendOutcome, { outcome: 'unreachable' }> }> {
  // The only place where nodemailer tells which command it has come to.
  let named = false
  const logger = {
    debug(data: { tnx?: string | undefined }, line: string) {
      if (data.tnx === 'client' && line.startsWith('RCPT TO')) named = true
    },
  }
  const connection = new SMTPConnection({
    host: address.host,
    port: address.port,
    secure: address.secure,
    requireTLS: address.requireTLS,
    ignoreTLS: address.ignoreTLS,
    name: address.name,
    connectionTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.socketMs,
    socketCloseTimeout: Math.min(timeouts.socketMs, 2_000),
    tls: { rejectUnauthorized: address.rejectUnauthorized },
    logger,
    transactionLog: true,
  })
  let usable = true
  const ended = new Promise<void>((resolve) => {
    connection.once('end', () => {
      usable = false
      resolve()
    })
  })
  // Errors outside a send (an idle connection that breaks) only make it unusable.
  connection.on('error', () => {
    usable = false
  })

  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject)
      connection.once('end', () => reject(new Error('Connection closed')))
      connection.connect((error) => (error ? reject(error) : resolve()))
    })
    const { auth } = address
    if (auth) {
      await new Promise<void>((resolve, reject) => {
        connection.once('error', reject)
        connection.once('end', () => reject(new Error('Connection closed')))
        connection.login({ user: auth.user, pass: auth.pass }, (error) => (error ? reject(error) : resolve()))
      })
    }
  } catch (error) {
    connection.close()
    return { failed: { outcome: 'unreachable', at: 'server', ...connectProblem(asError(error), address) } }
  }

  const sendOnce: SmtpConversation['send'] = ({ raw, envelope }) =>
    new Promise((resolve) => {
      let handedOver = false
      named = false
      const message = new Readable({
        read() {
          handedOver = true
          this.push(raw)
          this.push(null)
        },
      })
      connection.send({ from: envelope.from, to: envelope.to, size: raw.length }, message, (error, info) => {
        if (error) resolve(failedOutcome(error, { handedOver, named }, address))
        else resolve({ outcome: 'accepted', response: info?.response ?? '' })
      })
    })

  return {
    ok: {
      isOpen: () => usable,
      async send(mail) {
        const outcome = await sendOnce(mail)
        if (outcome.outcome === 'refused' && usable && outcome.code !== 421)
          usable = await Promise.race([resetSession(connection), ended.then(() => false)])
        else if (outcome.outcome !== 'accepted') usable = false
        if (!usable) connection.close()
        return outcome
      },
      async quit() {
        if (usable) connection.quit()
        else connection.close()
        await ended
      },
    },
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

/** RSET after a refusal, so that the next mail starts clean; false when the server does not play along. */
const resetSession = (connection: SMTPConnection): Promise<boolean> =>
  new Promise((resolve) => {
    connection.reset((error) => resolve(!error))
  })
