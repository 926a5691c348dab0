import type { ConnectProblem, ConnectReason, SendOutcome } from './outcome.ts'
import type { SmtpAddress } from './smtp-url.ts'

/** What nodemailer tells about an error; every part may be absent. */
export type SmtpError = Error & {
  code?: string | undefined
  originalCode?: string | undefined
  command?: string | undefined
  response?: string | undefined
  responseCode?: number | undefined
}

const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/

function reasonOf(error: SmtpError): ConnectReason {
  const codes = [error.code, error.originalCode].filter((code) => code !== undefined)
  const has = (...wanted: string[]) => codes.some((code) => wanted.includes(code))
  if (has('EAUTH', 'ENOAUTH')) return 'auth'
  if (has('EDNS', 'ENOTFOUND', 'EAI_AGAIN')) return 'dns'
  if (has('ETLS') || codes.some((code) => TLS_CODE.test(code)) || /certificate|SSL routines|STARTTLS/i.test(error.message)) return 'tls'
  if (has('ETIMEDOUT')) return 'timeout'
  if (has('ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES')) return 'refused'
  if (has('EPROTOCOL')) return 'protocol'
  return 'closed'
}

/** A failure before any message was handed over, in words that say what to do. Never contains the password. */
export function connectProblem(error: SmtpError, { host, port }: SmtpAddress): ConnectProblem {
  const reason = reasonOf(error)
  const server = `${host}:${port}`
  const said = (error.response ?? error.message).replace(/\s+/g, ' ').slice(0, 200)
  const messages: Record<ConnectReason, string> = {
    address: said,
    dns: `The mail server “${host}” was not found. Check the host in SMTP_URL.`,
    refused: `Nothing answers at ${server}. Check host and port in SMTP_URL, and that the mail server runs and a firewall lets you through.`,
    timeout: `${server} did not answer in time. Check host and port in SMTP_URL, and that a firewall lets you through.`,
    tls: `No secure connection to ${server}: ${said}. Check the server’s certificate, and smtp:// (587) or smtps:// (465) in SMTP_URL; for a server of your own without a public certificate add ?tls.rejectUnauthorized=false.`,
    auth: `${server} does not accept the user and password of SMTP_URL: ${said}. Correct them.`,
    protocol: `${server} does not answer like a mail server, or refuses to talk: ${said}. Check host and port in SMTP_URL.`,
    closed: `${server} closed the connection: ${said}. Try again; if it stays so, ask the mail server’s operator.`,
  }
  return { reason, message: messages[reason] }
}

// RFC 3463: x.1.x is about the address, x.2.x about the mailbox. x.1.7 and x.1.8 are about the sender's address.
const ABOUT_RECIPIENT = /^\d{3}[ -][45]\.(1\.(?![78]\b)|2\.)\d/
const HAS_ENHANCED = /^\d{3}[ -][45]\.\d{1,3}\.\d{1,3}/

function isAboutRecipient(command: string | undefined, response: string): boolean {
  if (HAS_ENHANCED.test(response)) return ABOUT_RECIPIENT.test(response)
  // Without an enhanced code: 550, 551, 553 to RCPT TO speak of the mailbox (RFC 5321 §4.2.2).
  return command === 'RCPT TO' && /^(450|452|55[0-3])\b/.test(response)
}

/**
 * Sorts a failed attempt.
 * @param handedOver whether the server had said 354 and reading of the message had begun. From then on only the
 * server's own reply to the message tells that it was not taken.
 * @param named whether the recipient had been named
 */
export function failedOutcome(
  error: SmtpError,
  { handedOver, named }: { handedOver: boolean; named: boolean },
  address: SmtpAddress,
): SendOutcome {
  const { command, response = '', responseCode: code } = error
  const answered = code !== undefined && code >= 400
  if (answered && (command === 'MAIL FROM' || command === 'RCPT TO' || command === 'DATA')) {
    // 503 speaks of our session, not of the mail; it goes through on a new connection.
    const how = code >= 500 && code !== 503 ? 'permanent' : 'temporary'
    return { outcome: 'refused', how, code, response, recipient: isAboutRecipient(command, response) }
  }
  if (handedOver) {
    return { outcome: 'unknown', why: `The connection to ${address.host} broke while the mail was being handed over (${error.message}).` }
  }
  if (answered && code === 421) return { outcome: 'refused', how: 'temporary', code, response, recipient: false }
  if (error.code === 'EENVELOPE' && command === 'API')
    return { outcome: 'refused', how: 'permanent', code: undefined, response: error.message, recipient: true }
  if (error.code === 'EMESSAGE')
    return { outcome: 'refused', how: 'permanent', code: 552, response: `${error.message} bytes`, recipient: false }
  return { outcome: 'unreachable', at: named ? 'recipient' : 'server', ...connectProblem(error, address) }
}
