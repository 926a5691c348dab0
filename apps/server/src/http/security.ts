import type { RequestHandler } from 'express'
import helmet from 'helmet'

const MINUTE = 60

/**
 * The headers of every answer. `style-src 'unsafe-inline'` is for React Flow and Mantine, which position by style attributes;
 * pictures come from anywhere by https because the preview of a mail shows what its author put in. Over plain http neither HSTS nor
 * an upgrade is asked for: it would lock people out of http://localhost.
 * @param https whether the public address is https
 */
export function securityHeaders(https: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        frameSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: https ? [] : null,
      },
    },
    strictTransportSecurity: https ? { maxAge: 60 * 24 * 180 * MINUTE } : false,
    crossOriginEmbedderPolicy: false,
    // Pictures of ours stand in mails that other sites show; the API forbids it for itself.
    crossOriginResourcePolicy: false,
    referrerPolicy: { policy: 'same-origin' },
  })
}
