import { isIP } from 'node:net'

/** Where and how to reach a mail server, from SMTP_URL. */
export type SmtpAddress = {
  host: string
  port: number
  /** TLS from the first byte (smtps://). */
  secure: boolean
  requireTLS: boolean
  ignoreTLS: boolean
  rejectUnauthorized: boolean
  /** The name we greet with. */
  name?: string | undefined
  auth?: { user: string; pass: string } | undefined
}

const OPTIONS = ['requireTLS', 'ignoreTLS', 'tls.rejectUnauthorized', 'name']
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/**
 * Reads an SMTP_URL: `smtp://user:password@host:587`, or `smtps://…:465` for TLS from the start.
 * Passwords are only sent over TLS, except on loopback or with `?ignoreTLS=true`. Options: requireTLS, ignoreTLS,
 * tls.rejectUnauthorized, name.
 */
export function parseSmtpUrl(url: string): { ok: SmtpAddress } | { problem: string } {
  const example = 'Write it as smtp://user:password@mail.example.com:587 or smtps://user:password@mail.example.com:465.'
  if (!URL.canParse(url)) return { problem: `SMTP_URL is not an address. ${example}` }
  const parsed = new URL(url)
  if (parsed.protocol !== 'smtp:' && parsed.protocol !== 'smtps:')
    return { problem: `SMTP_URL must begin with smtp:// or smtps://. ${example}` }
  const host = parsed.hostname.replace(/^\[|\]$/g, '')
  if (!host) return { problem: `SMTP_URL names no server. ${example}` }
  const unknown = [...parsed.searchParams.keys()].find((key) => !OPTIONS.includes(key))
  if (unknown) return { problem: `SMTP_URL has an unknown option “${unknown}”. Known are: ${OPTIONS.join(', ')}.` }
  const option = (key: string): string | undefined => parsed.searchParams.get(key) ?? undefined
  let user: string
  let pass: string
  try {
    user = decodeURIComponent(parsed.username)
    pass = decodeURIComponent(parsed.password)
  } catch {
    return { problem: 'The user or password in SMTP_URL has a % that stands for nothing. Write % as %25.' }
  }
  const secure = parsed.protocol === 'smtps:'
  const ignoreTLS = option('ignoreTLS') === 'true'
  const auth = user ? { user, pass } : undefined
  return {
    ok: {
      host,
      port: parsed.port ? Number(parsed.port) : secure ? 465 : 587,
      secure,
      ignoreTLS,
      requireTLS: option('requireTLS') === 'true' || (auth !== undefined && !secure && !ignoreTLS && !isLoopback(host)),
      rejectUnauthorized: option('tls.rejectUnauthorized') !== 'false',
      name: option('name'),
      auth,
    },
  }
}
