import type { Config } from '../config.ts'
import type { RunningServer } from '../index.ts'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1'])

/** What `baton serve` says on standard output once it answers. */
export function banner({ url, firstLink }: Pick<RunningServer, 'url' | 'firstLink'>, config: Config): string {
  const lines = [`Baton is ready at ${url}`]
  if (firstLink)
    lines.push(
      '',
      'Nobody has an account yet. Open this link within 15 minutes to make yours; it works once:',
      '',
      `  ${firstLink.url}`,
      '',
    )
  if (config.database.kind === 'embedded') {
    lines.push(`Database: embedded, in ${config.dataDir}. It is for trying out; production wants PostgreSQL (DATABASE_URL).`)
  } else if (config.database.kind === 'memory') {
    lines.push('Database: embedded, in memory. Everything is gone when this stops.')
  } else lines.push('Database: PostgreSQL.')
  if (config.baseUrl === null && !LOOPBACK.has(config.host)) {
    lines.push(
      `Other machines may connect (HOST is ${config.host}), and people there cannot sign in: set BASE_URL to the address they open.`,
    )
  }
  lines.push(
    config.smtpUrl === null
      ? 'Mail: kept in the Outbox page, nothing is sent (SMTP_URL is empty).'
      : `Mail: sent through ${new URL(config.smtpUrl).host}.`,
  )
  return `${lines.join('\n')}\n`
}
