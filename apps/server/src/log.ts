import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

export type { Logger }

/**
 * Structured logs, one JSON object a line, to standard error: standard output belongs to what a command answers.
 * They hold ids, never addresses, names, bodies or links that sign in; the paths below are the second line of defence.
 */
export function createLog(level: Config['logLevel']): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      redact: { paths: ['email', 'password', 'token', '*.email', '*.password', '*.token', 'req.headers', 'res.headers'], remove: true },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}
