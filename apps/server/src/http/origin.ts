import type { RequestHandler } from 'express'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** The origins pages of ours may have: the public address, and on a loopback address its other names. */
export function trustedOrigins(baseUrl: string): string[] {
  const base = new URL(baseUrl)
  if (!LOOPBACK.includes(base.hostname)) return [base.origin]
  const port = base.port === '' ? '' : `:${base.port}`
  return LOOPBACK.map((host) => `${base.protocol}//${host}${port}`)
}

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Refuses a change that a page of somebody else asked for. Browsers send Origin with every such request; what has none and does not
 * say it crosses sites is no browser, and carries nobody's cookie. With SameSite=Lax cookies this is the second lock.
 */
export function sameOrigin(trusted: readonly string[]): RequestHandler {
  return (req, res, next) => {
    if (!CHANGES.has(req.method)) return next()
    const origin = req.get('origin')
    const site = req.get('sec-fetch-site')
    const ours = origin === undefined ? site === undefined || site === 'same-origin' || site === 'none' : trusted.includes(origin)
    if (ours) return next()
    res.status(403).json({ error: { message: `This request came from another site. Open Baton at ${trusted[0]} (BASE_URL).` } })
  }
}
