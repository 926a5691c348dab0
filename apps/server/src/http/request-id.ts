import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'

declare global {
  namespace Express {
    interface Request {
      /** Names this request in the log and in the X-Request-Id header of its answer. */
      requestId: string
    }
  }
}

/** Gives every request an id of ours; one from outside could be anything, so it is not taken over. */
export const requestId: RequestHandler = (req, res, next) => {
  req.requestId = randomBytes(8).toString('hex')
  res.setHeader('X-Request-Id', req.requestId)
  next()
}
